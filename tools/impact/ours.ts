import type { Change } from "./preview";

/** Beginning of the types of the program's components. Each object that the program makes is in one of them. */
const COMPONENT = "kafka-eks:index:";

/** Tells whether a resource is one of this program's: another one of the same type is somebody else's, and nothing is known of it. */
export function isOurs({ urn, type }: Pick<Change, "urn" | "type">): boolean {
    const parents = urn.split("::")[2] ?? "";
    return parents.includes(COMPONENT) || type.startsWith("pulumi:");
}
