import { consume, type Incoming } from "../../tools/client/consume";
import type { KafkaClient } from "../../tools/client/kafka";
import { produce, type Stored } from "../../tools/client/produce";
import { describeCluster, ensureTopic } from "../../tools/client/topics";
import type { DeploymentType } from "./deploymentType";
import { DemoError } from "./errors";

/** Topic of the demo. */
export const TOPIC = "hello";
/** What the demo sends to a Kafka of each deployment type. */
export const MESSAGES: Readonly<Record<DeploymentType, string>> = {
    statefulset: "Hello, StatefulSet Kafka!",
    strimzi: "Hello, Strimzi Kafka!",
};

const PARTITIONS = 3;
const CONSUME_TIMEOUT_MS = 60_000;

/** Makes the topic, spread over the brokers, unless it is there. */
export async function ensureHelloTopic(kafka: KafkaClient): Promise<void> {
    const { brokers } = await describeCluster(kafka);
    await ensureTopic(kafka, {
        topic: TOPIC,
        partitions: PARTITIONS,
        replicationFactor: Math.min(3, brokers.length),
    });
}

/** Sends the message and waits until every in-sync replica has it. */
export async function sendHello(kafka: KafkaClient, message: string): Promise<Stored> {
    return produce(kafka, { topic: TOPIC, value: message });
}

/**
 * Reads the topic from its beginning until the message that was sent.
 *
 * @returns How many messages came, older ones included.
 * @throws {@link DemoError} when it does not come, or is not what was sent.
 */
export async function receiveHello(
    kafka: KafkaClient,
    sent: Stored,
    expected: string,
): Promise<number> {
    const found = new AbortController();
    let message: Incoming | undefined;
    const { received } = await consume(kafka, {
        topic: TOPIC,
        fromBeginning: true,
        timeoutMs: CONSUME_TIMEOUT_MS,
        signal: found.signal,
        onMessage: (incoming) => {
            if (incoming.partition === sent.partition && incoming.offset === sent.offset) {
                message = incoming;
                found.abort();
            }
        },
    });
    if (message?.value !== expected) {
        const what = message === undefined ? "nothing" : JSON.stringify(message.value);
        throw new DemoError(
            `expected ${JSON.stringify(expected)} at partition ${sent.partition}, offset ` +
                `${sent.offset} of topic ${TOPIC}, got ${what}`,
            "npm run health tells more",
        );
    }
    return received;
}
