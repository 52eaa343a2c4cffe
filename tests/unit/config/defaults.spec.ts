import assert from "node:assert/strict";
import { loadConfig } from "../../../config";
import type { StatefulSetConfig, StrimziConfig } from "../../../config/stackConfig";
import { stackValues } from "../../support/mocks";
import {
    ANY_POD,
    DIGEST,
    INTERNAL,
    INTERNAL_LOAD_BALANCER,
    Keys,
    load,
    NODE_PORT,
    STATEFULSET,
    STRIMZI,
} from "./cases";

const LOAD_BALANCER = {
    name: "external",
    port: 9094,
    type: "loadBalancer",
    domain: "kafka.example.com",
    annotations: {
        "networking.gke.io/load-balancer-type": "External",
        "example.com/scheme": "internal",
    },
    sourceRanges: ["10.0.0.0/8"],
};
const PEERS = {
    networkPolicyPeers: [
        {
            namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "shop" } },
            podSelector: {
                matchExpressions: [
                    { key: "app", operator: "In", values: ["orders", "payments"] },
                    { key: "example.com/canary", operator: "DoesNotExist" },
                ],
            },
        },
        { ipBlock: { cidr: "10.0.0.0/8", except: ["10.1.0.0/16"] } },
    ],
};
/** What the listener's own annotations are added to. */
const ANNOTATIONS = {
    annotations: {
        ...INTERNAL_LOAD_BALANCER,
        "networking.gke.io/load-balancer-type": "External",
        "example.com/scheme": "internal",
    },
};
const WITH_TLS = { ...LOAD_BALANCER, ...PEERS, tls: true, authentication: { type: "tls" } };

describe("defaults of the configuration", () => {
    it("of StatefulSets are complete and exact", () => {
        const defaults: StatefulSetConfig = {
            platform: "kubeconfig",
            kafkaDeploymentType: "statefulset",
            namespace: "kafka",
            clusterDomain: "cluster.local",
            kafka: {
                replicas: 3,
                image: "confluentinc/cp-kafka:7.5.0",
                version: "3.5",
                interBrokerProtocolVersion: "3.5",
                acceptEmptyVolumes: [],
                storage: { size: "50Gi" },
                resources: {
                    requests: { cpu: "500m", memory: "2Gi" },
                    limits: { memory: "2Gi" },
                },
                spread: "preferred",
                rackAwareness: true,
                config: {},
            },
            zookeeper: {
                replicas: 3,
                image: "confluentinc/cp-zookeeper:7.5.0",
                authentication: "required",
                storage: { size: "20Gi" },
                resources: {
                    requests: { cpu: "250m", memory: "512Mi" },
                    limits: { memory: "512Mi" },
                },
                spread: "preferred",
            },
            certificates: { source: "cert-manager", installCertManager: true },
            listeners: [{ name: "internal", port: 9092, type: "internal", tls: false, ...ANY_POD }],
            topics: [],
            users: [],
            authorization: false,
            networkPolicies: true,
            waitMinutes: 20,
            deleteDataOnDestroy: false,
            protect: false,
            restartWhileDegraded: false,
        };
        assert.deepEqual(load("statefulset", {}), defaults);
    });

    it("of Strimzi are complete and exact, and those of a stack without a type", () => {
        const defaults: StrimziConfig = {
            platform: "kubeconfig",
            kafkaDeploymentType: "strimzi",
            namespace: "kafka",
            clusterDomain: "cluster.local",
            kafka: {
                replicas: 3,
                version: "4.3.1",
                metadataVersion: "4.2",
                storage: { size: "50Gi" },
                resources: {
                    requests: { cpu: "500m", memory: "2Gi" },
                    limits: { memory: "2Gi" },
                },
                spread: "preferred",
                rackAwareness: true,
                config: {},
            },
            strimzi: {
                operator: {
                    version: "1.2.0",
                    chart: "oci://quay.io/strimzi-helm/strimzi-kafka-operator",
                    crds: "https://github.com/strimzi/strimzi-kafka-operator/releases/download/1.2.0/strimzi-crds-1.2.0.yaml",
                    watchNamespaces: [],
                    resources: {
                        requests: { cpu: "200m", memory: "512Mi" },
                        limits: { memory: "512Mi" },
                    },
                },
                controllers: {
                    replicas: 3,
                    storage: { size: "10Gi" },
                    resources: {
                        requests: { cpu: "250m", memory: "1Gi" },
                        limits: { memory: "1Gi" },
                    },
                    spread: "preferred",
                },
            },
            listeners: [{ name: "internal", port: 9092, type: "internal", tls: false, ...ANY_POD }],
            topics: [],
            users: [],
            authorization: false,
            networkPolicies: true,
            deleteDataOnDestroy: false,
            protect: false,
        };
        assert.deepEqual(load("strimzi", {}), defaults);
        assert.deepEqual(loadConfig(stackValues(STRIMZI)), defaults);
    });

    it("of StatefulSets give way to every key", () => {
        const certificates = {
            source: "cert-manager",
            installCertManager: false,
            issuer: { name: "company", kind: "ClusterIssuer", group: "cert-manager.io" },
        };
        const { users, ...rest } = load("statefulset", {
            kubeconfig: "./kubeconfig",
            kubeContext: "staging",
            kubernetesVersion: "1.35",
            namespace: "streams",
            clusterDomain: "corp.example",
            networkPolicies: false,
            waitMinutes: 240,
            deleteDataOnDestroy: true,
            takeOverFrom: "acme/kafka-eks/old",
            restartWhileDegraded: true,
            kafka: {
                replicas: 5,
                image: `example.com/kafka@${DIGEST}`,
                version: "3.9.1",
                interBrokerProtocolVersion: "3.8",
                acceptEmptyVolumes: [2],
                storage: { size: "1Ti", storageClass: "gp3" },
                resources: {
                    requests: { cpu: "2", memory: "8Gi" },
                    limits: { cpu: "4", memory: "10Gi" },
                },
                spread: "required",
                rackAwareness: false,
                config: { "num.io.threads": 16, "compression.type": "zstd", "a.b": true },
            },
            zookeeper: {
                replicas: 5,
                image: `example.com:5000/zookeeper:3.8.4@${DIGEST}`,
                authentication: "optional",
                storage: { size: "10Gi", storageClass: "gp3" },
                resources: {
                    requests: { cpu: "1", memory: "1Gi" },
                    limits: { cpu: "1", memory: "1Gi" },
                },
                spread: "required",
            },
            certificates: {
                installCertManager: false,
                issuer: { name: "company", kind: "ClusterIssuer" },
            },
            listeners: [
                { ...INTERNAL, allowAnonymous: true },
                { ...LOAD_BALANCER, authentication: { type: "tls" } },
                { ...NODE_PORT, port: 9095, tls: false, allowInsecure: true, allowAnonymous: true },
            ],
            topics: [
                { name: "Orders.v1", partitions: 12, replicationFactor: 5 },
                { name: "audit", config: { "retention.ms": -1, "min.insync.replicas": 2 } },
            ],
        });
        assert.deepEqual(
            users.map(({ name }) => name),
            ["kafka-eks-health-tls"],
        );
        assert.deepEqual(rest, {
            authorization: true,
            platform: "kubeconfig",
            kafkaDeploymentType: "statefulset",
            kubeconfig: "./kubeconfig",
            kubeContext: "staging",
            kubernetesVersion: "1.35",
            namespace: "streams",
            clusterDomain: "corp.example",
            networkPolicies: false,
            waitMinutes: 240,
            deleteDataOnDestroy: true,
            takeOverFrom: "acme/kafka-eks/old",
            protect: false,
            restartWhileDegraded: true,
            kafka: {
                replicas: 5,
                image: `example.com/kafka@${DIGEST}`,
                version: "3.9.1",
                interBrokerProtocolVersion: "3.8",
                acceptEmptyVolumes: [2],
                storage: { size: "1Ti", storageClass: "gp3" },
                resources: {
                    requests: { cpu: "2", memory: "8Gi" },
                    limits: { cpu: "4", memory: "10Gi" },
                },
                spread: "required",
                rackAwareness: false,
                config: { "num.io.threads": "16", "compression.type": "zstd", "a.b": "true" },
            },
            zookeeper: {
                replicas: 5,
                image: `example.com:5000/zookeeper:3.8.4@${DIGEST}`,
                authentication: "optional",
                storage: { size: "10Gi", storageClass: "gp3" },
                resources: {
                    requests: { cpu: "1", memory: "1Gi" },
                    limits: { cpu: "1", memory: "1Gi" },
                },
                spread: "required",
            },
            certificates,
            listeners: [
                { ...INTERNAL, tls: false, allowAnonymous: true },
                { ...LOAD_BALANCER, ...ANNOTATIONS, tls: true, authentication: { type: "tls" } },
                { ...NODE_PORT, port: 9095, tls: false, allowAnonymous: true },
            ],
            topics: [
                { name: "Orders.v1", partitions: 12, replicationFactor: 5, config: {} },
                { name: "audit", config: { "retention.ms": "-1", "min.insync.replicas": "2" } },
            ],
        });
    });

    it("of Strimzi give way to every key", () => {
        const nodes = {
            storage: { size: "1Ti", storageClass: "gp3" },
            resources: {
                requests: { cpu: "2", memory: "8Gi" },
                limits: { cpu: "4", memory: "10Gi" },
            },
            spread: "required",
        };
        const operator = {
            version: "1.1.0",
            chart: "./strimzi-kafka-operator-1.1.0.tgz",
            crds: "./strimzi-crds.yaml",
            watchNamespaces: ["team-a", "team-b"],
            resources: {
                requests: { cpu: "1", memory: "1Gi" },
                limits: { cpu: "2", memory: "2Gi" },
            },
        };
        const kafka = {
            ...nodes,
            replicas: 6,
            version: "4.2.1",
            metadataVersion: "4.1",
            rackAwareness: false,
        };
        const controllers = { ...nodes, replicas: 5, storage: { size: "20Gi" } };
        const users = [
            { name: "alice", authentication: { type: "tls" }, acls: [], quotas: {} },
            {
                name: "bob.example.com",
                authentication: { type: "scram-sha-512" },
                acls: [],
                quotas: {},
            },
        ];
        const scram = { ...INTERNAL, ...PEERS, authentication: { type: "scram-sha-512" } };
        const { users: all, ...rest } = load("strimzi", {
            kubeconfig: "./kubeconfig",
            kubeContext: "staging",
            kubernetesVersion: "1.30",
            namespace: "streams",
            clusterDomain: "corp.example",
            takeOverFrom: "kafka-eks/old",
            // Not with deleteDataOnDestroy, which the test above sets.
            protect: true,
            kafka: { ...kafka, config: { "num.io.threads": 16 } },
            strimzi: { ...operator, installOperator: true, dualRole: false, controllers },
            listeners: [
                scram,
                WITH_TLS,
                { ...NODE_PORT, port: 9095, tls: true, allowAnonymous: true },
            ],
            topics: [{ name: "orders", partitions: 1, config: { "a.b": false } }],
            users,
        });
        const [alice, bob, ...health] = all;
        assert.deepEqual([alice, bob], users);
        assert.deepEqual(
            health.map(({ name }) => name),
            ["kafka-eks-health-scram", "kafka-eks-health-tls"],
        );
        assert.deepEqual(rest, {
            authorization: true,
            platform: "kubeconfig",
            kafkaDeploymentType: "strimzi",
            kubeconfig: "./kubeconfig",
            kubeContext: "staging",
            kubernetesVersion: "1.30",
            namespace: "streams",
            clusterDomain: "corp.example",
            networkPolicies: true,
            takeOverFrom: "kafka-eks/old",
            deleteDataOnDestroy: false,
            protect: true,
            kafka: { ...kafka, config: { "num.io.threads": "16" } },
            strimzi: { operator, controllers },
            listeners: [
                { ...scram, tls: false },
                { ...WITH_TLS, ...ANNOTATIONS },
                { ...NODE_PORT, port: 9095, tls: true, allowAnonymous: true },
            ],
            topics: [{ name: "orders", partitions: 1, config: { "a.b": "false" } }],
        });
    });

    it("leave out an operator that is there, and controllers that are brokers", () => {
        const { strimzi } = load("strimzi", {
            strimzi: { installOperator: false, dualRole: true },
        });
        assert.deepEqual(strimzi, {});
    });

    it("take the memory of the request for the limit, and the other way round", () => {
        const memoryOf = (resources: Keys) => {
            const { requests, limits } = load("strimzi", { kafka: { resources } }).kafka.resources;
            return [requests.memory, limits.memory];
        };
        assert.deepEqual(memoryOf({ requests: { memory: "4Gi" } }), ["4Gi", "4Gi"]);
        assert.deepEqual(memoryOf({ limits: { memory: "1Gi" } }), ["1Gi", "1Gi"]);
    });

    it("take the version from the image, and never the protocol between brokers", () => {
        const versionsOf = (fields: Keys) => {
            const { kafka } = load("statefulset", { kafka: fields });
            return [kafka.version, kafka.interBrokerProtocolVersion];
        };
        for (const [fields, expected] of [
            [{ image: "confluentinc/cp-kafka:7.9.0" }, ["3.9", "3.5"]],
            [{ image: "example.com/confluentinc/cp-kafka:7.6.1" }, ["3.6", "3.5"]],
            [{ image: "apache/kafka:3.9.1" }, ["3.9.1", "3.5"]],
            [{ image: "apache/kafka:3.7.2", version: "3.7.1" }, ["3.7.1", "3.5"]],
            [{ image: "kafka:local", version: "3.8.1" }, ["3.8.1", "3.5"]],
            [{ image: `confluentinc/cp-kafka:7.8.0@${DIGEST}` }, ["3.8", "3.5"]],
            [{ image: `localhost:5000/apache/kafka:3.9.1@${DIGEST}` }, ["3.9.1", "3.5"]],
            [{ image: `apache/kafka@${DIGEST}`, version: "3.7.1" }, ["3.7.1", "3.5"]],
            [{ version: "3.5.2", interBrokerProtocolVersion: "3.5" }, ["3.5.2", "3.5"]],
            [{ version: "3.5.2", interBrokerProtocolVersion: "3.4" }, ["3.5.2", "3.4"]],
        ] as const) {
            assert.deepEqual(versionsOf(fields), expected);
        }
    });

    it("take the newest Kafka of the operator, and never the metadata version", () => {
        const versionsOf = (fields: Keys) => {
            const { kafka } = load("strimzi", fields);
            return [kafka.version, kafka.metadataVersion];
        };
        for (const [fields, expected] of [
            [{ strimzi: { version: "1.1.0" } }, ["4.3.0", "4.2"]],
            [{ strimzi: { version: "1.2.0" } }, ["4.3.1", "4.2"]],
            [{ kafka: { version: "4.2.0" } }, ["4.2.0", "4.2"]],
            [{ kafka: { metadataVersion: "4.3" } }, ["4.3.1", "4.3"]],
        ] as const) {
            assert.deepEqual(versionsOf(fields), expected);
        }
    });

    it("take the CRDs of the operator's own version", () => {
        const { strimzi } = load("strimzi", { strimzi: { version: "1.1.0" } });
        assert.match(strimzi.operator!.crds, /\/1\.1\.0\/strimzi-crds-1\.1\.0\.yaml$/);
    });

    it("are the same whatever the keys of other projects hold", () => {
        const values = {
            ...stackValues(STATEFULSET),
            "aws:region": "eu-central-1",
            "kafka:brokers": "[",
            "kafka-eks2:platform": "gke",
        };
        assert.deepEqual(loadConfig(values), load("statefulset", {}));
    });
});
