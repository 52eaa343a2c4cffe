import { CoreV1Api, type KubeConfig, type V1Pod } from "@kubernetes/client-node";
import { selectorLabels } from "../../components/kubernetes/labels";
import { claimName, KAFKA } from "../../components/kafka/names";

type Application = "kafka" | "zookeeper";

/** Brokers, and members of ZooKeeper. */
const PODS = 3;

/** The pods of a deployment, and what can be taken from them. */
export class Pods {
    private readonly core: CoreV1Api;

    constructor(
        kubeConfig: KubeConfig,
        private readonly namespace: string,
    ) {
        this.core = kubeConfig.makeApiClient(CoreV1Api);
    }

    /** A pod. */
    read(name: string): Promise<V1Pod> {
        return this.core.readNamespacedPod({ name, namespace: this.namespace });
    }

    /** UIDs of an application's pods that are not about to end. */
    async uids(application: Application): Promise<string[]> {
        return (await this.list(application)).filter(stays).map(({ metadata }) => metadata!.uid!);
    }

    /** Whether all brokers and members of ZooKeeper are there and ready. */
    async areReady(): Promise<boolean> {
        const pods = [...(await this.list("kafka")), ...(await this.list("zookeeper"))];
        return pods.filter((pod) => stays(pod) && isReady(pod)).length === 2 * PODS;
    }

    /** Deletes a pod, which ends in good order. */
    async delete(name: string): Promise<void> {
        await this.core.deleteNamespacedPod({ name, namespace: this.namespace });
    }

    /** UID of a broker's claim. */
    async claimUid(broker: number): Promise<string> {
        return (await this.claim(broker)).metadata!.uid!;
    }

    /** Deletes a broker's claim. It goes with its pod, and the volume with its data goes with it. */
    async deleteClaim(broker: number): Promise<void> {
        const name = claimName(KAFKA, broker);
        await this.core.deleteNamespacedPersistentVolumeClaim({ name, namespace: this.namespace });
    }

    /** Directory of a broker's volume on its node. */
    async volumeDirectory(broker: number): Promise<string> {
        const name = (await this.claim(broker)).spec!.volumeName!;
        const { spec } = await this.core.readPersistentVolume({ name });
        const directory = spec?.local?.path ?? spec?.hostPath?.path;
        if (directory === undefined) {
            throw new Error(`volume ${name}: expected a directory of a node, got another kind`);
        }
        return directory;
    }

    private claim(broker: number) {
        const name = claimName(KAFKA, broker);
        return this.core.readNamespacedPersistentVolumeClaim({ name, namespace: this.namespace });
    }

    private async list(application: Application): Promise<V1Pod[]> {
        const labels = Object.entries(selectorLabels(application));
        const { items } = await this.core.listNamespacedPod({
            namespace: this.namespace,
            labelSelector: labels.map(([key, value]) => `${key}=${value}`).join(),
        });
        return items;
    }
}

/** Whether Kubernetes says that a pod is ready. */
export function isReady({ status }: V1Pod): boolean {
    return !!status?.conditions?.some(
        ({ type, status: value }) => type === "Ready" && value === "True",
    );
}

/** How often a container of a pod was started anew. */
export function restartsOf({ status }: V1Pod, container: string): number {
    return status?.containerStatuses?.find(({ name }) => name === container)?.restartCount ?? 0;
}

function stays({ metadata }: V1Pod): boolean {
    return metadata?.deletionTimestamp === undefined;
}
