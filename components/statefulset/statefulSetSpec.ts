import { types } from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { objectLabels, selectorLabels } from "../kubernetes/labels";
import { CONFIG_VOLUME, DATA_VOLUME } from "../kafka/names";
import { CONFIG_DIRECTORY } from "../kubernetes/files";
import type { Mounts } from "../kubernetes/mounts";
import type { PodAdditions } from "../kubernetes/podAdditions";
import { Storage } from "../kubernetes/pods";

/** The specification of a server's pod, to which the volume with its configuration is added. */
export interface ServerPodSpec extends types.input.core.v1.PodSpec {
    readonly volumes: types.input.core.v1.Volume[];
}

/** What the two StatefulSets differ in. */
export interface StatefulSetArgs {
    /** Name of the StatefulSet and value of the label that selects its pods. */
    readonly application: "kafka" | "zookeeper";
    /** Service that gives the pods their DNS names. */
    readonly headlessService: string;
    readonly replicas: number;
    /** `OrderedReady` restarts a pod only while all the others are ready; `Parallel` starts all pods at once. */
    readonly podManagementPolicy: "OrderedReady" | "Parallel";
    readonly pod: ServerPodSpec;
    /**
     * Labels and annotations of the pods, beside those of the program.
     *
     * @default - None.
     */
    readonly pods?: Pick<PodAdditions, "labels" | "annotations">;
    /** ConfigMaps whose files the pods find in {@link CONFIG_VOLUME}. */
    readonly configMaps: readonly pulumi.Input<string>[];
    /** Hash of the configuration that the pods read at start: they restart when it changes. */
    readonly configHash: pulumi.Input<string>;
    readonly storage: Storage;
}

/** Annotation of pods with a hash of what they read at start. */
export const CONFIG_HASH = "kafka-eks/config-hash";

/** Where a container has the files of its configuration. */
export const CONFIG_MOUNT: types.input.core.v1.VolumeMount = {
    name: CONFIG_VOLUME,
    mountPath: CONFIG_DIRECTORY,
    readOnly: true,
};

/** The files of ConfigMaps in one directory. */
export function configVolume(
    configMaps: readonly pulumi.Input<string>[],
): types.input.core.v1.Volume {
    return {
        name: CONFIG_VOLUME,
        projected: { sources: configMaps.map((name) => ({ configMap: { name } })) },
    };
}

/** The same files for a Job. */
export function configMounts(configMaps: readonly string[]): Mounts {
    return {
        volumes: [configVolume(configMaps)],
        volumeMounts: [CONFIG_MOUNT],
    };
}

/** The specification of a StatefulSet. */
export function statefulSetSpec(args: StatefulSetArgs): types.input.apps.v1.StatefulSetSpec {
    return {
        replicas: args.replicas,
        serviceName: args.headlessService,
        podManagementPolicy: args.podManagementPolicy,
        updateStrategy: { type: "RollingUpdate" },
        selector: { matchLabels: selectorLabels(args.application) },
        persistentVolumeClaimRetentionPolicy: { whenDeleted: "Retain", whenScaled: "Retain" },
        template: {
            metadata: {
                labels: { ...args.pods?.labels, ...objectLabels(args.application) },
                annotations: { ...args.pods?.annotations, [CONFIG_HASH]: args.configHash },
            },
            spec: { ...args.pod, volumes: [configVolume(args.configMaps), ...args.pod.volumes] },
        },
        volumeClaimTemplates: [{ metadata: { name: DATA_VOLUME }, spec: claimSpec(args.storage) }],
    };
}

/** The specification of the claim of one pod. */
export function claimSpec(storage: Storage): types.input.core.v1.PersistentVolumeClaimSpec {
    return {
        accessModes: ["ReadWriteOnce"],
        ...(storage.storageClass === undefined ? {} : { storageClassName: storage.storageClass }),
        resources: { requests: { storage: storage.size } },
    };
}
