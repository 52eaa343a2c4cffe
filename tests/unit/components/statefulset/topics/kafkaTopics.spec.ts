import assert from "node:assert/strict";
import * as k8s from "@pulumi/kubernetes";
import type { Topic } from "../../../../../components/kafka/topics";
import { readScript } from "../../../../../components/statefulset/scripts";
import {
    KafkaTopics,
    KafkaTopicsArgs,
} from "../../../../../components/statefulset/topics/kafkaTopics";
import { AnsweringCluster } from "../../../../support/answeringCluster";
import { PlainObject, register } from "../../../../support/mocks";
import { Container, envOf, onlyContainerOf, pathsOf, templateOf } from "../../pods";

const COMPONENT = "kafka-eks:index:KafkaTopics kafka";
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
                    live: new AnsweringCluster(),
                    ...args,
                },
                { provider: new k8s.Provider("cluster") },
            ),
    );
    assert.deepEqual(resources.childrenOf(COMPONENT), ["kubernetes:batch/v1:Job kafka-topics"]);
    return resources.resource("kubernetes:batch/v1:Job kafka-topics");
}

async function containerOf(args?: Partial<KafkaTopicsArgs>): Promise<Container> {
    return onlyContainerOf(templateOf(await create(args)).spec);
}

async function nameOf(args: Partial<KafkaTopicsArgs> = {}): Promise<string> {
    const { metadata } = (await create(args)).inputs as { metadata: { name: string } };
    assert.match(metadata.name, /^kafka-topics-[0-9a-f]{8}$/);
    return metadata.name;
}

describe("KafkaTopics", () => {
    it("are made by a Job with the brokers' image and Kafka's own tools", async () => {
        const { image, command } = await containerOf();
        assert.equal(image, "kafka:1");
        assert.deepEqual(command, ["bash", "-c", readScript("topics/apply-topics.sh")]);
    });

    it("are told to it with their numbers, or - for the brokers' own, and their properties", async () => {
        const { TOPICS: topics } = envOf(await containerOf());
        assert.deepEqual(topics!.split("\n"), [
            "topic orders 6 3",
            "config retention.ms=1000",
            "config cleanup.policy=compact,delete",
            "topic Audit_v1 - -",
            "topic half 2 -",
            "config a.b=C:\\x=y",
            "",
        ]);
    });

    it("come in by the listener between brokers, which is there whatever the others are", async () => {
        assert.equal(envOf(await containerOf()).BOOTSTRAP, "kafka-headless:9091");
    });

    it("need no files where nothing is encrypted", async () => {
        const container = await containerOf();
        assert.deepEqual(Object.keys(envOf(container)), ["BOOTSTRAP", "TOPICS"]);
        assert.deepEqual(pathsOf(container), { write: [], read: [] });
    });

    it("are made by one of the brokers where they accept nobody else", async () => {
        const container = await containerOf({ security: { encrypted: true } });
        assert.deepEqual(envOf(container).ADMIN_PROPERTIES!.trimEnd().split("\n"), [
            "security.protocol=SSL",
            "ssl.keystore.location=/etc/kafka-eks-tls/tls-combined.pem",
            "ssl.keystore.type=PEM",
            "ssl.truststore.location=/etc/kafka-eks-tls/ca.crt",
            "ssl.truststore.type=PEM",
        ]);
        assert.deepEqual(pathsOf(container), { write: [], read: ["/etc/kafka-eks-tls"] });
    });

    it("are the brokers' business: the Job has their name, and they don't have the pods'", async () => {
        const job = await create();
        const { labels } = (job.inputs as { metadata: { labels: PlainObject } }).metadata;
        assert.equal(labels["app.kubernetes.io/name"], "kafka");
        assert.deepEqual(templateOf(job).metadata.labels, {
            "app.kubernetes.io/name": "kafka-topics",
        });
        assert.equal(job.options.provider, "cluster");
        assert.equal(job.options.deleteBeforeReplace, true);
        assert.deepEqual(job.options.gates, ["kafka-topics-leftover"]);
    });

    it("are made again for everything that changes, and only then", async () => {
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
