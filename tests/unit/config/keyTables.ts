import { stringify } from "yaml";
import type { JsonSchema } from "../../../config/jsonSchema";
import { POD_FIELDS, SERVICE_FIELDS } from "../../../config/podSchema";
import { ONLY_ON } from "../../../config/rules/deploymentType";
import { ONLY_ON_PLATFORM } from "../../../config/rules/platform";
import { type DocumentedKey, documentedKeys } from "./documentedKeys";
import { defaultOf } from "./keyDefaults";

/** Where the keys of pods and Services stand. */
const SERVERS = ["kafka", "zookeeper", "strimzi.controllers"];

const OF_PODS = new RegExp(
    `^(${SERVERS.join("|")})\\.(${Object.keys({ ...POD_FIELDS, ...SERVICE_FIELDS }).join("|")})(\\.|$)`,
);

/** A row of a table: a key, and where it stands in a configuration. */
interface Row extends DocumentedKey {
    /** Paths to it. */
    readonly paths: readonly string[];
}

/** The keys of each table of docs/configuration.md, by the name of the table. */
export function tablesOfKeys(): ReadonlyMap<string, readonly Row[]> {
    const tables = new Map<string, Row[]>();
    for (const key of documentedKeys()) {
        const [, server] = OF_PODS.exec(key.path) ?? [];
        const [top] = key.path.split(/[.[]/);
        const isSingle = top === key.path && schemaOf(key).items === undefined;
        const name = server !== undefined ? "pods" : isSingle ? "single values" : top!;
        const path = server === undefined ? key.path : key.path.slice(server.length + 1);
        const rows = tables.get(name) ?? [];
        tables.set(name, rows);
        const same = rows.findIndex((row) => row.path === path);
        if (same === -1) {
            rows.push({ ...key, path, paths: [key.path] });
        } else {
            rows[same] = { ...rows[same]!, paths: [...rows[same]!.paths, key.path] };
        }
    }
    return tables;
}

/** What the schema says of a key: of those that depend on the kind, the first one. */
export function schemaOf({ schemas }: DocumentedKey): JsonSchema {
    return schemas.values().next().value!;
}

/** Lines of a table in Markdown. */
export function tableOf(rows: readonly Row[], exampleOf: (row: Row) => unknown): string[] {
    const common = onlyOf({ paths: rows.flatMap(({ paths }) => paths) });
    return [
        ...(common.length > 0 ? [onlyText(common), ""] : []),
        "| key | type | default | what it does | example |",
        "| --- | --- | --- | --- | --- |",
        ...rows.map((row) => {
            const only = [...(common.length > 0 ? [] : onlyOf(row)), ...(row.kinds ?? [])];
            const about = [schemaOf(row).description, onlyText(only), serversText(row)].filter(
                Boolean,
            );
            const cells = [
                `\`${row.path}\``,
                typeOf(row),
                defaultOf(row, onlyOf(row)),
                about.join(" "),
                shownExample(exampleOf(row)),
            ];
            return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
        }),
    ];
}

function onlyText(only: readonly string[]): string {
    return only.length === 0 ? "" : `Only with ${only.map((word) => `\`${word}\``).join(" or ")}.`;
}

function serversText({ paths }: Row): string {
    const servers = SERVERS.filter((server) => paths.some((path) => path.startsWith(`${server}.`)));
    return paths.length > 1 && servers.length < SERVERS.length
        ? `Only in ${servers.map((server) => `\`${server}\``).join(" and ")}.`
        : "";
}

/** The deployment type or platform that alone has keys. */
function onlyOf({ paths }: Pick<Row, "paths">): string[] {
    const isIn = (keys: readonly string[]) =>
        paths.every((path) => keys.some((key) => `${path}.`.startsWith(`${key}.`)));
    return [
        ...Object.entries(ONLY_ON).map(([word, keys]) => [word, Object.keys(keys)] as const),
        ...Object.entries(ONLY_ON_PLATFORM),
    ].flatMap(([word, keys]) => (isIn(keys) ? [word] : []));
}

function typeOf({ schemas }: DocumentedKey): string {
    const all = [...schemas.values()];
    const words = all.flatMap((schema) => schema.const ?? []);
    const types = words.length > 0 ? [wordsText(words)] : all.map(typeOfSchema);
    return [...new Set(types)].join(" or ");
}

function wordsText(words: readonly unknown[]): string {
    const shown = words.map((word) => `\`${String(word)}\``);
    return [shown.slice(0, -1).join(", "), shown.at(-1)].join(" or ");
}

function typeOfSchema(schema: JsonSchema): string {
    const { shownType, enum: words, items, minimum, maximum, exclusiveMinimum, type } = schema;
    if (shownType !== undefined) {
        return shownType;
    }
    if (words !== undefined) {
        return wordsText(words);
    }
    if (items !== undefined) {
        const isWord = items.enum !== undefined;
        return `list of ${isWord ? wordsText(items.enum) : `${items.shownType ?? "object"}s`}`;
    }
    if (type === "integer") {
        const isOpen = maximum === Number.MAX_SAFE_INTEGER;
        return isOpen ? `integer from ${minimum}` : `integer ${minimum}–${maximum}`;
    }
    if (type === "number") {
        return `number above ${exclusiveMinimum}`;
    }
    if (type === "object" || type === "boolean") {
        return type === "object" ? "map" : type;
    }
    throw new Error(`expected a shownType where the schema has none: ${JSON.stringify(schema)}`);
}

/** Characters of an example in a table; longer ones stand below it only. */
const LONGEST_EXAMPLE = 48;

/** A value on one line. */
function shownExample(value: unknown): string {
    if (value === undefined) {
        return "";
    }
    const text = stringify(value, {
        collectionStyle: "flow",
        lineWidth: 0,
        flowCollectionPadding: true,
    });
    return text.length > LONGEST_EXAMPLE ? "below" : `\`${text.trim()}\``;
}
