import { consume } from "../../tools/client/consume";
import { produce } from "../../tools/client/produce";
import { ensureTopic } from "../../tools/client/topics";
import { waitFor } from "../wait";
import type { RunningKafka } from "./runningKafka";

const TOPIC = "bench-first";
const VALUE = "first";
const LIMIT_SECONDS = 300;

/**
 * Waits until a message was produced to a topic with three replicas, or as many as there are brokers, and consumed again.
 *
 * @throws Error that says what stood in the way last, after five minutes.
 */
export async function firstMessage(kafka: RunningKafka): Promise<void> {
    await kafka.waitForPorts();
    await waitFor("the first message", LIMIT_SECONDS, () => roundTrip(kafka));
}

async function roundTrip(kafka: RunningKafka): Promise<boolean> {
    const client = kafka.client();
    const replicationFactor = kafka.mostReplicas;
    await ensureTopic(client, { topic: TOPIC, partitions: 1, replicationFactor });
    await produce(client, { topic: TOPIC, value: VALUE });
    const { timedOut } = await consume(client, {
        topic: TOPIC,
        fromBeginning: true,
        maxMessages: 1,
        timeoutMs: 20_000,
        onMessage: () => undefined,
    });
    return !timedOut;
}
