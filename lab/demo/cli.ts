import { explain, UsageError } from "../../tools/cli/errors";
import { ConfigError } from "../../config";
import { ClusterError } from "./cluster";
import { destroyDemo } from "./destroy";
import { parseDemoOptions } from "./options";
import { runDemo } from "./run";

/** Exit codes, as --help lists them. */
const OK = 0;
const FAILED = 1;
const WRONG_USAGE = 2;
const NO_CLUSTER = 3;

async function main(args: readonly string[]): Promise<void> {
    const request = parseDemoOptions(args);
    switch (request.action) {
        case "help":
            process.stdout.write(request.text);
            return;
        case "run":
            return runDemo(request);
        case "destroy":
            return destroyDemo(request);
    }
}

function exitCode(error: unknown): number {
    if (error instanceof UsageError || error instanceof ConfigError) {
        return WRONG_USAGE;
    }
    return error instanceof ClusterError ? NO_CLUSTER : FAILED;
}

main(process.argv.slice(2)).then(
    // Not waiting for connections that are still being closed: the outcome is known.
    () => process.exit(OK),
    (error: unknown) => {
        // The problems of a configuration are a list; every other error is one line.
        const text = error instanceof ConfigError ? error.message : explain(error);
        process.stderr.write(`error: ${text}\n`);
        process.exit(exitCode(error));
    },
);
