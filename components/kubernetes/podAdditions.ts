import type {
    V1Affinity,
    V1LocalObjectReference,
    V1NodeSelectorRequirement,
    V1Toleration,
} from "@kubernetes/client-node";
import type { types } from "@pulumi/kubernetes";

/** What a stack says of its servers' pods, beside what the program decides. */
export interface PodAdditions {
    /** Taints of nodes that the pods put up with. */
    readonly tolerations?: V1Toleration[];
    /** Labels that their nodes must have. */
    readonly nodeSelector?: Record<string, string>;
    /** Affinities beside those that spread the pods. */
    readonly affinity?: V1Affinity;
    /** Secrets of the namespace with the credentials of image registries. */
    readonly imagePullSecrets?: V1LocalObjectReference[];
    readonly priorityClassName?: string;
    readonly labels?: Record<string, string>;
    readonly annotations?: Record<string, string>;
}

/** What a stack says of its Services, beside what the program decides. */
export interface ServiceAdditions {
    readonly labels?: Record<string, string>;
    readonly annotations?: Record<string, string>;
}

/** What a pod needs to get its images, and a node where those that it belongs to have theirs. */
export type StartAdditions = Pick<
    PodAdditions,
    "imagePullSecrets" | "nodeSelector" | "tolerations"
>;

/** Servers whose pods have additions. */
interface WithPods {
    readonly pods?: PodAdditions;
    /** Nodes that are theirs alone. */
    readonly placement?: object;
}

/**
 * The additions that the program's helpers start with: what all images need, and the nodes of the first servers. Where those have
 * nodes of their own, helpers run elsewhere.
 */
export function startAdditions(first: WithPods, ...others: readonly WithPods[]): StartAdditions {
    const secrets = [first, ...others].flatMap((each) => each.pods?.imagePullSecrets ?? []);
    const names = [...new Set(secrets.map(({ name }) => name))];
    const { nodeSelector, tolerations } = first.pods ?? {};
    const mayShareNodes = first.placement === undefined;
    return {
        ...(names.length > 0 && { imagePullSecrets: names.map((name) => ({ name })) }),
        ...(nodeSelector !== undefined && mayShareNodes && { nodeSelector }),
        ...(tolerations !== undefined && { tolerations }),
    };
}

/** Fields of a pod's specification that no scheduling rule of the program touches. */
export function podFields({
    nodeSelector,
    imagePullSecrets,
    priorityClassName,
}: PodAdditions = {}): Pick<
    types.input.core.v1.PodSpec,
    "nodeSelector" | "imagePullSecrets" | "priorityClassName"
> {
    return {
        ...(nodeSelector !== undefined && { nodeSelector }),
        ...(imagePullSecrets !== undefined && { imagePullSecrets }),
        ...(priorityClassName !== undefined && { priorityClassName }),
    };
}

/** Additions whose node selector is part of the affinity, for those who know no node selector. */
export function selectorAsAffinity({ nodeSelector, ...rest }: PodAdditions): PodAdditions {
    const affinity = keptTo(
        rest.affinity ?? {},
        Object.entries(nodeSelector ?? {}).map(([key, value]) => requirement(key, value)),
    );
    return { ...rest, ...(Object.keys(affinity).length > 0 && { affinity }) };
}

/** What a node with a label satisfies. */
export function requirement(key: string, value: string): V1NodeSelectorRequirement {
    return { key, operator: "In", values: [value] };
}

/**
 * An affinity to nodes that satisfy some requirements, too. One of its terms is enough for a node, so each of them gets
 * all requirements.
 */
export function keptTo(
    affinity: V1Affinity,
    requirements: readonly V1NodeSelectorRequirement[],
): V1Affinity {
    if (requirements.length === 0) {
        return affinity;
    }
    const required = affinity.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
    const terms = required?.nodeSelectorTerms ?? [{}];
    return {
        ...affinity,
        nodeAffinity: {
            ...affinity.nodeAffinity,
            requiredDuringSchedulingIgnoredDuringExecution: {
                nodeSelectorTerms: terms.map((term) => ({
                    ...term,
                    matchExpressions: [...requirements, ...(term.matchExpressions ?? [])],
                })),
            },
        },
    };
}
