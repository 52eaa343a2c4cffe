import assert from "node:assert/strict";
import { loadConfig } from "../../../../config";
import type { StatefulSetConfig } from "../../../../config/stackConfig";
import { demoConfig } from "../../../../lab/demo/deployment";
import { clusterConfig, labConfig } from "../../../../lab/demo/labConfig";
import { installations } from "../../../../lab/demo/run";
import { LAB } from "../../../../lab";
import { REPOSITORY } from "../../../../tools/cli/repository";
import { readStackConfig } from "../../../../tools/cli/stackFile";
import { INTERNAL_LOAD_BALANCER } from "../../config/cases";

const INTERNAL = {
    name: "internal",
    port: 9092,
    type: "internal",
    tls: false,
    networkPolicyPeers: [{ namespaceSelector: {} }],
};
const EXTERNAL = { name: "external", port: 9094, tls: true };

describe("labConfig", () => {
    it("is a valid configuration with the image and the small resources of the lab", () => {
        const { kafka, zookeeper, namespace, kubeContext, kubeconfig } = loadConfig(
            labConfig("none"),
        ) as StatefulSetConfig;
        assert.deepEqual(
            { kubeContext, kubeconfig, namespace },
            { kubeContext: "lab", kubeconfig: LAB.kubeconfig, namespace: "kafka" },
        );
        assert.equal(kafka.image, LAB.image);
        assert.equal(kafka.version, LAB.kafkaVersion);
        assert.deepEqual(kafka.resources, {
            requests: { cpu: "100m", memory: "1Gi" },
            limits: { memory: "1Gi" },
        });
        assert.equal(zookeeper.image, LAB.image);
        assert.deepEqual(zookeeper.resources, {
            requests: { cpu: "50m", memory: "384Mi" },
            limits: { memory: "384Mi" },
        });
        assert.equal(kafka.storage.storageClass, undefined);
        assert.deepEqual(kafka.config, { "group.initial.rebalance.delay.ms": "0" });
    });

    for (const [external, listeners] of [
        ["none", [INTERNAL]],
        [
            "loadBalancer",
            [
                INTERNAL,
                {
                    ...EXTERNAL,
                    type: "loadBalancer",
                    annotations: INTERNAL_LOAD_BALANCER,
                    sourceRanges: ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"],
                },
            ],
        ],
        [
            "nodePort",
            [
                INTERNAL,
                {
                    ...EXTERNAL,
                    type: "nodePort",
                    basePort: 30090,
                    advertisedHosts: ["10.254.0.11", "10.254.0.12", "10.254.0.13"],
                },
            ],
        ],
    ] as const) {
        it(`has the listeners of ${external}`, () => {
            assert.deepEqual(loadConfig(labConfig(external)).listeners, listeners);
        });
    }

    it("makes room for another deployment", () => {
        const { namespace, listeners } = loadConfig(
            labConfig("nodePort", { namespace: "other", basePort: 31090 }),
        );
        assert.equal(namespace, "other");
        assert.equal((listeners[1] as { basePort?: number }).basePort, 31090);
    });
});

describe("clusterConfig", () => {
    it("leaves everything but the cluster to the program's defaults", () => {
        const cluster = { kubeconfig: "/k", context: "c", namespace: "n" };
        assert.deepEqual(clusterConfig(cluster), {
            "kafka-eks:platform": "kubeconfig",
            "kafka-eks:kafkaDeploymentType": "statefulset",
            "kafka-eks:namespace": "n",
            "kafka-eks:kubeconfig": "/k",
            "kafka-eks:kubeContext": "c",
        });
    });

    it("leaves out what is not given", () => {
        assert.deepEqual(Object.keys(clusterConfig({ namespace: "n" })), [
            "kafka-eks:platform",
            "kafka-eks:kafkaDeploymentType",
            "kafka-eks:namespace",
        ]);
    });
});

describe("demoConfig", () => {
    const options = { namespace: "kafka", config: {} };
    const LAB_CLUSTER = { isLab: true };
    const external = (config: Record<string, string>) => loadConfig(config).listeners[1]?.type;

    it("is that of the lab on the lab, with few partitions of the offsets topic", () => {
        const { "kafka-eks:kafka": kafka, ...rest } = labConfig("loadBalancer");
        const { "kafka-eks:kafka": own, ...others } = demoConfig(
            LAB_CLUSTER,
            "pulumi",
            "statefulset",
            options,
        );
        assert.deepEqual(others, rest);
        assert.deepEqual(JSON.parse(own!), {
            ...(JSON.parse(kafka!) as object),
            config: {
                "group.initial.rebalance.delay.ms": "0",
                "offsets.topic.num.partitions": "3",
            },
        });
    });

    it("has load balancers in the lab only where Pulumi can wait for their addresses", () => {
        const of = (engine: "pulumi" | "kubectl") =>
            external(demoConfig(LAB_CLUSTER, engine, "statefulset", options));
        assert.equal(of("pulumi"), "loadBalancer");
        assert.equal(of("kubectl"), "nodePort");
    });

    for (const type of ["strimzi", "statefulset"] as const) {
        it(`is that of Pulumi.kind.yaml on any other cluster, for ${type}`, () => {
            const cluster = { isLab: false, kubeconfig: "/k", context: "c" };
            assert.deepEqual(demoConfig(cluster, "pulumi", type, { ...options, namespace: "n" }), {
                ...readStackConfig(REPOSITORY, "kind", {}),
                "kafka-eks:kafkaDeploymentType": type,
                "kafka-eks:namespace": "n",
                "kafka-eks:kubeconfig": "/k",
                "kafka-eks:kubeContext": "c",
            });
        });
    }

    it("is small on the lab, too, with Strimzi", () => {
        const { kafka, listeners } = loadConfig(
            demoConfig(LAB_CLUSTER, "pulumi", "strimzi", options),
        );
        assert.equal(kafka.replicas, 1);
        assert.equal(kafka.resources.requests.memory, "768Mi");
        assert.equal(listeners.length, 1);
    });

    for (const isLab of [true, false]) {
        it(`takes an image for Kafka and ZooKeeper ${isLab ? "on the lab" : "elsewhere"}`, () => {
            const { kafka, zookeeper } = loadConfig(
                demoConfig({ isLab }, "pulumi", "statefulset", {
                    ...options,
                    image: "example/kafka:1",
                    config: { "kafka-eks:kafka.version": "3.5.2" },
                }),
            ) as StatefulSetConfig;
            assert.deepEqual(
                [kafka.image, kafka.version, zookeeper.image],
                ["example/kafka:1", "3.5.2", "example/kafka:1"],
            );
            assert.equal(zookeeper.resources.requests.memory, "384Mi");
        });
    }

    it("lets what is given win", () => {
        const config = { "kafka-eks:listeners": '[{"name":"a","port":9092,"type":"internal"}]' };
        for (const isLab of [true, false]) {
            const values = demoConfig({ isLab }, "pulumi", "statefulset", { ...options, config });
            assert.equal(loadConfig(values).listeners[0]?.name, "a");
        }
    });
});

describe("what the demo installs for the whole cluster", () => {
    const said = (type: "strimzi" | "statefulset", config: Record<string, string> = {}) =>
        installations(
            loadConfig(
                demoConfig({ isLab: false }, "pulumi", type, { namespace: "kafka", config }),
            ),
        );

    it("is said before", () => {
        const [line, ...more] = said("strimzi");
        assert.match(
            line!,
            /^Installs: Strimzi 1\.2\.0 in namespace kafka from oci:.*, and for the whole cluster its CRDs from https:.* stay after --destroy$/,
        );
        assert.deepEqual(more, []);
    });

    it("is nothing with StatefulSets, or where the operator is there", () => {
        assert.deepEqual(said("statefulset"), []);
        assert.deepEqual(said("strimzi", { "kafka-eks:strimzi": '{"installOperator":false}' }), []);
    });
});
