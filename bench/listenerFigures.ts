import type { KubeConfig } from "@kubernetes/client-node";
import { accessTo } from "./clientAccess";
import { withClientFile } from "./clientFile";
import type { KafkaDeployment } from "./deployment";
import type { Java } from "./java";
import { producerLatency } from "./producerLatency";
import { producerSpeed } from "./producerSpeed";
import type { ProducerFigures } from "./samples";

/** A listener to measure through, and where its figures are added. */
export interface MeasuredListener {
    readonly listener: string;
    readonly figures: ProducerFigures;
}

/** Rounds that count, for each deployment. */
const ROUNDS = 3;

/** Measures a producer through each of some listeners, in turns; the first round warms the brokers up and does not count. */
export async function measureListeners(
    {
        java,
        kubeConfig,
        directory,
    }: { readonly java: Java; readonly kubeConfig: KubeConfig; readonly directory: string },
    { kafka }: KafkaDeployment,
    listeners: readonly MeasuredListener[],
    report: (line: string) => void,
): Promise<void> {
    for (let round = 0; round <= ROUNDS; round++) {
        for (const { listener, figures } of listeners) {
            const access = await accessTo(kubeConfig, kafka.namespace, listener);
            await withClientFile(directory, access, async (file) => {
                const topic = `bench-${listener}-${round}`;
                const speed = await producerSpeed(java, kafka.client(), file, `${topic}-speed`);
                const latency = await producerLatency(
                    java,
                    kafka.client(),
                    file,
                    `${topic}-latency`,
                );
                report(`round ${round}, ${listener}: ${speed} MiB/s, ${latency.average} ms`);
                if (round > 0) {
                    figures.throughput.push(speed);
                    figures.averageLatency.push(latency.average);
                    figures.percentile99.push(latency.percentile99);
                }
            });
        }
    }
}
