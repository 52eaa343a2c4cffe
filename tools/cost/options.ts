import { Command, InvalidArgumentError } from "commander";
import { type HelpRequest, parseOrHelp } from "../cli/command";
import { collectConfig, STACK_CONFIG_HELP } from "../cli/configOption";

/** What the command line asks for. */
export type CostRequest =
    | {
          readonly action: "estimate";
          readonly stack: string;
          /** By full key. */
          readonly config: Readonly<Record<string, string>>;
          /** MB/s produced. */
          readonly throughput: number;
          /** How often every message is read. */
          readonly reads: number;
          readonly json: boolean;
      }
    | HelpRequest;

const HELP_AFTER = `
${STACK_CONFIG_HELP}
It asks AWS nothing: the prices are a table of the program, and every report says of which day and region.
Where they are older than six months, or of another region than the stack's, it warns.

Exit codes:
  0  done
  1  the report can't be written
  2  the command line or the stack's configuration is wrong, or the stack does not make an EKS cluster

Examples:
  npm run cost -- --stack prod --throughput 5 --reads 3
  npm run -s cost -- --stack prod --config 'eks={"publicAccessCidrs":[],"loadBalancers":{"layout":"shared"}}' --json
`;

/** No cluster has more, and sums of it stay exact. */
const MOST = 1_000_000;

function numberOf(what: string): (text: string) => number {
    return (text) => {
        const number = Number(text);
        if (!/^\d+(\.\d+)?$/.test(text) || number > MOST) {
            throw new InvalidArgumentError(`Expected a number of ${what}, from 0 to a million.`);
        }
        return number;
    };
}

/**
 * Reads the command line.
 *
 * @param args The arguments without the program's name.
 * @throws {@link UsageError} when they are wrong.
 */
export function parseCostOptions(args: readonly string[]): CostRequest {
    const program = new Command("npm run cost --")
        .description(
            "Says what a stack on EKS will cost in a month, and what the same on Amazon MSK would.",
        )
        .requiredOption("--stack <name>", "stack to estimate")
        .option("--throughput <MB/s>", "what is produced, all month long", numberOf("MB/s"), 1)
        .option(
            "--reads <n>",
            "how often each message is read: once for each consumer group",
            numberOf("times"),
            1,
        )
        .option("--config <key=value>", "value of the configuration", collectConfig, {})
        .option(
            "--json",
            "print one JSON document: {stack, region, throughput, reads, warnings, capacity, prices, usd, usdWithoutTraffic, items: [{group, " +
                "what, amount, quantity, price, usd, firstHand}], alternatives, assumptions}",
        )
        .addHelpText("after", HELP_AFTER);
    const text = parseOrHelp(program, args);
    if (text !== undefined) {
        return { action: "help", text };
    }
    const { json = false, ...rest } = program.opts<{
        stack: string;
        throughput: number;
        reads: number;
        config: Record<string, string>;
        json?: boolean;
    }>();
    return { action: "estimate", ...rest, json };
}
