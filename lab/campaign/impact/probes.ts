import { Partitioners } from "kafkajs";
import { labSocketFactory } from "../../bench/labNetwork";
import { withDeadline } from "../../../tools/cli/deadline";
import { createKafka } from "../../../tools/client/kafka";
import type { ClientSecurity } from "../../../tools/client/tls";
import { NAMES } from "./settings";
import type { Way } from "./ways";

const LIMIT_MS = 15_000;
/** For one request; the clients' own patience would outlast a round. */
const IMPATIENT = { timeoutMs: 5_000, retries: 2 };

/** Whether clients that use the ways as they were told can write. */
export async function probeClients(ways: readonly Way[]): Promise<Record<string, boolean>> {
    const known = ways.filter(({ security }) => security !== undefined);
    const answers = known.map(async ({ listener, bootstrap, security }) => {
        // Who is refused once, while a leader moves, is not cut off.
        const write = () => canWrite(bootstrap, security!, NAMES.probe);
        return [`a client of ${listener}`, (await write()) || (await write())] as const;
    });
    return Object.fromEntries(await Promise.all(answers));
}

/** Whether those who should not can write by one of the ways. */
export async function probeStrangers(ways: readonly Way[]): Promise<Record<string, boolean>> {
    const ca = ways.find(({ security }) => security?.tls !== undefined)?.security?.tls?.ca;
    const encrypted: ClientSecurity = { tls: { ...(ca !== undefined && { ca }) } };
    const byAny = async (some: readonly Way[], ...all: ClientSecurity[]) => {
        const writes = some.flatMap(({ bootstrap }) =>
            all.map((security) => canWrite(bootstrap, security, NAMES.probe)),
        );
        return (await Promise.all(writes)).includes(true);
    };
    const [outside, inside] = [true, false].map((is) =>
        ways.filter(({ isOutside }) => isOutside === is),
    ) as [Way[], Way[]];
    const inClear = ways.map(({ security }) => ({ ...security, tls: undefined }));
    const known = ways.filter(({ security }) => security?.sasl !== undefined);
    const beyond = known.map(({ bootstrap, security }) =>
        canWrite(bootstrap, security!, NAMES.foreign),
    );
    const answers = {
        "a stranger inside": byAny(inside, {}, encrypted),
        "a stranger outside": byAny(outside, {}, encrypted),
        "a client in the clear inside": byAny(inside, ...inClear),
        "a client in the clear outside": byAny(outside, ...inClear),
        "a client from outside": byAny(outside, ...ways.map(({ security }) => security ?? {})),
        "a user beyond its permissions": Promise.all(beyond).then((all) => all.includes(true)),
    };
    const entries = Object.entries(answers).map(async ([who, is]) => [who, await is] as const);
    return Object.fromEntries(await Promise.all(entries));
}

/** Whether a message is acknowledged. */
export async function canWrite(
    bootstrap: readonly string[],
    security: ClientSecurity,
    topic: string,
    value = "probe",
): Promise<boolean> {
    const options = { bootstrap, ...security, ...IMPATIENT, socketFactory: labSocketFactory };
    const producer = createKafka(options).producer({
        allowAutoTopicCreation: false,
        // Named, because kafkajs warns about its default.
        createPartitioner: Partitioners.DefaultPartitioner,
    });
    const write = async () => {
        await producer.connect();
        await producer.send({ topic, acks: -1, messages: [{ value }] });
    };
    try {
        await withDeadline(write(), LIMIT_MS, `the acknowledgement of topic ${topic}`);
        return true;
    } catch {
        return false;
    } finally {
        // Nobody waits for it: it may wait for a broker that does not answer.
        producer.disconnect().catch(() => undefined);
    }
}
