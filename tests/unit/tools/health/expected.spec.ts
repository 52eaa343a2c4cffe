import assert from "node:assert/strict";
import type { V1StatefulSet } from "@kubernetes/client-node";
import type { HealthContext } from "../../../../tools/health/check";
import {
    expectedBrokers,
    expectedOfNodePool,
    expectedOfStatefulSet,
    fetchExpectedSets,
} from "../../../../tools/health/expected";
import type { NodePool } from "../../../../tools/health/strimzi/resources";

function statefulSet(name: string): V1StatefulSet {
    const volumeClaimTemplates = [{ metadata: { name: "data" } }];
    return {
        metadata: { name },
        spec: { replicas: 2, selector: {}, template: {}, volumeClaimTemplates },
    };
}

function nodePool(name: string, replicas: number, nodeIds?: number[]): NodePool {
    return {
        metadata: { name, generation: 1 },
        spec: {
            replicas,
            storage: {
                volumes: [
                    { id: 0, type: "persistent-claim" },
                    { id: 1, type: "ephemeral" },
                    { id: 2, type: "persistent-claim" },
                ],
            },
        },
        ...(nodeIds && { status: { nodeIds } }),
    };
}

const KAFKA_SET = {
    kind: "statefulset",
    name: "kafka",
    replicas: 2,
    pods: ["kafka-0", "kafka-1"],
    claims: ["data-kafka-0", "data-kafka-1"],
} as const;
const BROKER_POOL = {
    kind: "kafkanodepool",
    name: "broker",
    replicas: 1,
    pods: ["kafka-broker-4"],
    claims: ["data-0-kafka-broker-4", "data-2-kafka-broker-4"],
} as const;

describe("expectedOfStatefulSet", () => {
    it("lists pods and claims by the StatefulSet's naming", () => {
        assert.deepEqual(expectedOfStatefulSet(statefulSet("kafka")), KAFKA_SET);
    });
});

describe("expectedOfNodePool", () => {
    it("lists pods and claims by the ids that the operator gave out", () => {
        assert.deepEqual(expectedOfNodePool(nodePool("broker", 1, [4])), BROKER_POOL);
    });

    for (const [name, pods] of [
        ["broker", ["kafka-broker-0", "kafka-broker-1"]],
        ["controller", ["kafka-controller-900", "kafka-controller-901"]],
    ] as const) {
        it(`begins with the first ids of pool ${name} as long as there are no others`, () => {
            assert.deepEqual(expectedOfNodePool(nodePool(name, 2)).pods, pods);
        });
    }

    it("has no claims of nodes that forget", () => {
        const pool = nodePool("broker", 1);
        const spec = { replicas: 1, storage: {} };
        assert.deepEqual(expectedOfNodePool({ ...pool, spec }).claims, []);
    });
});

describe("expectedBrokers", () => {
    const controllers = { ...BROKER_POOL, name: "controller", replicas: 5 };
    const zookeeper = { ...KAFKA_SET, name: "zookeeper", replicas: 5 };
    for (const [what, sets, expected] of [
        ["the StatefulSet", [zookeeper, KAFKA_SET], [0, 1]],
        ["the pool of the brokers", [controllers, BROKER_POOL], [4]],
        ["nothing", [], undefined],
    ] as const) {
        it(`takes the brokers' ids from the pods of ${what}`, () => {
            assert.deepEqual(expectedBrokers(sets), expected);
        });
    }
});

describe("fetchExpectedSets", () => {
    const pools = [nodePool("broker", 1, [4]), nodePool("cluster-id", 0, [])];

    function context(
        sets: string[],
        listPools: (request: object) => Promise<object>,
    ): HealthContext {
        const apps = {
            listNamespacedStatefulSet: () => Promise.resolve({ items: sets.map(statefulSet) }),
        };
        const custom = { listNamespacedCustomObject: listPools };
        return { namespace: "kafka", apis: { apps, custom } } as unknown as HealthContext;
    }
    const refuse = (code: number) => () => Promise.reject(Object.assign(new Error(), { code }));

    it("takes the pools of this Kafka that have nodes, and the StatefulSets of no one else", async () => {
        const requests: object[] = [];
        const listPools = (request: object) => {
            requests.push(request);
            return Promise.resolve({ items: pools });
        };
        // Someone may run a pool's pods through a StatefulSet.
        const found = await fetchExpectedSets(context(["kafka-broker"], listPools));
        assert.deepEqual(found, [BROKER_POOL]);
        assert.deepEqual(requests, [
            {
                group: "kafka.strimzi.io",
                version: "v1",
                namespace: "kafka",
                plural: "kafkanodepools",
                labelSelector: "strimzi.io/cluster=kafka",
            },
        ]);
    });

    for (const [why, code] of [
        ["are no node pools in the cluster", 404],
        ["is no permission to see them", 403],
    ] as const) {
        it(`takes the StatefulSets where there ${why}`, async () => {
            const found = await fetchExpectedSets(context(["kafka", "other"], refuse(code)));
            assert.deepEqual(found, [KAFKA_SET]);
        });
    }

    it("passes other errors on", async () => {
        await assert.rejects(fetchExpectedSets(context([], refuse(500))), { code: 500 });
    });
});
