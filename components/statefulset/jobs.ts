import type { V1Job, V1JobSpec } from "@kubernetes/client-node";
import type { types } from "@pulumi/kubernetes";
import { contentHash } from "../kubernetes/files";
import { objectLabels } from "../kubernetes/labels";
import { CONTAINER_SECURITY_CONTEXT, POD_SECURITY_CONTEXT } from "../kubernetes/pods";
import type { StartAdditions } from "../kubernetes/podAdditions";
import type { Mounts } from "../kubernetes/mounts";

/** What a Job inside the cluster does. */
export interface JobArgs {
    /** Beginning of its name, and value of its pods' name label. */
    readonly name: string;
    /** Name of its container. */
    readonly container: string;
    readonly image: string;
    /** Text of the bash script that it runs. */
    readonly script: string;
    readonly env: Readonly<Record<string, string>>;
    /**
     * Credentials and other files that it reads.
     *
     * @default - None.
     */
    readonly mounts?: readonly Mounts[];
    /**
     * What its pod starts with.
     *
     * @default - Nothing.
     */
    readonly pods?: StartAdditions;
    /** Memory as a Kubernetes quantity, request and limit. */
    readonly memory: string;
    /**
     * ConfigMap whose values it has as variables, if it is there.
     *
     * @default - None.
     */
    readonly values?: string;
}

/**
 * Bytes that a list in a Job's variable may have: Linux gives a process none of more than 128 KiB, with its name and a byte
 * after it.
 *
 * @see https://man7.org/linux/man-pages/man2/execve.2.html (MAX_ARG_STRLEN)
 */
export const MAX_LIST_BYTES = 131_000;

/** What a Job does that runs once for each content. */
export interface HashedJobArgs extends JobArgs {
    /**
     * What else the Job answers for: it runs again when this changes.
     *
     * @default - Its own specification is all that counts.
     */
    readonly content?: unknown;
}

/** Its log is all that a Job writes; the kubelet keeps 50 MiB of it. */
const DISK = { "ephemeral-storage": "100Mi" };

/**
 * A Job that runs once for each content: its name ends with a hash of it. It runs inside the cluster, so it reaches the
 * servers whatever their listeners are.
 */
export function hashedJob({ content, ...args }: HashedJobArgs): {
    name: string;
    spec: types.input.batch.v1.JobSpec;
} {
    const spec = jobSpec(args);
    return { name: `${args.name}-${contentHash([content, spec]).slice(0, 8)}`, spec };
}

/** A Job that asks something and is gone afterwards. */
export function questionJob(
    args: JobArgs,
    application: "kafka" | "zookeeper",
    namespace: string,
): V1Job {
    return {
        apiVersion: "batch/v1",
        kind: "Job",
        metadata: {
            generateName: `${args.name}-`,
            namespace,
            labels: objectLabels(application),
        },
        spec: jobSpec(args) as V1JobSpec,
    };
}

function jobSpec(args: JobArgs): types.input.batch.v1.JobSpec {
    const volumes = (args.mounts ?? []).flatMap((each) => each.volumes);
    const volumeMounts = (args.mounts ?? []).flatMap((each) => each.volumeMounts);
    return {
        backoffLimit: 0,
        template: {
            metadata: { labels: { "app.kubernetes.io/name": args.name } },
            spec: {
                ...args.pods,
                restartPolicy: "Never",
                automountServiceAccountToken: false,
                enableServiceLinks: false,
                securityContext: POD_SECURITY_CONTEXT,
                containers: [
                    {
                        name: args.container,
                        image: args.image,
                        command: ["bash", "-c", args.script],
                        env: Object.entries(args.env).map(([name, value]) => ({ name, value })),
                        ...(args.values !== undefined && {
                            envFrom: [{ configMapRef: { name: args.values, optional: true } }],
                        }),
                        resources: {
                            requests: { cpu: "50m", memory: args.memory, ...DISK },
                            limits: { memory: args.memory, ...DISK },
                        },
                        securityContext: CONTAINER_SECURITY_CONTEXT,
                        // The reason of a failure then stands in the pod's status, too.
                        terminationMessagePolicy: "FallbackToLogsOnError",
                        ...(volumeMounts.length > 0 && { volumeMounts }),
                    },
                ],
                ...(volumes.length > 0 && { volumes }),
            },
        },
    };
}

/** Metadata of a Job's object. One that failed runs again with the next update. */
export function jobMetadata(
    name: string,
    application: "kafka" | "zookeeper",
    namespace: string,
): types.input.meta.v1.ObjectMeta {
    return {
        name,
        namespace,
        labels: objectLabels(application),
        annotations: { "pulumi.com/replaceUnready": "true" },
    };
}
