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

/** A value with another one at a path, and what leads there. What has another shape is replaced. */
export function withValueAt(value: unknown, path: readonly Part[], inner: unknown): unknown {
    const [part, ...rest] = path;
    if (part === undefined) {
        return inner;
    }
    if (typeof part === "number") {
        const list: unknown[] = Array.isArray(value) ? [...(value as unknown[])] : [];
        list[part] = withValueAt(list[part], rest, inner);
        return list;
    }
    const fields =
        typeof value === "object" && !Array.isArray(value)
            ? (value as Readonly<Record<string, unknown>> | null)
            : {};
    return { ...fields, [part]: withValueAt(fields?.[part], rest, inner) };
}
