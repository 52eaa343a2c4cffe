import assert from "node:assert/strict";
import { recall, remember } from "../../../../components/kafka/remembered";
import { ClosedCluster } from "../../../support/closedCluster";
import { AnsweringCluster } from "../../../support/answeringCluster";

const NAMESPACE = "kafka";

function namespace(annotations?: Record<string, string>) {
    return { apiVersion: "v1", kind: "Namespace", metadata: { name: NAMESPACE, annotations } };
}

function claim(name: string, volumeName?: string) {
    return {
        apiVersion: "v1",
        kind: "PersistentVolumeClaim",
        metadata: { name, namespace: NAMESPACE },
        spec: { volumeName },
    };
}

function files(name: string, minIsr: number) {
    return {
        apiVersion: "v1",
        kind: "ConfigMap",
        metadata: { name, namespace: NAMESPACE },
        data: {
            "server.properties": `default.replication.factor=3\nmin.insync.replicas=${minIsr}\nnum.partitions=3\n`,
        },
    };
}

const NOTHING = {
    owner: undefined,
    deploymentType: undefined,
    clusterId: undefined,
    zookeeperMembers: undefined,
    brokers: undefined,
    replicationFactor: undefined,
    minInsyncReplicas: undefined,
};

describe("recall", () => {
    it("knows nothing of a namespace that is not there", async () => {
        assert.deepEqual(await recall(new AnsweringCluster(), NAMESPACE), {});
    });

    it("knows nothing of a new namespace", async () => {
        assert.deepEqual(await recall(new AnsweringCluster([namespace()]), NAMESPACE), NOTHING);
    });

    it("reads what was remembered", async () => {
        const values = {
            owner: "kafka-eks/prod",
            deploymentType: "strimzi" as const,
            zookeeperMembers: 3,
            brokers: 4,
            clusterId: "eCp0PqUqQ6yL6fS7vXyTbA",
            replicationFactor: 3,
            minInsyncReplicas: 2,
        };
        const cluster = new AnsweringCluster([namespace()]);
        await remember(cluster, NAMESPACE, values);
        assert.deepEqual(await recall(cluster, NAMESPACE), values);
    });

    it("takes no number from a text that somebody wrote by hand", async () => {
        const cluster = new AnsweringCluster([
            namespace({ "kafka-eks/zookeeper-members": "three" }),
        ]);
        assert.deepEqual(await recall(cluster, NAMESPACE), NOTHING);
    });

    it("takes no other type than one of this program's", async () => {
        const cluster = new AnsweringCluster([namespace({ "kafka-eks/deployment-type": "helm" })]);
        assert.deepEqual(await recall(cluster, NAMESPACE), NOTHING);
    });

    it("knows Strimzi's data by a pool where an earlier program remembered no type", async () => {
        const cluster = new AnsweringCluster([
            namespace(),
            {
                apiVersion: "kafka.strimzi.io/v1",
                kind: "KafkaNodePool",
                metadata: { name: "cluster-id", namespace: NAMESPACE },
            },
        ]);
        assert.deepEqual(await recall(cluster, NAMESPACE), {
            ...NOTHING,
            deploymentType: "strimzi",
        });
    });

    it("does without Strimzi's objects where it may not list them", async () => {
        const cluster = new ClosedCluster("kafka.strimzi.io/v1", [
            namespace(),
            claim("data-zookeeper-0", "pv-a"),
        ]);
        assert.deepEqual(await recall(cluster, NAMESPACE), { ...NOTHING, zookeeperMembers: 1 });
    });

    it("does not take an API server in trouble for one without Strimzi's objects", async () => {
        const cluster = new ClosedCluster("kafka.strimzi.io/v1", [namespace()], 500);
        await assert.rejects(recall(cluster, NAMESPACE), {
            message: "KafkaNodePool is closed",
        });
    });

    it("says what it may not see of the rest", async () => {
        await assert.rejects(recall(new ClosedCluster("v1", [namespace()]), NAMESPACE), {
            message: "PersistentVolumeClaim is closed",
        });
    });

    it("counts the claims with a volume where an earlier program remembered no number", async () => {
        const cluster = new AnsweringCluster([
            namespace(),
            claim("data-zookeeper-0", "pv-a"),
            claim("data-zookeeper-2", "pv-b"),
            claim("data-zookeeper-3"),
            claim("data-kafka-7", "pv-c"),
        ]);
        assert.deepEqual(await recall(cluster, NAMESPACE), { ...NOTHING, zookeeperMembers: 3 });
    });

    it("believes the number more than the claims, of which one may be lost", async () => {
        const cluster = new AnsweringCluster([
            namespace({ "kafka-eks/zookeeper-members": "3" }),
            claim("data-zookeeper-0", "pv-a"),
        ]);
        assert.equal((await recall(cluster, NAMESPACE)).zookeeperMembers, 3);
    });

    it("lists nothing where an up has come to its end: whoever previews may not", async () => {
        const cluster = new AnsweringCluster([
            namespace({
                "kafka-eks/owner": "kafka-eks/dev",
                "kafka-eks/min-insync-replicas": "2",
            }),
        ]);
        cluster.list = () => Promise.reject(new Error("asked for more"));
        assert.deepEqual(await recall(cluster, NAMESPACE), {
            ...NOTHING,
            owner: "kafka-eks/dev",
            minInsyncReplicas: 2,
        });
    });

    const brokersMounting = (volume: object) => [
        {
            apiVersion: "apps/v1",
            kind: "StatefulSet",
            metadata: { name: "kafka", namespace: NAMESPACE },
            spec: { template: { spec: { volumes: [{ name: "tmp", emptyDir: {} }, volume] } } },
        },
        files("kafka-config", 1),
        files("kafka-config-0a1b", 2),
    ];

    it("finds the min ISR in the file of an earlier program's brokers", async () => {
        const volume = { name: "config", configMap: { name: "kafka-config" } };
        const cluster = new AnsweringCluster([namespace(), ...brokersMounting(volume)]);
        assert.deepEqual(await recall(cluster, NAMESPACE), { ...NOTHING, minInsyncReplicas: 1 });
    });

    it("finds the min ISR in the file that brokers mount, where an up has not come to its end", async () => {
        const sources = ["kafka-admin", "kafka-config-0a1b"].map((name) => ({
            configMap: { name },
        }));
        const cluster = new AnsweringCluster([
            namespace({ "kafka-eks/owner": "kafka-eks/dev" }),
            ...brokersMounting({ name: "files", projected: { sources } }),
        ]);
        assert.deepEqual(await recall(cluster, NAMESPACE), {
            ...NOTHING,
            owner: "kafka-eks/dev",
            minInsyncReplicas: 2,
        });
    });

    it("believes the file that brokers mount more than what was written down before a killed up", async () => {
        const cluster = new AnsweringCluster([
            namespace({
                "kafka-eks/owner": "kafka-eks/dev",
                "kafka-eks/min-insync-replicas": "2",
            }),
            ...brokersMounting({ name: "config", configMap: { name: "kafka-config" } }),
        ]);
        assert.equal((await recall(cluster, NAMESPACE)).minInsyncReplicas, 1);
    });

    it("takes no file that nothing mounts", async () => {
        const cluster = new AnsweringCluster([namespace(), files("kafka-config", 1)]);
        assert.deepEqual(await recall(cluster, NAMESPACE), NOTHING);
    });

    it("finds the min ISR of brokers that an operator runs", async () => {
        const kafka = {
            apiVersion: "kafka.strimzi.io/v1",
            kind: "Kafka",
            metadata: { name: "kafka", namespace: NAMESPACE },
            spec: { kafka: { config: { "min.insync.replicas": "1" } } },
        };
        const cluster = new AnsweringCluster([namespace(), kafka]);
        assert.deepEqual(await recall(cluster, NAMESPACE), { ...NOTHING, minInsyncReplicas: 1 });
    });
});

describe("remember", () => {
    it("writes what has changed, and keeps the rest", async () => {
        const cluster = new AnsweringCluster([
            namespace({ "kafka-eks/owner": "kafka-eks/dev", "kafka-eks/brokers": "3", other: "x" }),
        ]);
        await remember(cluster, NAMESPACE, { owner: "kafka-eks/dev2", brokers: 3 });
        assert.deepEqual(cluster.objects, [
            namespace({
                "kafka-eks/owner": "kafka-eks/dev2",
                "kafka-eks/brokers": "3",
                other: "x",
            }),
        ]);
    });

    it("writes nothing when nothing has changed", async () => {
        const cluster = new AnsweringCluster([namespace({ "kafka-eks/brokers": "3" })]);
        await remember(cluster, NAMESPACE, { brokers: 3 });
        assert.deepEqual(cluster.done, []);
    });
});
