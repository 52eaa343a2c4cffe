import assert from "node:assert/strict";
import { assess } from "../../../../tools/impact/assess";
import { parsePreview } from "../../../../tools/impact/preview";
import { findingsOf, line, previewOf, step, type TYPES } from "./changes";

type Kind = keyof typeof TYPES;

const named = (name: string, rest: object = {}) => ({ metadata: { name }, ...rest });
const update = (kind: Kind, old: object, now: object, name = "it") =>
    findingsOf("update", kind, { old, new: now, name });
const classes = (...args: Parameters<typeof update>) =>
    update(...args).map((each) => each.split(":")[0]);

describe("what is lost", () => {
    const set = (spec: object) => named("kafka", { spec: { replicas: 3, template: { spec } } });
    const container = (rest: object) => set({ containers: [{ name: "kafka", ...rest }] });
    const data = { name: "data", mountPath: "/var/lib/kafka/data" };
    const other = { name: "c", mountPath: "/c" };

    it("is data whose mount goes or moves, or that another volume hides", () => {
        const mounted = (...volumeMounts: object[]) => container({ volumeMounts });
        const lost = ["data-may-be-lost", "rolling-restart"];
        assert.deepEqual(classes("StatefulSet", mounted(data, other), mounted(other)), lost);
        assert.deepEqual(
            classes("StatefulSet", mounted(data), mounted({ ...data, mountPath: "/data" })),
            lost,
        );
        const volumes = (...list: object[]) => set({ volumes: list });
        assert.deepEqual(
            classes("StatefulSet", volumes(), volumes({ name: "data", emptyDir: {} })),
            lost,
        );
        assert.deepEqual(classes("StatefulSet", mounted(data), mounted(data, other)), [
            "rolling-restart",
        ]);
    });

    it("is the way back of an older version, or of pods that nobody looks after", () => {
        const image = (tag: string) => container({ image: `confluentinc/cp-kafka:${tag}` });
        assert.deepEqual(classes("StatefulSet", image("7.9.0"), image("7.5.0")), ["cluster-stops"]);
        assert.deepEqual(classes("StatefulSet", image("7.5.0"), image("7.9.0")), [
            "rolling-restart",
        ]);
        assert.deepEqual(classes("StatefulSet", image("7.9.0"), image("mine")), [
            "rolling-restart",
        ]);
        const probe = container({ readinessProbe: {} });
        assert.deepEqual(classes("StatefulSet", probe, container({})), ["cluster-stops"]);
        assert.deepEqual(classes("StatefulSet", container({}), probe), ["rolling-restart"]);
        const kafka = (version: string, metadataVersion?: string) =>
            named("kafka", { spec: { kafka: { version, metadataVersion } } });
        assert.deepEqual(classes("Kafka", kafka("4.3.1"), kafka("4.2.0")), ["cluster-stops"]);
        assert.deepEqual(classes("Kafka", kafka("4.3.1", "4.3"), kafka("4.2.0", "4.3")), [
            "cluster-stops",
        ]);
        assert.deepEqual(classes("Kafka", kafka("4.3.1", "4.2-IV1"), kafka("4.2.0", "4.2-IV1")), [
            "rolling-restart",
        ]);
        assert.deepEqual(classes("Kafka", kafka("4.3.1", "4.2"), kafka("4.3.1")), ["dynamic"]);
    });

    it("is named where the list of containers is another one", () => {
        assert.deepEqual(
            update("StatefulSet", container({}), set({ containers: [{}, {}] })).map(
                (each) => each.split(": ")[2],
            ),
            ["containers"],
        );
    });

    it("is not a volume of the same size in another unit", () => {
        const claim = (storage: string) =>
            named("data-kafka-0", { spec: { resources: { requests: { storage } } } });
        for (const [size, severity] of [
            ["51200Mi", "nothing"],
            ["60Gi", "data-moves"],
            ["1e12", "data-moves"],
            ["50G", "nothing"],
            ["much", "not judged"],
        ] as const) {
            assert.deepEqual(classes("PersistentVolumeClaim", claim("50Gi"), claim(size)), [
                severity,
            ]);
        }
    });

    it("is what a budget protects, where the servers stay", () => {
        const budget = step("delete", "PodDisruptionBudget", { old: named("kafka") });
        const servers = step("delete", "StatefulSet", { old: named("kafka"), name: "servers" });
        const found = (...steps: object[]) =>
            assess(parsePreview(previewOf(...steps)))
                .findings.map(line)
                .filter((each) => each.includes("drains"))
                .map((each) => each.split(":")[0]);
        assert.deepEqual(found(budget), ["cluster-stops"]);
        assert.deepEqual(found(budget, servers), ["nothing"]);
    });

    it("is nothing where EKS refuses an older version", () => {
        assert.deepEqual(classes("EksCluster", { version: "1.35" }, { version: "1.34" }, "eks"), [
            "nothing",
        ]);
    });

    it("is an older message of a key, sooner", () => {
        const topic = (config: object) => named("t", { spec: { topicName: "t", config } });
        for (const property of ["max.compaction.lag.ms", "local.retention.ms"]) {
            assert.deepEqual(
                classes("KafkaTopic", topic({}), topic({ [property]: "1000" })),
                property.startsWith("max") ? ["data-may-be-lost"] : ["dynamic"],
            );
        }
    });

    it("is each write, where a topic has too few replicas", () => {
        const topic = (isr: string, replicas = 3) =>
            named("t", {
                spec: { topicName: "t", replicas, config: { "min.insync.replicas": isr } },
            });
        assert.deepEqual(classes("KafkaTopic", topic("2"), topic("3")), ["cluster-stops"]);
        assert.deepEqual(classes("KafkaTopic", topic("2"), topic("4")), ["cluster-stops"]);
        assert.deepEqual(classes("KafkaTopic", topic("2", 4), topic("3", 4)), ["dynamic"]);
        assert.deepEqual(classes("KafkaTopic", topic("4"), topic("3")), ["data-may-be-lost"]);
    });
});

describe("who gets in", () => {
    const rule = (name: string, now: object, ...others: object[]) =>
        assess(
            parsePreview(previewOf(...others, step("create", "IngressRule", { name, new: now }))),
        ).findings.map((each) => each.severity);
    const range = { cidrIpv4: "10.0.0.0/8", ipProtocol: "tcp" };
    const before = step("same", "IngressRule", {
        name: "kafka-external-from-a",
        old: range,
        new: range,
    });

    it("is whoever a rule lets in that no other one does", () => {
        for (const now of [
            { cidrIpv6: "::/0" },
            { prefixListId: "pl-1" },
            // Its range is known only when it is made.
            {},
            { ...range, ipProtocol: "-1" },
        ]) {
            assert.deepEqual(rule("kafka-external-from-b", now, before), ["cluster-opens"]);
        }
        assert.deepEqual(rule("kafka-external-from-b", range, before), ["dynamic"]);
        assert.deepEqual(rule("kafka-external-to-pods", {}), ["dynamic"]);
        const [all, some] = [{ cidrIpv6: "::/0" }, { cidrIpv6: "fd00::/8" }];
        const everybody = step("same", "IngressRule", {
            name: "kafka-external-from-a",
            old: all,
            new: all,
        });
        assert.deepEqual(rule("kafka-external-from-b", some, everybody), ["dynamic"]);
    });

    it("is said once where a range is a wider one", () => {
        const name = "kafka-external-from-a";
        const [inner, outer] = [{ cidrIpv4: "10.0.0.0/8" }, { cidrIpv4: "0.0.0.0/0" }];
        assert.deepEqual(classes("IngressRule", inner, outer, name), ["cluster-opens"]);
        assert.deepEqual(classes("IngressRule", outer, inner, name), ["clients-cut-off"]);
    });

    it("is the internet, by a load balancer beside other ways", () => {
        const scheme = "service.beta.kubernetes.io/aws-load-balancer-scheme";
        const balancer = (to: string, perBroker = to) => ({
            name: "b",
            port: 9095,
            type: "loadbalancer",
            configuration: {
                bootstrap: { annotations: { [scheme]: to } },
                perBrokerAnnotationsTemplate: { [scheme]: perBroker },
            },
        });
        const ports = { name: "a", port: 9094, type: "nodeport" };
        const kafka = (...listeners: object[]) =>
            named("kafka", { spec: { kafka: { listeners } } });
        const facing = balancer("internet-facing");
        assert.deepEqual(classes("Kafka", kafka(ports), kafka(ports, facing)), ["cluster-opens"]);
        assert.deepEqual(classes("Kafka", kafka(ports), kafka(ports, balancer("internal"))), [
            "rolling-restart",
        ]);
        assert.deepEqual(
            classes("Kafka", kafka(facing), kafka(facing, { ...facing, name: "c", port: 9096 })),
            ["rolling-restart"],
        );
        assert.deepEqual(
            classes(
                "Kafka",
                kafka(balancer("internal")),
                kafka(balancer("internal", "internet-facing")),
            ),
            ["cluster-opens", "clients-cut-off"],
        );
    });

    it("is nobody by a Service that is another name only", () => {
        const service = (type: string) =>
            named("kafka-service", { spec: { type, ports: [{ port: 9092 }] } });
        assert.deepEqual(classes("Service", service("ClusterIP"), service("ExternalName")), [
            "clients-cut-off",
        ]);
    });

    it("is whoever a wider range of ports lets in", () => {
        const policy = (endPort: number) =>
            named("kafka", {
                spec: {
                    policyTypes: ["Ingress"],
                    ingress: [
                        {
                            from: [{ podSelector: { matchLabels: { app: "a" } } }],
                            ports: [{ port: 9092, endPort }],
                        },
                    ],
                },
            });
        assert.deepEqual(classes("NetworkPolicy", policy(9093), policy(9095)), ["cluster-opens"]);
        assert.deepEqual(classes("NetworkPolicy", policy(9095), policy(9093)), ["clients-cut-off"]);
    });
});
