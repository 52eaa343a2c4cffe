import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
    type ApiConstructor,
    type ApiType,
    CoordinationV1Api,
    CoreV1Api,
    KubeConfig,
    PatchStrategy,
    setHeaderOptions,
    type V1Node,
} from "@kubernetes/client-node";
import { type NodePlan } from "./addresses";
import { pathOf } from "../build/cache";
import { CERT_MANAGER_CRDS, certManager, kubernetes } from "../build/golang";
import { webhookConfigurations } from "./certManager";
import { KUBECONFIG, PKI } from "../paths";
import { run } from "../run";

/** Content type of a patch that replaces the fields it has. */
export const MERGE_PATCH = setHeaderOptions("Content-Type", PatchStrategy.MergePatch);

/** A client of the lab's API server with all permissions. */
export function coreApi(): CoreV1Api {
    return apiClient(CoreV1Api);
}

function apiClient<T extends ApiType>(type: ApiConstructor<T>): T {
    const config = new KubeConfig();
    config.loadFromFile(KUBECONFIG);
    return config.makeApiClient(type);
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
    const webhook = webhookConfigurations(readFileSync(join(PKI, "ca.crt")));
    await run(
        kubectlPath(),
        [
            "apply",
            `--kubeconfig=${KUBECONFIG}`,
            // Keeps no copy of each object in an annotation; the CRDs are large.
            "--server-side",
            "--force-conflicts",
            ...["-f", join(__dirname, "manifests")],
            ...["-f", join(pathOf(certManager), CERT_MANAGER_CRDS)],
            ...["-f", "-"],
        ],
        { input: JSON.stringify({ apiVersion: "v1", kind: "List", items: webhook }) },
    );
}

/** When each node was last heard of, in milliseconds since 1970. */
export async function leaseRenewals(): Promise<Map<string, number>> {
    const leases = await apiClient(CoordinationV1Api).listNamespacedLease({
        namespace: "kube-node-lease",
    });
    return new Map(
        leases.items.map(({ metadata, spec }) => [
            metadata?.name ?? "",
            // Declared as a date; what the client returns is the text.
            Date.parse(String(spec?.renewTime)),
        ]),
    );
}

/** Tells Kubernetes which addresses the pods of a node have; a node does not say that itself. */
export async function assignPodRange(api: CoreV1Api, node: NodePlan): Promise<void> {
    const body = { spec: { podCIDR: node.podCidr, podCIDRs: [node.podCidr] } };
    await api.patchNode({ name: node.name, body }, MERGE_PATCH);
}

/** The lab's own kubectl, of the version of its API server. */
export function kubectlPath(): string {
    return join(pathOf(kubernetes), "kubectl");
}
