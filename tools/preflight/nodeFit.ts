import type {
    V1Node,
    V1NodeSelectorRequirement,
    V1NodeSelectorTerm,
    V1PersistentVolume,
    V1PodSpec,
    V1Taint,
    V1Toleration,
} from "@kubernetes/client-node";
import { selects } from "../../components/kubernetes/labelSelector";

type Labels = Readonly<Record<string, string>>;

/** Labels of a node. */
export function labelsOf({ metadata }: V1Node): Labels {
    return metadata?.labels ?? {};
}

/** Whether a node is one of those that a pod's selector and affinity name. */
export function isSelected(
    { nodeSelector = {}, affinity }: Pick<V1PodSpec, "nodeSelector" | "affinity">,
    node: V1Node,
): boolean {
    const terms =
        affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms;
    return (
        selects({ matchLabels: nodeSelector }, labelsOf(node)) &&
        (terms === undefined || isInTerms(terms, node))
    );
}

/** Whether a volume that is there already can be had on a node. */
export function isWithin({ spec }: V1PersistentVolume, node: V1Node): boolean {
    const terms = spec?.nodeAffinity?.required?.nodeSelectorTerms;
    return terms === undefined || isInTerms(terms, node);
}

/** The first taint that keeps a pod off a node. */
export function repellingTaint(
    tolerations: readonly V1Toleration[] | undefined,
    { spec }: V1Node,
): V1Taint | undefined {
    return taintsOf(spec).find(
        (taint) => !(tolerations ?? []).some((toleration) => tolerates(toleration, taint)),
    );
}

/** A cordoned node has a taint, too; the API server adds it a moment later. */
function taintsOf(spec: V1Node["spec"]): V1Taint[] {
    const cordoned = { key: CORDONED, effect: "NoSchedule" };
    const taints = spec?.taints ?? [];
    const all =
        spec?.unschedulable === true && !taints.some(({ key }) => key === CORDONED)
            ? [cordoned, ...taints]
            : taints;
    return all.filter(({ effect }) => effect !== "PreferNoSchedule");
}

/** Taint of a node that takes no new pods. */
export const CORDONED = "node.kubernetes.io/unschedulable";

/** @see https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/ */
function tolerates(
    { key = "", operator = "Equal", value = "", effect = "" }: V1Toleration,
    taint: V1Taint,
): boolean {
    if (effect !== "" && effect !== taint.effect) {
        return false;
    }
    if (operator === "Exists") {
        return key === "" || key === taint.key;
    }
    return key === taint.key && value === (taint.value ?? "");
}

/** One term is enough; one without any condition fits no node. */
function isInTerms(terms: readonly V1NodeSelectorTerm[], node: V1Node): boolean {
    return terms.some(({ matchExpressions = [], matchFields = [] }) => {
        const conditions = matchExpressions.length + matchFields.length;
        const fields = { "metadata.name": node.metadata?.name ?? "" };
        return (
            conditions > 0 &&
            matchExpressions.every((each) => meets(each, labelsOf(node))) &&
            matchFields.every((each) => meets(each, fields))
        );
    });
}

function meets({ key, operator, values = [] }: V1NodeSelectorRequirement, labels: Labels): boolean {
    if (operator === "Gt" || operator === "Lt") {
        const [label, bound] = [Number(labels[key] ?? NaN), Number(values[0])];
        return operator === "Gt" ? label > bound : label < bound;
    }
    return selects({ matchExpressions: [{ key, operator, values }] }, labels);
}
