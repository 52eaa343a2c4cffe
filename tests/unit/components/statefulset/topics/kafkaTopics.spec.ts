import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as k8s from "@pulumi/kubernetes";
import { KafkaTopics, KafkaTopicsArgs } from "../../../components/statefulset/topics/kafkaTopics";
import type { Topic } from "../../../components/kafka/topics";
import { register } from "../../support/mocks";

const COMPONENT = "kafka-eks:index:KafkaTopics kafka";
const SCRIPT = join(__dirname, "../../../components/statefulset/topics/apply-topics.sh");
const TOPICS: readonly Topic[] = [
    {
        name: "orders",
        partitions: 6,
        replicationFactor: 3,
        config: { "retention.ms": "1000", "cleanup.policy": "compact,delete" },
    },
    { name: "Audit_v1", config: {} },
    { name: "half", partitions: 2, config: { "a.b": "C:\\x=y" } },
];

async function create(args: Partial<KafkaTopicsArgs> = {}) {
    const { resources } = await register(
        () =>
            new KafkaTopics(
                "kafka",
                {
                    namespace: "streams",
                    image: "kafka:1",
                    topics: TOPICS,
                    security: { encrypted: false },
                    ...args,
                },
                { provider: new k8s.Provider("cluster") },
            ),
    );
    assert.deepEqual(resources.childrenOf(COMPONENT), ["kubernetes:batch/v1:Job kafka-topics"]);
    return resources.resource("kubernetes:batch/v1:Job kafka-topics");
}

async function nameOf(args: Partial<KafkaTopicsArgs> = {}): Promise<string> {
    const { metadata } = (await create(args)).inputs as { metadata: { name: string } };
    assert.match(metadata.name, /^kafka-topics-[0-9a-f]{8}$/);
    return metadata.name;
}

describe("KafkaTopics", () => {
    it("is a Job that runs once, with no more permissions than the brokers", async () => {
        const { inputs, options } = await create();
        assert.deepEqual(inputs, {
            apiVersion: "batch/v1",
            kind: "Job",
            metadata: {
                name: await nameOf(),
                namespace: "streams",
                labels: {
                    "app.kubernetes.io/name": "kafka",
                    "app.kubernetes.io/part-of": "kafka-eks",
                    "app.kubernetes.io/managed-by": "pulumi",
                },
                annotations: { "pulumi.com/replaceUnready": "true" },
            },
            spec: {
                backoffLimit: 0,
                template: {
                    // Not the brokers' label: their Services would lead to it.
                    metadata: { labels: { "app.kubernetes.io/name": "kafka-topics" } },
                    spec: {
                        restartPolicy: "Never",
                        automountServiceAccountToken: false,
                        enableServiceLinks: false,
                        securityContext: {
                            runAsNonRoot: true,
                            runAsUser: 1000,
                            runAsGroup: 1000,
                            fsGroup: 1000,
                            fsGroupChangePolicy: "OnRootMismatch",
                            seccompProfile: { type: "RuntimeDefault" },
                        },
                        containers: [
                            {
                                name: "topics",
                                image: "kafka:1",
                                command: ["bash", "-c", readFileSync(SCRIPT, "utf8")],
                                env: [
                                    { name: "BOOTSTRAP", value: "kafka-headless:9091" },
                                    {
                                        name: "TOPICS",
                                        value: [
                                            "topic orders 6 3",
                                            "config retention.ms=1000",
                                            "config cleanup.policy=compact,delete",
                                            "topic Audit_v1 - -",
                                            "topic half 2 -",
                                            "config a.b=C:\\x=y",
                                            "",
                                        ].join("\n"),
                                    },
                                ],
                                resources: {
                                    requests: {
                                        cpu: "50m",
                                        memory: "256Mi",
                                        "ephemeral-storage": "100Mi",
                                    },
                                    limits: { memory: "256Mi", "ephemeral-storage": "100Mi" },
                                },
                                securityContext: {
                                    allowPrivilegeEscalation: false,
                                    capabilities: { drop: ["ALL"] },
                                    readOnlyRootFilesystem: true,
                                },
                                terminationMessagePolicy: "FallbackToLogsOnError",
                            },
                        ],
                    },
                },
            },
        });
        assert.equal(options.provider, "cluster");
    });

    it("is one of the brokers where they accept nobody else", async () => {
        const { inputs } = await create({ security: { encrypted: true } });
        const { spec } = (inputs.spec as { template: { spec: object } }).template as {
            spec: { containers: Record<string, unknown>[]; volumes: { name: string }[] };
        };
        const [container] = spec.containers;
        assert.deepEqual((container!["env"] as unknown[]).at(-1), {
            name: "ADMIN_PROPERTIES",
            value:
                "security.protocol=SSL\n" +
                "ssl.keystore.location=/etc/kafka-eks-tls/tls-combined.pem\n" +
                "ssl.keystore.type=PEM\n" +
                "ssl.truststore.location=/etc/kafka-eks-tls/ca.crt\n" +
                "ssl.truststore.type=PEM\n",
        });
        assert.deepEqual(container!["volumeMounts"], [
            { name: "certificates", mountPath: "/etc/kafka-eks-tls", readOnly: true },
        ]);
        assert.deepEqual(
            spec.volumes.map(({ name }) => name),
            ["certificates"],
        );
    });

    it("is another one for everything that it does otherwise, and only then", async () => {
        const [orders, ...others] = TOPICS;
        const first = await nameOf();
        assert.equal(await nameOf({ namespace: "other" }), first);
        const names = [
            first,
            await nameOf({ image: "kafka:2" }),
            await nameOf({ security: { encrypted: true } }),
            await nameOf({ topics: others }),
            await nameOf({ topics: [{ ...orders!, partitions: 7 }, ...others] }),
            await nameOf({ topics: [{ ...orders!, replicationFactor: 2 }, ...others] }),
            await nameOf({ topics: [{ ...orders!, config: {} }, ...others] }),
        ];
        assert.equal(new Set(names).size, names.length);
    });
});
