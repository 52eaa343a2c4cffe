import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parse, parseAllDocuments } from "yaml";
import {
    fileName,
    toYaml,
    toYamlStream,
    withoutPulumiAnnotations,
    writeRendering,
} from "../../../../tools/render/files";
import { renderStack } from "../../../../tools/render/renderStack";

const CONFIG = {
    "kafka-eks:platform": "kubeconfig",
    "kafka-eks:kafkaDeploymentType": "statefulset",
    "kafka-eks:certificates": '{"installCertManager":false}',
};
const NAMESPACE = { apiVersion: "v1", kind: "Namespace", metadata: { name: "kafka" } };
const CONFIG_MAP = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a" } };

describe("YAML of objects", () => {
    it("reads back as the same objects, without the annotations for Pulumi", async () => {
        const { objects } = await renderStack({ stack: "any", config: CONFIG });
        const expected = objects.map(withoutPulumiAnnotations);
        assert.deepEqual(
            objects.map((object) => parse(toYaml(object)) as unknown),
            expected,
        );
        assert.deepEqual(
            parseAllDocuments(toYamlStream(objects)).map((document) => document.toJS() as unknown),
            expected,
        );
    });

    it("leaves out annotations for Pulumi only", () => {
        const metadata = { name: "a", annotations: { "pulumi.com/skipAwait": "true", mine: "1" } };
        assert.deepEqual(withoutPulumiAnnotations({ ...CONFIG_MAP, metadata }).metadata, {
            name: "a",
            annotations: { mine: "1" },
        });
        const only = { name: "a", annotations: { "pulumi.com/skipAwait": "true" } };
        assert.deepEqual(withoutPulumiAnnotations({ ...CONFIG_MAP, metadata: only }), CONFIG_MAP);
    });
});

describe("fileName", () => {
    it("has the kind and the name", () => {
        assert.equal(fileName(NAMESPACE), "namespace-kafka.yaml");
        assert.equal(fileName(CONFIG_MAP), "configmap-a.yaml");
    });

    it("stays when the content changes, and leaves names of users as they are", () => {
        const name = "kafka-config-0123456789abcdef";
        const labels = { "kafka-eks/files-of": "kafka" };
        assert.equal(
            fileName({ ...CONFIG_MAP, metadata: { name, labels } }),
            "configmap-kafka-config.yaml",
        );
        assert.equal(fileName({ ...CONFIG_MAP, metadata: { name } }), `configmap-${name}.yaml`);
    });
});

describe("writeRendering", () => {
    const ROOT = "kustomization.yaml";
    let parent: string;
    beforeEach(() => (parent = mkdtempSync(join(tmpdir(), "render-"))));
    afterEach(() => rmSync(parent, { recursive: true }));

    const list = (directory: string) =>
        readdirSync(directory, { recursive: true, encoding: "utf8" }).sort();

    it("writes files into a new directory", () => {
        const out = join(parent, "deep", "out");
        writeRendering(
            out,
            new Map([
                [ROOT, "a"],
                ["base/configmap-a.yaml", "b"],
            ]),
        );
        assert.deepEqual(list(out), ["base", "base/configmap-a.yaml", ROOT]);
        assert.equal(readFileSync(join(out, "base", "configmap-a.yaml"), "utf8"), "b");
        assert.deepEqual(readdirSync(join(parent, "deep")), ["out"]);
    });

    it("replaces an earlier rendering, all of it", () => {
        const out = join(parent, "out");
        for (const folder of ["namespace", "gates", "zookeeper", "operators", "by-hand", "helm"]) {
            writeRendering(out, new Map([[`${folder}/configmap-a.yaml`, ""]]));
        }
        writeRendering(out, new Map([[ROOT, "a"]]));
        assert.deepEqual(list(out), [ROOT]);
        assert.deepEqual(readdirSync(parent), ["out"]);
    });

    it("refuses a directory with anything else in it, and leaves it as it is", () => {
        for (const foreign of ["notes.txt", "base/notes.txt", "mine/configmap-a.yaml"]) {
            const directory = mkdtempSync(join(parent, "foreign-"));
            mkdirSync(dirname(join(directory, foreign)), { recursive: true });
            writeFileSync(join(directory, foreign), "mine");
            assert.throws(
                () => writeRendering(directory, new Map([[ROOT, "a"]])),
                /holds .*, which is not from an earlier rendering/,
            );
            assert.equal(readFileSync(join(directory, foreign), "utf8"), "mine");
        }
    });

    it("refuses a file", () => {
        const file = join(parent, "file");
        writeFileSync(file, "mine");
        assert.throws(() => writeRendering(file, new Map()), /is not a directory/);
        assert.equal(readFileSync(file, "utf8"), "mine");
    });

    it("refuses what can't be written, in its own words", () => {
        for (const [directory, code] of [
            ["/proc/rendering", "ENOENT"],
            [join(parent, "a".repeat(300)), "ENAMETOOLONG"],
        ] as const) {
            const message = `--out: expected a directory that can be written, got ${directory} (${code})`;
            assert.throws(() => writeRendering(directory, new Map([[ROOT, "a"]])), {
                name: "RenderError",
                message,
                next: "give another one with --out",
            });
        }
    });

    it("leaves the earlier rendering when a file can't be written", () => {
        const out = join(parent, "out");
        writeRendering(out, new Map([[ROOT, "a"]]));
        const unwritable = new Map([
            ["base", ""],
            ["base/configmap-a.yaml", ""],
        ]);
        assert.throws(() => writeRendering(out, unwritable));
        assert.deepEqual(list(out), [ROOT]);
        assert.deepEqual(readdirSync(parent), ["out"]);
    });
});
