import assert from "node:assert/strict";
import { requestsOf } from "../../../../tools/preflight/amounts";
import { plannedClaims, plannedPods } from "../../../../tools/preflight/plannedPods";
import { isOfGroup, type PodGroup } from "../../../../tools/preflight/podGroup";
import type { RenderedStack } from "../../../../tools/render/renderStack";
import { pod, stackOf } from "./objects";

/** What a group is, how many pods it has, and what each asks for. */
function summary({ what, key, names, spec }: PodGroup): string {
    const { cpu, memory } = requestsOf(spec);
    return `${what} (${key ?? "-"}): ${names.join(", ")}: ${cpu} CPU, ${memory / 2 ** 20} MiB`;
}

describe("the pods of a stack", () => {
    let strimzi: RenderedStack;
    let statefulset: RenderedStack;
    before(async () => {
        strimzi = await stackOf({ kafka: { podLabels: { team: "data" } } });
        statefulset = await stackOf({
            kafkaDeploymentType: "statefulset",
            kafka: { replicas: 2 },
            zookeeper: { replicas: 1 },
            topics: [{ name: "orders" }],
        });
    });

    it("are the operator's, the node pools' and the entity operator's with Strimzi", () =>
        assert.deepEqual(plannedPods(strimzi).map(summary), [
            "pods of Strimzi's operator (strimzi.resources): strimzi-cluster-operator-0, strimzi-cluster-operator-1: 0.2 CPU, 512 MiB",
            "controllers (strimzi.controllers.resources): kafka-controller-900, kafka-controller-901, kafka-controller-902: 0.25 CPU, 1024 MiB",
            "brokers (kafka.resources): kafka-broker-0, kafka-broker-1, kafka-broker-2: 0.5 CPU, 2048 MiB",
            "operators of topics and users (-): kafka-entity-operator: 0.2 CPU, 768 MiB",
        ]));

    it("are those of cert-manager, ZooKeeper, brokers and Jobs as StatefulSets", () => {
        const names = plannedPods(statefulset).map((group) =>
            summary(group).replace(/-[0-9a-f]{8}/g, "-HASH"),
        );
        assert.deepEqual(names, [
            "pods of cert-manager (-): cert-manager-0, cert-manager-1: 0.05 CPU, 128 MiB",
            "pods of cert-manager-webhook (-): cert-manager-webhook-0, cert-manager-webhook-1: 0.02 CPU, 64 MiB",
            "pods of cert-manager-cainjector (-): cert-manager-cainjector-0, cert-manager-cainjector-1: 0.02 CPU, 128 MiB",
            "members of ZooKeeper (zookeeper.resources): zookeeper-0: 0.25 CPU, 512 MiB",
            "brokers (kafka.resources): kafka-0, kafka-1: 0.51 CPU, 2240 MiB",
            "pods of Job kafka-topics-HASH (-): kafka-topics-HASH: 0.05 CPU, 256 MiB",
        ]);
    });

    it("are known again where they run, and only in their namespace", () => {
        const brokers = plannedPods(strimzi).find(({ what }) => what === "brokers")!;
        const labels = {
            "strimzi.io/cluster": "kafka",
            "strimzi.io/pool-name": "broker",
            "strimzi.io/kind": "Kafka",
        };
        const running = (namespace: string, more: object = {}) =>
            pod("kafka-broker-7", "node-a", { namespace, labels: { ...labels, ...more } });
        assert.ok(isOfGroup(brokers, running("kafka")));
        assert.ok(!isOfGroup(brokers, running("kafka-2")));
        assert.ok(!isOfGroup(brokers, running("kafka", { "strimzi.io/pool-name": "controller" })));
        assert.deepEqual(brokers.labels["team"], "data");
    });

    it("of Strimzi's brokers go to nodes with a zone, as the operator has it, and controllers anywhere", async () => {
        const nodesOf = (stack: RenderedStack) =>
            plannedPods(stack).map(({ what, spec }) => [
                what,
                spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution
                    ?.nodeSelectorTerms[0]?.matchExpressions,
            ]);
        const zone = [{ key: "topology.kubernetes.io/zone", operator: "Exists" }];
        assert.deepEqual(
            nodesOf(strimzi).filter(([, nodes]) => nodes !== undefined),
            [["brokers", zone]],
        );
        const without = await stackOf({ kafka: { rackAwareness: false } });
        assert.deepEqual(
            nodesOf(without).filter(([, nodes]) => nodes !== undefined),
            [],
        );
    });

    it("have claims, by the names that StatefulSets and Strimzi give them", () => {
        assert.deepEqual(
            plannedClaims(statefulset).map(({ name, key, size }) => [name, key, size]),
            [
                ["data-zookeeper-0", "zookeeper.storage", "20Gi"],
                ["data-kafka-0", "kafka.storage", "50Gi"],
                ["data-kafka-1", "kafka.storage", "50Gi"],
            ],
        );
        const [first] = plannedClaims(strimzi);
        assert.deepEqual(first, {
            name: "data-0-kafka-controller-900",
            key: "strimzi.controllers.storage",
            size: "10Gi",
        });
        const brokers = plannedPods(strimzi).find(({ what }) => what === "brokers")!;
        assert.deepEqual(brokers.claims?.[2], "data-0-kafka-broker-2");
    });
});
