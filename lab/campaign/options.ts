import { Command, InvalidArgumentError } from "commander";
import { type HelpRequest, parseOrHelp } from "../../tools/cli/command";
import { UsageError } from "../../tools/cli/errors";

/** How a campaign is run. */
export interface RunOptions {
    /** Groups of rounds. Nothing is written into the repository then. */
    readonly only?: readonly string[];
    /** Whether an unfinished run of something else is dropped. */
    readonly anew: boolean;
    /** Whether changes that are not committed are measured, too. */
    readonly allowDirty: boolean;
    /** Whether the runs that were made before are kept beside this one. */
    readonly append: boolean;
    /** @default - A new one. */
    readonly seed?: number;
    readonly json: boolean;
}

/** What the command line asks for. */
export type CampaignRequest =
    | (RunOptions & { readonly action: "run"; readonly name: string })
    | { readonly action: "tables" }
    | { readonly action: "list"; readonly json: boolean }
    | HelpRequest;

const HELP_AFTER = `
A campaign is a list of rounds. Each result is kept outside the checkout as soon as it is there: Ctrl-C
ends in good order, and after that, or after a kill, the same command goes on behind the last round that
has ended. When all rounds have, every sample is written to docs/campaigns/NAME.json, and the tables of
the documents are written anew from it. With --only nothing is written into the repository.

Progress goes to stderr; the tables, or with --json the run, to stdout.

Exit codes:
  0    all rounds have ended, and nothing was found that must not be, such as a lost message
  1    a round failed, twice; what they need is missing, such as an engine; or what must not be was found
  2    the command line is wrong, or it was refused: changes that are not committed, an unfinished run
       of something else, another process that runs the same
  130  interrupted

Examples:
  npm run campaign -- --list
  npm run campaign -- bench
  npm run campaign -- bench --only roll,node
  npm run -s campaign -- bench --only throughput --json > throughput.json
  npm run campaign -- tables
`;

/**
 * Reads the command line.
 *
 * @throws {@link UsageError} when it is wrong.
 */
export function parseCampaignOptions(args: readonly string[]): CampaignRequest {
    const program = new Command("npm run campaign --")
        .description("Measures and proves what takes long, and makes the documents' tables of it.")
        .argument("[name]", "campaign to run, or `tables` to write the documents' tables anew")
        .option("--list", "list the campaigns and their rounds")
        .option("--only <groups>", "only these groups of rounds, separated by commas", groups)
        .option("--anew", "drop an unfinished run and begin anew")
        .option("--allow-dirty", "measure changes that are not committed, too; the tables tell it")
        .option("--append", "keep the runs that were made before, of the same subject")
        .option("--seed <number>", "what random choices follow from", integer)
        .option(
            "--json",
            "print one JSON document: the run as in the raw file, or with --list [{name, title, subject, rounds: " +
                "[{name, group, estimate, limit}]}]",
        )
        .addHelpText("after", HELP_AFTER);
    const text = parseOrHelp(program, args);
    if (text !== undefined) {
        return { action: "help", text };
    }
    const { list, ...options } = program.opts<Partial<RunOptions> & { list?: true }>();
    const [name] = program.args;
    if (list) {
        return { action: "list", json: options.json ?? false };
    }
    if (name === undefined) {
        throw new UsageError(
            "name: expected one of a campaign, got none",
            "npm run campaign -- --list",
        );
    }
    if (name === "tables") {
        return { action: "tables" };
    }
    return {
        action: "run",
        name,
        ...options,
        anew: options.anew ?? false,
        allowDirty: options.allowDirty ?? false,
        append: options.append ?? false,
        json: options.json ?? false,
    };
}

function groups(text: string): string[] {
    return text.split(",").map((group) => group.trim());
}

function integer(text: string): number {
    if (!/^\d{1,10}$/.test(text)) {
        throw new InvalidArgumentError("Expected a whole number.");
    }
    return Number(text);
}
