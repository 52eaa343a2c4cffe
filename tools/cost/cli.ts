import { explain, UsageError } from "../cli/errors";
import { ConfigError } from "../../config";
import { parseCostOptions } from "./options";
import { runCost } from "./run";
import { REPOSITORY } from "../cli/repository";

/** Exit codes, as --help lists them. */
const FAILED = 1;
const WRONG_USAGE = 2;

function main(args: readonly string[]): void {
    const request = parseCostOptions(args);
    process.stdout.write(request.action === "help" ? request.text : runCost(request, REPOSITORY));
}

try {
    main(process.argv.slice(2));
} catch (error) {
    // The problems of a configuration are a list; every other error is one line.
    const text = error instanceof ConfigError ? error.message : explain(error);
    process.stderr.write(`error: ${text}\n`);
    process.exitCode = error instanceof UsageError ? WRONG_USAGE : FAILED;
}
