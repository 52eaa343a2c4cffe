import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ConfigError } from "../../../../config";
import { runRender } from "../../../../tools/render/run";

describe("runRender", () => {
    let parent: string;
    beforeEach(() => {
        parent = mkdtempSync(join(tmpdir(), "render-"));
        writeFileSync(
            join(parent, "Pulumi.dev.yaml"),
            [
                "config:",
                "  kafka-eks:platform: kubeconfig",
                "  kafka-eks:kafkaDeploymentType: statefulset",
                "  kafka-eks:certificates: { installCertManager: false }",
                "  kafka-eks:namespace: from-file",
            ].join("\n"),
        );
    });
    afterEach(() => rmSync(parent, { recursive: true }));

    const request = (out: string, config: Record<string, string> = {}) =>
        ({ action: "render", stack: "dev", out, config, showSecrets: false }) as const;

    it("renders the stack of the file, and says how much", async () => {
        const out = join(parent, "out");
        const { stdout, stderr } = await runRender(request(out), parent);
        assert.equal(readdirSync(out)[0], "001-namespace-from-file.yaml");
        assert.equal(stdout, "");
        const count = `${readdirSync(out).length} objects of stack dev in ${out}\n`;
        assert.equal(stderr.slice(stderr.indexOf("\n") + 1), count);
        assert.match(stderr, /^left out, make it by hand: .* zookeeper-auth /);
    });

    it("prints the objects for -", async () => {
        const { stdout } = await runRender(
            request("-", { "kafka-eks:namespace": "given" }),
            parent,
        );
        assert.match(stdout, /^---\napiVersion: v1\nkind: Namespace\nmetadata:\n {2}name: given\n/);
        assert.deepEqual(readdirSync(parent), ["Pulumi.dev.yaml"]);
    });

    it("writes nothing when the configuration is wrong", async () => {
        const out = join(parent, "out");
        const wrong = { "kafka-eks:namespace": "Not A Label" };
        await assert.rejects(runRender(request(out, wrong), parent), ConfigError);
        assert.equal(existsSync(out), false);
    });
});
