import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse, parseAllDocuments } from "yaml";
import {
    fileName,
    toYaml,
    toYamlStream,
    withoutPulumiAnnotations,
    writeObjects,
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
        const objects = await renderStack({ stack: "any", config: CONFIG });
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
    it("is numbered from 1, with kind and name", () => {
        assert.equal(fileName(NAMESPACE, 0), "001-namespace-kafka.yaml");
        assert.equal(fileName(CONFIG_MAP, 122), "123-configmap-a.yaml");
    });
});

describe("writeObjects", () => {
    let parent: string;
    beforeEach(() => (parent = mkdtempSync(join(tmpdir(), "render-"))));
    afterEach(() => rmSync(parent, { recursive: true }));

    it("writes one file for each object into a new directory", () => {
        const out = join(parent, "deep", "out");
        writeObjects(out, [NAMESPACE, CONFIG_MAP]);
        assert.deepEqual(readdirSync(out), ["001-namespace-kafka.yaml", "002-configmap-a.yaml"]);
        assert.equal(readFileSync(join(out, "002-configmap-a.yaml"), "utf8"), toYaml(CONFIG_MAP));
        assert.deepEqual(readdirSync(join(parent, "deep")), ["out"]);
    });

    it("replaces an earlier rendering, all of it", () => {
        const out = join(parent, "out");
        writeObjects(out, [NAMESPACE, CONFIG_MAP]);
        writeObjects(out, [CONFIG_MAP]);
        assert.deepEqual(readdirSync(out), ["001-configmap-a.yaml"]);
        assert.deepEqual(readdirSync(parent), ["out"]);
    });

    it("refuses a directory with anything else in it, and leaves it as it is", () => {
        writeFileSync(join(parent, "notes.txt"), "mine");
        assert.throws(() => writeObjects(parent, [NAMESPACE]), /holds notes\.txt/);
        assert.deepEqual(readdirSync(parent), ["notes.txt"]);
    });

    it("refuses a file", () => {
        const file = join(parent, "file");
        writeFileSync(file, "mine");
        assert.throws(() => writeObjects(file, [NAMESPACE]), /is not a directory/);
        assert.equal(readFileSync(file, "utf8"), "mine");
    });

    it("leaves the earlier rendering when an object can't be written", () => {
        const out = join(parent, "out");
        writeObjects(out, [NAMESPACE]);
        const unwritable = { ...CONFIG_MAP, metadata: { name: "no/such/directory" } };
        assert.throws(() => writeObjects(out, [CONFIG_MAP, unwritable]));
        assert.deepEqual(readdirSync(out), ["001-namespace-kafka.yaml"]);
        assert.deepEqual(readdirSync(parent), ["out"]);
        assert.ok(existsSync(out));
    });
});
