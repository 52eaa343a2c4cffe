import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LocalWorkspace, type Stack } from "@pulumi/pulumi/automation";
import { labConfig } from "../../lab/demo/labConfig";
import { NODE_HOST, requireEngine } from "../../lab/pulumi/find";
import { makeProject, stackFile, writeStackConfig } from "../../lab/pulumi/project";
import { openStack } from "../../lab/pulumi/stack";
import { engineVersions } from "../../lab/pulumi/versions";
import { findOnPath } from "../../lab/onPath";
import { REPOSITORY } from "../../tools/cli/repository";
import { requireLab } from "../support/lab";
import { NODE_PORTS } from "../support/nodePorts";

const NAMESPACE = "kafka-test-engine";

describe("the Pulumi engine", () => {
    it("is there, and says what it is", async () => {
        const versions = await engineVersions(await requireEngine());
        console.log(`      ${JSON.stringify(versions)}`);
        assert.match(versions.cli, /^3\.\d+\.\d+/);
        assert.match(versions.kubernetesProvider, /^4\.\d+\.\d+|^the SDK's$/);
    });

    it("is missed by a suite that needs it: it fails, and is not skipped", () => {
        const nothing = mkdtempSync(join(tmpdir(), "kafka-eks-nothing-"));
        const { PATH: _, ...env } = process.env;
        const { status, stdout } = spawnSync(
            process.execPath,
            [
                join(REPOSITORY, "node_modules/mocha/bin/mocha.js"),
                ...["--no-config", "--require", "tsx", "--reporter", "json"],
                join(__dirname, "statefulset.spec.ts"),
            ],
            {
                cwd: REPOSITORY,
                encoding: "utf8",
                env: { ...env, PATH: "", KAFKA_EKS_CACHE: nothing },
            },
        );
        rmSync(nothing, { recursive: true });
        const { stats, failures } = JSON.parse(stdout) as {
            stats: Record<string, number>;
            failures: { err: { message: string } }[];
        };
        assert.equal(status, 1);
        assert.deepEqual([stats["passes"], stats["failures"], stats["pending"]], [0, 1, 0]);
        assert.match(
            failures[0]!.err.message,
            /^Pulumi CLI: expected on PATH.*npm run lab -- engine$/,
        );
    });
});

/** What Pulumi.yaml says to run the program, by a process of its own; every other suite runs it in the tests' process. */
describe("Pulumi's own Node language host", () => {
    before(function () {
        if (findOnPath(NODE_HOST) === undefined) {
            this.skip();
        }
    });

    it("plans the same for a new stack as the program in the tests' process", async () => {
        const engine = await requireEngine();
        await requireLab();
        const directory = mkdtempSync(join(tmpdir(), "kafka-eks-host-"));
        const config = labConfig("nodePort", { namespace: NAMESPACE, basePort: NODE_PORTS.engine });
        const planned = async (stack: Stack) => {
            const urns: string[] = [];
            await stack.preview({
                onEvent: ({ resourcePreEvent }) => {
                    if (resourcePreEvent !== undefined) {
                        urns.push(resourcePreEvent.metadata.urn);
                    }
                },
            });
            return urns.sort();
        };
        const args = { stack: "test", config, directory, engine };
        const inThisProcess = await planned(await openStack(args));
        const { workDir, envVars } = makeProject(directory, engine);
        writeStackConfig(stackFile(directory, args.stack), config);
        const byHost = await planned(
            await LocalWorkspace.selectStack(
                { stackName: args.stack, workDir },
                { envVars, pulumiCommand: engine.pulumi },
            ),
        );
        rmSync(directory, { recursive: true });
        assert.ok(inThisProcess.length > 20);
        assert.deepEqual(byHost, inThisProcess);
    });
});
