import assert from "node:assert/strict";
import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { DeployedListener, Listener } from "../../../../../components/kafka/listeners";
import { advertisedConfigMap } from "../../../../../components/statefulset/brokers/advertised";
import {
    brokerPodSpec,
    brokerPorts,
} from "../../../../../components/statefulset/brokers/brokerPod";
import {
    certificateGate,
    type ListenerGatesArgs,
    policyGate,
    servicesGate,
} from "../../../../../components/statefulset/brokers/listenerGates";
import { configVolume } from "../../../../../components/statefulset/statefulSetSpec";
import { AnsweringCluster } from "../../../../support/answeringCluster";
import { register } from "../../../../support/mocks";
import { livePods, livePodSpec, liveStatefulSet, NAMESPACE, WHOLE } from "../live";

const INTERNAL: Listener = { name: "internal", port: 9092, type: "internal", tls: false };
const MOVED: Listener = { ...INTERNAL, port: 9192 };

/** Brokers that listen on port 9092, and their policy. */
const POLICY = {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: {
        name: "kafka",
        namespace: NAMESPACE,
        labels: { "app.kubernetes.io/name": "kafka" },
    },
    spec: { podSelector: {}, ingress: [{ ports: [{ protocol: "TCP", port: 9092 }] }] },
};
const container = { ...livePodSpec("kafka").containers[0], ports: brokerPorts([INTERNAL]) };
const SET = liveStatefulSet("kafka", 3, { containers: [container] });
const PODS = livePods("kafka", 3, { spec: { containers: [container] } });
const RUNNING = [POLICY, SET, ...PODS];

const NODES: Listener = {
    name: "nodes",
    port: 9095,
    type: "nodePort",
    tls: false,
    advertisedHosts: ["node.example.com"],
    basePort: 30100,
};
const CLOUD: DeployedListener = { name: "cloud", port: 9094, type: "loadBalancer", tls: false };
const SHARED: DeployedListener = { ...CLOUD, sharedHost: Promise.resolve("nlb.example.com") };

/** Brokers that have these listeners, which they advertise at addresses that end with `host`. */
function runningWith(
    listeners: readonly DeployedListener[],
    host = "",
    ports = brokerPorts(listeners),
) {
    const entries = listeners.map(({ name, type, tls }) => {
        const bootstrap = `${host}:9094`;
        return { name, type, tls, bootstrap, brokers: [bootstrap] };
    });
    const args = { namespace: NAMESPACE, clusterDomain: "cluster.local", replicas: 3, listeners };
    const { name } = advertisedConfigMap(args, entries);
    const pod = {
        containers: [{ ...container, ports }],
        volumes: [configVolume(["kafka-config-0123", name])],
    };
    return [POLICY, liveStatefulSet("kafka", 3, pod), ...livePods("kafka", 3)];
}

const BEHIND = { ...WHOLE, underReplicated: { count: 1, examples: ["orders-0"], missing: [2] } };
const REFUSAL = {
    message:
        "listeners: expected those that the brokers have, got others, which restart brokers. " +
        "kafka: expected every replica in sync, got 1 partition without broker 2 (orders-0). No broker was changed. " +
        "Next: npm run health says more; restartWhileDegraded: true restarts brokers all the same; " +
        "set the listeners back to let the rest through",
};

/** A cluster that has these objects, and Kafka's answer. */
const says = (facts: object, objects: readonly object[] = RUNNING) =>
    new AnsweringCluster(objects, { "kafka-check-": [0, JSON.stringify(facts)] });

const service = (...ports: object[]) => ({
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "kafka-bootstrap", namespace: NAMESPACE },
    spec: { ports },
});
const BEFORE = service({ name: "internal", port: 9092, targetPort: 9092 });
const NAMED = service({ name: "internal", port: 9092, targetPort: "internal" });
const AFTER = service({ name: "internal", port: 9192, targetPort: "internal" });

function argsOf(live: AnsweringCluster, args: Partial<ListenerGatesArgs>): ListenerGatesArgs {
    return {
        live,
        namespace: NAMESPACE,
        clusterDomain: "cluster.local",
        replicas: 3,
        image: "kafka:1",
        resources: { requests: { cpu: "1", memory: "2Gi" }, limits: { memory: "2Gi" } },
        spread: "preferred",
        rackAwareness: false,
        listeners: [MOVED],
        security: { encrypted: false },
        config: {},
        zookeeperImage: "zookeeper:1",
        adminTool: "kafka-admin-0123",
        remembered: { minInsyncReplicas: 2 },
        restartWhileDegraded: false,
        ...args,
    };
}

/** The hook before an object is made, and before it changes; it is given what was sent before and what is to be sent. */
async function hookOf(
    gate: (args: ListenerGatesArgs) => pulumi.ResourceHookBinding | undefined,
    live: AnsweringCluster,
    args: Partial<ListenerGatesArgs> = {},
) {
    const { resources } = await register(
        () => new k8s.core.v1.Service("some", {}, { hooks: gate(argsOf(live, args)) }),
        { hooks: true },
    );
    const { beforeUpdate } = resources.all[0]!.hooks;
    return (oldInputs: object | undefined, newInputs: object) =>
        beforeUpdate[0]!.callback({ oldInputs, newInputs });
}

/** The same for Services: the one that was sent before is there. */
async function serviceHookOf(live: AnsweringCluster, args: Partial<ListenerGatesArgs> = {}) {
    const hook = await hookOf(servicesGate, live, args);
    return (before: typeof BEFORE, after: typeof AFTER) => {
        live.objects.push(before);
        return hook(before, after);
    };
}

const WANTED = { podSelector: { matchLabels: { a: "b" } }, policyTypes: ["Ingress"] };
const POLICY_CHANGE = [{ spec: {} }, { spec: WANTED }] as const;
const ASKED = ["create Job kafka-check-1", "remove Job kafka-check-1"];

describe("gates of listeners", () => {
    describe("of the brokers' policy", () => {
        it("refuse other listeners while Kafka is not whole, and leave all as it is", async () => {
            const live = says(BEHIND);
            const hook = await hookOf(policyGate, live);
            await assert.rejects(hook(...POLICY_CHANGE), REFUSAL);
            assert.deepEqual(live.done, ASKED);
        });

        it("let them pass while it is, and keep what the policy allows", async () => {
            const live = says(WHOLE);
            await (
                await hookOf(policyGate, live)
            )(...POLICY_CHANGE);
            assert.deepEqual(live.done, [...ASKED, "create NetworkPolicy kafka-until-restarted-2"]);
        });

        it("ask nobody where the brokers' listeners stay: peers may be shut out at any time", async () => {
            const live = says(BEHIND);
            const hook = await hookOf(policyGate, live, { listeners: [INTERNAL] });
            await hook(...POLICY_CHANGE);
            assert.deepEqual(live.done, []);
        });

        it("ask nobody where there are no brokers, or none of them runs", async () => {
            for (const objects of [[POLICY], [POLICY, SET]]) {
                const live = says(BEHIND, objects);
                await (
                    await hookOf(policyGate, live)
                )(...POLICY_CHANGE);
                assert.deepEqual(live.done, []);
            }
        });
    });

    describe("of a policy that changes", () => {
        const moved = { ...container, ports: brokerPorts([MOVED]) };
        const movedSet = liveStatefulSet("kafka", 3, { containers: [moved] });

        it("keep what pods have that an up has left with other ports, and ask nobody", async () => {
            const live = says(BEHIND, [POLICY, movedSet, ...PODS]);
            await (
                await hookOf(policyGate, live)
            )(...POLICY_CHANGE);
            assert.deepEqual(live.done, ["create NetworkPolicy kafka-until-restarted-1"]);
            assert.deepEqual((live.objects.at(-1) as typeof POLICY).spec, POLICY.spec);
        });

        it("ask nobody where somebody else has added a port", async () => {
            const ports = [...container.ports, { name: "metrics", containerPort: 9404 }];
            const set = liveStatefulSet("kafka", 3, { containers: [{ ...container, ports }] });
            const live = says(BEHIND, [POLICY, set, ...PODS]);
            const hook = await hookOf(policyGate, live, { listeners: [INTERNAL] });
            await hook(...POLICY_CHANGE);
            assert.deepEqual(live.done, []);
        });

        it("ask before a listener goes", async () => {
            const both = {
                ...POLICY.spec,
                ingress: [9092, 9192].map((port) => ({ ports: [{ port }] })),
            };
            const ports = brokerPorts([INTERNAL, { ...MOVED, name: "other" }]);
            const set = liveStatefulSet("kafka", 3, { containers: [{ ...container, ports }] });
            const live = says(BEHIND, [{ ...POLICY, spec: both }, set, ...PODS]);
            const hook = await hookOf(policyGate, live, { listeners: [INTERNAL] });
            await assert.rejects(hook(...POLICY_CHANGE), REFUSAL);
        });

        it("ask before the first one closes other ports, and keep those of the brokers open", async () => {
            const refused = await hookOf(policyGate, says(BEHIND, [SET, ...PODS]));
            await assert.rejects(refused(undefined, { spec: WANTED }), REFUSAL);
            const live = says(WHOLE, [SET, ...PODS]);
            await (
                await hookOf(policyGate, live)
            )(undefined, { spec: WANTED });
            assert.deepEqual(live.done, [...ASKED, "create NetworkPolicy kafka-until-restarted-2"]);
            const ingress = [{ ports: [9091, 9092].map((port) => ({ protocol: "TCP", port })) }];
            assert.deepEqual((live.objects.at(-1) as typeof POLICY).spec, { ...WANTED, ingress });
        });

        it("delete what was kept where no broker runs", async () => {
            const labels = { "kafka-eks/until-restarted": "kafka" };
            const kept = { ...POLICY, metadata: { name: "kept", namespace: NAMESPACE, labels } };
            const live = says(BEHIND, [kept]);
            await (
                await hookOf(policyGate, live)
            )(undefined, { spec: WANTED });
            assert.deepEqual(live.done, ["remove NetworkPolicy kept"]);
        });
    });

    describe("of the Services", () => {
        it("refuse other ports while Kafka is not whole, and ask once for all of them", async () => {
            const live = says(BEHIND);
            const hook = await serviceHookOf(live);
            await assert.rejects(hook(BEFORE, AFTER), REFUSAL);
            await assert.rejects(hook(BEFORE, service()), REFUSAL);
            assert.deepEqual(live.done, ASKED);
        });

        it("refuse them where a listener keeps its name and port, and becomes another one", async () => {
            const args = { listeners: [INTERNAL] };
            const pod = brokerPodSpec(argsOf(new AnsweringCluster(), args));
            const set = liveStatefulSet("kafka", 3, pod);
            const metadata = { annotations: { "kafka-eks/config-hash": "0123456789abcdef" } };
            const template = { ...set.spec.template, metadata };
            const live = says(BEHIND, [
                { ...set, spec: { ...set.spec, template } },
                ...livePods("kafka", 3),
            ]);
            const hook = await serviceHookOf(live, args);
            await assert.rejects(hook(BEFORE, service()), REFUSAL);
        });

        it("let a change be taken back while Kafka is not whole: no restart comes with it", async () => {
            for (const listeners of [[INTERNAL], [INTERNAL, NODES], [INTERNAL, SHARED]]) {
                const live = says(BEHIND, runningWith(listeners, "nlb.example.com"));
                const hook = await serviceHookOf(live, { listeners });
                await hook(AFTER, BEFORE);
                assert.deepEqual(live.done, []);
            }
        });

        it("refuse other addresses at the same ports, and those that a cloud has yet to assign", async () => {
            for (const [running, listeners] of [
                [runningWith([INTERNAL, NODES]), [INTERNAL, { ...NODES, basePort: 30200 }]],
                [runningWith([INTERNAL, SHARED], "old.example.com"), [INTERNAL, SHARED]],
                [runningWith([INTERNAL, CLOUD]), [INTERNAL, CLOUD]],
                [runningWith([INTERNAL]), [INTERNAL, NODES]],
                [runningWith([INTERNAL], "", brokerPorts([MOVED])), [INTERNAL]],
            ] as const) {
                const live = says(BEHIND, running);
                const hook = await serviceHookOf(live, { listeners });
                await assert.rejects(hook(BEFORE, AFTER), REFUSAL);
            }
        });

        it("name a way on where the reason has none", async () => {
            const live = says(BEHIND);
            const list = live.list.bind(live);
            let lists = 0;
            live.list = (...args: Parameters<typeof list>) =>
                lists++ === 0
                    ? list(...args)
                    : Promise.reject(new Error("the API server did not answer within 30 s"));
            const hook = await serviceHookOf(live);
            await assert.rejects(hook(BEFORE, AFTER), {
                message:
                    "listeners: expected those that the brokers have, got others, which restart brokers. " +
                    "the API server did not answer within 30 s. Next: set the listeners back to let the rest through",
            });
        });

        it("let them pass while Kafka is whole, or where it need not be", async () => {
            for (const [facts, restartWhileDegraded] of [
                [WHOLE, false],
                [BEHIND, true],
            ] as const) {
                const live = says(facts);
                await (
                    await serviceHookOf(live, { restartWhileDegraded })
                )(BEFORE, AFTER);
                assert.deepEqual(live.done, ASKED);
            }
        });

        it("refuse what else the change of the brokers is refused for", async () => {
            const replicasFrom = { count: 1, examples: ["orders-0"], brokers: [2] };
            const live = says({ ...WHOLE, replicasFrom });
            const hook = await serviceHookOf(live, { replicas: 2 });
            await assert.rejects(
                hook(BEFORE, AFTER),
                /^Error: listeners: .* kafka\.replicas: expected no replicas on brokers that are to go/,
            );
            const raised = await serviceHookOf(
                says({
                    ...WHOLE,
                    fewerThan: { count: 1, examples: [{ topic: "orders", replicas: 2 }] },
                }),
                { config: { "min.insync.replicas": "3" } },
            );
            await assert.rejects(raised(BEFORE, AFTER), /kafka\.config\["min\.insync\.replicas"\]/);
            const encrypted = await serviceHookOf(says(WHOLE), {
                security: { encrypted: true },
            });
            await assert.rejects(encrypted(BEFORE, AFTER), /certificates\.source: cannot change/);
        });

        it("ask before one that the state has lost is taken over, and not where one is made", async () => {
            const live = says(BEHIND);
            const hook = await hookOf(servicesGate, live);
            await hook(undefined, AFTER);
            assert.deepEqual(live.done, []);
            live.objects.push(BEFORE);
            await assert.rejects(hook(undefined, AFTER), REFUSAL);
        });

        it("ask before a load balancer gets another name", async () => {
            const [old, wanted] = ["old", "new"].map((domain) => {
                const annotations = {
                    "external-dns.alpha.kubernetes.io/hostname": `bootstrap.${domain}`,
                };
                return { ...BEFORE, metadata: { ...BEFORE.metadata, annotations } };
            });
            const hook = await serviceHookOf(says(BEHIND));
            await assert.rejects(hook(old!, wanted!), REFUSAL);
        });

        it("ask nobody where clients reach the same ports", async () => {
            const live = says(BEHIND);
            await (
                await serviceHookOf(live)
            )(BEFORE, NAMED);
            assert.deepEqual(live.done, []);
        });
    });

    describe("of the brokers' certificate", () => {
        const certificate = (dnsNames: string[], ipAddresses?: string[]) => ({
            spec: { dnsNames, ...(ipAddresses && { ipAddresses }) },
        });
        const OLD = certificate(["*.old"], ["192.0.2.1"]);

        it("refuse that a name or an address goes while Kafka is not whole", async () => {
            for (const wanted of [certificate(["*.new"], ["192.0.2.1"]), certificate(["*.old"])]) {
                const live = says(BEHIND);
                const hook = await hookOf(certificateGate, live);
                await assert.rejects(hook(OLD, wanted), REFUSAL);
                assert.deepEqual(live.done, ASKED);
            }
        });

        it("ask nobody about more names, or where there is none yet", async () => {
            const live = says(BEHIND);
            const hook = await hookOf(certificateGate, live);
            await hook(OLD, certificate(["*.new", "*.old"], ["192.0.2.1"]));
            await hook(undefined, OLD);
            assert.deepEqual(live.done, []);
        });
    });

    it("are none where there is nobody to ask", () => {
        const args = { ...argsOf(new AnsweringCluster(), {}), live: undefined };
        assert.deepEqual(
            [policyGate(args), servicesGate(args), certificateGate(args)],
            [undefined, undefined, undefined],
        );
    });
});
