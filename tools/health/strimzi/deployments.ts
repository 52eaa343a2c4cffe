import type { V1Deployment } from "@kubernetes/client-node";
import { describeFault } from "../../client/describeFault";
import { answerCode, FORBIDDEN } from "../../client/kubernetes";
import type { Check, HealthContext } from "../check";

/** The operators that look after a namespace. */
export interface Operators {
    readonly deployments: readonly V1Deployment[];
    /** Why others may not have been found. */
    readonly unseen?: string;
}

/** Label of the operator's pods. Its Deployment selects by it and does not have it. */
const KIND_LABEL = "strimzi.io/kind";
const OPERATOR_KIND = "cluster-operator";
const OPERATOR_SELECTOR = `${KIND_LABEL}=${OPERATOR_KIND}`;
/** Variable with the namespaces that an operator watches; all of them without it. */
const WATCHED_NAMESPACES = "STRIMZI_NAMESPACE";
const EVERY_NAMESPACE = "*";

/** Whether a Deployment is an operator that looks after a namespace. */
export function watches({ metadata, spec }: V1Deployment, namespace: string): boolean {
    if (spec?.selector.matchLabels?.[KIND_LABEL] !== OPERATOR_KIND) {
        return false;
    }
    const variable = spec.template.spec?.containers
        .flatMap(({ env }) => env ?? [])
        .find(({ name }) => name === WATCHED_NAMESPACES);
    const reference = variable?.valueFrom?.fieldRef?.fieldPath;
    const [, annotation] = /^metadata\.annotations\['(.+)'\]$/.exec(reference ?? "") ?? [];
    if (variable?.valueFrom !== undefined && annotation === undefined) {
        // The only other reference that makes sense: to the operator's own namespace.
        return metadata?.namespace === namespace;
    }
    // The Operator Lifecycle Manager has the namespaces in an annotation.
    const value =
        annotation === undefined
            ? variable?.value
            : spec.template.metadata?.annotations?.[annotation];
    const watched = (value || EVERY_NAMESPACE).split(",").map((name) => name.trim());
    return watched.includes(EVERY_NAMESPACE) || watched.includes(namespace);
}

/** Judges the operators: there is one, and all its replicas are available. */
export function judgeOperators({ deployments, unseen }: Operators, namespace: string): Check[] {
    return deployments.length > 0
        ? deployments.map(judgeOperator)
        : [unseen === undefined ? noOperator(namespace) : unseenOperator(unseen, namespace)];
}

function judgeOperator({ metadata, spec, status }: V1Deployment): Check {
    const replicas = spec?.replicas ?? 1;
    const available = status?.availableReplicas ?? 0;
    const ok = available > 0 && available >= replicas;
    return {
        area: "operator",
        name: metadata?.name ?? "",
        ok,
        detail: `${available} of ${replicas} replicas available, namespace ${metadata?.namespace}`,
        ...(!ok && {
            next: `kubectl describe pods -n ${metadata?.namespace} -l ${OPERATOR_SELECTOR}`,
        }),
    };
}

function noOperator(namespace: string): Check {
    return {
        area: "operator",
        name: "deployment",
        ok: false,
        detail:
            `no Deployment of the Strimzi operator watches namespace ${namespace}: ` +
            "nobody acts on changes of the Kafka resource",
        next: `kubectl get pods --all-namespaces -l ${OPERATOR_SELECTOR}`,
    };
}

function unseenOperator(unseen: string, namespace: string): Check {
    return {
        area: "operator",
        name: "deployment",
        ok: true,
        skipped: true,
        detail: `not in namespace ${namespace}, and other namespaces were not searched: ${unseen}`,
    };
}

/** Command for the operator's log, of all its replicas: only one of them is at work. */
export function operatorLog({ deployments }: Operators): string | undefined {
    const namespace = deployments[0]?.metadata?.namespace;
    return namespace && `kubectl logs -n ${namespace} -l ${OPERATOR_SELECTOR} --tail 50 --prefix`;
}

/** Finds the operators of a namespace, wherever they run. */
export async function fetchOperators({ apis, namespace }: HealthContext): Promise<Operators> {
    const ofNamespace = (deployments: readonly V1Deployment[]) =>
        deployments.filter((deployment) => watches(deployment, namespace));
    try {
        const { items } = await apis.apps.listDeploymentForAllNamespaces();
        return { deployments: ofNamespace(items) };
    } catch (error) {
        if (answerCode(error) !== FORBIDDEN) {
            throw error;
        }
        const { items } = await apis.apps.listNamespacedDeployment({ namespace });
        return { deployments: ofNamespace(items), unseen: describeFault(error).message };
    }
}
