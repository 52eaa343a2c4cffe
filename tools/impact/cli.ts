import { readFileSync } from "node:fs";
import { text } from "node:stream/consumers";
import { explain, UsageError } from "../cli/errors";
import { parseImpactOptions } from "./options";
import { PreviewError } from "./preview";
import { EXIT, runImpact } from "./run";

/** Whether stdout shows colours; the variable is that of https://no-color.org. */
function hasColors(): boolean {
    return process.stdout.isTTY === true && !process.env.NO_COLOR && process.stdout.hasColors();
}

async function readPreview(file: string | undefined): Promise<string> {
    if (file === undefined) {
        if (process.stdin.isTTY) {
            throw new UsageError(
                "no preview: expected a file or standard input, given neither",
                "run it with --help for examples",
            );
        }
        return text(process.stdin);
    }
    try {
        return readFileSync(file, "utf8");
    } catch (cause) {
        const { code } = cause as NodeJS.ErrnoException;
        throw new PreviewError(`${file} can't be read`, `one that fails with ${code}`, { cause });
    }
}

async function main(args: readonly string[]): Promise<number> {
    const request = parseImpactOptions(args);
    if (request.action === "help") {
        process.stdout.write(request.text);
        return EXIT.passed;
    }
    const preview = await readPreview(request.file);
    const { stdout, stderr, exitCode } = runImpact(request, preview, {
        colors: hasColors(),
        width: process.stdout.columns,
    });
    process.stdout.write(stdout);
    process.stderr.write(stderr);
    return exitCode;
}

main(process.argv.slice(2)).then(
    (code) => (process.exitCode = code),
    (error: unknown) => {
        process.stderr.write(`error: ${explain(error)}\n`);
        process.exitCode = EXIT.wrongInput;
    },
);
