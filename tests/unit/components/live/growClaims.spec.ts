import assert from "node:assert/strict";
import { growClaims } from "../../../../components/live/growClaims";
import { FakeCluster } from "../../../support/fakeCluster";
import { claim } from "./rollout/objects";

const wanted = (...sizes: readonly string[]) =>
    sizes.map((size, ordinal) => ({ name: `data-kafka-${ordinal}`, size }));

describe("growClaims", () => {
    it("grows those that ask for less, and says which", async () => {
        const cluster = new FakeCluster(
            claim(0, "Bound", "20Gi"),
            claim(1, "Bound", "10Gi"),
            claim(2, "Bound", "30Gi"),
        );
        assert.deepEqual(await growClaims(cluster, "streams", wanted("20Gi", "20Gi", "20Gi")), [
            { name: "data-kafka-1", from: "10Gi", to: "20Gi" },
        ]);
        assert.deepEqual(cluster.actions, [
            'merge PersistentVolumeClaim data-kafka-1 {"spec":{"resources":{"requests":{"storage":"20Gi"}}}}',
        ]);
    });

    it("compares sizes, not texts", async () => {
        const cluster = new FakeCluster(claim(0, "Bound", "1Ti"), claim(1, "Bound", "9Gi"));
        assert.deepEqual(await growClaims(cluster, "streams", wanted("1024Gi", "10Gi")), [
            { name: "data-kafka-1", from: "9Gi", to: "10Gi" },
        ]);
    });

    it("leaves out what does not exist", async () => {
        assert.deepEqual(await growClaims(new FakeCluster(), "streams", wanted("1Gi")), []);
    });

    it("fails with what Kubernetes says", async () => {
        const cluster = new FakeCluster(claim(0, "Bound", "1Gi"));
        cluster.refused.set("merge PersistentVolumeClaim", "the class must support resize.");
        await assert.rejects(growClaims(cluster, "streams", wanted("2Gi")), {
            message:
                "data-kafka-0: expected a volume of 2Gi, got 1Gi: the class must support resize. " +
                "Next: kubectl describe persistentvolumeclaim data-kafka-0 -n streams",
        });
    });
});
