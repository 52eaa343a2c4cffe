import { Command, InvalidArgumentError, Option } from "commander";
import { type HelpRequest, parseOrHelp } from "../cli/command";
import { FAILING, type FailingSeverity } from "./severity";

/** How the report is written. */
export type Format = "text" | "json" | "markdown";

/** What the command line asks for. */
export type ImpactRequest =
    | {
          readonly action: "assess";
          /** Path of the preview; standard input without one. */
          readonly file?: string;
          readonly format: Format;
          /** Classes that don't fail the check. */
          readonly allowed: readonly FailingSeverity[];
          /** Whether what goes and is not judged fails the check, too. */
          readonly strict: boolean;
      }
    | HelpRequest;

const HELP_AFTER = `
Classes, in rising order:
  nothing            Kafka does not notice it
  dynamic            changed while Kafka runs; no restart
  rolling-restart    pods restart one by one
  data-moves         partitions, keys or volumes are affected; nothing is lost
  cluster-stops      Kafka is gone for a time or for good, or refuses messages that it took
  data-may-be-lost   messages, or what protects them, go
  clients-cut-off    clients are refused, slowed down, or don't find Kafka any more, while it runs
  cluster-opens      more people reach Kafka, see what is sent, or may do more
What the tool does not know is reported as "not judged", whatever the class; a change of which nothing else is known has
that class. A preview that failed has the class "preview failed": its errors come first, and only what it got to is judged.

Exit codes:
  0  nothing, dynamic, rolling-restart, data-moves, and what --allow names
  1  the report can't be written
  2  the command line is wrong, or the input is not a preview
  3  cluster-stops, data-may-be-lost, clients-cut-off or cluster-opens; each that occurs has to be allowed.
     With --strict also what is deleted or replaced and not judged, which no --allow lets pass
  4  the preview failed, whatever it got to and whatever --allow names

Examples:
  pulumi preview --json --show-sames | npm run -s impact
  npm run -s impact -- preview.json --markdown > comment.md
  npm run -s impact -- preview.json --allow clients-cut-off --strict
`;

/** The classes that can be allowed, as a sentence names them. */
const NAMES = new Intl.ListFormat("en-GB", { type: "disjunction" }).format(FAILING);

function named(file: string): string {
    if (file === "") {
        throw new InvalidArgumentError("Expected the name of a file.");
    }
    return file;
}

/** Collects `--allow` options; for commander. */
function collectAllowed(
    text: string,
    before: readonly FailingSeverity[],
): readonly FailingSeverity[] {
    const allowed = FAILING.find((severity) => severity === text);
    if (allowed === undefined) {
        throw new InvalidArgumentError(`Expected ${NAMES}.`);
    }
    return [...before, allowed];
}

/**
 * Reads the command line.
 *
 * @param args The arguments without the program's name.
 * @throws {@link UsageError} when they are wrong.
 */
export function parseImpactOptions(args: readonly string[]): ImpactRequest {
    const program = new Command("npm run impact --")
        .description(
            "Says what a change of the stack means for Kafka: who gets in, who is cut off, what restarts or stops, what may be lost.",
        )
        .argument("[file]", "output of pulumi preview --json (default: standard input)", named)
        .option(
            "--json",
            "print one JSON document: {class, verdict, errors, notJudged, restarts, findings: [{subject, from?, to?, " +
                "what, class, urn}], changes}",
        )
        .addOption(
            new Option("--markdown", "print it for a comment at a pull request").conflicts("json"),
        )
        .option(
            "--allow <class>",
            `exit with 0 in spite of this class, ${NAMES}; may be repeated`,
            collectAllowed,
            [],
        )
        .option("--strict", "fail, too, if something is deleted or replaced and not judged")
        .addHelpText("after", HELP_AFTER);
    const text = parseOrHelp(program, args);
    if (text !== undefined) {
        return { action: "help", text };
    }
    const {
        json,
        markdown,
        allow,
        strict = false,
    } = program.opts<{
        json?: boolean;
        markdown?: boolean;
        allow: FailingSeverity[];
        strict?: boolean;
    }>();
    const [file] = program.args;
    return {
        action: "assess",
        ...(file !== undefined && { file }),
        format: json ? "json" : markdown ? "markdown" : "text",
        allowed: allow,
        strict,
    };
}
