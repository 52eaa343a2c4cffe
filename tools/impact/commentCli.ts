import { existsSync } from "node:fs";
import { explainFault } from "../client/describeFault";
import { UsageError } from "../cli/errors";
import { EXIT, runMain } from "../cli/main";
import { readText } from "../cli/readText";
import { userPath } from "../cli/userPath";
import { commentBody, publishComment } from "./comment";
import { type CommentRequest, parseCommentOptions } from "./commentOptions";

/** Value of a variable that GitHub sets in every step, or that the workflow has to set. */
function variable(name: string): string {
    const value = process.env[name];
    if (!value) {
        throw new UsageError(`${name} is not set`, "run this in a workflow of GitHub Actions");
    }
    return value;
}

/** Content of a file; a step that failed has left none, or an empty one. */
function contentOf(file: string | undefined): string | undefined {
    if (file === undefined || !existsSync(userPath(file))) {
        return undefined;
    }
    const text = readText(
        file,
        (code, cause) =>
            new UsageError(
                `${file}: expected a file that can be read, got ${code}`,
                "give a file",
                {
                    cause,
                },
            ),
    );
    return text || undefined;
}

async function publish({ stack, pullRequest, impact, refused, diff }: CommentRequest) {
    const repository = variable("GITHUB_REPOSITORY");
    const body = commentBody({
        stack,
        impact: contentOf(impact),
        refused,
        diff: contentOf(diff),
        run: `${variable("GITHUB_SERVER_URL")}/${repository}/actions/runs/${variable("GITHUB_RUN_ID")}`,
    });
    const target = {
        api: variable("GITHUB_API_URL"),
        repository,
        number: pullRequest,
        token: variable("GITHUB_TOKEN"),
    };
    await publishComment(target, stack, body);
    return EXIT.ok;
}

void runMain({ parse: parseCommentOptions, run: publish, explain: explainFault });
