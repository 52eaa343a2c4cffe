import { Command, InvalidArgumentError } from "commander";
import { BENCHES, type BenchName } from "./suite";

/** What the user asks for. */
export interface BenchOptions {
    readonly benches: ReadonlySet<BenchName>;
    readonly json: boolean;
}

const HELP = `
Benchmarks:
  deploy      from an empty namespace to the first message, against kubectl apply of bare manifests
  throughput  ProducerPerformance with acks=all, against the same jars as plain processes
  preview     pulumi preview without changes, against an empty program with the same provider
  roll        rolling restart under 500 messages/s with acks=all, against bare manifests
  node        power cut and return of each broker's node under the same load
  security    throughput and latency of a producer with TLS between brokers, through a listener with
              TLS, and with TLS and SCRAM, each against the same without

All of them run on the lab, one deployment at a time, in the namespaces kafka-bench and
kafka-bench-bare, which are deleted before and afterwards. Nodes of the lab are cut off by "node"
only. If the lab is down, it is started and taken down again, and both are measured.

Exit code 0: everything was measured and no acknowledged message of our deployment was lost, whether
or not the targets are met. 1: something could not be measured, or a message was lost. 2: wrong usage.`;

/** Reads the arguments of the command line. Wrong ones, and --help, end the process. */
export function parseBenchOptions(args: readonly string[]): BenchOptions {
    const command = new Command("bench")
        .description(
            "Measure this project on the lab, as ratios of one run where there is something to compare with",
        )
        .option(
            "--only <names>",
            `only these, separated by commas: ${BENCHES.join(", ")}`,
            parseNames,
        )
        .option("--json", "print the result as JSON")
        .addHelpText("after", HELP)
        .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
        .parse(args, { from: "user" });
    const { only, json } = command.opts<{ only?: ReadonlySet<BenchName>; json?: true }>();
    return { benches: only ?? new Set(BENCHES), json: json === true };
}

/**
 * Reads a list of names.
 *
 * @throws InvalidArgumentError that lists the valid ones.
 */
export function parseNames(text: string): ReadonlySet<BenchName> {
    const names = text.split(",").map((name) => name.trim());
    const unknown = names.find((name) => !(BENCHES as readonly string[]).includes(name));
    if (unknown !== undefined) {
        throw new InvalidArgumentError(`Known are ${BENCHES.join(", ")}.`);
    }
    return new Set(names as BenchName[]);
}
