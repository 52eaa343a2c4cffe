import { fenced, shorten } from "./markdown";
import type { FailingSeverity } from "./severity";

/** What a comment at a pull request tells of one stack. */
export interface PreviewReport {
    readonly stack: string;
    /** What `npm run impact -- --markdown` printed; `undefined` where there is no preview to judge. */
    readonly impact?: string;
    /** Whether the check fails for what the change does to Kafka. */
    readonly refused?: boolean;
    /** What `pulumi preview --diff` printed. */
    readonly diff?: string;
    /** Page of the run that made it. */
    readonly run: string;
}

/** Labels of a pull request that let a class of changes pass. */
export const ALLOWING_LABELS = {
    "cluster-stops": "kafka: cluster stops allowed",
    "data-may-be-lost": "kafka: data loss allowed",
    "clients-cut-off": "kafka: clients cut off allowed",
    "cluster-opens": "kafka: opening allowed",
} as const satisfies Record<FailingSeverity, string>;

/** Length that GitHub allows a comment. */
const LIMIT = 65_536;
/** Room for what surrounds the two reports. */
const FRAME = 1_000;

/** What the comment about a stack is found by in the next run. */
export function marker(stack: string): string {
    return `<!-- kafka-eks preview of ${stack} -->`;
}

/** The text of the comment: what happens to Kafka first, and how Pulumi sees it folded below. */
export function commentBody({ stack, impact, refused, diff, run }: PreviewReport): string {
    const text =
        impact === undefined
            ? "**There is no preview: it failed.** Its errors are in the run."
            : shorten(impact.trimEnd(), LIMIT - FRAME);
    const room = LIMIT - FRAME - text.length;
    return [
        marker(stack),
        `### Stack \`${stack}\``,
        "",
        text,
        ...(refused ? ["", ...howToAllow()] : []),
        ...(diff === undefined ? [] : ["", ...folded("Pulumi's diff", shorten(diff, room))]),
        "",
        `[The run](${run})`,
        "",
    ].join("\n");
}

function howToAllow(): string[] {
    return [
        "The check fails until whoever knows that this is wanted adds the label of its class:",
        "",
        ...Object.entries(ALLOWING_LABELS).map(
            ([severity, label]) => `- ${severity}: \`${label}\``,
        ),
    ];
}

function folded(summary: string, text: string): string[] {
    return [
        `<details><summary>${summary}</summary>`,
        "",
        ...fenced(text, "diff"),
        "",
        "</details>",
    ];
}

/** Where the comment goes, and by whose right. */
export interface PullRequest {
    /** Base URL of GitHub's API. */
    readonly api: string;
    /** `owner/name`. */
    readonly repository: string;
    readonly number: number;
    readonly token: string;
}

/** The author of what a workflow writes; other people's comments are not to be changed. */
const AUTHOR = "github-actions[bot]";
const PAGE = 100;

interface Comment {
    readonly id: number;
    readonly body?: string;
    readonly user?: { readonly login: string };
}

/** Writes the comment about a stack, or changes the one that an earlier run wrote. */
export async function publishComment(
    target: PullRequest,
    stack: string,
    body: string,
): Promise<void> {
    const existing = await findComment(target, marker(stack));
    await (existing === undefined
        ? request(target, "POST", `issues/${target.number}/comments`, { body })
        : request(target, "PATCH", `issues/comments/${existing.id}`, { body }));
}

async function findComment(target: PullRequest, mark: string): Promise<Comment | undefined> {
    for (let page = 1; ; page++) {
        const path = `issues/${target.number}/comments?per_page=${PAGE}&page=${page}`;
        const comments = (await request(target, "GET", path)) as Comment[];
        const found = comments.find(
            ({ body, user }) => user?.login === AUTHOR && body?.startsWith(mark),
        );
        if (found !== undefined || comments.length < PAGE) {
            return found;
        }
    }
}

async function request(
    { api, repository, token }: PullRequest,
    method: string,
    path: string,
    content?: object,
): Promise<unknown> {
    const response = await fetch(`${api}/repos/${repository}/${path}`, {
        method,
        headers: {
            accept: "application/vnd.github+json",
            authorization: `Bearer ${token}`,
            "x-github-api-version": "2022-11-28",
        },
        ...(content && { body: JSON.stringify(content) }),
    });
    if (!response.ok) {
        throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    }
    return response.json();
}
