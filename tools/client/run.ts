import { EXIT } from "../cli/main";
import type { ClientRequest } from "./options";
import type { ConnectionSource } from "./connection";
import { consume, type Incoming } from "./consume";
import { readIdentity } from "./identity";
import { createKafka, type KafkaClient, retriesWithin } from "./kafka";
import { produce } from "./produce";

/** Exit code of this command only. */
const TOO_FEW_MESSAGES = 3;

type Produce = Extract<ClientRequest, { action: "produce" }>;
type Consume = Extract<ClientRequest, { action: "consume" }>;

function note(line: string): void {
    process.stderr.write(`${line}\n`);
}

function print(line: string): void {
    process.stdout.write(`${line}\n`);
}

async function runProduce(kafka: KafkaClient, request: Produce): Promise<number> {
    const { topic, key, value, compression, timeoutMs, json } = request;
    const { partition, offset } = await produce(kafka, {
        topic,
        key,
        value,
        compression,
        timeoutMs,
    });
    print(
        json
            ? JSON.stringify({ topic, partition, offset })
            : `topic ${topic}, partition ${partition}, offset ${offset}`,
    );
    return EXIT.ok;
}

function printMessage(message: Incoming, json: boolean): void {
    if (json) {
        print(JSON.stringify(message));
        return;
    }
    const { partition, offset, key } = message;
    note(`partition ${partition}, offset ${offset}${key === null ? "" : `, key ${key}`}`);
    print(message.value ?? "");
}

async function runConsume(kafka: KafkaClient, request: Consume): Promise<number> {
    const { topic, fromBeginning, follow, maxMessages, timeoutMs, json } = request;
    const interrupt = new AbortController();
    process.once("SIGINT", () => interrupt.abort());
    const { received, timedOut } = await consume(kafka, {
        topic,
        fromBeginning,
        toEnd: fromBeginning && !follow,
        maxMessages,
        timeoutMs,
        onMessage: (message) => printMessage(message, json),
        onReady: () => note(`reading topic ${topic}`),
        signal: interrupt.signal,
    });
    if (interrupt.signal.aborted) {
        return EXIT.interrupted;
    }
    const wanted = maxMessages ?? (timedOut ? 1 : 0);
    if (received < wanted) {
        note(`error: ${tooFew(request, received, timedOut)}`);
        return TOO_FEW_MESSAGES;
    }
    note(`${received} ${received === 1 ? "message" : "messages"}${timedOut ? ", time is up" : ""}`);
    return EXIT.ok;
}

/** What is said where messages are missing, and what to do about it. */
function tooFew(
    { topic, fromBeginning, follow, maxMessages, timeoutMs }: Consume,
    received: number,
    timedOut: boolean,
): string {
    const expected = maxMessages === undefined ? "" : ` of ${maxMessages}`;
    const found = `${received}${expected} messages on topic ${topic}`;
    if (!timedOut) {
        return `${found}, which is read to its end. Next: add --follow to wait for more`;
    }
    const late = `${found} in ${timeoutMs / 1000} s`;
    if (!fromBeginning) {
        return `${late}. Next: add --from-beginning to read older messages`;
    }
    return follow ? late : `${late}. Next: try again with a longer --timeout`;
}

/** Opens the way to Kafka; what it needs is read, and nothing is connected to Kafka yet. */
async function openKafka(source: ConnectionSource, timeoutMs: number): Promise<KafkaClient> {
    // The reason of a failure is known before time is up.
    const retries = retriesWithin(timeoutMs);
    if ("bootstrap" in source) {
        const { bootstrap, identity } = source;
        return createKafka({ bootstrap, ...readIdentity(identity), retries });
    }
    // Only here, because the client of Kubernetes takes half a second to load.
    const { openStack } = await import("./connection.js");
    return openStack(source, retries);
}

/** Sends or reads what the command line asks for, and returns the exit code. */
export async function runClient(request: Produce | Consume): Promise<number> {
    const kafka = await openKafka(request.source, request.timeoutMs);
    return request.action === "produce" ? runProduce(kafka, request) : runConsume(kafka, request);
}
