import assert from "node:assert/strict";
import type { Listener } from "../../../../components/kafka/listeners";
import { brokerPorts } from "../../../../components/statefulset/brokers/brokerPod";
import { dropKeptPolicies, keepPolicy } from "../../../../components/statefulset/keptPolicies";
import { AnsweringCluster } from "../../../support/answeringCluster";
import { liveStatefulSet, NAMESPACE } from "./live";

const INTERNAL: Listener = { name: "internal", port: 9092, type: "internal", tls: false };
const MOVED: Listener = { ...INTERNAL, port: 9192 };

const policy = (name: string, metadata: object = {}, port = 9092) => ({
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { name, namespace: NAMESPACE, ...metadata },
    spec: {
        podSelector: { matchLabels: { "app.kubernetes.io/name": "kafka" } },
        policyTypes: ["Ingress", "Egress"],
        ingress: [{ ports: [{ protocol: "TCP", port }] }],
    },
});

const OPEN = { podSelector: {}, ingress: [{ ports: [{ protocol: "TCP", port: 9999 }] }] };

const KEPT = ["1", "2"].map((id) =>
    policy(`kafka-until-restarted-${id}`, {
        labels: { "app.kubernetes.io/name": "kafka", "kafka-eks/until-restarted": "kafka" },
    }),
);

const brokers = (...listeners: Listener[]) =>
    liveStatefulSet("kafka", 3, {
        containers: [{ name: "kafka", ports: brokerPorts(listeners) }],
    });

/** What is made where there was none. */
const MADE = policy("kafka-until-restarted-1", {
    generateName: "kafka-until-restarted-",
    labels: {
        "app.kubernetes.io/name": "kafka",
        "app.kubernetes.io/part-of": "kafka-eks",
        "app.kubernetes.io/managed-by": "pulumi",
        "kafka-eks/until-restarted": "kafka",
    },
});

describe("policies that stay until brokers have restarted", () => {
    it("allow what the brokers' policy allows, under another name", async () => {
        const live = new AnsweringCluster([
            policy("kafka", { uid: "1", resourceVersion: "7" }),
            policy("zookeeper"),
        ]);
        await keepPolicy(live, NAMESPACE, OPEN);
        assert.deepEqual(live.objects.slice(2), [MADE]);
    });

    it("allow what was open where there is no policy yet", async () => {
        const live = new AnsweringCluster([policy("zookeeper")]);
        await keepPolicy(live, NAMESPACE, OPEN);
        assert.deepEqual(live.objects.slice(1), [{ ...MADE, spec: OPEN }]);
    });

    it("are none where the policy is lost and all is closed", async () => {
        const live = new AnsweringCluster([policy("default-deny")]);
        await keepPolicy(live, NAMESPACE, OPEN);
        assert.deepEqual(live.done, []);
    });

    it("go once the brokers have the listeners, all of them and nothing else", async () => {
        const live = new AnsweringCluster([
            policy("kafka", {}, 9192),
            policy("somebodys-own"),
            brokers(MOVED),
            ...KEPT,
        ]);
        await dropKeptPolicies(live, NAMESPACE, [MOVED]);
        assert.deepEqual(live.names, ["kafka", "somebodys-own", "kafka"]);
    });

    it("go where somebody else has added a port to the brokers, and stay where a listener is to go", async () => {
        const others: Listener = { ...INTERNAL, name: "metrics", port: 9404 };
        for (const [extra, dropped] of [
            [others, true],
            [INTERNAL, false],
        ] as const) {
            const set = brokers(MOVED, { ...extra, name: "other" });
            const live = new AnsweringCluster([policy("kafka", {}, 9192), set, ...KEPT]);
            await dropKeptPolicies(live, NAMESPACE, [MOVED]);
            assert.equal(live.done.length > 0, dropped);
        }
    });

    it("go where nothing is closed any more", async () => {
        const live = new AnsweringCluster([brokers(MOVED), ...KEPT]);
        await dropKeptPolicies(live, NAMESPACE, [MOVED]);
        assert.deepEqual(live.names, ["kafka"]);
    });

    it("go where somebody lets clients in to all ports", async () => {
        const open = policy("kafka");
        const live = new AnsweringCluster([
            { ...open, spec: { ...open.spec, ingress: [{}] } },
            brokers(MOVED),
            ...KEPT,
        ]);
        await dropKeptPolicies(live, NAMESPACE, [MOVED]);
        assert.deepEqual(live.names, ["kafka", "kafka"]);
    });

    it("stay where the brokers' policy does not let clients in to their ports", async () => {
        for (const closed of [policy("kafka", {}, 9192), policy("default-deny")]) {
            const live: AnsweringCluster = new AnsweringCluster([
                closed,
                brokers(INTERNAL),
                ...KEPT,
            ]);
            await dropKeptPolicies(live, NAMESPACE, [INTERNAL]);
            assert.deepEqual(live.done, []);
        }
    });

    it("stay where an up has left the brokers as they were, or has made none", async () => {
        for (const set of [[brokers(INTERNAL)], []]) {
            const live = new AnsweringCluster([policy("kafka", {}, 9192), ...set, ...KEPT]);
            await dropKeptPolicies(live, NAMESPACE, [MOVED]);
            assert.deepEqual(live.done, []);
        }
    });
});
