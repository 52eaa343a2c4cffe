import { buffer } from "node:stream/consumers";
import { decodeText } from "../cli/decodeText";
import { UsageError } from "../cli/errors";
import { EXIT, runMain } from "../cli/main";
import { readText } from "../cli/readText";
import { hasColors } from "../cli/terminal";
import { parseImpactOptions } from "./options";
import { PreviewError } from "./preview";
import { runImpact } from "./run";

async function readPreview(file: string | undefined): Promise<string> {
    if (file === undefined) {
        if (process.stdin.isTTY) {
            throw new UsageError(
                "no preview: expected a file or standard input, given neither",
                "run it with --help for examples",
            );
        }
        return decodeText(await buffer(process.stdin));
    }
    return readText(
        file,
        (code, cause) => new PreviewError(file, `a file that can't be read (${code})`, { cause }),
    );
}

void runMain({
    parse: parseImpactOptions,
    run: async (request) => {
        const preview = await readPreview(request.file);
        const { stdout, stderr, exitCode } = runImpact(request, preview, {
            colors: hasColors(),
            width: process.stdout.columns,
        });
        process.stdout.write(stdout);
        process.stderr.write(stderr);
        return exitCode;
    },
    exits: [[PreviewError, EXIT.usage]],
});
