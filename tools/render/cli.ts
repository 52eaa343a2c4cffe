import { explain, UsageError } from "../cli/errors";
import { ConfigError } from "../../config";
import { parseRenderOptions } from "./options";
import { runRender } from "./run";
import { REPOSITORY } from "../cli/repository";

/** Exit codes, as --help lists them. */
const FAILED = 1;
const WRONG_USAGE = 2;

async function main(args: readonly string[]): Promise<void> {
    const request = parseRenderOptions(args);
    if (request.action === "help") {
        process.stdout.write(request.text);
        return;
    }
    const { stdout, stderr } = await runRender(request, REPOSITORY);
    process.stdout.write(stdout);
    process.stderr.write(stderr);
}

main(process.argv.slice(2)).catch((error: unknown) => {
    // The problems of a configuration are a list; every other error is one line.
    const text = error instanceof ConfigError ? error.message : explain(error);
    process.stderr.write(`error: ${text}\n`);
    process.exitCode = error instanceof UsageError ? WRONG_USAGE : FAILED;
});
