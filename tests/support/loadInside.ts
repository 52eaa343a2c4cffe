import { randomInt } from "node:crypto";
import type { Cluster } from "./cluster";

/** What a load inside the cluster found out. */
export interface InsideResult {
    /** Values of the messages whose storage was acknowledged. */
    readonly acknowledged: readonly string[];
    /** Messages that were given up. */
    readonly failed: number;
    /** The longest time between two acknowledgements, in milliseconds. */
    readonly longestPause: number;
}

/** A flow of messages from a pod. */
export interface InsideLoad {
    /** Sends no more, and waits for what is under way. */
    stop(): Promise<InsideResult>;
}

/** What a pod sends, and where to. */
export interface InsideLoadArgs {
    /** A pod that is idle, with Kafka's tools; its container has the same name. */
    readonly pod: string;
    /** Bootstrap address inside the cluster. */
    readonly bootstrap: string;
    readonly topic: string;
    readonly ratePerSecond: number;
}

/** Sends numbered messages with acks=all and Kafka's own client from a pod, until it is stopped. */
export function startLoadInside(cluster: Cluster, args: InsideLoadArgs): InsideLoad {
    const { pod, bootstrap, topic, ratePerSecond } = args;
    // The tool gives up at the first fault unless it is told to go on, as clients do by themselves.
    const script = `kafka-run-class org.apache.kafka.tools.VerifiableProducer \\
        --bootstrap-server ${bootstrap} --topic ${topic} --throughput ${ratePerSecond} --value-prefix ${randomInt(1e9)} \\
        --producer.config <(printf 'retries=2147483647\\n') || true`;
    const printed = cluster.run(pod, pod, script);
    return {
        async stop() {
            const java = "[[ $(< $p/comm) == java ]]";
            await cluster.run(
                pod,
                pod,
                `for p in /proc/[0-9]*; do if ${java}; then kill \${p#/proc/}; fi; done 2> /dev/null; true`,
            );
            return resultOf(await printed);
        },
    };
}

interface ProducerEvent {
    readonly name: string;
    readonly timestamp: number;
    readonly value?: string;
}

/** Reads what the tool prints: an event a line. */
function resultOf(printed: string): InsideResult {
    const events = printed
        .split("\n")
        .filter((line) => line.startsWith("{"))
        .map((line) => JSON.parse(line) as ProducerEvent);
    const sent = events.filter(({ name }) => name === "producer_send_success");
    const pauses = sent.slice(1).map(({ timestamp }, n) => timestamp - sent[n]!.timestamp);
    return {
        acknowledged: sent.map(({ value }) => value!),
        failed: events.filter(({ name }) => name === "producer_send_error").length,
        longestPause: Math.max(0, ...pauses),
    };
}
