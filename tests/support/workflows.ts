import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { REPOSITORY } from "../../tools/cli/repository";

/** What of a step decides whether it runs, and what. */
export interface Step {
    readonly if?: string;
    readonly run?: string;
}

/** A job, as far as it is tested. */
export interface Job {
    readonly if?: string;
    readonly steps?: readonly Step[];
    readonly uses?: string;
    readonly permissions?: Readonly<Record<string, string>>;
    readonly concurrency?: unknown;
    readonly "timeout-minutes"?: number;
}

/** A workflow, as far as it is tested. */
export interface Workflow {
    readonly on: Readonly<Record<string, unknown>>;
    readonly permissions?: unknown;
    readonly concurrency?: unknown;
    readonly jobs: Readonly<Record<string, Job>>;
}

/** A workflow by its file's path in the repository. */
export function readWorkflow(file: string): Workflow {
    return parse(readFileSync(join(REPOSITORY, file), "utf8")) as Workflow;
}

/** The commands of a workflow's job, with the condition of each that has one. */
export function commandsOf(
    workflow: string,
    job: string,
): readonly { readonly condition?: string; readonly command: string }[] {
    const { jobs } = readWorkflow(`.github/workflows/${workflow}.yml`);
    return jobs[job]!.steps!.flatMap(({ if: condition, run }) =>
        run === undefined
            ? []
            : [{ ...(condition !== undefined && { condition }), command: run.trim() }],
    );
}
