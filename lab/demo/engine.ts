import type { KubernetesObject } from "@kubernetes/client-node";

/** Names of the ways to deploy. */
export const ENGINES = ["pulumi", "kubectl"] as const;

/** A way to deploy: by Pulumi's CLI, or by kubectl on machines without one. */
export type EngineName = (typeof ENGINES)[number];

/** Told what is going on. */
export type Report = (line: string) => void;

/** Deploys and takes away a Kafka; its namespace and its claims stay. */
export interface Engine {
    deploy(report: Report): Promise<void>;
    destroy(report: Report): Promise<void>;
}

/** How an engine is called in what the user reads. */
export const ENGINE_TITLES: Readonly<Record<EngineName, string>> = {
    pulumi: "the Pulumi CLI",
    kubectl: "kubectl",
};

/** What the API server notes as the owner of the fields that kubectl applies for the demo. */
export const FIELD_MANAGER = "kafka-eks";

/** Whether kubectl applied an object for the demo. */
export function isAppliedHere({ metadata }: KubernetesObject): boolean {
    return (metadata?.managedFields ?? []).some(({ manager }) => manager === FIELD_MANAGER);
}

/** The engine that deployed an object; `undefined` for none of them. */
export function engineOf(object: KubernetesObject): EngineName | undefined {
    if (isAppliedHere(object)) {
        return "kubectl";
    }
    const managers = object.metadata?.managedFields ?? [];
    return managers.some(({ manager }) => manager?.startsWith("pulumi-kubernetes"))
        ? "pulumi"
        : undefined;
}
