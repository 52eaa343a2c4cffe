/** What Pulumi calls the organization where the backend has none. */
export const NO_ORGANIZATION = "organization";

/** A stack as the namespace of its data names it. Two organizations may have stacks of one name. */
export function dataOwner(organization: string, project: string, stack: string): string {
    const name = `${project}/${stack}`;
    return organization === NO_ORGANIZATION ? name : `${organization}/${name}`;
}
