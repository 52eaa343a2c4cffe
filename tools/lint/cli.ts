import { explain } from "../cli/errors";
import { ACCEPTED } from "./accepted";
import { isClean, judge } from "./judge";
import { scoreStack } from "./kubeScore";
import { parseLintOptions } from "./options";
import { renderJson, renderText } from "./report";
import { lintedStacks } from "./stacks";

/** Exit codes, as --help lists them. */
const EXIT = { clean: 0, findings: 1, failed: 2 } as const;

async function main(args: readonly string[]): Promise<number> {
    const request = parseLintOptions(args);
    if (request.action === "help") {
        process.stdout.write(request.text);
        return EXIT.clean;
    }
    const verdict = judge((await lintedStacks()).map(scoreStack), ACCEPTED);
    process.stdout.write(request.json ? renderJson(verdict) : renderText(verdict));
    return isClean(verdict) ? EXIT.clean : EXIT.findings;
}

main(process.argv.slice(2)).then(
    (code) => (process.exitCode = code),
    (error: unknown) => {
        process.stderr.write(`error: ${explain(error)}\n`);
        process.exitCode = EXIT.failed;
    },
);
