import type { V1PodAntiAffinity } from "@kubernetes/client-node";
import { types } from "@pulumi/kubernetes";
import { ZONE_LABEL } from "./labels";
import { keptTo, type PodAdditions, requirement } from "./podAdditions";
import { parseQuantity } from "./quantity";

/** A volume for each pod. */
export interface Storage {
    /** Size as a Kubernetes quantity. It can grow in place and never shrink. */
    readonly size: string;
    /**
     * StorageClass of the volumes; it can't be changed once they are there.
     *
     * @default - The cluster's default class.
     */
    readonly storageClass?: string;
}

/** Requests and limits of a container, as Kubernetes quantities. */
export interface Resources {
    readonly requests: { readonly cpu: string; readonly memory: string };
    /** There is no limit of the CPU unless one is given: throttled brokers fall out of the ISR. */
    readonly limits: { readonly cpu?: string; readonly memory: string };
}

/**
 * How strictly pods are kept on different zones and hosts: `required` leaves a pod pending where that can't be had,
 * `preferred` schedules it anyway.
 */
export type Spread = "required" | "preferred";

/** Nodes that pods are kept to: those with a label, which a taint of the same name keeps everything else off. */
export interface Placement {
    readonly key: string;
    readonly value: string;
}

/** The user of the images; claims of new pods get its group. */
const UID = 1000;

/** Security context of every pod, as the `restricted` Pod Security Standard wants it. */
export const POD_SECURITY_CONTEXT: types.input.core.v1.PodSecurityContext = {
    runAsNonRoot: true,
    runAsUser: UID,
    runAsGroup: UID,
    fsGroup: UID,
    // Changing the owner of terabytes at every start takes minutes.
    fsGroupChangePolicy: "OnRootMismatch",
    seccompProfile: { type: "RuntimeDefault" },
};

/** Security context of every container, as the `restricted` Pod Security Standard wants it. */
export const CONTAINER_SECURITY_CONTEXT: types.input.core.v1.SecurityContext = {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ["ALL"] },
    readOnlyRootFilesystem: true,
};

/**
 * Scheduling rules that keep the selected pods on different zones and hosts, and on the nodes that are theirs. Additions come
 * after them and take none away.
 */
export function schedulingRules(
    labels: Readonly<Record<string, string>>,
    {
        spread,
        placement,
        pods = {},
    }: {
        readonly spread: Spread;
        readonly placement?: Placement;
        readonly pods?: PodAdditions;
    },
): Pick<types.input.core.v1.PodSpec, "affinity" | "topologySpreadConstraints" | "tolerations"> {
    const labelSelector = { matchLabels: labels };
    const tolerations = [
        ...(placement === undefined
            ? []
            : [{ ...placement, operator: "Equal", effect: "NoSchedule" }]),
        ...(pods.tolerations ?? []),
    ];
    const nodes = placement === undefined ? [] : [requirement(placement.key, placement.value)];
    const { nodeAffinity, podAffinity, podAntiAffinity } = keptTo(pods.affinity ?? {}, nodes);
    return {
        affinity: {
            ...(nodeAffinity !== undefined && { nodeAffinity }),
            ...(podAffinity !== undefined && { podAffinity }),
            podAntiAffinity: apart(labelSelector, spread, podAntiAffinity),
        },
        topologySpreadConstraints: [
            {
                labelSelector,
                maxSkew: 1,
                topologyKey: ZONE_LABEL,
                whenUnsatisfiable: spread === "required" ? "DoNotSchedule" : "ScheduleAnyway",
            },
        ],
        ...(tolerations.length > 0 && { tolerations }),
    };
}

/** The servers' own term comes first, wherever it belongs. */
function apart(
    labelSelector: { readonly matchLabels: Readonly<Record<string, string>> },
    spread: Spread,
    added: V1PodAntiAffinity = {},
): types.input.core.v1.PodAntiAffinity {
    const host = { labelSelector, topologyKey: "kubernetes.io/hostname" };
    const required = [
        ...(spread === "required" ? [host] : []),
        ...(added.requiredDuringSchedulingIgnoredDuringExecution ?? []),
    ];
    const preferred = [
        ...(spread === "preferred" ? [{ weight: 100, podAffinityTerm: host }] : []),
        ...(added.preferredDuringSchedulingIgnoredDuringExecution ?? []),
    ];
    return {
        ...(required.length > 0 && { requiredDuringSchedulingIgnoredDuringExecution: required }),
        ...(preferred.length > 0 && { preferredDuringSchedulingIgnoredDuringExecution: preferred }),
    };
}

/**
 * Resources of a server's container, with what it may put on the disk of its node: the kubelet keeps 50 MiB of its log, and
 * the rest is a few files in /tmp. There is no limit: to exceed one, with a heap dump for example, kills a pod at once and
 * without a controlled shutdown. The request keeps a pod that stays below it from being evicted first when the disk is full.
 */
export function serverResources({
    requests,
    limits,
}: Resources): types.input.core.v1.ResourceRequirements {
    return { requests: { ...requests, "ephemeral-storage": "256Mi" }, limits: { ...limits } };
}

/** The pod's own name, which ends with its ordinal. */
export const POD_NAME: types.input.core.v1.EnvVar = {
    name: "POD_NAME",
    valueFrom: { fieldRef: { fieldPath: "metadata.name" } },
};

/** The start scripts of the images make this directory, and the root file system is read-only. */
export const LOG_DIR: types.input.core.v1.EnvVar = { name: "LOG_DIR", value: "/tmp" };

/** A larger heap only lengthens collections: the page cache serves the reads. */
const MAX_HEAP_MIB = 6 * 1024;

/** A JVM's heap in MiB: half of the memory limit, 6 GiB at most; the rest is for the page cache. */
export function heapMib(resources: Resources): number {
    const limitMib = parseQuantity(resources.limits.memory)! / 2 ** 20;
    return Math.min(MAX_HEAP_MIB, Math.floor(limitMib / 2));
}

/** Longest time for one pod to become ready: an hour of log recovery, and the time to pull an image. */
export const MINUTES_PER_POD = 70;
