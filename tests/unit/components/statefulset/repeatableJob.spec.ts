import assert from "node:assert/strict";
import { removeLeftover } from "../../../../components/statefulset/repeatableJob";
import { AnsweringCluster } from "../../../support/answeringCluster";

describe("Job that is named by its content", () => {
    const metadata = { name: "kafka-topics-0123", namespace: "streams" };
    const leftover = { apiVersion: "batch/v1", kind: "Job", metadata };

    it("takes the place of one that the state does not know", async () => {
        const other = { ...leftover, metadata: { ...metadata, name: "kafka-topics-4567" } };
        const live = new AnsweringCluster([leftover, other]);
        await removeLeftover(live, { before: undefined, after: { metadata } });
        assert.deepEqual(live.names, ["kafka-topics-4567"]);
        await removeLeftover(live, { before: undefined, after: { metadata } });
    });

    it("stays where the state knows it", async () => {
        const live = new AnsweringCluster([leftover]);
        await removeLeftover(live, { before: { metadata }, after: { metadata } });
        assert.deepEqual(live.names, ["kafka-topics-0123"]);
    });
});
