import type { KubernetesObject } from "@kubernetes/client-node";
import { PROJECT } from "../../config";
import { REPOSITORY } from "../cli/repository";
import { readStackConfig } from "../cli/stackFile";
import { forGitops } from "../render/gitops";
import { renderStack } from "../render/renderStack";

/** A stack of the lint, with the objects that it registers. */
export interface LintedStack {
    readonly name: string;
    readonly objects: readonly KubernetesObject[];
}

const INTERNAL = { name: "internal", port: 9092, type: "internal" };
const STATEFULSET = {
    platform: "kubeconfig",
    kafkaDeploymentType: "statefulset",
    // Only Helm knows what is in its chart.
    certificates: { installCertManager: false },
};

/** What a stack for production says of its brokers, as far as it can be rendered: on EKS there would be more. */
const LARGE = {
    storage: { size: "500Gi", storageClass: "gp3" },
    resources: { requests: { cpu: "2", memory: "8Gi" } },
    spread: "required",
};

/** Configurations whose objects are scored, by name. */
const CONFIGURATIONS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
    statefulset: STATEFULSET,
    "statefulset-production": {
        ...STATEFULSET,
        kubernetesVersion: "1.35",
        kafka: LARGE,
        zookeeper: { spread: "required", storage: { size: "20Gi", storageClass: "gp3" } },
        listeners: [
            { ...INTERNAL, tls: true, authentication: { type: "tls" } },
            {
                name: "external",
                port: 9094,
                type: "loadBalancer",
                domain: "kafka.example.com",
                authentication: { type: "scram-sha-512" },
            },
            {
                name: "nodes",
                port: 9095,
                type: "nodePort",
                basePort: 31000,
                advertisedHosts: ["node.example.com"],
                authentication: { type: "scram-sha-512" },
            },
        ],
        topics: [{ name: "orders", partitions: 12 }],
        users: [
            { name: "orders", authentication: { type: "tls" } },
            { name: "audit", authentication: { type: "scram-sha-512" } },
        ],
        protect: true,
    },
    strimzi: {
        platform: "kubeconfig",
        kafkaDeploymentType: "strimzi",
        kafka: LARGE,
        // Only Helm knows what is in the operator's chart.
        strimzi: { installOperator: false },
        listeners: [{ ...INTERNAL, tls: true, authentication: { type: "tls" } }],
        topics: [{ name: "orders", partitions: 12 }],
        users: [{ name: "orders", authentication: { type: "tls" } }],
    },
};

/** Renders every stack that is scored. */
export async function lintedStacks(): Promise<LintedStack[]> {
    const stacks: LintedStack[] = [];
    for (const [name, configuration] of Object.entries(CONFIGURATIONS)) {
        const values = Object.entries(configuration).map(([key, value]) => [
            `${PROJECT}:${key}`,
            typeof value === "string" ? value : JSON.stringify(value),
        ]);
        stacks.push(await lintedStack(name, Object.fromEntries(values) as Record<string, string>));
    }
    const type = { [`${PROJECT}:kafkaDeploymentType`]: "statefulset" };
    stacks.push(await lintedStack("kind", readStackConfig(REPOSITORY, "kind", type)));
    return stacks;
}

async function lintedStack(
    name: string,
    config: Readonly<Record<string, string>>,
): Promise<LintedStack> {
    const rendered = await renderStack({ stack: name, config });
    const staged = forGitops(rendered.objects, rendered.config);
    return { name, objects: staged.map(({ object }) => object) };
}
