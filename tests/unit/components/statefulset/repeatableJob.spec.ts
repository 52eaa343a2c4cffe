import assert from "node:assert/strict";
import * as k8s from "@pulumi/kubernetes";
import { removeLeftover, repeatable } from "../../../../components/statefulset/repeatableJob";
import { AnsweringCluster } from "../../../support/answeringCluster";
import { register } from "../../../support/mocks";

describe("Job that is named by its content", () => {
    const metadata = { name: "kafka-topics-0123", namespace: "streams" };
    const leftover = { apiVersion: "batch/v1", kind: "Job", metadata };

    it("takes the place of one that the state does not know", async () => {
        const other = { ...leftover, metadata: { ...metadata, name: "kafka-topics-4567" } };
        const live = new AnsweringCluster([leftover, other]);
        await removeLeftover(live, { metadata });
        assert.deepEqual(live.names, ["kafka-topics-4567"]);
        await removeLeftover(live, { metadata });
    });

    it("is removed before the Job is made, and never before a change", async () => {
        const live = new AnsweringCluster([leftover]);
        const { resources } = await register(
            () => new k8s.batch.v1.Job("topics", { metadata }, repeatable("topics", live)),
            { hooks: true },
        );
        const { inputs, hooks } = resources.object("Job", "kafka-topics-0123");
        assert.deepEqual(hooks.beforeUpdate, []);
        await hooks.beforeCreate[0]!.callback({ newInputs: inputs });
        assert.deepEqual(live.done, ["remove Job kafka-topics-0123"]);
    });
});
