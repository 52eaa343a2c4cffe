import type { KubernetesObject } from "@kubernetes/client-node";
import { managersOf } from "../render/inventory";
import { FIELD_MANAGER } from "../render/objectApi";

/** Names of the ways to deploy. */
export const ENGINES = ["pulumi", "rendered"] as const;

/** A way to deploy: by Pulumi's CLI, or rendered and applied from here. */
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
    rendered: "server-side apply of the rendered objects",
};

/** The engine that deployed an object; `undefined` for none of them. */
export function engineOf(object: KubernetesObject): EngineName | undefined {
    const managers = managersOf(object);
    if (managers.includes(FIELD_MANAGER)) {
        return "rendered";
    }
    return managers.some((manager) => manager.startsWith("pulumi-kubernetes"))
        ? "pulumi"
        : undefined;
}
