import { assess } from "../../../impact/assess";
import type { Finding } from "../../../impact/finding";
import { parsePreview } from "../../../impact/preview";

/** Types of resources, by the last part of their names. */
export const TYPES = {
    StatefulSet: "kubernetes:apps/v1:StatefulSet",
    PersistentVolumeClaim: "kubernetes:core/v1:PersistentVolumeClaim",
    Namespace: "kubernetes:core/v1:Namespace",
    ConfigMap: "kubernetes:core/v1:ConfigMap",
    Service: "kubernetes:core/v1:Service",
    Job: "kubernetes:batch/v1:Job",
    PodDisruptionBudget: "kubernetes:policy/v1:PodDisruptionBudget",
    NetworkPolicy: "kubernetes:networking.k8s.io/v1:NetworkPolicy",
    Kafka: "kubernetes:kafka.strimzi.io/v1:Kafka",
    KafkaNodePool: "kubernetes:kafka.strimzi.io/v1:KafkaNodePool",
    KafkaTopic: "kubernetes:kafka.strimzi.io/v1:KafkaTopic",
    KafkaUser: "kubernetes:kafka.strimzi.io/v1:KafkaUser",
    Release: "kubernetes:helm.sh/v3:Release",
    CustomResourceDefinition: "kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition",
    Provider: "pulumi:providers:kubernetes",
    Secret: "kubernetes:core/v1:Secret",
} as const;

/** What a step of a preview is made of. */
export interface StepArgs {
    readonly old?: object;
    readonly new?: object;
    /** Whether the old state, and the new one, are retained. */
    readonly retained?: boolean;
}

/** A step as `pulumi preview --json` writes it. */
export function step(
    op: string,
    kind: keyof typeof TYPES,
    { old, new: now, retained = false }: StepArgs,
): object {
    const type = TYPES[kind];
    const state = (inputs: object | undefined) =>
        inputs && { type, custom: true, inputs, ...(retained && { retainOnDelete: true }) };
    return {
        op,
        urn: `urn:pulumi:test::kafka-eks::${type}::it`,
        oldState: state(old),
        newState: state(now),
    };
}

/** The text of a preview. */
export function previewOf(...steps: readonly object[]): string {
    return JSON.stringify({ steps });
}

/** What one step means, a line `class: subject: from → to` for each finding. */
export function findingsOf(op: string, kind: keyof typeof TYPES, args: StepArgs): string[] {
    return assess(parsePreview(previewOf(step(op, kind, args)))).findings.map(line);
}

/** A finding as one line. */
export function line({ severity, subject, from, to }: Finding): string {
    return `${severity}: ${subject}${from === undefined ? "" : `: ${from} → ${to}`}`;
}
