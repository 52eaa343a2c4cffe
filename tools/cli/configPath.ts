import { isObject } from "../../config/everyFault";
import { joinPath } from "../../config/problems";
import { UsageError } from "./errors";

/** A part of the path into a value: the name of a field, or a position. */
type Part = string | number;

/** A name, a position in brackets, or a name in brackets and quotes, as Pulumi's `--path` takes them. */
const PART = /\.?([^.[\]"]+)|\[(\d+)\]|\["([^"]*)"\]/y;

/**
 * The parts of a key as `pulumi config set --path` takes it; the first one has the project's prefix. `undefined` where it is no
 * path.
 */
export function partsOf(key: string): readonly [string, ...Part[]] | undefined {
    const parts: Part[] = [];
    PART.lastIndex = 0;
    while (PART.lastIndex < key.length) {
        const match = PART.exec(key);
        if (match === null) {
            return undefined;
        }
        const [, name, position, quoted] = match;
        parts.push(position === undefined ? (name ?? quoted)! : Number(position));
    }
    return typeof parts[0] === "string" ? (parts as [string, ...Part[]]) : undefined;
}

/**
 * A value with another one at a path, and what leads there. What has another shape is replaced.
 *
 * @param key The path to the value, as an error says it.
 * @throws {@link UsageError} for a position that leaves some out.
 */
export function withValueAt(
    value: unknown,
    path: readonly Part[],
    inner: unknown,
    key: string,
): unknown {
    const [part, ...rest] = path;
    if (part === undefined) {
        return inner;
    }
    if (typeof part === "number") {
        const list: unknown[] = Array.isArray(value) ? [...(value as unknown[])] : [];
        if (part > list.length) {
            throw new UsageError(
                `${joinPath(key, [part])}: expected a position from 0 to ${list.length}, got ${part}`,
                "count from 0, and leave none out",
            );
        }
        list[part] = withValueAt(list[part], rest, inner, joinPath(key, [part]));
        return list;
    }
    const fields = isObject(value) ? value : {};
    // A name that every object inherits is no field of it.
    const before = Object.hasOwn(fields, part) ? fields[part] : undefined;
    return { ...fields, [part]: withValueAt(before, rest, inner, joinPath(key, [part])) };
}
