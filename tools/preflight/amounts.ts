import type { V1Container, V1PodSpec } from "@kubernetes/client-node";
import { parseQuantity } from "../../components/kubernetes/quantity";

/** Resources that a node has and pods ask for, in cores and bytes. */
export const RESOURCES = ["cpu", "memory", "ephemeral-storage"] as const;

/** One of {@link RESOURCES}. */
export type Resource = (typeof RESOURCES)[number];

/** An amount of each resource. */
export type Amounts = Readonly<Record<Resource, number>>;

/** Quantities by the name of a resource. */
export type Quantities = Readonly<Record<string, string>>;

/** Suffixes that the API server takes beside those of a configuration. */
const RARE_SUFFIXES: Readonly<Record<string, number>> = { n: 1e-9, u: 1e-6, E: 1e18, Ei: 2 ** 60 };

/**
 * Value of a quantity as the API server writes it, in its base unit; 0 for what is none.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export function quantityOf(text: string): number {
    const [, number, suffix] = /^([\d.]+(?:[eE][+-]?\d+)?)(n|u|E|Ei)?$/.exec(text) ?? [];
    return parseQuantity(text) ?? (Number(number) * (RARE_SUFFIXES[suffix ?? ""] ?? 1) || 0);
}

/** The amounts of some quantities. */
export function amountsOf(quantities: Quantities = {}): Amounts {
    return eachResource((resource) => quantityOf(quantities[resource] ?? "0"));
}

/** The sum of two. */
export function plus(a: Amounts, b: Amounts): Amounts {
    return eachResource((resource) => a[resource] + b[resource]);
}

/** The difference of two. */
export function minus(a: Amounts, b: Amounts): Amounts {
    return eachResource((resource) => a[resource] - b[resource]);
}

/** The sum of some amounts. */
export function sumOf(all: readonly Amounts[]): Amounts {
    return all.reduce(plus, amountsOf());
}

/**
 * What a pod takes of a node, as the scheduler counts it: what its containers ask for together, or an init container where that is
 * more.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/pods/init-containers/#resource-sharing-within-containers
 */
export function requestsOf(spec: V1PodSpec): Amounts {
    let besides = amountsOf();
    let largest = amountsOf();
    for (const container of spec.initContainers ?? []) {
        const asked = requestOf(container);
        largest = eachResource((resource) =>
            Math.max(largest[resource], besides[resource] + asked[resource]),
        );
        // Goes on running beside the containers.
        if (container.restartPolicy === "Always") {
            besides = plus(besides, asked);
        }
    }
    const running = plus(besides, sumOf(spec.containers.map(requestOf)));
    const ofPod = spec.resources?.requests ?? {};
    const asked = eachResource((resource) =>
        ofPod[resource] === undefined
            ? Math.max(running[resource], largest[resource])
            : quantityOf(ofPod[resource]),
    );
    return plus(asked, amountsOf(spec.overhead));
}

/** A limit without a request is the request. */
function requestOf({ resources }: V1Container): Amounts {
    return amountsOf({ ...resources?.limits, ...resources?.requests });
}

/** An amount for a person. */
export function show(resource: Resource, amount: number): string {
    return resource === "cpu" ? `${round(amount)} CPU` : `${round(amount / 2 ** 30)}Gi`;
}

function round(value: number): string {
    return String(Math.round(value * 100) / 100);
}

function eachResource(amount: (resource: Resource) => number): Amounts {
    return {
        cpu: amount("cpu"),
        memory: amount("memory"),
        "ephemeral-storage": amount("ephemeral-storage"),
    };
}

/** What the containers of a pod ask for together, of one resource. */
export function sumOfContainers(
    { containers }: V1PodSpec,
    kind: "requests" | "limits",
    resource: string,
): number {
    return total(
        containers.map(({ resources }) => quantityOf(resources?.[kind]?.[resource] ?? "0")),
    );
}

/** A sum. */
export function total(numbers: readonly number[]): number {
    return numbers.reduce((sum, each) => sum + each, 0);
}
