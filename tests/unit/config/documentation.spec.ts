import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { loadConfig } from "../../../config";
import { isObject } from "../../../config/everyFault";
import { REPOSITORY } from "../../../tools/cli/repository";
import { readStackConfig } from "../../../tools/cli/stackFile";
import { matchesDocument } from "../../support/documentedTables";
import { aboutOf, tableOf, tablesOfKeys } from "../../support/keyTables";

const DOCUMENT = join(REPOSITORY, "docs/configuration.md");
const TABLES = tablesOfKeys();

/** The examples of the document, as they stand under `config` in a stack's file. */
const EXAMPLES = [...readFileSync(DOCUMENT, "utf8").matchAll(/```yaml\n([^]*?)```/g)].map(
    ([, text]) => text!,
);
const VALUES = EXAMPLES.map((text) => parse(text) as unknown);

/** Values at a path in an example, those of each entry of a list. */
function valuesAt(whole: unknown, path: string): unknown[] {
    return `kafka-eks:${path}`
        .replaceAll("[]", ".[]")
        .split(".")
        .reduce<unknown[]>(
            (values, name) =>
                values.flatMap((value) =>
                    name === "[]"
                        ? (value as unknown[])
                        : isObject(value) && name in value
                          ? [value[name]]
                          : [],
                ),
            [whole],
        );
}

/** The first value that an example has for a key. */
const exampleOf = ({ paths }: { readonly paths: readonly string[] }) =>
    paths.flatMap((path) => VALUES.flatMap((whole) => valuesAt(whole, path)))[0];

/** What a stack needs to be on a platform, beside what an example says. */
const PLATFORMS = {
    kubeconfig: { "kafka-eks:platform": "kubeconfig" },
    eks: {
        "aws:region": "eu-west-1",
        "kafka-eks:platform": "eks",
        "kafka-eks:eks": '{"publicAccessCidrs":[]}',
    },
};

/** Loads an example as the commands load a stack's file. */
function load(example: string, beside: Readonly<Record<string, string>>): void {
    const directory = mkdtempSync(join(tmpdir(), "kafka-eks-example-"));
    try {
        const lines = example.split("\n").map((line) => `    ${line}`);
        writeFileSync(join(directory, "Pulumi.example.yaml"), `config:\n${lines.join("\n")}\n`);
        const said = Object.keys(parse(example) as object);
        const rest = Object.entries(beside).filter(([key]) => !said.includes(key));
        const values = readStackConfig(directory, "example", Object.fromEntries(rest), {
            standIns: true,
        });
        loadConfig(values);
    } finally {
        rmSync(directory, { recursive: true });
    }
}

describe("docs/configuration.md", () => {
    it("has a table for each key, which UPDATE_GOLDEN=1 writes", () =>
        matchesDocument(
            DOCUMENT,
            Object.fromEntries(
                [...TABLES].map(([name, rows]) => [`keys of ${name}`, tableOf(rows, exampleOf)]),
            ),
        ));

    it("says what each key does, in one or two short sentences", () => {
        for (const row of [...TABLES.values()].flat()) {
            const about = aboutOf(row) ?? "";
            const words = about
                .replace(/\[(.*?)\]\(.*?\)/g, "$1")
                .split(/(?<=[.]) /)
                .map((sentence) => sentence.split(" ").length);
            assert.match(about, /^[[`A-Z].*\.$/, row.path);
            assert.ok(words.length <= 2 && Math.max(...words) <= 20, `${row.path}: ${about}`);
        }
    });

    it("has an example of each key", () => {
        const without = [...TABLES.values()]
            .flat()
            .filter((row) => exampleOf(row) === undefined)
            .map(({ path }) => path);
        assert.deepEqual(without, []);
    });

    for (const [index, example] of EXAMPLES.entries()) {
        const keys = Object.keys(VALUES[index] as object);
        const title = `has an example that loads: ${keys.join(", ")}`;
        // An example that does not say its platform or deployment type holds for both.
        const platforms = keys.includes("kafka-eks:platform")
            ? [{}]
            : keys.includes("kafka-eks:eks")
              ? [PLATFORMS.eks]
              : Object.values(PLATFORMS);
        it(title, () => {
            for (const beside of platforms) {
                for (const type of ["strimzi", "statefulset"]) {
                    load(example, { ...beside, "kafka-eks:kafkaDeploymentType": type });
                }
            }
        });
    }
});
