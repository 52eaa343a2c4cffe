import { existsSync, readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { commentBody, publishComment } from "./comment";

/** Value of a variable that GitHub sets in every step, or that the workflow has to set. */
function variable(name: string): string {
    const value = process.env[name];
    if (!value) {
        throw new Error(`${name} is not set`);
    }
    return value;
}

/** Content of a file; a step that failed has left none, or an empty one. */
function contentOf(file: string | undefined): string | undefined {
    return file !== undefined && existsSync(file)
        ? readFileSync(file, "utf8") || undefined
        : undefined;
}

async function main(args: string[]): Promise<void> {
    const { values } = parseArgs({
        args,
        options: {
            stack: { type: "string" },
            "pull-request": { type: "string" },
            impact: { type: "string" },
            refused: { type: "boolean" },
            diff: { type: "string" },
        },
    });
    const { stack, "pull-request": number } = values;
    if (!stack || !number) {
        throw new Error(
            "expected --stack NAME --pull-request NUMBER [--impact FILE] [--refused] [--diff FILE]",
        );
    }
    const repository = variable("GITHUB_REPOSITORY");
    const body = commentBody({
        stack,
        impact: contentOf(values.impact),
        refused: values.refused,
        diff: contentOf(values.diff),
        run: `${variable("GITHUB_SERVER_URL")}/${repository}/actions/runs/${variable("GITHUB_RUN_ID")}`,
    });
    const target = {
        api: variable("GITHUB_API_URL"),
        repository,
        number: Number(number),
        token: variable("GITHUB_TOKEN"),
    };
    await publishComment(target, stack, body);
}

main(process.argv.slice(2)).catch((error: unknown) => {
    process.stderr.write(`error: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
});
