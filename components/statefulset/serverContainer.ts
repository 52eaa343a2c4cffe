import type { V1EnvVar } from "@kubernetes/client-node";
import { type JvmOptions, performanceOptions } from "../kafka/jvmOptions";
import type { PodAdditions } from "../kubernetes/podAdditions";
import { scriptCommand } from "../kubernetes/files";

/** What a stack says of a kind of servers, beside what the program decides. */
export interface ServerAdditions {
    /** @default - Nothing. */
    readonly pods?: PodAdditions;
    /** @default - Half of the memory limit is heap, and Kafka decides the rest. */
    readonly jvmOptions?: JvmOptions;
    /**
     * Variables of the servers' containers.
     *
     * @default - None.
     */
    readonly env?: readonly V1EnvVar[];
}

/**
 * Command of a server. Options of its JVM are set here and not on the container: probes, and tools that are run in it by hand,
 * must not inherit them.
 */
export function serverCommand(script: string, { jvmOptions }: ServerAdditions): string[] {
    const options = performanceOptions(jvmOptions);
    return [
        ...(options === undefined ? [] : ["env", `KAFKA_JVM_PERFORMANCE_OPTS=${options}`]),
        ...scriptCommand(script),
    ];
}
