import type { KubeConfig } from "@kubernetes/client-node";
import { accessTo } from "./clientAccess";
import { withClientFile } from "./clientFile";
import type { Java } from "./java";
import { producerLatency } from "./producerLatency";
import { producerSpeed } from "./producerSpeed";
import type { RunningKafka } from "./runningKafka";
import type { ProducerFigures } from "./samples";

/** What {@link measureListeners} works with. */
export interface ListenerArgs {
    readonly java: Java;
    readonly kubeConfig: KubeConfig;
    readonly directory: string;
    readonly signal: AbortSignal;
    readonly say: (line: string) => void;
}

/** How often each listener is measured. */
const TURNS = 3;

/**
 * Measures a producer through each of some listeners, in turns. Before that a producer as fast as possible warms each one up.
 *
 * @returns The figures of each listener, in the order of the listeners.
 */
export async function measureListeners(
    args: ListenerArgs,
    kafka: RunningKafka,
    listeners: readonly string[],
): Promise<readonly ProducerFigures[][]> {
    const { java, kubeConfig, directory, signal, say } = args;
    const figures = listeners.map((): ProducerFigures[] => []);
    for (let turn = 0; turn <= TURNS; turn++) {
        for (const [at, listener] of listeners.entries()) {
            signal.throwIfAborted();
            const access = await accessTo(kubeConfig, kafka.namespace, listener);
            await withClientFile(directory, access, async (file) => {
                const topic = `bench-${listener}-${turn}`;
                const throughput = await producerSpeed(
                    java,
                    kafka.client(),
                    file,
                    `${topic}-speed`,
                );
                if (turn === 0) {
                    return;
                }
                const { average, percentile99 } = await producerLatency(
                    java,
                    kafka.client(),
                    file,
                    `${topic}-latency`,
                );
                say(`turn ${turn}, ${listener}: ${throughput} MiB/s, ${average} ms`);
                figures[at]!.push({ throughput, averageLatency: average, percentile99 });
            });
        }
    }
    return figures;
}
