import type { V1Node, V1Pod, V1PodSpec, V1Taint } from "@kubernetes/client-node";
import { loadConfig, PROJECT } from "../../../../config";
import type { StackConfig } from "../../../../config/stackConfig";
import type { Judgement } from "../../../../tools/preflight/finding";
import type { PodGroup } from "../../../../tools/preflight/podGroup";
import { type RenderedStack, renderStack } from "../../../../tools/render/renderStack";

/** The configuration of a stack on a cluster that is there already. */
export function configOf(values: Readonly<Record<string, unknown>>): StackConfig {
    return loadConfig(textsOf(values));
}

/** Renders such a stack. */
export function stackOf(values: Readonly<Record<string, unknown>>): Promise<RenderedStack> {
    return renderStack({ stack: "test", config: textsOf(values) });
}

function textsOf(values: Readonly<Record<string, unknown>>): Record<string, string> {
    const texts = Object.entries({ platform: "kubeconfig", ...values }).map(([key, value]) => [
        `${PROJECT}:${key}`,
        typeof value === "string" ? value : JSON.stringify(value),
    ]);
    return Object.fromEntries(texts) as Record<string, string>;
}

/** What a node is, where that matters. */
export interface NodeArgs {
    readonly zone?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly taints?: V1Taint[];
    readonly cordoned?: boolean;
    readonly cpu?: string;
    readonly memory?: string;
    readonly pods?: string;
}

/** A node as the API server has it. */
export function node(name: string, args: NodeArgs = {}): V1Node {
    const { zone, labels, taints, cordoned, cpu = "4", memory = "16Gi", pods = "110" } = args;
    return {
        metadata: {
            name,
            labels: {
                "kubernetes.io/hostname": name,
                ...(zone !== undefined && { "topology.kubernetes.io/zone": zone }),
                ...labels,
            },
        },
        spec: {
            ...(taints !== undefined && { taints }),
            ...(cordoned === true && { unschedulable: true }),
        },
        status: { allocatable: { cpu, memory, pods, "ephemeral-storage": "47093746742" } },
    };
}

/** What a container asks for. */
export function asking(cpu: string, memory: string): V1PodSpec {
    return { containers: [{ name: "main", resources: { requests: { cpu, memory } } }] };
}

/** A pod that runs on a node. */
export function pod(
    name: string,
    nodeName: string,
    args: {
        readonly namespace?: string;
        readonly labels?: Record<string, string>;
        readonly spec?: V1PodSpec;
        readonly phase?: string;
    } = {},
): V1Pod {
    const { namespace = "other", labels = {}, spec = asking("100m", "128Mi") } = args;
    return {
        metadata: { name, namespace, labels },
        spec: { ...spec, nodeName },
        status: { phase: args.phase ?? "Running" },
    };
}

/** Pods that are to come. */
export function group(count: number, spec: V1PodSpec, args: Partial<PodGroup> = {}): PodGroup {
    const labels = { "app.kubernetes.io/name": "kafka" };
    return {
        what: "brokers",
        key: "kafka.resources",
        namespace: "kafka",
        names: Array.from({ length: count }, (_, index) => `kafka-${index}`),
        labels,
        selector: labels,
        spec,
        claims: [],
        ...args,
    };
}

/** Keys and outcomes. */
export function outcomes(judgements: readonly Judgement[]): string[] {
    return judgements.map(({ key, outcome }) => `${key}: ${outcome}`);
}

/** The judgement with a key. */
export function judged(judgements: readonly Judgement[], key: string): Judgement | undefined {
    return judgements.find((judgement) => judgement.key === key);
}
