import { isDeepStrictEqual } from "node:util";
import type { KubernetesObject } from "@kubernetes/client-node";
import { hasEntries } from "./entries";

/**
 * Fields as the API server writes them down: `f:name` is a field, `k:{…}` an entry of a list by its keys, `v:…` one by
 * its value, `i:1` one by its index, and `.` the thing itself.
 *
 * @see https://kubernetes.io/docs/reference/using-api/server-side-apply/#field-management
 */
export interface Fields {
    readonly [key: string]: Fields;
}

/** Managers whose fields Pulumi's provider takes over before it applies an object, with what they did. */
const TAKEN_OVER = [
    "kubectl Apply",
    "kubectl Update",
    "before-first-apply Update",
    "pulumi-kubernetes Update",
];

/**
 * Fields of an object that are the stack's when it applies the object the next time: what it leaves out of them goes,
 * unless others have set it, too.
 *
 * @param manager The stack's name for this object, as the state has it.
 * @returns A tree for each manager that they are from.
 * @see https://github.com/pulumi/pulumi-kubernetes/blob/f47bc2d6f199/provider/pkg/await/await.go (fixCSAFieldManagers)
 */
export function appliedFields(
    manager: string | undefined,
    { metadata }: KubernetesObject,
): Fields[] {
    return (metadata?.managedFields ?? [])
        .filter(
            (each) =>
                TAKEN_OVER.includes(`${each.manager} ${each.operation}`) ||
                (each.manager === manager && each.operation === "Apply"),
        )
        .map(({ fieldsV1 }) => fieldsV1 as Fields);
}

/** Whether some of the fields are missing in a value. */
export function isShortOf(value: unknown, fields: Fields): boolean {
    return Object.entries(fields)
        .filter(([key]) => key !== ".")
        .some(([key, inner]) => {
            const found = valueAt(value, key);
            return found === undefined || found === null || isShortOf(found, inner);
        });
}

function valueAt(value: unknown, key: string): unknown {
    if (!hasEntries(value)) {
        return undefined;
    }
    const [kind, text] = [key.slice(0, 2), key.slice(2)];
    if (!Array.isArray(value)) {
        return (value as Record<string, unknown>)[text];
    }
    switch (kind) {
        case "k:":
            return value.find((entry) => hasKeys(entry, JSON.parse(text) as object));
        case "v:":
            return value.find((entry) => isDeepStrictEqual(entry, JSON.parse(text)));
        default:
            return value[Number(text)];
    }
}

/** What is not sent has its default in the keys, such as the protocol of a port. */
function hasKeys(entry: unknown, keys: object): boolean {
    return Object.entries(keys).every(([key, wanted]) => {
        const sent = (entry as Record<string, unknown>)[key];
        return sent === undefined || sent === wanted;
    });
}
