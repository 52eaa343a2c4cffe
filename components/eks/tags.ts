/** What every resource in the account says of itself. */
export interface TagArgs {
    readonly project: string;
    readonly stack: string;
    readonly environment: string;
    readonly owner?: string;
    readonly costCenter?: string;
}

/** Tags of every AWS resource. */
export function tagsOf(args: TagArgs): Record<string, string> {
    const { project, stack, environment, owner, costCenter } = args;
    return {
        project,
        stack,
        environment,
        ...(owner !== undefined && { owner }),
        ...(costCenter !== undefined && { "cost-center": costCenter }),
    };
}
