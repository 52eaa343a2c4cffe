import assert from "node:assert/strict";
import type { KafkaSpec } from "../../../../components/strimzi/kafkaSpec";
import { checkMinIsr } from "../../../../components/strimzi/minIsrCheck";
import { AnsweringCluster } from "../../../support/answeringCluster";
import { ClosedCluster } from "../../../support/closedCluster";

const API = "kafka.strimzi.io/v1";

function kafka(minIsr: string) {
    const config = { "min.insync.replicas": minIsr };
    return { spec: { kafka: { config } } as unknown as KafkaSpec };
}

function topic(name: string, spec: object, cluster = "kafka") {
    const labels = { "strimzi.io/cluster": cluster };
    return {
        apiVersion: API,
        kind: "KafkaTopic",
        metadata: { name, namespace: "streams", labels },
        spec,
    };
}

const SMALL = topic("orders", { replicas: 2 });

interface Case {
    readonly before?: string;
    readonly after: string;
    readonly remembered?: number;
    readonly topics: readonly object[];
}

function check({ before, after, remembered, topics }: Case): Promise<void> {
    return checkMinIsr(
        { before: before === undefined ? undefined : kafka(before), after: kafka(after) },
        new AnsweringCluster(topics),
        "streams",
        { minInsyncReplicas: remembered },
    );
}

const refusal = (found: string) => ({
    message:
        `kafka.config["min.insync.replicas"]: expected topics of more than 2 replicas, got ${found}. ` +
        "Next: Raise their replicas first, as docs/operations.md says, or set it back",
});

describe("a higher min ISR of a Strimzi cluster", () => {
    it("is refused where topics have no more replicas", async () => {
        await assert.rejects(
            check({ before: "1", after: "2", topics: [SMALL] }),
            refusal("1 topic of no more (orders (2))"),
        );
    });

    it("names the first topics, as Kafka does", async () => {
        const topics = ["f", "e", "d", "c", "b"].map((name) => topic(name, { replicas: 1 }));
        topics.push(topic("audit-1", { topicName: "Audit", replicas: 2, config: { a: "1" } }));
        await assert.rejects(
            check({ before: "1", after: "2", topics }),
            refusal("6 topics of no more (Audit (2), b (1), c (1), d (1), e (1), …)"),
        );
    });

    it("is refused where the cluster is made anew with topics that were kept", async () => {
        await assert.rejects(
            check({ after: "2", remembered: 1, topics: [SMALL] }),
            refusal("1 topic of no more (orders (2))"),
        );
    });

    it("is refused where nobody may see the topics", async () => {
        const change = { before: kafka("1"), after: kafka("2") };
        await assert.rejects(checkMinIsr(change, new ClosedCluster(API, []), "streams", {}), {
            message: "KafkaTopic is closed",
        });
    });

    const fine: Readonly<Record<string, Case>> = {
        "all topics have more replicas": {
            before: "1",
            after: "2",
            topics: [topic("orders", { replicas: 3 })],
        },
        "small topics have a min ISR of their own": {
            before: "1",
            after: "2",
            topics: [topic("orders", { replicas: 1, config: { "min.insync.replicas": "1" } })],
        },
        "no resource says how many replicas": {
            before: "1",
            after: "2",
            topics: [topic("orders", { config: {} })],
        },
        "the small topics are another cluster's": {
            before: "1",
            after: "2",
            topics: [topic("orders", { replicas: 1 }, "events")],
        },
        "it stays": { before: "2", after: "2", topics: [SMALL] },
        "it is lowered": { before: "3", after: "2", remembered: 1, topics: [SMALL] },
        "the cluster is new": { after: "2", topics: [SMALL] },
    };
    for (const [what, values] of Object.entries(fine)) {
        it(`is fine where ${what}`, () => check(values));
    }
});
