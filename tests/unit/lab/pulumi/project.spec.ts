import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parse } from "yaml";
import {
    makeProject,
    stackFile,
    stateDirectory,
    writeStackConfig,
} from "../../../../lab/pulumi/project";
import { REPOSITORY } from "../../../../tools/cli/repository";

const read = (file: string) => parse(readFileSync(file, "utf8")) as Record<string, unknown>;

const ENGINE = { path: "/engine/bin", env: {} };

describe("a Pulumi project outside of the checkout", () => {
    let directory: string;
    beforeEach(() => (directory = mkdtempSync(join(tmpdir(), "project-"))));
    afterEach(() => rmSync(directory, { recursive: true }));

    it("is the one of the checkout in another place", () => {
        const { workDir } = makeProject(directory, ENGINE);
        assert.deepEqual(read(join(workDir, "Pulumi.yaml")), {
            ...read(join(REPOSITORY, "Pulumi.yaml")),
            main: REPOSITORY,
        });
    });

    it("keeps its state and its passphrase in its directory, for its owner only", () => {
        const { envVars } = makeProject(directory, ENGINE);
        assert.equal(envVars["PULUMI_BACKEND_URL"], `file://${join(directory, "backend")}`);
        assert.equal(statSync(join(directory, "passphrase")).mode & 0o777, 0o600);
        assert.equal(statSync(join(directory, "backend")).mode & 0o777, 0o700);
    });

    it("has a passphrase of its own that stays", () => {
        const passphrase = makeProject(directory, ENGINE).envVars["PULUMI_CONFIG_PASSPHRASE"];
        assert.equal(
            makeProject(directory, ENGINE).envVars["PULUMI_CONFIG_PASSPHRASE"],
            passphrase,
        );
        const other = makeProject(join(directory, "other"), ENGINE).envVars[
            "PULUMI_CONFIG_PASSPHRASE"
        ];
        assert.notEqual(other, passphrase);
        assert.match(passphrase ?? "", /^[\w-]{32}$/);
    });

    it("has the Node.js that runs this before all that the engine needs", () => {
        const { envVars } = makeProject(directory, ENGINE);
        assert.equal(envVars["PATH"], `${dirname(process.execPath)}:/engine/bin`);
    });

    it("gets its whole configuration each time, and keeps what Pulumi keeps with it", () => {
        makeProject(directory, ENGINE);
        const file = stackFile(directory, "demo");
        writeFileSync(file, "encryptionsalt: v1:abc\nconfig:\n  kafka-eks:old: x\n");
        writeStackConfig(file, {
            "kafka-eks:namespace": "kafka",
            "kafka-eks:kafka": '{"replicas":3}',
            "kafka-eks:deleteDataOnDestroy": "true",
        });
        assert.deepEqual(read(file), {
            encryptionsalt: "v1:abc",
            config: {
                "pulumi:disable-default-providers": ["kubernetes"],
                "kafka-eks:namespace": "kafka",
                "kafka-eks:kafka": { replicas: 3 },
                "kafka-eks:deleteDataOnDestroy": "true",
            },
        });
    });
});

describe("stateDirectory", () => {
    const saved = process.env["XDG_STATE_HOME"];
    after(() => {
        if (saved === undefined) {
            delete process.env["XDG_STATE_HOME"];
        } else {
            process.env["XDG_STATE_HOME"] = saved;
        }
    });

    it("is one for each cluster, below XDG_STATE_HOME", () => {
        process.env["XDG_STATE_HOME"] = "/state";
        assert.equal(stateDirectory("uid"), "/state/kafka-eks/pulumi/uid");
    });
});
