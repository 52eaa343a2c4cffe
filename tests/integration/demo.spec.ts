import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { LAB } from "../../lab";
import { skipAfterFailure } from "../support/skipAfterFailure";
import { Cluster, loadKubeConfig } from "../support/cluster";

const NAMESPACE = "kafka-test-demo";

/** The demo as a user runs it, without the Pulumi CLI. */
describe("npm run demo", function () {
    skipAfterFailure();

    const demo = (...args: string[]) =>
        promisify(execFile)(
            "npm",
            [
                "run",
                "--silent",
                "demo",
                "--",
                "--engine",
                "rendered",
                "--namespace",
                NAMESPACE,
                ...args,
            ],
            { cwd: join(__dirname, "..", "..") },
        );

    after(() => new Cluster(loadKubeConfig(LAB.kubeconfig), NAMESPACE).deleteNamespace());

    it("deploys Kafka, sends a message through it and shows where it is", async () => {
        const { stdout } = await demo();
        assert.match(stdout, /Engine: server-side apply of the rendered objects/);
        assert.match(stdout, /Hello, StatefulSet Kafka!/);
    });

    it("takes all of it away again", async () => {
        await demo("--destroy", "--delete-data");
        assert.equal(await new Cluster(loadKubeConfig(LAB.kubeconfig), NAMESPACE).exists(), false);
    });
});
