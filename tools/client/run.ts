import { EXIT } from "../cli/main";
import type { ClientRequest } from "./options";
import type { ConnectionSource } from "./connection";
import { consume, type Incoming } from "./consume";
import { withDeadline } from "../cli/deadline";
import { diagnose } from "./diagnose";
import { TimeoutError } from "../cli/errors";
import { readIdentity } from "./identity";
import { createKafka, type KafkaClient } from "./kafka";
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
    const { topic, key, value, timeoutMs, json } = request;
    const sending = produce(kafka, { topic, key, value });
    const { partition, offset } = await (
        timeoutMs === Infinity
            ? sending
            : withDeadline(sending, timeoutMs, `the acknowledgement of topic ${topic}`)
    ).catch(async (error: unknown) => {
        throw error instanceof TimeoutError ? await diagnose(kafka, error) : error;
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
    const { topic, fromBeginning, maxMessages, timeoutMs, json } = request;
    const interrupt = new AbortController();
    process.once("SIGINT", () => interrupt.abort());
    const { received, timedOut } = await consume(kafka, {
        topic,
        fromBeginning,
        maxMessages,
        timeoutMs,
        onMessage: (message) => printMessage(message, json),
        onReady: () => note(`reading topic ${topic}`),
        signal: interrupt.signal,
    });
    if (interrupt.signal.aborted) {
        return EXIT.interrupted;
    }
    const wanted = maxMessages ?? 1;
    if (received < wanted) {
        const hint = fromBeginning ? "" : ". Next: add --from-beginning to read older messages";
        const expected = maxMessages === undefined ? "" : ` of ${maxMessages}`;
        note(
            `error: ${received}${expected} messages on topic ${topic} in ${timeoutMs / 1000} s${hint}`,
        );
        return TOO_FEW_MESSAGES;
    }
    note(`${received} ${received === 1 ? "message" : "messages"}${timedOut ? ", time is up" : ""}`);
    return EXIT.ok;
}

/** Opens the way to Kafka; what it needs is read, and nothing is connected to Kafka yet. */
async function openKafka(source: ConnectionSource): Promise<KafkaClient> {
    if ("bootstrap" in source) {
        return createKafka({ bootstrap: source.bootstrap, ...readIdentity(source.identity) });
    }
    // Only here, because the client of Kubernetes takes half a second to load.
    const { openStack } = await import("./connection.js");
    return openStack(source);
}

/** Sends or reads what the command line asks for, and returns the exit code. */
export async function runClient(request: Produce | Consume): Promise<number> {
    const kafka = await openKafka(request.source);
    return request.action === "produce" ? runProduce(kafka, request) : runConsume(kafka, request);
}
