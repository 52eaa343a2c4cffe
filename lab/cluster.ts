import { join } from "node:path";
import {
    CoreV1Api,
    KubeConfig,
    PatchStrategy,
    setHeaderOptions,
    type V1Node,
} from "@kubernetes/client-node";
import { NODES } from "./addresses";
import { pathOf } from "./build/cache";
import { kubernetes } from "./build/golang";
import { KUBECONFIG } from "./paths";
import { run } from "./run";

/** Content type of a patch that replaces the fields it has. */
export const MERGE_PATCH = setHeaderOptions("Content-Type", PatchStrategy.MergePatch);

/** A client of the lab's API server with all rights. */
export function coreApi(): CoreV1Api {
    const config = new KubeConfig();
    config.loadFromFile(KUBECONFIG);
    return config.makeApiClient(CoreV1Api);
}

/** The nodes as Kubernetes knows them, with a limit on how long an answer may take. */
export async function listNodes(api: CoreV1Api): Promise<V1Node[]> {
    return (await api.listNode({ timeoutSeconds: 5 })).items;
}

/** Whether Kubernetes says that a node is ready. */
export function isReady(node: V1Node): boolean {
    return !!node.status?.conditions?.some(
        (condition) => condition.type === "Ready" && condition.status === "True",
    );
}

/** Creates or updates what the lab itself needs in the cluster. */
export async function applyManifests(): Promise<void> {
    await run(kubectlPath(), [
        "apply",
        `--kubeconfig=${KUBECONFIG}`,
        "-f",
        join(__dirname, "manifests"),
    ]);
}

/** Tells Kubernetes which addresses the pods of each node have; nodes do not say that themselves. */
export async function assignPodRanges(api: CoreV1Api): Promise<void> {
    for (const node of NODES) {
        await api.patchNode(
            {
                name: node.name,
                body: { spec: { podCIDR: node.podCidr, podCIDRs: [node.podCidr] } },
            },
            MERGE_PATCH,
        );
    }
}

/** The lab's own kubectl, of the version of its API server. */
export function kubectlPath(): string {
    return join(pathOf(kubernetes), "kubectl");
}
