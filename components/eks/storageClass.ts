import { types } from "@pulumi/kubernetes";
import type { Input } from "@pulumi/pulumi";
import { objectLabels } from "../kubernetes/labels";

/** Name of the StorageClass of every volume. */
export const GP3 = "gp3";

/** What the volumes can do. */
export interface VolumePerformance {
    /** Operations per second, 3000 to 16000. */
    readonly iops: number;
    /** MiB/s, 125 to 1000. */
    readonly throughput: number;
}

/**
 * Encrypted gp3 volumes that grow in place and are made in the zone of their first pod.
 *
 * @param retain Whether a volume outlives its claim.
 * @param tags Tags of the volumes, each as `key=value`.
 * @see https://github.com/kubernetes-sigs/aws-ebs-csi-driver/blob/master/docs/parameters.md
 */
export function gp3StorageClass(
    { iops, throughput }: VolumePerformance,
    retain: boolean,
    tags: readonly Input<string>[],
): types.input.storage.v1.StorageClass {
    const tagParameters = tags.map((tag, index) => [`tagSpecification_${index + 1}`, tag]);
    return {
        metadata: { name: GP3, labels: objectLabels("kafka") },
        provisioner: "ebs.csi.aws.com",
        parameters: {
            type: "gp3",
            encrypted: "true",
            // Kafka's own recommendation: it does better with large files.
            "csi.storage.k8s.io/fstype": "xfs",
            iops: String(iops),
            throughput: String(throughput),
            ...(Object.fromEntries(tagParameters) as Record<string, Input<string>>),
        },
        reclaimPolicy: retain ? "Retain" : "Delete",
        volumeBindingMode: "WaitForFirstConsumer",
        allowVolumeExpansion: true,
    };
}
