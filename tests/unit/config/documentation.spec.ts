import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { parse, stringify } from "yaml";
import { loadConfig } from "../../../config";
import { isObject } from "../../../config/everyFault";
import { REPOSITORY } from "../../../tools/cli/repository";
import { readStackConfig } from "../../../tools/cli/stackFile";
import { matchesDocument } from "../../support/documentedTables";
import { schemaOf, tableOf, tablesOfKeys } from "./keyTables";

const DOCUMENT = join(REPOSITORY, "docs/configuration.md");
const TABLES = tablesOfKeys();

type Example = Readonly<Record<string, unknown>>;

/** The configurations that a document has as examples, as they stand under `config` in a stack's file. */
function examplesOf(document: string): Example[] {
    return [...readFileSync(document, "utf8").matchAll(/```yaml\n([^]*?)```/g)]
        .map(([, text]) => parse(text!.replaceAll("<the digest>", "0".repeat(64))) as Example)
        .map((example) => (example["config"] ?? example) as Example)
        .filter((example) => Object.keys(example).some((key) => key.startsWith("kafka-eks:")));
}

const EXAMPLES = examplesOf(DOCUMENT);

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
    paths.flatMap((path) => EXAMPLES.flatMap((whole) => valuesAt(whole, path)))[0];

const ON_EKS = { "aws:region": "eu-west-1", "kafka-eks:eks": { publicAccessCidrs: [] } };
const PLATFORMS: readonly Example[] = [{ "kafka-eks:platform": "kubeconfig" }, ON_EKS];
const DEPLOYMENT_TYPES = ["strimzi", "statefulset"].map((type) => ({
    "kafka-eks:kafkaDeploymentType": type,
}));

/** The stacks that an example is a part of: of both platforms and deployment types, unless it says them. */
function stacksOf(example: Example): Example[] {
    const says = (key: string) => `kafka-eks:${key}` in example;
    const platforms = says("platform") ? [{}] : says("eks") ? [ON_EKS] : PLATFORMS;
    return platforms.flatMap((platform) =>
        DEPLOYMENT_TYPES.map((type) => ({ ...platform, ...type, ...example })),
    );
}

/** What is wrong with a stack's file, read as the commands do. */
function faultOf(config: Example): string | undefined {
    const directory = mkdtempSync(join(tmpdir(), "kafka-eks-example-"));
    try {
        writeFileSync(join(directory, "Pulumi.example.yaml"), stringify({ config }));
        loadConfig(readStackConfig(directory, "example", {}, { standIns: true }));
        return undefined;
    } catch (error) {
        return String(error);
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
            const about = schemaOf(row).description ?? "";
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

    for (const example of EXAMPLES) {
        it(`has an example that loads: ${Object.keys(example).join(", ")}`, () => {
            assert.deepEqual(
                stacksOf(example).flatMap((stack) => faultOf(stack) ?? []),
                [],
            );
        });
    }
});

describe("the other documents", () => {
    const documents = ["README.md", ...readdirSync(join(REPOSITORY, "docs"))]
        .filter((name) => name.endsWith(".md"))
        .map((name) => join(REPOSITORY, name === "README.md" ? name : `docs/${name}`))
        .filter((document) => document !== DOCUMENT);
    for (const document of documents) {
        for (const example of examplesOf(document)) {
            const keys = Object.keys(example).join(", ");
            it(`have an example that loads: ${keys} in ${basename(document)}`, () => {
                const faults = stacksOf(example).map(faultOf);
                assert.ok(faults.includes(undefined), faults.join("\n"));
            });
        }
    }
});
