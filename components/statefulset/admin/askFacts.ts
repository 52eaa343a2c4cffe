import { KAFKA, KAFKA_CHECK, type NamespaceDns } from "../../kafka/names";
import { brief } from "../../live/brief";
import type { LiveObjects } from "../../live/objects";
import { ask } from "../../live/question";
import type { StartAdditions } from "../../kubernetes/podAdditions";
import {
    brokerClient,
    REPLICATION_BOOTSTRAP,
    replicationBootstrapOf,
} from "../brokers/brokerClient";
import { isEncrypted } from "../brokers/brokerPod";
import { questionJob } from "../jobs";
import { imageOf, type Servers } from "../servers";
import { configMounts } from "../statefulSetSpec";
import { factsScript } from "./adminClasses";
import { type KafkaFacts, parseFacts } from "./facts";

/** What Kafka is asked with. */
export interface AskFactsArgs extends NamespaceDns {
    readonly live: LiveObjects;
    /** ConfigMap of the admin tool. */
    readonly adminTool: string;
    readonly jobPods?: StartAdditions;
}

/** What is asked for beside what is always told. */
export interface FactsOptions {
    /** Brokers that can't start: what the others hold without them. */
    readonly without?: readonly number[];
    /** Lowest id of brokers that are to go: what they hold. */
    readonly from?: number;
    /** A min ISR that is to come: topics that can't satisfy it. */
    readonly minIsr?: number;
}

/**
 * Asks the running Kafka for its state, with the image and the credentials of its brokers: those of a change may be wrong.
 *
 * @param brokers Whom to ask, and the specification of a pod that runs. Where nobody is to be asked, anybody is.
 * @returns The facts; a sentence where Kafka does not answer.
 */
export async function askFacts(
    args: AskFactsArgs,
    { pod, asked }: Pick<Servers, "pod" | "asked">,
    { without = [], from, minIsr }: FactsOptions = {},
): Promise<KafkaFacts | string> {
    const { live, namespace, adminTool, jobPods } = args;
    const bootstrap =
        asked.length === 0 ? REPLICATION_BOOTSTRAP : replicationBootstrapOf(asked, args);
    const { env, mounts } = brokerClient({ encrypted: isEncrypted(pod) });
    const options = [
        ...(without.length > 0 ? ["--without", without.join()] : []),
        ...(from === undefined ? [] : ["--from", String(from)]),
        ...(minIsr === undefined ? [] : ["--min-isr", String(minIsr)]),
    ];
    const job = questionJob(
        {
            name: KAFKA_CHECK,
            container: "check",
            image: imageOf(pod, KAFKA),
            script: factsScript(),
            env: { ...env, BOOTSTRAP: bootstrap, FACTS_OPTIONS: options.join(" ") },
            mounts: [configMounts([adminTool]), ...mounts],
            pods: jobPods,
            memory: "256Mi",
        },
        KAFKA,
        namespace,
    );
    const { exitCode, text } = await ask(live, namespace, job);
    if (exitCode !== 0) {
        return brief(text);
    }
    try {
        return parseFacts(text);
    } catch (error) {
        return (error as Error).message;
    }
}
