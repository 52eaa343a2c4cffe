import assert from "node:assert/strict";
import { heapMib } from "../../../../components/kubernetes/pods";
import {
    brokerPoolSpec,
    CLUSTER_ID_POOL_SPEC,
    controllerPoolSpec,
    NodesArgs,
} from "../../../../components/strimzi/nodePools";
import { itIsScheduled } from "../pods";

const NODES: NodesArgs = {
    replicas: 3,
    storage: { size: "50Gi" },
    resources: { requests: { cpu: "500m", memory: "2Gi" }, limits: { memory: "2Gi" } },
    spread: "preferred",
};

const POOLS = {
    broker: (args: NodesArgs) => brokerPoolSpec(args, true),
    controller: controllerPoolSpec,
};

describe("node pools", () => {
    for (const [pool, specOf] of Object.entries(POOLS)) {
        describe(`of ${pool}s`, () => {
            const spec = specOf(NODES);

            it("have that role only, and as many nodes as they are told", () => {
                assert.deepEqual(spec.roles, [pool]);
                assert.equal(specOf({ ...NODES, replicas: 5 }).replicas, 5);
            });

            it("keep the volume of each node, whose size and class are given", () => {
                const volumeOf = (args: NodesArgs) => {
                    const { storage } = specOf(args);
                    assert.ok(storage.type === "jbod" && storage.volumes.length === 1);
                    return storage.volumes[0]!;
                };
                const volume = volumeOf(NODES);
                assert.equal(volume.type, "persistent-claim");
                assert.equal(volume.deleteClaim, false);
                assert.equal(volume.size, "50Gi");
                // The cluster's default class.
                assert.ok(!("class" in volume));
                const storage = { size: "10Gi", storageClass: "gp3" };
                const { size, class: storageClass } = volumeOf({ ...NODES, storage });
                assert.deepEqual([size, storageClass], ["10Gi", "gp3"]);
            });

            it("have the cluster's metadata on that volume", () => {
                const { storage } = spec;
                const ids =
                    storage.type === "jbod" &&
                    storage.volumes.map(({ id, kraftMetadata }) => [id, kraftMetadata]);
                assert.deepEqual(ids, [[0, "shared"]]);
            });

            it("have the resources that are given, and half of the memory limit as heap", () => {
                assert.deepEqual(spec.resources, NODES.resources);
                const heap = `${heapMib(NODES.resources)}m`;
                assert.equal(heap, "1024m");
                assert.deepEqual(
                    [spec.jvmOptions!["-Xms"], spec.jvmOptions!["-Xmx"]],
                    [heap, heap],
                );
            });

            it("forget the address of a restarted node soon", () => {
                assert.deepEqual(spec.jvmOptions!.javaSystemProperties, [
                    { name: "sun.net.inetaddr.ttl", value: "2" },
                    { name: "sun.net.inetaddr.negative.ttl", value: "1" },
                ]);
            });

            describe("whose pod", () =>
                itIsScheduled(
                    { "strimzi.io/cluster": "kafka", "strimzi.io/pool-name": pool },
                    (scheduling) => specOf({ ...NODES, ...scheduling }).template!.pod,
                ));

            it("run every container under the restricted Pod Security Standard", () => {
                const { pod, kafkaContainer, initContainer, ...others } = spec.template!;
                assert.deepEqual(others, {});
                for (const { securityContext } of [kafkaContainer, initContainer]) {
                    assert.deepEqual(securityContext, {
                        allowPrivilegeEscalation: false,
                        capabilities: { drop: ["ALL"] },
                        runAsNonRoot: true,
                        seccompProfile: { type: "RuntimeDefault" },
                        // Strimzi's images write to it.
                        readOnlyRootFilesystem: false,
                    });
                }
            });
        });
    }

    it("give a broker 300 s to stop, which moves its leaders away, and a controller 60 s", () => {
        const secondsOf = ({ template }: { template?: { pod: object } }) =>
            (template!.pod as { terminationGracePeriodSeconds: number })
                .terminationGracePeriodSeconds;
        assert.equal(secondsOf(brokerPoolSpec(NODES, true)), 300);
        assert.equal(secondsOf(controllerPoolSpec(NODES)), 60);
    });

    it("of brokers that are the controllers differ in their roles only", () => {
        assert.deepEqual(brokerPoolSpec(NODES, false), {
            ...brokerPoolSpec(NODES, true),
            roles: ["broker", "controller"],
        });
    });

    it("keep the cluster's id in one that has no nodes and no volumes", () => {
        assert.deepEqual(CLUSTER_ID_POOL_SPEC, {
            replicas: 0,
            roles: ["broker"],
            storage: { type: "ephemeral" },
        });
    });
});
