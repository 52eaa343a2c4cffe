import { CoreV1Api, type KubeConfig } from "@kubernetes/client-node";
import { describeFault } from "../../tools/client/describeFault";
import { userPath } from "../../tools/cli/userPath";
import { loadKubeConfig, requireApiServer } from "../../tools/client/kubernetes";
import { LiveCluster } from "../../components/live/cluster";
import type { LiveObjects } from "../../components/live/objects";
import { LAB, labStatus, labUp } from "..";
import { ClusterError } from "./errors";

/** How programs find a cluster. */
export interface ClusterAccess {
    readonly isLab: boolean;
    /** Kubeconfig file; the usual kubeconfig rules apply without it. */
    readonly kubeconfig?: string;
    /** Context of the kubeconfig; its current context without it. */
    readonly context?: string;
}

/** The cluster that the demo runs on. */
export interface Cluster extends ClusterAccess {
    /** Its name for the user. */
    readonly title: string;
    readonly kubeConfig: KubeConfig;
    /** Its objects as they are now. */
    readonly live: LiveObjects;
    /** What tells it from every other cluster, also from a later one of the same name. */
    readonly id: string;
}

/** How the user names a cluster; the lab without either. */
export interface ClusterOptions {
    readonly kubeconfig?: string;
    readonly context?: string;
}

/** Whether the options mean the lab. */
export function isLab({ kubeconfig, context }: ClusterOptions): boolean {
    return kubeconfig === undefined && context === undefined;
}

/** Starts the lab unless it runs. A node that someone stopped stays so: that may be what is being tried. */
export async function startLab(): Promise<void> {
    const { state, nodes } = await labStatus();
    if (state === "up") {
        const stopped = nodes.filter(({ running }) => !running).map(({ name }) => name);
        if (stopped.length > 0) {
            console.log(`Stopped nodes of the lab: ${stopped.join(", ")}`);
        }
        return;
    }
    try {
        await labUp();
    } catch (error) {
        throw new ClusterError(
            `the lab could not be started: ${error instanceof Error ? error.message : String(error)}`,
            "npm run lab -- status, or name another cluster with --context",
            { cause: error },
        );
    }
}

/**
 * Opens a cluster.
 *
 * @throws {@link ClusterError} when it can't be used.
 */
export async function openCluster(options: ClusterOptions): Promise<Cluster> {
    const lab = isLab(options);
    const { context = lab ? LAB.context : undefined } = options;
    const file = lab ? LAB.kubeconfig : options.kubeconfig;
    const kubeconfig = file === undefined ? undefined : userPath(file);
    try {
        const kubeConfig = loadKubeConfig({ kubeconfig, context });
        await requireApiServer(kubeConfig, "kube-system");
        const core = kubeConfig.makeApiClient(CoreV1Api);
        const { metadata } = await core.readNamespace({ name: "kube-system" });
        return {
            isLab: lab,
            title: lab ? "the lab" : `context ${kubeConfig.getCurrentContext()}`,
            kubeconfig,
            context,
            kubeConfig,
            live: new LiveCluster(() => Promise.resolve({ kubeconfig, context })),
            id: metadata?.uid ?? "unknown",
        };
    } catch (error) {
        const { message, next = "check what the kubeconfig lets you do" } = describeFault(error);
        throw new ClusterError(message, next, { cause: error });
    }
}
