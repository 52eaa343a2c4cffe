import assert from "node:assert/strict";
import { assess } from "../../../../tools/impact/assess";
import { parsePreview } from "../../../../tools/impact/preview";
import { findingsOf, line, previewOf, step } from "./changes";

const named = (name: string, rest: object = {}) => ({ metadata: { name }, ...rest });
const lines = (...steps: object[]) => assess(parsePreview(previewOf(...steps))).findings.map(line);
const classes = (findings: readonly string[]) => findings.map((each) => each.split(":")[0]);

describe("what Kubernetes takes for everything", () => {
    const peers = [{ podSelector: { matchLabels: { app: "a" } } }];
    const ports = [{ protocol: "TCP", port: 9092 }];
    const policy = (...ingress: object[]) =>
        named("kafka", { spec: { policyTypes: ["Ingress"], ingress } });
    const update = (...rules: object[]) =>
        classes(
            findingsOf("update", "NetworkPolicy", {
                old: policy({ from: peers, ports }),
                new: policy(...rules),
            }),
        );

    it("is a rule of a network policy without ports", () => {
        assert.deepEqual(update({ from: peers, ports }, { from: peers }), ["cluster-opens"]);
        assert.deepEqual(update({ from: peers }), ["cluster-opens"]);
        assert.deepEqual(update({ from: peers, ports: [] }), ["cluster-opens"]);
    });

    it("is a rule without peers", () => {
        assert.deepEqual(update({ from: [], ports }), ["cluster-opens"]);
        assert.deepEqual(update({ ports }), ["cluster-opens"]);
        assert.deepEqual(update({}), ["cluster-opens"]);
    });

    it("is not a rule that leaves out the protocol that is meant anyway", () => {
        assert.deepEqual(update({ from: peers, ports: [{ port: 9092 }] }), []);
    });

    it("is an empty list of ranges", () => {
        const service = (loadBalancerSourceRanges: string[]) =>
            named("kafka-external-bootstrap", {
                spec: { type: "LoadBalancer", loadBalancerSourceRanges },
            });
        const [old, all] = [service(["10.0.0.0/8"]), service([])];
        assert.deepEqual(classes(findingsOf("update", "Service", { old, new: all })), [
            "cluster-opens",
        ]);
        assert.deepEqual(classes(findingsOf("update", "Service", { old: all, new: old })), [
            "clients-cut-off",
        ]);
    });

    it("is a load balancer that no longer says that it is internal", () => {
        const args = { name: "kafka-external-nlb", old: { internal: true }, new: {} };
        assert.ok(classes(findingsOf("update", "LoadBalancer", args)).includes("cluster-opens"));
        assert.ok(
            !classes(findingsOf("delete", "LoadBalancer", { ...args, new: undefined })).includes(
                "cluster-opens",
            ),
        );
    });
});

describe("who loses and who wins", () => {
    const kafka = (rest: object) => named("kafka", { spec: { kafka: rest } });
    const users = (...superUsers: string[]) =>
        kafka({ authorization: { type: "simple", superUsers } });
    const change = (old: object, now: object) =>
        classes(findingsOf("update", "Kafka", { old, new: now }));

    it("is known of other super users, however many there are", () => {
        assert.deepEqual(change(users("a"), users("b")), ["cluster-opens", "clients-cut-off"]);
        assert.deepEqual(change(users("a"), users("b", "c")), ["cluster-opens", "clients-cut-off"]);
        assert.deepEqual(change(users("a"), users("a", "b")), ["cluster-opens"]);
        assert.deepEqual(change(users("a", "b"), users("a")), ["clients-cut-off"]);
        assert.deepEqual(change(users("a", "b"), users("b", "a")), []);
    });

    it("is known of a listener of another type outside of the cluster", () => {
        const listener = (type: string) =>
            kafka({ listeners: [{ name: "external", port: 9094, type, tls: true }] });
        for (const [from, to] of [
            ["loadbalancer", "nodeport"],
            ["loadbalancer", "cluster-ip"],
        ] as const) {
            assert.deepEqual(change(listener(from), listener(to)), ["clients-cut-off"], from + to);
        }
        assert.deepEqual(change(listener("nodeport"), listener("loadbalancer")), [
            "cluster-opens",
            "clients-cut-off",
        ]);
    });

    it("is known of a Service that has no node ports any more", () => {
        const service = (type: string) =>
            named("kafka-external-bootstrap", { spec: { type, ports: [{ port: 9094 }] } });
        const args = { old: service("NodePort"), new: service("ClusterIP") };
        assert.deepEqual(classes(findingsOf("update", "Service", args)), ["clients-cut-off"]);
    });
});

describe("what hides behind another change", () => {
    const brokers = (replicas?: unknown) => named("kafka", { spec: { replicas } });

    it("is the number of brokers where it is not known", () => {
        for (const replicas of [undefined, "04da6b54-80e4-46f7-96ec-b56ff0331ba9", "2"]) {
            const args = { old: brokers(3), new: brokers(replicas) };
            assert.deepEqual(classes(findingsOf("update", "StatefulSet", args)), ["not judged"]);
        }
    });

    it("is the deletion of what an interrupted replacement has left over", () => {
        const claim = named("data-kafka-0");
        const lost = "data-may-be-lost: volume of broker 0: in the stack → -";
        for (const op of ["delete-replaced", "delete"]) {
            assert.deepEqual(
                lines(
                    step("same", "PersistentVolumeClaim", { old: claim, new: claim }),
                    step(op, "PersistentVolumeClaim", { old: claim }),
                ),
                [lost],
            );
            const { changes } = parsePreview(
                previewOf(
                    step("same", "PersistentVolumeClaim", { old: claim, new: claim }),
                    step(op, "PersistentVolumeClaim", { old: claim }),
                ),
            );
            assert.deepEqual(
                changes.map((each) => each.op),
                ["same", "delete"],
            );
        }
    });

    it("is the way to the Kubernetes API where Kafka is deleted", () => {
        const cluster = (cidr: string) => ({ vpcConfig: { publicAccessCidrs: [cidr] } });
        const found = lines(
            step("delete", "StatefulSet", { old: brokers(3) }),
            step("update", "EksCluster", {
                name: "eks",
                old: cluster("10.0.0.0/8"),
                new: cluster("0.0.0.0/0"),
            }),
        );
        assert.deepEqual(classes(found), ["cluster-opens", "cluster-stops"]);
    });
});
