import { type JsonSchema, jsonSchemas } from "../../../config/jsonSchema";

/** A key of the configuration with what its schema says. Those of a list's entries have empty brackets in their path. */
export interface DocumentedKey {
    readonly path: string;
    /** Where the fields of an entry depend on its kind: what the schema says in each of them, by `type: internal` and the like. */
    readonly schemas: ReadonlyMap<string, JsonSchema>;
    readonly isRequired: boolean;
    /** The kinds of an entry that have it; `undefined` where all do. */
    readonly kinds?: readonly string[];
}

/** All keys that are no object with fields of their own, and the lists of such. */
export function documentedKeys(): DocumentedKey[] {
    return keysOf("", { properties: jsonSchemas() });
}

/** Tells whether the fields of a schema are keys: those of Kubernetes' own types are not. */
const hasKeys = ({ properties, oneOf, shownType }: JsonSchema) =>
    shownType === undefined && (properties ?? oneOf) !== undefined;

function keysIn(path: string, field: Omit<DocumentedKey, "path">): DocumentedKey[] {
    const key = { path, ...field };
    const [schema] = key.schemas.values();
    const { items, shownType } = schema!;
    if (hasKeys(schema!)) {
        return keysOf(`${path}.`, schema!, key.kinds);
    }
    return shownType === undefined && items !== undefined && hasKeys(items)
        ? [key, ...keysOf(`${path}[].`, items)]
        : [key];
}

/** The keys of an object, or of objects of several kinds. */
function keysOf(
    prefix: string,
    { properties, required = [], oneOf }: JsonSchema,
    kinds?: readonly string[],
): DocumentedKey[] {
    if (oneOf === undefined) {
        return Object.entries(properties!).flatMap(([name, schema]) =>
            keysIn(prefix + name, {
                schemas: new Map([["", schema]]),
                isRequired: required.includes(name),
                ...(kinds !== undefined && { kinds }),
            }),
        );
    }
    const byKind = new Map(oneOf.map((each) => [kindOf(each), each]));
    const names = new Set(oneOf.flatMap((each) => Object.keys(each.properties!)));
    return [...names].flatMap((name) => {
        const having = [...byKind].filter(([, each]) => name in each.properties!);
        return keysIn(prefix + name, {
            schemas: new Map(having.map(([kind, each]) => [kind, each.properties![name]!])),
            isRequired: having.every(([, each]) => each.required?.includes(name)),
            ...(having.length < byKind.size && { kinds: having.map(([kind]) => kind) }),
        });
    });
}

/** `type: internal`, or what else tells this kind from the others. */
function kindOf({ properties }: JsonSchema): string {
    const [name, { const: value }] = Object.entries(properties!).find(
        ([, field]) => field.const !== undefined,
    )!;
    return `${name}: ${String(value)}`;
}
