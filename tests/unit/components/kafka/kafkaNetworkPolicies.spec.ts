import assert from "node:assert/strict";
import { KafkaNetworkPolicies } from "../../../components/kafka/kafkaNetworkPolicies";
import type { Listener } from "../../../components/kafka/listeners";
import type { NetworkPolicies } from "../../../components/kafka/networkPolicies";
import { statefulSetPolicies } from "../../../components/statefulset/networkPolicies";
import { STRIMZI_POLICIES } from "../../../components/strimzi/networkPolicies";
import { register } from "../../support/mocks";

const COMPONENT = "kafka-eks:index:KafkaNetworkPolicies kafka";
const KEY = "kubernetes:networking.k8s.io/v1:NetworkPolicy";

const ANY_POD = { namespaceSelector: {} };
const INTERNAL: Listener = {
    name: "internal",
    port: 9092,
    type: "internal",
    tls: false,
    networkPolicyPeers: [ANY_POD],
};
const EXTERNAL: Listener = {
    name: "external",
    port: 9094,
    type: "loadBalancer",
    tls: false,
    // The load balancer's business: brokers see its own address.
    sourceRanges: ["192.0.2.0/24"],
};

async function create(policies: NetworkPolicies) {
    const { resources } = await register(
        () => new KafkaNetworkPolicies("kafka", { namespace: "streams", ...policies }),
    );
    return resources;
}

const tcp = (port: number) => ({ protocol: "TCP", port });
const pods = (name: string) => ({
    podSelector: { matchLabels: { "app.kubernetes.io/name": name } },
});
const names = (peers: object = {}) => ({
    ...peers,
    ports: [
        { protocol: "UDP", port: 53 },
        { protocol: "TCP", port: 53 },
    ],
});
const both = { policyTypes: ["Ingress", "Egress"] };

describe("KafkaNetworkPolicies", () => {
    it("allow StatefulSets and Jobs what they need, and nothing else to anyone", async () => {
        const resources = await create(statefulSetPolicies({ listeners: [INTERNAL, EXTERNAL] }));
        const found = resources.objects.map(({ inputs: { metadata, spec, ...rest } }) => {
            assert.deepEqual(rest, { apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy" });
            assert.equal(metadata.namespace, "streams");
            return [metadata.name, spec];
        });
        assert.deepEqual(Object.fromEntries(found), {
            zookeeper: {
                ...pods("zookeeper"),
                ...both,
                ingress: [
                    {
                        from: [
                            pods("kafka"),
                            pods("kafka-scale-in-check"),
                            pods("zookeeper-update-check"),
                        ],
                        ports: [tcp(2181)],
                    },
                    { from: [pods("zookeeper")], ports: [tcp(2888), tcp(3888)] },
                ],
                egress: [names(), { to: [pods("zookeeper")], ports: [tcp(2888), tcp(3888)] }],
            },
            kafka: {
                ...pods("kafka"),
                ...both,
                ingress: [
                    {
                        from: [pods("kafka"), pods("kafka-topics"), pods("kafka-users")],
                        ports: [tcp(9091)],
                    },
                    { from: [ANY_POD], ports: [tcp(9092)] },
                    { ports: [tcp(9094)] },
                ],
                egress: [
                    names(),
                    { to: [pods("kafka")], ports: [tcp(9091), tcp(9092)] },
                    { to: [pods("zookeeper")], ports: [tcp(2181)] },
                ],
            },
            "kafka-topics": {
                ...pods("kafka-topics"),
                ...both,
                egress: [names(), { to: [pods("kafka")], ports: [tcp(9091)] }],
            },
            "kafka-users": {
                ...pods("kafka-users"),
                ...both,
                egress: [names(), { to: [pods("kafka")], ports: [tcp(9091)] }],
            },
            "kafka-scale-in-check": {
                ...pods("kafka-scale-in-check"),
                ...both,
                egress: [names(), { to: [pods("zookeeper")], ports: [tcp(2181)] }],
            },
            "zookeeper-update-check": {
                ...pods("zookeeper-update-check"),
                ...both,
                egress: [names(), { to: [pods("zookeeper")], ports: [tcp(2181)] }],
            },
            "default-deny": { podSelector: {}, ...both },
        });
        assert.equal(resources.all.length, 1 + 7);
        assert.equal(resources.childrenOf(COMPONENT).length, 7);
    });

    it("let pods ask the name servers that are known, and no others", () => {
        const servers = [{ podSelector: { matchLabels: { app: "dns" } } }];
        const { allow } = statefulSetPolicies({ listeners: [INTERNAL], nameServers: servers });
        for (const { spec } of allow) {
            assert.deepEqual((spec.egress as object[])[0], names({ to: servers }));
        }
    });

    it("leave what Strimzi's pods may do to the operator", async () => {
        const resources = await create(STRIMZI_POLICIES);
        assert.deepEqual(
            resources.objects.map(({ inputs }) => inputs),
            [
                {
                    apiVersion: "networking.k8s.io/v1",
                    kind: "NetworkPolicy",
                    metadata: {
                        name: "default-deny",
                        namespace: "streams",
                        labels: {
                            "app.kubernetes.io/name": "kafka",
                            "app.kubernetes.io/part-of": "kafka-eks",
                            "app.kubernetes.io/managed-by": "pulumi",
                        },
                    },
                    spec: { podSelector: {}, policyTypes: ["Ingress"] },
                },
            ],
        );
    });

    it("deny after they allow, and no longer", async () => {
        const resources = await create(statefulSetPolicies({ listeners: [INTERNAL] }));
        const { dependencies } = resources.object("NetworkPolicy", "default-deny").options;
        assert.deepEqual(
            dependencies,
            [
                "kafka",
                "kafka-scale-in-check",
                "kafka-topics",
                "kafka-users",
                "zookeeper",
                "zookeeper-update-check",
            ].map((name) => `${KEY} kafka-${name}-network-policy`),
        );
    });
});
