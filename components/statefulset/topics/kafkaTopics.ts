import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { BrokerSecurity } from "../brokers/brokerProperties";
import { jobMetadata } from "../jobs";
import { repeatable } from "../repeatableJob";
import { topicsJob } from "./topicsJob";
import type { StartAdditions } from "../../kubernetes/podAdditions";
import { Topic } from "../../kafka/topics";
import type { LiveObjects } from "../../live/objects";

/** Arguments of {@link KafkaTopics}. */
export interface KafkaTopicsArgs {
    /** Namespace of the brokers. */
    readonly namespace: string;
    /** Image with Kafka's tools: the brokers'. */
    readonly image: string;
    /** Topics that have to exist, at least one. */
    readonly topics: readonly Topic[];
    /**
     * What the Job's pod starts with.
     *
     * @default - Nothing.
     */
    readonly jobPods?: StartAdditions;
    /** How the brokers protect themselves. */
    readonly security: BrokerSecurity;
    /** The objects of the cluster as they are now. */
    readonly live?: LiveObjects;
}

/** Topics of a Kafka that no operator runs: a Job creates and alters them, and deletes none. */
export class KafkaTopics extends pulumi.ComponentResource {
    /** Resolves when all topics are as wanted. */
    readonly applied: pulumi.Output<unknown>;

    constructor(name: string, args: KafkaTopicsArgs, opts?: pulumi.ComponentResourceOptions) {
        super("kafka-eks:index:KafkaTopics", name, {}, opts);
        const { name: jobName, spec } = topicsJob(args);
        const job = new k8s.batch.v1.Job(
            `${name}-topics`,
            {
                metadata: jobMetadata(jobName, "kafka", args.namespace),
                spec,
            },
            { parent: this, ...repeatable(`${name}-topics`, args.live) },
        );
        this.applied = job.id;
        this.registerOutputs();
    }
}
