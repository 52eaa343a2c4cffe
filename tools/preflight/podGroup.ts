import type { V1Pod, V1PodSpec } from "@kubernetes/client-node";
import { selects } from "../../components/kubernetes/labelSelector";

/** Pods of a stack that are alike. */
export interface PodGroup {
    /** What they are, for a person, such as `brokers`. */
    readonly what: string;
    /** Key of the configuration with what they ask for; absent where the program alone decides. */
    readonly key?: string;
    readonly namespace: string;
    /** Names of the pods; where the cluster gives them names, stand-ins. */
    readonly names: readonly string[];
    /** Labels of all of them. */
    readonly labels: Readonly<Record<string, string>>;
    /** The labels by which those that are there already are known. */
    readonly selector: Readonly<Record<string, string>>;
    readonly spec: V1PodSpec;
    /** Claims of each pod, in the order of the names. */
    readonly claims?: readonly string[];
    /** The program that makes the pods, where their specification is only a part of the real one. */
    readonly madeBy?: "Strimzi" | "Helm";
}

/** Whether a pod of the cluster is one of a group, so that it does not come on top. */
export function isOfGroup({ namespace, selector }: PodGroup, { metadata }: V1Pod): boolean {
    return (
        metadata?.namespace === namespace &&
        selects({ matchLabels: { ...selector } }, metadata.labels ?? {})
    );
}
