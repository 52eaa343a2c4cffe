import assert from "node:assert/strict";
import type { KafkaFacts } from "../../../../../components/statefulset/admin/facts";
import {
    noteBrokers,
    type NoteBrokersArgs,
} from "../../../../../components/statefulset/brokers/noteBrokers";
import { AnsweringCluster } from "../../../../support/answeringCluster";
import { livePods, livePodSpec, liveStatefulSet, NAMESPACE, WHOLE } from "../live";

const MOUNTED = {
    ...livePodSpec("kafka"),
    volumes: [{ name: "files", projected: { sources: [{ configMap: { name: "files-1" } }] } }],
};

/** Brokers that run, and the file that they mount. */
const runningWith = (minIsr: string) => [
    liveStatefulSet("kafka", 3, MOUNTED),
    ...livePods("kafka", 3),
    {
        apiVersion: "v1",
        kind: "ConfigMap",
        metadata: { name: "files-1", namespace: NAMESPACE },
        data: {
            "server.properties": `default.replication.factor=3\nmin.insync.replicas=${minIsr}\n`,
        },
    },
];
const LINE = "pulumi config set --path 'kafka-eks:kafka.config[\"min.insync.replicas\"]' 2";

const ARGS: Omit<NoteBrokersArgs, "live"> = {
    namespace: NAMESPACE,
    clusterDomain: "cluster.local",
    adminTool: "kafka-admin-0123",
    config: {},
    warn: assert.fail,
};

interface Situation {
    readonly annotations?: Readonly<Record<string, string>>;
    /** Kafka's answer: facts, or an error; by default it may not be asked. */
    readonly answer?: KafkaFacts | string;
    readonly minIsr?: string;
    readonly config?: NoteBrokersArgs["config"];
}

/** Notes the brokers: what the namespace says then, what Kafka was asked for, and what was said aloud. */
async function note({ annotations = {}, answer, minIsr = "2", config = {} }: Situation) {
    const metadata = { name: NAMESPACE, annotations };
    const live = new AnsweringCluster(
        [{ apiVersion: "v1", kind: "Namespace", metadata }, ...runningWith(minIsr)],
        answer === undefined
            ? {}
            : {
                  "kafka-check-":
                      typeof answer === "string" ? [1, answer] : [0, JSON.stringify(answer)],
              },
    );
    const warnings: string[] = [];
    await noteBrokers({
        ...ARGS,
        live,
        config,
        warn: (text) => warnings.push(text),
    });
    const options = live.jobs.map(
        ({ spec }) =>
            spec!.template.spec!.containers[0]!.env!.find(({ name }) => name === "FACTS_OPTIONS")!
                .value,
    );
    return { noted: live.objects[0]!.metadata!.annotations, options, warnings };
}

const NOTED = {
    "kafka-eks/brokers": "3",
    "kafka-eks/replication-factor": "3",
    "kafka-eks/min-insync-replicas": "2",
};
const KNOWN = { "kafka-eks/cluster-id": WHOLE.clusterId };
const AT_ONE = { ...NOTED, ...KNOWN, "kafka-eks/min-insync-replicas": "1" };

describe("what a namespace remembers of the brokers that run", () => {
    it("has Kafka's id from Kafka itself, once", async () => {
        assert.deepEqual(await note({ answer: WHOLE }), {
            noted: { ...NOTED, ...KNOWN },
            options: [""],
            warnings: [],
        });
        assert.deepEqual(await note({ annotations: KNOWN }), {
            noted: { ...NOTED, ...KNOWN },
            options: [],
            warnings: [],
        });
    });

    it("has the rest where Kafka does not say", async () => {
        const { noted, warnings } = await note({ answer: "nobody answered" });
        assert.deepEqual(noted, NOTED);
        assert.deepEqual(warnings, []);
    });

    it("has the rest where Kafka can't be asked", async () => {
        const metadata = { name: NAMESPACE, annotations: {} };
        const live = new AnsweringCluster([
            { apiVersion: "v1", kind: "Namespace", metadata },
            ...runningWith("2"),
        ]);
        live.create = () => Promise.reject(new Error("exceeded quota"));
        await noteBrokers({ ...ARGS, live });
        assert.deepEqual(live.objects[0]!.metadata!.annotations, NOTED);
    });

    it("has nothing where there are no brokers", async () => {
        const metadata = { name: NAMESPACE, annotations: { other: "x" } };
        const live = new AnsweringCluster([{ apiVersion: "v1", kind: "Namespace", metadata }]);
        await noteBrokers({ ...ARGS, live });
        assert.deepEqual(live.done, []);
    });

    it("has what changed, and keeps what others wrote", async () => {
        const annotations = { ...KNOWN, ...NOTED, "kafka-eks/brokers": "4", other: "x" };
        const { noted } = await note({ annotations });
        assert.deepEqual(noted, { ...KNOWN, ...NOTED, other: "x" });
    });

    describe("says of a min ISR that could be higher", () => {
        const saying = async (answer: KafkaFacts | string) => {
            const { noted, options, warnings } = await note({
                annotations: KNOWN,
                minIsr: "1",
                answer,
            });
            assert.deepEqual([noted, options], [AT_ONE, ["--min-isr 2"]]);
            return warnings;
        };

        it("which topics keep it from rising", async () => {
            const examples = [
                { topic: "__consumer_offsets", replicas: 1 },
                { topic: "orders", replicas: 2 },
            ];
            assert.deepEqual(await saying({ ...WHOLE, fewerThan: { count: 7, examples } }), [
                "min.insync.replicas stays at 1: 7 topics have too few replicas for 2 (__consumer_offsets (1), orders (2), …). " +
                    `Next: raise their replicas, as docs/operations.md says, then ${LINE}`,
            ]);
        });

        it("how it rises where no topic is in the way", async () => {
            assert.deepEqual(await saying({ ...WHOLE, fewerThan: { count: 0, examples: [] } }), [
                `min.insync.replicas stays at 1. Next: ${LINE}`,
            ]);
        });

        it("that nobody knows the topics where Kafka does not answer", async () => {
            assert.deepEqual(await saying("nobody answered"), [
                "min.insync.replicas stays at 1, and Kafka did not say which topics would be in the way of 2: nobody answered",
            ]);
        });
    });

    it("is silent about a min ISR that the configuration says", async () => {
        const { options, warnings } = await note({
            annotations: KNOWN,
            minIsr: "1",
            config: { "min.insync.replicas": "1" },
        });
        assert.deepEqual([options, warnings], [[], []]);
    });
});
