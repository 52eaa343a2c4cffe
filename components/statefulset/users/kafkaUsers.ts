import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { Certificate } from "../certificates/certManagerResources";
import { passwordSecret } from "../../kafka/passwordSecret";
import type { BrokerSecurity } from "../brokers/brokerProperties";
import { clientSpec } from "../certificates/certificates";
import { contentHash } from "../../kubernetes/files";
import { jobMetadata } from "../jobs";
import { repeatable } from "../repeatableJob";
import type { StartAdditions } from "../../kubernetes/podAdditions";
import { objectLabels } from "../../kubernetes/labels";
import type { LiveObjects } from "../../live/objects";
import { usersJob } from "./usersJob";
import { type User, userSecretName } from "../../kafka/users";

/** Arguments of {@link KafkaUsers}. */
export interface KafkaUsersArgs {
    /** Namespace of the brokers. */
    readonly namespace: string;
    /** Image with Kafka's tools: the brokers'. */
    readonly image: string;
    /** All users that there are to be, at least one. */
    readonly users: readonly User[];
    /**
     * What the Job's pod starts with.
     *
     * @default - Nothing.
     */
    readonly jobPods?: StartAdditions;
    /** How the brokers protect themselves. */
    readonly security: BrokerSecurity;
    /** Whether cert-manager makes the certificates of users; their owners have them otherwise. */
    readonly issueCertificates: boolean;
    /** The objects of the cluster as they are now. */
    readonly live?: LiveObjects;
}

/**
 * Users of a Kafka that no operator runs. Each has a Secret `kafka-user-<name>` with its password or certificate, and a Job
 * makes passwords, permissions and quotas what the list says. Whoever is not in the list loses them.
 */
export class KafkaUsers extends pulumi.ComponentResource {
    /** Resolves when all users may do what they should. */
    readonly applied: pulumi.Output<unknown>;

    constructor(name: string, args: KafkaUsersArgs, opts?: pulumi.ComponentResourceOptions) {
        super("kafka-eks:index:KafkaUsers", name, {}, opts);
        const { namespace, users, live } = args;
        const labels = objectLabels("kafka");
        const generated: k8s.core.v1.Secret[] = [];
        const credentials: pulumi.Resource[] = [];
        for (const user of users) {
            const { type, password } = user.authentication;
            const metadata = { name: userSecretName(user.name), namespace, labels };
            if (type === "scram-sha-512") {
                const secret = passwordSecret(
                    `${name}-user-${user.name}`,
                    { metadata, password, live },
                    { parent: this },
                );
                credentials.push(secret);
                if (password === undefined) {
                    generated.push(secret);
                }
            } else if (args.issueCertificates) {
                new Certificate(
                    `${name}-user-${user.name}`,
                    {
                        metadata,
                        spec: clientSpec({ secretName: metadata.name, commonName: user.name }),
                    },
                    { parent: this },
                );
            }
        }
        const { name: jobName, spec } = usersJob(args);
        const job = new k8s.batch.v1.Job(
            `${name}-users`,
            {
                metadata: jobMetadata(jobName, "kafka", namespace),
                spec: { ...spec, template: withGeneration(spec.template, generated) },
            },
            {
                parent: this,
                dependsOn: credentials,
                // A second or two for each user, and longer on a busy node.
                customTimeouts: { create: "30m" },
                ...repeatable(`${name}-users`, live),
            },
        );
        this.applied = job.id;
        this.registerOutputs();
    }
}

/**
 * Pods that are others when a Secret with a generated password was made anew: its password is another one then, and nothing
 * else tells.
 */
function withGeneration(
    template: pulumi.Input<k8s.types.input.core.v1.PodTemplateSpec>,
    secrets: readonly k8s.core.v1.Secret[],
): pulumi.Input<k8s.types.input.core.v1.PodTemplateSpec> {
    if (secrets.length === 0) {
        return template;
    }
    const uids = pulumi.all(secrets.map(({ metadata }) => metadata.uid));
    return pulumi.all([template, uids]).apply(([{ metadata, ...rest }, known]) => ({
        ...rest,
        metadata: {
            ...metadata,
            // Without a cluster there are no such ids.
            ...(known.every(Boolean) && {
                annotations: { "kafka-eks/generation": contentHash(known) },
            }),
        },
    }));
}
