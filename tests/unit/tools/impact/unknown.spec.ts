import assert from "node:assert/strict";
import { assess } from "../../../../tools/impact/assess";
import { parsePreview } from "../../../../tools/impact/preview";
import { runImpact } from "../../../../tools/impact/run";
import { verdictOf } from "../../../../tools/impact/verdict";
import { findingsOf, line, previewOf, step, type TYPES } from "./changes";

const named = (name: string) => ({ metadata: { name } });
const newStack = {
    op: "create",
    urn: "urn:pulumi:test::kafka-eks::pulumi:pulumi:Stack::kafka-eks-test",
    newState: { type: "pulumi:pulumi:Stack", custom: false },
};

/** Objects of somebody else, with names that the program uses, too. */
const FOREIGN: readonly (readonly [kind: keyof typeof TYPES, inputs: object])[] = [
    ["Release", { name: "grafana", version: "1" }],
    ["Release", { name: "cert-manager" }],
    ["Namespace", named("monitoring")],
    ["StatefulSet", { ...named("kafka"), spec: { replicas: 3 } }],
    ["Job", named("kafka-users-1")],
    ["Service", named("kafka-service")],
    ["NetworkPolicy", named("kafka")],
    ["ConfigMap", named("kafka-advertised")],
    ["PersistentVolumeClaim", named("data-kafka-0")],
    ["Vpc", { cidrBlock: "10.0.0.0/16" }],
    ["Addon", { addonName: "coredns" }],
    ["EksCluster", { version: "1.35" }],
    ["Key", {}],
];

describe("what is not of this program", () => {
    for (const [kind, inputs] of FOREIGN) {
        for (const op of ["create", "update", "delete", "replace"] as const) {
            it(`is not judged: ${op} of a ${kind} (${JSON.stringify(inputs)})`, () => {
                const args = {
                    name: "theirs",
                    foreign: true,
                    ...(op !== "create" && { old: inputs }),
                    ...(op !== "delete" && { new: { ...inputs, other: 1 } }),
                };
                assert.deepEqual(findingsOf(op, kind, args), ["not judged: theirs"]);
            });
        }
    }

    it("is said to be that", () => {
        const preview = previewOf(step("delete", "Release", { old: {}, name: "x", foreign: true }));
        const [finding] = assess(parsePreview(preview)).findings;
        assert.equal(
            finding?.what,
            "is not of this program: this tool does not know what delete of kubernetes:helm.sh/v3:Release does to Kafka",
        );
    });

    it("does not tell how many brokers there are, nor that Kafka goes", () => {
        const theirs = step("delete", "StatefulSet", {
            old: { ...named("kafka"), spec: { replicas: 3 } },
            name: "theirs",
            foreign: true,
        });
        const user = step("delete", "KafkaUser", { old: named("a"), name: "a" });
        assert.deepEqual(assess(parsePreview(previewOf(theirs, user))).findings.map(line), [
            "clients-cut-off: user a: in the stack → -",
            "not judged: theirs",
        ]);
    });
});

describe("the headline", () => {
    const other = (name: string) => step("create", "ReplicaSet", { new: named(name), name });
    const verdict = (...steps: object[]) => verdictOf(assess(parsePreview(previewOf(...steps))));

    it("does not say nothing of what it does not know", () => {
        assert.equal(
            verdict(other("a"), other("b")),
            "not judged: this tool does not know what 2 changes do to Kafka",
        );
        assert.equal(
            verdict(newStack, other("a")),
            "not judged: new cluster; this tool does not know what 1 change does to Kafka",
        );
        const set = step("create", "StatefulSet", { new: named("other") });
        assert.equal(
            verdict(newStack, set),
            "not judged: new cluster; this tool does not know what 1 change does to Kafka",
        );
    });

    it("says it beside what it knows", () => {
        const topic = step("create", "KafkaTopic", {
            new: { spec: { topicName: "t" } },
            name: "t",
        });
        assert.equal(
            verdict(topic, other("a")),
            "dynamic: topic t: is created unless it is there already; 1 change is not judged",
        );
    });

    it("gives its class to programs, too", () => {
        const request = { action: "assess", format: "json", allowed: [], strict: false } as const;
        const { stdout, exitCode } = runImpact(request, previewOf(other("a")), { colors: false });
        assert.equal((JSON.parse(stdout) as { class: string }).class, "not judged");
        assert.equal(exitCode, 0);
    });
});

describe("npm run impact -- --strict", () => {
    const request = (strict: boolean) =>
        ({ action: "assess", format: "text", allowed: [], strict }) as const;
    const run = (strict: boolean, ...steps: object[]) =>
        runImpact(request(strict), previewOf(...steps), { colors: false });
    const release = (op: string) =>
        step(op, "Release", { old: {}, ...(op !== "delete" && { new: { a: 1 } }), foreign: true });

    it("fails where something goes that is not judged, and names it", () => {
        for (const op of ["delete", "replace"]) {
            const { stderr, exitCode } = run(true, release(op));
            assert.equal(exitCode, 3);
            assert.equal(
                stderr,
                `${op} of kubernetes:helm.sh/v3:Release it is not judged, which fails the check with --strict\n`,
            );
            assert.equal(run(false, release(op)).exitCode, 0);
        }
    });

    it("passes where something comes or changes that is not judged", () => {
        assert.equal(run(true, release("update")).exitCode, 0);
        assert.equal(run(true, step("create", "ReplicaSet", { new: {} })).exitCode, 0);
    });
});

describe("the only server of its kind", () => {
    const template = (image: string, replicas: number, name = "kafka") => ({
        ...named(name),
        spec: { replicas, template: { spec: { containers: [{ image }] } } },
    });
    const restart = (from: number, to: number, name = "kafka") =>
        findingsOf("update", "StatefulSet", {
            old: template("a", from, name),
            new: template("b", to, name),
        }).map((finding) => finding.split(":").slice(0, 2).join(":"));

    it("stops Kafka when it restarts", () => {
        const restarts = "rolling-restart: brokers";
        assert.deepEqual(restart(1, 1), ["cluster-stops: brokers", restarts]);
        assert.deepEqual(restart(2, 2), [restarts]);
        assert.deepEqual(restart(1, 1, "zookeeper"), [
            "cluster-stops: ZooKeeper members",
            "rolling-restart: ZooKeeper",
        ]);
    });

    it("stops Kafka with the operator, too, where the preview has the pool", () => {
        const pool = { ...named("broker"), spec: { replicas: 1, roles: ["broker", "controller"] } };
        const version = (text: string) => ({ spec: { kafka: { version: text } } });
        const preview = previewOf(
            step("same", "KafkaNodePool", { old: pool, new: pool, name: "pool" }),
            step("update", "Kafka", { old: version("4.2.0"), new: version("4.3.1") }),
        );
        const assessment = assess(parsePreview(preview));
        assert.deepEqual(assessment.findings.map(line), [
            "cluster-stops: brokers",
            "rolling-restart: version of Kafka: 4.2.0 → 4.3.1",
        ]);
        assert.equal(
            verdictOf(assessment),
            "cluster-stops: brokers: the only broker restarts: no topic can be written or read until it is back; " +
                "the only one of the brokers restarts, in about 15 s to 40 s plus the time to catch up",
        );
    });

    it("can't become several ones in a quorum of brokers that are controllers, too", () => {
        const pool = (replicas: number) => ({
            ...named("broker"),
            spec: { replicas, roles: ["broker", "controller"] },
        });
        assert.deepEqual(findingsOf("update", "KafkaNodePool", { old: pool(3), new: pool(5) }), [
            "data-may-be-lost: number of brokers: 3 → 5",
        ]);
    });
});

describe("a topic that is new to the stack", () => {
    const topic = (spec: object) =>
        step("create", "KafkaTopic", { new: { spec: { topicName: "t", ...spec } }, name: "t" });
    const linesOf = (...steps: object[]) =>
        assess(parsePreview(previewOf(...steps))).findings.map(line);
    const created = "dynamic: topic t: - → new";

    it("does not keep messages with one replica", () => {
        assert.deepEqual(linesOf(topic({ replicas: 1 })), [
            "data-may-be-lost: replication factor of topic t: - → 1",
            created,
        ]);
        assert.deepEqual(linesOf(topic({ replicas: 3 })), [created]);
    });

    it("can't do better with one broker", () => {
        const pool = { ...named("broker"), spec: { replicas: 1 } };
        const same = step("same", "KafkaNodePool", { old: pool, new: pool, name: "pool" });
        assert.deepEqual(linesOf(same, topic({ replicas: 1 })), [created]);
        const set = { ...named("kafka"), spec: { replicas: 1 } };
        const servers = step("same", "StatefulSet", { old: set, new: set, name: "set" });
        assert.deepEqual(linesOf(servers, topic({ replicas: 1 })), [created]);
    });

    it("may be in Kafka, and lose messages by its configuration", () => {
        const short = topic({ config: { "retention.ms": "1" } });
        const change = "retention.ms of topic t: brokers' default → 1";
        assert.deepEqual(linesOf(short), [created, `dynamic: ${change}`]);
        assert.deepEqual(linesOf(topic({ config: { "retention.ms": "-1" } })), [created]);
        const kafka = step("create", "Kafka", { new: named("kafka"), name: "k" });
        assert.deepEqual(linesOf(kafka, short), [created, "nothing: Kafka cluster: - → new"]);
    });
});
