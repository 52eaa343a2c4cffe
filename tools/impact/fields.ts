import { isObject } from "../../config/everyFault";
import { isSensitive } from "../../components/kafka/properties/sensitive";
import { parseQuantity } from "../../components/kubernetes/quantity";

/** An object of unknown content. */
export type Fields = Readonly<Record<string, unknown>>;

/** A value that differs between two states. */
export interface FieldChange {
    /** Keys and indices from the root to the value. */
    readonly path: readonly string[];
    /** `undefined` where it was not there. */
    readonly from: unknown;
    /** `undefined` where it is not there any more. */
    readonly to: unknown;
}

/** What Pulumi writes for a value that is known only when the change is made. */
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

const LONGEST = 60;

/** The value at a path; `undefined` when there is none. */
export function valueAt(root: unknown, ...path: readonly string[]): unknown {
    return path.reduce<unknown>(
        (value, key) =>
            typeof value === "object" && value !== null ? (value as Fields)[key] : undefined,
        root,
    );
}

/** The text at a path; `undefined` when there is none, or something else. */
export function textAt(root: unknown, ...path: readonly string[]): string | undefined {
    const value = valueAt(root, ...path);
    return typeof value === "string" ? value : undefined;
}

/** The number at a path; `undefined` when there is none, or something else. */
export function numberAt(root: unknown, ...path: readonly string[]): number | undefined {
    const value = valueAt(root, ...path);
    return typeof value === "number" ? value : undefined;
}

/** Every value that differs, as deep as both sides are objects, or lists of one length. */
export function changedFields(
    from: unknown,
    to: unknown,
    path: readonly string[] = [],
): readonly FieldChange[] {
    if (areComparable(from, to)) {
        const [before, after] = [from, to] as [Fields, Fields];
        const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
        return [...keys].flatMap((key) => changedFields(before[key], after[key], [...path, key]));
    }
    return JSON.stringify(from) === JSON.stringify(to) ? [] : [{ path, from, to }];
}

function areComparable(from: unknown, to: unknown): boolean {
    return (
        (isObject(from) && isObject(to)) ||
        (Array.isArray(from) && Array.isArray(to) && from.length === to.length)
    );
}

/** The values of an object in a resource's properties as texts, by their names; none where there is no object. */
export function textsAt(
    inputs: Fields | undefined,
    ...path: readonly string[]
): Record<string, string> {
    const object = valueAt(inputs, ...path);
    return Object.fromEntries(
        Object.entries(isObject(object) ? object : {}).map(([name, value]) => [
            name,
            String(value),
        ]),
    );
}

/** The names, sorted, whose values differ. */
export function changedNames(
    from: Readonly<Record<string, unknown>>,
    to: Readonly<Record<string, unknown>>,
): readonly string[] {
    return [...new Set([...Object.keys(from), ...Object.keys(to)])]
        .filter((name) => from[name] !== to[name])
        .sort();
}

/** Positive, zero or negative as a Kubernetes quantity is larger than, the same as or smaller than another one; else `NaN`. */
export function compareQuantities(quantity: unknown, other: unknown): number {
    // Kubernetes takes such as `1e12`, too.
    const [one, than] = [quantity, other].map(
        (each) => parseQuantity(String(each)) ?? Number(each ?? NaN),
    );
    return one! - than!;
}

/** Tells whether a value is known before the change is made. */
export function isKnown(value: unknown): boolean {
    return !(JSON.stringify(value) ?? "").includes(UNKNOWN);
}

/** A value with what was before in place of everything that is known only when the change is made. */
export function knownPart(value: Fields, before: unknown): Fields {
    return Object.fromEntries(
        Object.entries(value).flatMap(([key, each]) => {
            const known = knownOr(each, valueAt(before, key));
            return known === undefined ? [] : [[key, known]];
        }),
    );
}

function knownOr(value: unknown, before: unknown): unknown {
    if (Array.isArray(value)) {
        return value.map((each, index) => knownOr(each, valueAt(before, String(index))));
    }
    return isObject(value) ? knownPart(value, before) : isKnown(value) ? value : before;
}

/** A value as a table shows it: on one line, shortened; `-` where there is none. */
export function show(value: unknown): string {
    return cut(oneLine(value), 0);
}

/** Letters before the first one that differs, in values that are cut. */
const BEFORE_DIFFERENCE = 20;

/** A value and what becomes of it, as a table shows them: where they are cut, with the first letter that differs. */
export function showChange(
    from: unknown,
    to: unknown,
): { readonly from: string; readonly to: string } {
    const [before, after] = [oneLine(from), oneLine(to)];
    if (before === after && from !== to) {
        // They differ in blanks.
        return { from: cut(JSON.stringify(from), 0), to: cut(JSON.stringify(to), 0) };
    }
    let same = 0;
    while (same < before.length && before[same] === after[same]) {
        same++;
    }
    const isSeen = same + BEFORE_DIFFERENCE < LONGEST;
    // Near the end there is room for more of what is before.
    const last = Math.max(before.length, after.length) - LONGEST;
    const start = isSeen ? 0 : Math.max(0, Math.min(same - BEFORE_DIFFERENCE, last));
    return { from: cut(before, start), to: cut(after, start) };
}

/** A value that is not shortened. */
function oneLine(value: unknown): string {
    if (value === undefined) {
        return "-";
    }
    if (value === UNKNOWN) {
        return "(known when it is made)";
    }
    return (typeof value === "string" ? value : JSON.stringify(value)).replace(/\s+/g, " ");
}

/** What a table shows of a text that may be too long, from a letter on. */
function cut(text: string, start: number): string {
    if (text.length <= LONGEST) {
        return text;
    }
    const rest = start === 0 ? text : `…${text.slice(start + 1)}`;
    return rest.length > LONGEST ? `${rest.slice(0, LONGEST - 1)}…` : rest;
}

/** {@link showChange} of a property; not if it is a password. */
export function showProperty(
    name: string,
    from: string | undefined,
    to: string | undefined,
): { readonly from: string; readonly to: string } {
    const hidden = (value: string | undefined) => (value === undefined ? "-" : "(hidden)");
    return isSensitive(name) ? { from: hidden(from), to: hidden(to) } : showChange(from, to);
}
