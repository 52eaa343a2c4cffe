import assert from "node:assert/strict";
import { loadConfig } from "../../../../config";
import type { StatefulSetConfig } from "../../../../config/stackConfig";
import { demoConfig } from "../../../../lab/demo/deployment";
import { clusterConfig, labConfig } from "../../../../lab/demo/labConfig";
import { LAB } from "../../../../lab";
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
    const external = (config: Record<string, string>) => loadConfig(config).listeners[1]?.type;

    it("has load balancers in the lab only where Pulumi can wait for their addresses", () => {
        assert.equal(external(demoConfig({ isLab: true }, "pulumi", options)), "loadBalancer");
        assert.equal(external(demoConfig({ isLab: true }, "kubectl", options)), "nodePort");
    });

    it("has broker properties of its own in the lab only", () => {
        const brokers = (config: Record<string, string>) => loadConfig(config).kafka.config;
        assert.deepEqual(brokers(demoConfig({ isLab: true }, "pulumi", options)), {
            "group.initial.rebalance.delay.ms": "0",
            "offsets.topic.num.partitions": "3",
        });
        assert.deepEqual(brokers(demoConfig({ isLab: false }, "pulumi", options)), {});
    });

    it("has no external listener on any other cluster", () => {
        assert.equal(external(demoConfig({ isLab: false }, "pulumi", options)), undefined);
    });

    it("lets what is given win", () => {
        const config = { "kafka-eks:listeners": '[{"name":"a","port":9092,"type":"internal"}]' };
        assert.equal(
            loadConfig(demoConfig({ isLab: true }, "pulumi", { ...options, config })).listeners[0]
                ?.name,
            "a",
        );
    });

    it("installs nothing in somebody's cluster, and encrypts in the lab, which has cert-manager", () => {
        const certificates = (isLab: boolean) =>
            JSON.parse(
                demoConfig({ isLab }, "pulumi", options)["kafka-eks:certificates"]!,
            ) as object;
        assert.deepEqual(certificates(false), { source: "none" });
        assert.deepEqual(certificates(true), { installCertManager: false });
    });
});
