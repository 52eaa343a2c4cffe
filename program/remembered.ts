import * as pulumi from "@pulumi/pulumi";
import { ProgramError } from "../components/kafka/programError";
import { recall, type Remembered } from "../components/kafka/remembered";
import { MIN_ISR, replicationDefaults } from "../components/kafka/replication";
import { fixedMessage } from "../components/live/fixedMessage";
import type { LiveObjects } from "../components/live/objects";
import { problemsOfData } from "../config/dataProblems";
import type { StackConfig } from "../config/stackConfig";

/**
 * What the namespace remembers of the data in it, read before anything is made there.
 *
 * @param live Absent where there is no cluster to ask.
 * @returns An output that fails when the configuration does not fit the data.
 */
export function rememberedIn(
    live: LiveObjects | undefined,
    config: StackConfig,
): pulumi.Output<Remembered> {
    return pulumi.output(live === undefined ? {} : read(live, config));
}

async function read(live: LiveObjects, config: StackConfig): Promise<Remembered> {
    const remembered = await recalled(live, config.namespace);
    const problems = problemsOfData(config, remembered);
    if (problems.length > 0) {
        throw fixedMessage(new ProgramError(problems.join("\n")));
    }
    noticesOf(config, remembered).forEach((notice) => void pulumi.log.warn(notice));
    return remembered;
}

async function recalled(live: LiveObjects, namespace: string): Promise<Remembered> {
    try {
        return await recall(live, namespace);
    } catch (error) {
        const text = `cannot read what the namespace ${namespace} remembers: ${(error as Error).message}`;
        if (!pulumi.runtime.isDryRun()) {
            throw fixedMessage(new ProgramError(text));
        }
        // Whoever only looks may not be allowed to.
        void pulumi.log.warn(`${text}; this preview takes the configuration's own values`);
        return {};
    }
}

const HOW_TO_RISE = {
    statefulset: "pulumi up says which topics those are",
    strimzi: `raise their replicas, as docs/operations.md says, then set kafka.config["${MIN_ISR}"]`,
};

/** What of the configuration waits for a person, because the data does not allow it by itself. */
export function noticesOf(
    { kafka, kafkaDeploymentType }: StackConfig,
    { minInsyncReplicas }: Remembered,
): string[] {
    const possible = Number(replicationDefaults(kafka.replicas, kafka.config)[MIN_ISR]);
    return kafka.config[MIN_ISR] !== undefined || possible <= (minInsyncReplicas ?? Infinity)
        ? []
        : [
              `${MIN_ISR} stays at ${minInsyncReplicas}, though ${kafka.replicas} brokers allow ${possible}: topics of ` +
                  `fewer replicas would refuse writes. Next: ${HOW_TO_RISE[kafkaDeploymentType]}`,
          ];
}
