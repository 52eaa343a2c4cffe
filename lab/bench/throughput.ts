import { join } from "node:path";
import type { KubeConfig } from "@kubernetes/client-node";
import { createKafka, type KafkaClient } from "../../tools/client/kafka";
import { withClientFile } from "./clientFile";
import type { Java } from "./java";
import { measurePair, type Pair } from "./pair";
import { deployedProperties, PlainKafka } from "./plainKafka";
import { producerSpeed } from "./producerSpeed";
import type { RunningKafka } from "./runningKafka";

/** Half of the memory limit, as in the deployments. */
const HEAP_MIB = 512;
/**
 * Pairs that count. The middle of what is measured lies between the least and the most of six with a probability of 31
 * in 32.
 */
const PAIRS = 6;

/** What {@link measureThroughput} works with. */
export interface ThroughputArgs {
    readonly java: Java;
    readonly kubeConfig: KubeConfig;
    readonly directory: string;
    readonly random: () => number;
    readonly signal: AbortSignal;
    readonly say: (line: string) => void;
}

/** MiB a second of a producer, of a deployment and of the same brokers as plain processes. */
export async function measureThroughput(
    { java, kubeConfig, directory, random, signal, say }: ThroughputArgs,
    kafka: RunningKafka,
): Promise<{ readonly warmUp: Pair; readonly pairs: readonly Pair[] }> {
    const plain = new PlainKafka(java, join(directory, "plain"));
    const run = (client: KafkaClient, bootstrap: string, topic: string) =>
        withClientFile(directory, { bootstrap }, (file) =>
            producerSpeed(java, client, file, topic),
        );
    try {
        await plain.start(await deployedProperties(kubeConfig, kafka.namespace), HEAP_MIB);
        const plainClient = createKafka({ bootstrap: plain.bootstrap.split(",") });
        const pairs: Pair[] = [];
        // The first pair warms both sides up and does not count.
        for (let number = 0; number <= PAIRS; number++) {
            signal.throwIfAborted();
            const topic = `bench-speed-${number}`;
            const pair = await measurePair(random, {
                ours: () => run(kafka.client(), kafka.bootstrap, topic),
                reference: () => run(plainClient, plain.bootstrap, topic),
            });
            say(`pair ${number}: ${pair.ours} and ${pair.reference} MiB/s`);
            pairs.push(pair);
        }
        return { warmUp: pairs[0]!, pairs: pairs.slice(1) };
    } finally {
        await plain.stop();
    }
}
