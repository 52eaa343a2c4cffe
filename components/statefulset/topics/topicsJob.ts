import { types } from "@pulumi/kubernetes";
import { Topic } from "../../kafka/topics";
import { brokerClient, REPLICATION_BOOTSTRAP } from "../brokers/brokerClient";
import type { StartAdditions } from "../../kubernetes/podAdditions";
import type { BrokerSecurity } from "../brokers/brokerProperties";
import { readScript } from "../scripts";
import { hashedJob } from "../jobs";
import { TOPICS_JOB } from "../../kafka/names";

/** The Job that creates and alters topics with Kafka's own tools. */
export function topicsJob(args: {
    readonly image: string;
    readonly topics: readonly Topic[];
    readonly security: BrokerSecurity;
    readonly jobPods?: StartAdditions;
}): {
    name: string;
    spec: types.input.batch.v1.JobSpec;
} {
    const { env, mounts } = brokerClient(args.security);
    return hashedJob({
        name: TOPICS_JOB,
        container: "topics",
        image: args.image,
        script: readScript("topics/apply-topics.sh"),
        env: {
            BOOTSTRAP: REPLICATION_BOOTSTRAP,
            TOPICS: topicsText(args.topics),
            ...env,
        },
        mounts,
        pods: args.jobPods,
        memory: "256Mi",
    });
}

/** Topics as the script reads them. */
export function topicsText(topics: readonly Topic[]): string {
    return topics.map(topicLines).join("");
}

/** A topic as the script reads it: a line with its name and numbers, `-` for the brokers' own, and one for each property. */
function topicLines({ name, partitions, replicationFactor, config }: Topic): string {
    return [
        `topic ${name} ${partitions ?? "-"} ${replicationFactor ?? "-"}`,
        ...Object.entries(config).map(([key, value]) => `config ${key}=${value}`),
    ]
        .map((line) => `${line}\n`)
        .join("");
}
