import assert from "node:assert/strict";
import type { V1Node, V1PersistentVolume, V1Pod, V1PodSpec } from "@kubernetes/client-node";
import { schedulingRules } from "../../../../components/kubernetes/pods";
import { judgeCapacity, judgeZones } from "../../../../tools/preflight/capacity";
import type { PodGroup } from "../../../../tools/preflight/podGroup";
import { asking, group, judged, node, outcomes, pod } from "./objects";

const KAFKA = { "app.kubernetes.io/name": "kafka" };
const THREE = ["a", "b", "c"].map((zone) => node(`node-${zone}`, { zone }));
const BROKER = asking("1", "4Gi");

function judge(
    groups: readonly PodGroup[],
    nodes: readonly V1Node[],
    pods: readonly V1Pod[] = [],
    volumes: ReadonlyMap<string, V1PersistentVolume> = new Map(),
) {
    return judgeCapacity(groups, {
        nodes: { value: nodes },
        pods: { value: pods },
        volumes: { value: volumes },
    });
}

function spread(how: "required" | "preferred"): V1PodSpec {
    return { ...BROKER, ...(schedulingRules(KAFKA, { spread: how }) as object) };
}

describe("the room in a cluster", () => {
    it("is enough where all pods find a node", () => {
        const found = judge([group(3, BROKER)], THREE);
        assert.deepEqual(found, [
            {
                key: "nodes",
                outcome: "ok",
                found: "3 of 3 nodes take pods of the stack, in 3 zones",
            },
            { key: "requests.cpu", outcome: "ok", found: "3 CPU of 12 CPU that are free" },
            { key: "requests.memory", outcome: "ok", found: "12Gi of 48Gi that are free" },
            {
                key: "kafka.resources",
                outcome: "ok",
                found: "all brokers find a node (3 of 1 CPU and 4Gi)",
            },
        ]);
    });

    it("fails where the sum is too large, and names what is short", () => {
        const found = judge([group(5, asking("1", "12Gi"))], THREE);
        assert.deepEqual(judged(found, "requests.memory"), {
            key: "requests.memory",
            outcome: "fails",
            found: "expected 60Gi free, got 48Gi",
            next: "add nodes, or lower what the stack asks for",
        });
        assert.equal(judged(found, "requests.cpu")!.outcome, "ok");
    });

    it("fails where the sum fits and no node has room for one pod", () => {
        const found = judge([group(1, asking("5", "1Gi"))], THREE);
        assert.equal(judged(found, "requests.cpu")!.outcome, "ok");
        assert.deepEqual(judged(found, "kafka.resources"), {
            key: "kafka.resources",
            outcome: "fails",
            found: "expected nodes for all brokers (1), got none for kafka-0 (3 nodes: too little CPU free)",
            next: "add a node with room, or lower kafka.resources.requests",
        });
    });

    it("is just enough", () => {
        const [first] = THREE;
        assert.equal(judge([group(4, asking("1", "4Gi"))], [first!])[3]!.outcome, "ok");
        assert.equal(judge([group(4, asking("1001m", "4Gi"))], [first!])[3]!.outcome, "fails");
    });

    it("is what running pods leave, and not those that are done", () => {
        const large = { spec: asking("3500m", "1Gi") };
        const busy = THREE.map(({ metadata }, index) =>
            pod(`busy-${index}`, metadata!.name!, large),
        );
        assert.equal(
            judged(judge([group(1, BROKER)], THREE, busy), "kafka.resources")!.outcome,
            "fails",
        );
        const done = busy.map((each) => ({ ...each, status: { phase: "Succeeded" } }));
        assert.equal(
            judged(judge([group(1, BROKER)], THREE, done), "kafka.resources")!.outcome,
            "ok",
        );
    });

    it("does not count the stack's own pods twice, and those of another namespace do count", () => {
        const large = asking("3", "12Gi");
        const running = (namespace: string) =>
            THREE.map(({ metadata }, index) =>
                pod(`kafka-${index}`, metadata!.name!, { namespace, labels: KAFKA, spec: large }),
            );
        const judgeWith = (namespace: string) =>
            judged(judge([group(3, large)], THREE, running(namespace)), "kafka.resources")!.outcome;
        assert.equal(judgeWith("kafka"), "ok");
        assert.equal(judgeWith("kafka-2"), "fails");
    });

    it("ends where a node has all the pods that it takes", () => {
        const small = node("node-a", { pods: "2" });
        const found = judge([group(2, asking("1m", "1Mi"))], [small], [pod("other", "node-a")]);
        assert.match(
            judged(found, "kafka.resources")!.found,
            /kafka-1 \(1 node: no room for one more pod\)$/,
        );
    });

    it("is only what nodes have that take pods", () => {
        const taint = { key: "dedicated", value: "db", effect: "NoSchedule" };
        const nodes = [
            node("node-a", { taints: [taint] }),
            node("node-b", { cordoned: true }),
            node("node-c", {
                taints: [{ key: "busy", effect: "PreferNoSchedule" }],
                memory: "2Gi",
            }),
        ];
        const found = judge([group(1, BROKER)], nodes);
        assert.equal(
            found[0]!.found,
            "1 of 3 nodes take pods of the stack, without the label topology.kubernetes.io/zone",
        );
        assert.match(
            judged(found, "kafka.resources")!.found,
            /\(1 node: taint dedicated=db:NoSchedule; 1 node: cordoned; 1 node: too little memory free\)$/,
        );
    });

    it("includes tainted nodes whose taint the pods tolerate, by value, key or all", () => {
        const tainted = node("node-a", {
            taints: [{ key: "dedicated", value: "kafka", effect: "NoExecute" }],
        });
        const TOLERATIONS: readonly (readonly [object, boolean])[] = [
            [{ key: "dedicated", operator: "Equal", value: "kafka", effect: "NoExecute" }, true],
            [{ key: "dedicated", value: "kafka" }, true],
            [{ key: "dedicated", operator: "Exists" }, true],
            [{ operator: "Exists" }, true],
            [{ key: "dedicated", value: "other" }, false],
            [{ key: "other", operator: "Exists" }, false],
            [{ key: "dedicated", operator: "Exists", effect: "NoSchedule" }, false],
        ];
        for (const [toleration, fits] of TOLERATIONS) {
            const found = judge([group(1, { ...BROKER, tolerations: [toleration] })], [tainted]);
            assert.equal(found[0]!.outcome === "ok", fits, JSON.stringify(toleration));
        }
    });

    it("fails at once where no node takes any of the pods", () => {
        assert.deepEqual(outcomes(judge([group(1, BROKER)], [])), ["nodes: fails"]);
        const [found, ...others] = judge([group(1, BROKER)], [node("node-a", { cordoned: true })]);
        assert.deepEqual(others, []);
        assert.match(
            found!.found,
            /got 1 node, all of them cordoned, tainted or without the labels$/,
        );
    });

    it("asks for the labels of a node selector and of an affinity", () => {
        const chosen = node("node-a", { labels: { pool: "kafka", cores: "8" } });
        const selector = { ...BROKER, nodeSelector: { pool: "kafka" } };
        assert.equal(judge([group(1, selector)], [chosen])[0]!.outcome, "ok");
        assert.equal(judge([group(1, selector)], THREE)[0]!.outcome, "fails");
        const affinity = (operator: string, value: string) => ({
            ...BROKER,
            affinity: {
                nodeAffinity: {
                    requiredDuringSchedulingIgnoredDuringExecution: {
                        nodeSelectorTerms: [
                            { matchExpressions: [{ key: "cores", operator, values: [value] }] },
                        ],
                    },
                },
            },
        });
        const fits = (spec: V1PodSpec) => judge([group(1, spec)], [chosen])[0]!.outcome === "ok";
        assert.ok(fits(affinity("Gt", "7")));
        assert.ok(!fits(affinity("Gt", "8")));
        assert.ok(fits(affinity("Lt", "9")));
        assert.ok(fits(affinity("In", "8")));
        assert.ok(!fits(affinity("NotIn", "8")));
    });

    it("fails where required spreading wants more nodes than there are", () => {
        const found = judge([group(3, spread("required"))], THREE.slice(0, 2));
        assert.deepEqual(judged(found, "kafka.resources"), {
            key: "kafka.resources",
            outcome: "fails",
            found: "expected nodes for all brokers (3), got none for kafka-2 (2 nodes: with a pod that it keeps apart from)",
            next: "add nodes, or set kafka.spread to preferred",
        });
        assert.equal(
            judged(judge([group(3, spread("required"))], THREE), "kafka.resources")!.outcome,
            "ok",
        );
    });

    it("keeps zones even where spreading is required", () => {
        const nodes = [
            node("a1", { zone: "a" }),
            node("a2", { zone: "a" }),
            node("a3", { zone: "a" }),
            node("b1", { zone: "b", memory: "1Gi" }),
        ];
        const found = judged(judge([group(3, spread("required"))], nodes), "kafka.resources")!;
        assert.equal(found.outcome, "fails");
        assert.match(found.found, /2 nodes: in a zone with enough of its like/);
    });

    it("is a warning where preferred spreading puts several on one node", () => {
        const found = judge([group(3, spread("preferred"))], THREE.slice(0, 2));
        assert.equal(judged(found, "kafka.resources")!.outcome, "ok");
        assert.deepEqual(judged(found, "kafka.spread"), {
            key: "kafka.spread",
            outcome: "warning",
            found: "expected a node of its own for each of 3 brokers, got 2 nodes: the loss of one may stop several",
            next: "add nodes",
        });
        assert.equal(
            judged(judge([group(3, spread("preferred"))], THREE), "kafka.spread"),
            undefined,
        );
    });

    it("is taken by pods that keep others away", () => {
        const affinity = {
            podAntiAffinity: {
                requiredDuringSchedulingIgnoredDuringExecution: [
                    {
                        labelSelector: { matchLabels: KAFKA },
                        topologyKey: "kubernetes.io/hostname",
                        namespaceSelector: {},
                    },
                ],
            },
        };
        const lonely = pod("db-0", "node-a", { spec: { ...asking("1m", "1Mi"), affinity } });
        const found = judge([group(1, BROKER)], THREE.slice(0, 1), [lonely]);
        assert.match(judged(found, "kafka.resources")!.found, /keeps apart from/);
    });

    it("is where the pods are that a pod wants near it", () => {
        const wanting = (labels: Record<string, string>): V1PodSpec => ({
            ...BROKER,
            affinity: {
                podAffinity: {
                    requiredDuringSchedulingIgnoredDuringExecution: [
                        {
                            labelSelector: { matchLabels: labels },
                            topologyKey: "topology.kubernetes.io/zone",
                        },
                    ],
                },
            },
        });
        const outcome = (spec: V1PodSpec, ...pods: V1Pod[]) =>
            judged(judge([group(2, spec)], THREE, pods), "kafka.resources")!.outcome;
        const shop = pod("shop", "node-b", { namespace: "kafka", labels: { app: "shop" } });
        assert.equal(outcome(wanting({ app: "shop" })), "fails");
        assert.equal(outcome(wanting({ app: "shop" }), shop), "ok");
        // The first of those that want each other comes anywhere.
        assert.equal(outcome(wanting(KAFKA)), "ok");
    });

    it("is a warning where pods find nodes in one order only", () => {
        const nodes = [node("node-a", { memory: "8Gi" }), node("node-b", { memory: "10Gi" })];
        // The small pod takes the larger node when it comes first.
        const small = group(1, asking("1m", "1Gi"), {
            key: "strimzi.resources",
            what: "operators",
        });
        const found = judge([small, group(1, asking("1m", "9.5Gi"))], nodes);
        assert.equal(judged(found, "kafka.resources")!.outcome, "warning");
        assert.match(
            judged(found, "kafka.resources")!.found,
            /in any order, got none for kafka-0 where others come first/,
        );
    });

    it("is where the volumes are that a pod has already", () => {
        const volume = {
            spec: {
                nodeAffinity: {
                    required: {
                        nodeSelectorTerms: [
                            {
                                matchExpressions: [
                                    {
                                        key: "topology.kubernetes.io/zone",
                                        operator: "In",
                                        values: ["d"],
                                    },
                                ],
                            },
                        ],
                    },
                },
            },
        };
        const brokers = group(1, BROKER, { claims: ["data-kafka-0"] });
        const found = judge([brokers], THREE, [], new Map([["data-kafka-0", volume]]));
        assert.match(
            judged(found, "kafka.resources")!.found,
            /3 nodes: out of reach of its volume/,
        );
        const other = judge([brokers], THREE, [], new Map([["data-kafka-1", volume]]));
        assert.equal(judged(other, "kafka.resources")!.outcome, "ok");
    });

    it("is a warning where an autoscaler may add nodes", () => {
        const scaler = pod("karpenter-1", "node-a", {
            labels: { "app.kubernetes.io/name": "karpenter" },
        });
        const found = judge([group(1, asking("5", "1Gi"))], THREE, [scaler]);
        assert.equal(judged(found, "kafka.resources")!.outcome, "warning");
        assert.match(
            judged(found, "kafka.resources")!.next!,
            /^see that the autoscaler may add such nodes/,
        );
    });

    it("is a warning in sum, too, where an autoscaler may add nodes", () => {
        const scaler = pod("a", "node-a", { labels: { app: "cluster-autoscaler" } });
        const found = judge([group(5, asking("1", "12Gi"))], THREE, [scaler]);
        assert.equal(judged(found, "requests.memory")!.outcome, "warning");
    });

    it("is not known where running pods may not be read, unless even empty nodes are too small", () => {
        const unknown = { unknown: "Kubernetes answered 403: no" };
        const facts = { nodes: { value: THREE }, pods: unknown, volumes: unknown };
        assert.deepEqual(outcomes(judgeCapacity([group(1, BROKER)], facts)), [
            "nodes: ok",
            "running pods: unknown",
        ]);
        assert.deepEqual(outcomes(judgeCapacity([group(1, asking("5", "1Gi"))], facts)), [
            "nodes: ok",
            "kafka.resources: fails",
            "running pods: unknown",
        ]);
    });

    it("is not known where nodes may not be read", () => {
        const facts = {
            nodes: { unknown: "no" },
            pods: { value: [] },
            volumes: { value: new Map() },
        };
        assert.deepEqual(judgeCapacity([group(1, BROKER)], facts), [
            { key: "nodes", outcome: "unknown", found: "no" },
        ]);
    });
});

describe("the zones of nodes", () => {
    it("are told by all of them", () =>
        assert.deepEqual(outcomes(judgeZones(true, { value: THREE })), [
            "kafka.rackAwareness: ok",
        ]));

    it("are missed where brokers are to have racks", () => {
        const found = judgeZones(true, { value: [...THREE, node("node-d")] });
        assert.equal(
            found[0]!.found,
            "expected the label topology.kubernetes.io/zone on all nodes that take pods, got none on node-d",
        );
        const cordoned = node("node-e", { cordoned: true });
        assert.equal(judgeZones(true, { value: [...THREE, cordoned] })[0]!.outcome, "ok");
        assert.deepEqual(judgeZones(false, { value: [node("node-d")] }), []);
    });
});
