import { AppsV1Api, CoreV1Api, type KubeConfig, type V1StatefulSet } from "@kubernetes/client-node";
import { setTimeout as sleep } from "node:timers/promises";
import { waitFor } from "../wait";

const NAME = "kafka";
const ZOOKEEPER = "zookeeper";
const LIMIT_SECONDS = 600;

/** The StatefulSet of the brokers in a namespace. */
export class BrokerSet {
    private readonly apps: AppsV1Api;
    private readonly core: CoreV1Api;

    constructor(
        kubeConfig: KubeConfig,
        private readonly namespace: string,
    ) {
        this.apps = kubeConfig.makeApiClient(AppsV1Api);
        this.core = kubeConfig.makeApiClient(CoreV1Api);
    }

    /**
     * Changes the brokers and waits until each one was restarted and is ready again.
     *
     * @returns Seconds from the change of the StatefulSet, whatever was done before it.
     */
    async roll(change: () => Promise<unknown>): Promise<number> {
        const before = (await this.read()).metadata?.generation;
        let start = 0;
        const noticed = waitFor("a change of the brokers", LIMIT_SECONDS, async () => {
            start = performance.now();
            return (await this.read()).metadata?.generation !== before;
        });
        const [duration] = await Promise.all([
            noticed.then(async () => {
                await waitFor("the roll", LIMIT_SECONDS, async () => isRolled(await this.read()));
                return (performance.now() - start) / 1000;
            }),
            change(),
        ]);
        return duration;
    }

    /** The node of each broker, by ordinal. */
    nodes(): Promise<string[]> {
        return this.nodesOf(NAME);
    }

    /** The node of each ZooKeeper, by ordinal. */
    zookeeperNodes(): Promise<string[]> {
        return this.nodesOf(ZOOKEEPER);
    }

    /** Ends all brokers, in order and cleanly: without their ZooKeeper they would not find an end. */
    async stop(): Promise<void> {
        await this.apps.deleteNamespacedStatefulSet({
            namespace: this.namespace,
            name: NAME,
            propagationPolicy: "Foreground",
        });
        while ((await this.nodes()).length > 0) {
            await sleep(300);
        }
    }

    private async nodesOf(name: string): Promise<string[]> {
        const { items } = await this.core.listNamespacedPod({ namespace: this.namespace });
        // Pods of Jobs may have names that begin like theirs.
        const member = new RegExp(`^${name}-\\d+$`);
        return items
            .filter(({ metadata }) => member.test(metadata?.name ?? ""))
            .sort((a, b) => (a.metadata!.name! < b.metadata!.name! ? -1 : 1))
            .map(({ spec }) => spec?.nodeName ?? "");
    }

    private read(): Promise<V1StatefulSet> {
        return this.apps.readNamespacedStatefulSet({ namespace: this.namespace, name: NAME });
    }
}

function isRolled({ metadata, spec, status }: V1StatefulSet): boolean {
    return (
        status?.observedGeneration === metadata?.generation &&
        status?.updatedReplicas === spec?.replicas &&
        status?.readyReplicas === spec?.replicas &&
        status?.currentRevision === status?.updateRevision
    );
}
