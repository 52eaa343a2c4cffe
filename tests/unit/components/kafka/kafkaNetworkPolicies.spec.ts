import assert from "node:assert/strict";
import { KafkaNetworkPolicies } from "../../../../components/kafka/kafkaNetworkPolicies";
import type { NetworkPolicies } from "../../../../components/kafka/networkPolicies";
import { register } from "../../../support/mocks";

const COMPONENT = "kafka-eks:index:KafkaNetworkPolicies kafka";
const KEY = "kubernetes:networking.k8s.io/v1:NetworkPolicy";

const pods = (name: string) => ({
    podSelector: { matchLabels: { "app.kubernetes.io/name": name } },
});
const POLICIES: NetworkPolicies = {
    allow: [
        { name: "zookeeper", application: "zookeeper", spec: pods("zookeeper") },
        { name: "kafka-topics", application: "kafka", spec: pods("kafka-topics") },
    ],
    deny: ["Ingress", "Egress"],
};

async function create(policies: NetworkPolicies) {
    const { resources } = await register(
        () => new KafkaNetworkPolicies("kafka", { namespace: "streams", ...policies }),
    );
    return resources;
}

describe("KafkaNetworkPolicies", () => {
    it("allow what they are told to, each under its name", async () => {
        const resources = await create(POLICIES);
        assert.equal(resources.all.length, 1 + 3);
        assert.equal(resources.childrenOf(COMPONENT).length, 3);
        for (const { name, application, spec } of POLICIES.allow) {
            const { inputs } = resources.object("NetworkPolicy", name);
            assert.deepEqual(inputs.spec, spec);
            assert.equal(inputs.metadata.namespace, "streams");
            assert.equal(inputs.metadata.labels["app.kubernetes.io/name"], application);
        }
    });

    it("deny the rest to every pod of the namespace, in the directions that they are told", async () => {
        for (const deny of [["Ingress", "Egress"], ["Ingress"]] as const) {
            const resources = await create({ allow: [], deny });
            const { inputs } = resources.object("NetworkPolicy", "default-deny");
            assert.deepEqual(inputs.spec, { podSelector: {}, policyTypes: deny });
            assert.equal(inputs.metadata.namespace, "streams");
        }
    });

    it("have hooks where they are told to", async () => {
        const beforeUpdate = [() => Promise.resolve()];
        const { resources } = await register(
            () =>
                new KafkaNetworkPolicies("kafka", {
                    namespace: "streams",
                    ...POLICIES,
                    hooks: { zookeeper: { beforeUpdate } },
                }),
            { hooks: true },
        );
        const hooked = resources.objects.filter(({ hooks }) => hooks.beforeUpdate.length > 0);
        assert.deepEqual(
            hooked.map(({ inputs }) => inputs.metadata.name),
            ["zookeeper"],
        );
    });

    it("deny after they allow, and no longer", async () => {
        const resources = await create(POLICIES);
        const { dependencies } = resources.object("NetworkPolicy", "default-deny").options;
        assert.deepEqual(dependencies, [
            `${KEY} kafka-kafka-topics-network-policy`,
            `${KEY} kafka-zookeeper-network-policy`,
        ]);
    });
});
