import type * as pulumi from "@pulumi/pulumi";

/** Tags of a resource, by key. */
export type Tags = Readonly<Record<string, pulumi.Input<string>>>;

/** What every resource in the account says of itself. */
export interface TagArgs {
    readonly project: pulumi.Input<string>;
    readonly stack: pulumi.Input<string>;
    readonly environment: string;
    readonly owner?: string;
    readonly costCenter?: string;
}

/** Tags of every AWS resource. */
export function tagsOf(args: TagArgs): Tags {
    const { project, stack, environment, owner, costCenter } = args;
    return {
        project,
        stack,
        environment,
        ...(owner !== undefined && { owner }),
        ...(costCenter !== undefined && { "cost-center": costCenter }),
    };
}
