import { randomBytes } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import {
    CoreV1Api,
    KubeConfig,
    KubernetesObject,
    KubernetesObjectApi,
    PatchStrategy,
} from "@kubernetes/client-node";
import { withDeadline } from "../../../tools/cli/deadline";
import { createKafka } from "../../../tools/client/kafka";
import { openTunnel, Tunnel } from "../../../tools/client/tunnel";
import { StrimziListener } from "../../../components/strimzi/listeners";
import { bootstrapServiceName, brokerServiceName } from "../../../components/strimzi/names";
import { DEFAULT_CLUSTER_DOMAIN, serviceHost } from "../../../components/kafka/names";
import { Cluster, idsWithRole, KafkaObject, nodeIds, REPLICATION_PORT } from "./cluster";
import { isRolledOut, services, statefulSet } from "./nodes";
import { keptBrokers, notReady, READY, StrimziObjects } from "./resources";
import { listenerId, nodeHost } from "./startScript";
import { deleteTopic, reconcileTopic } from "./topics";

const PERIOD_MS = 1_000;
const ROUND_TIMEOUT_MS = 60_000;

/**
 * Stands in for the Strimzi operator in tests; it is not Strimzi, and nothing that it does proves what Strimzi does. It
 * starts real Kafka nodes behind the names that Strimzi would give them, makes topics, and says of the resources that they
 * are ready, so that a stack can be brought up, used and taken down.
 */
export class StandInOperator {
    private readonly api: KubernetesObjectApi;
    private readonly core: CoreV1Api;
    private readonly objects: StrimziObjects;
    private readonly tunnel: Tunnel;
    /** Topics of the resources that were seen; when a resource goes, so does its topic. */
    private topics = new Map<string, string>();
    private loop?: Promise<void>;
    private stopped = false;
    private rounds = 0;
    private kept?: string;

    /**
     * @param kubeConfig Of a cluster with Strimzi's CRDs.
     * @param namespace The one that it watches.
     * @param image Image with Kafka for the nodes.
     */
    constructor(
        kubeConfig: KubeConfig,
        private readonly namespace: string,
        private readonly image: string,
    ) {
        this.api = KubernetesObjectApi.makeApiClient(kubeConfig);
        this.core = kubeConfig.makeApiClient(CoreV1Api);
        this.objects = new StrimziObjects(kubeConfig, namespace);
        this.tunnel = openTunnel({ kubeConfig, namespace });
    }

    start(): void {
        this.loop = (async () => {
            while (!this.stopped) {
                // What goes wrong or hangs is tried again: the namespace or the CRDs may not be there yet.
                const round = withDeadline(this.reconcile(), ROUND_TIMEOUT_MS, "the stand-in");
                await round.catch(() => undefined);
                this.rounds++;
                await delay(PERIOD_MS);
            }
        })();
    }

    /** Says, or no longer says, that it keeps brokers which were to go; the real one finds that out by itself. */
    async keepBrokers(message: string | undefined): Promise<void> {
        this.kept = message;
        // The round that runs just now may have begun before.
        const enough = this.rounds + 2;
        while (this.rounds < enough) {
            await delay(PERIOD_MS / 10);
        }
    }

    async stop(): Promise<void> {
        this.stopped = true;
        await this.loop;
        this.tunnel.close();
    }

    private async reconcile(): Promise<void> {
        const [kafka] = await this.objects.list("kafkas");
        // Like the operator it goes on with a resource that is being deleted.
        if (kafka === undefined) {
            this.topics = new Map();
            return;
        }
        if (await this.reconcileNodes(kafka)) {
            await this.reconcileTopics(kafka);
            await this.reconcileUsers();
        }
    }

    /** Whether all nodes are as they should be. */
    private async reconcileNodes(kafka: KafkaObject): Promise<boolean> {
        const pools = await this.objects.list("kafkanodepools");
        const clusterId =
            [kafka, ...pools].map(({ status }) => status?.clusterId).find((id) => id) ??
            randomBytes(16).toString("base64url");
        const { namespace, image } = this;
        const cluster: Cluster = { namespace, image, clusterId, kafka, pools };
        for (const object of services(cluster)) {
            await this.apply(object);
        }
        const advertised = await this.advertisedListeners(cluster);
        const sets = pools
            .filter(({ spec }) => spec.replicas > 0)
            .map((pool) => statefulSet(cluster, pool, advertised));
        let ready = true;
        for (const set of sets) {
            const live = await this.apply(set);
            ready &&= isRolledOut(live);
        }
        for (const pool of pools) {
            await this.objects.setStatus("kafkanodepools", pool, {
                clusterId,
                nodeIds: nodeIds(pool),
                replicas: pool.spec.replicas,
            });
        }
        await this.objects.setStatus("kafkas", kafka, {
            conditions: [
                ...(ready ? READY : notReady("NotReady", "the nodes are not ready")).conditions,
                ...(this.kept === undefined ? [] : [keptBrokers(this.kept)]),
            ],
            clusterId,
            kafkaVersion: kafka.spec.kafka.version,
            kafkaMetadataVersion: kafka.spec.kafka.metadataVersion,
            operatorLastSuccessfulVersion: "stand-in",
            listeners: await Promise.all(
                kafka.spec.kafka.listeners.map(async (listener) => ({
                    name: listener.name,
                    bootstrapServers: await this.bootstrapOf(listener),
                })),
            ),
        });
        return ready;
    }

    private async advertisedListeners(cluster: Cluster): Promise<Record<number, string>> {
        const { listeners } = cluster.kafka.spec.kafka;
        const entries = idsWithRole(cluster.pools, "broker").map(async (id) => {
            const own = await Promise.all(
                listeners.map(async (listener) => {
                    const address = await this.brokerAddress(cluster, listener, id);
                    return `${listenerId(listener)}://${address}`;
                }),
            );
            const replication = `REPLICATION-9091://${nodeHost(cluster, id)}:${REPLICATION_PORT}`;
            return [id, [replication, ...own].join()] as const;
        });
        return Object.fromEntries(await Promise.all(entries));
    }

    private async brokerAddress(
        cluster: Cluster,
        listener: StrimziListener,
        id: number,
    ): Promise<string> {
        const { port, configuration } = listener;
        switch (listener.type) {
            case "internal":
                return `${nodeHost(cluster, id)}:${port}`;
            case "nodeport": {
                const own = configuration.brokers!.find(({ broker }) => broker === id)!;
                return `${own.advertisedHost as string}:${own.nodePort}`;
            }
            case "cluster-ip": {
                const own = configuration.brokers!.find(({ broker }) => broker === id)!;
                return `${own.advertisedHost as string}:${own.advertisedPort}`;
            }
            case "loadbalancer": {
                const name = configuration.advertisedHostTemplate?.replace("{nodeId}", String(id));
                return `${name ?? (await this.addressOf(brokerServiceName(listener, id)))}:${port}`;
            }
        }
    }

    private async bootstrapOf({ name, type, port }: StrimziListener): Promise<string> {
        const service = bootstrapServiceName({ name, type });
        switch (type) {
            case "internal":
            case "cluster-ip": {
                const { namespace } = this;
                const dns = { namespace, clusterDomain: DEFAULT_CLUSTER_DOMAIN };
                return `${serviceHost(service, dns)}:${port}`;
            }
            case "nodeport":
                return `${service}:${port}`;
            case "loadbalancer":
                return `${await this.addressOf(service)}:${port}`;
        }
    }

    /** Address of a load balancer; fails as long as it has none. */
    private async addressOf(name: string): Promise<string> {
        const { namespace } = this;
        const { status } = await this.core.readNamespacedService({ name, namespace });
        return status!.loadBalancer!.ingress![0]!.ip!;
    }

    /** Applies an object and returns it as it is then. */
    private apply<T extends KubernetesObject>(object: T): Promise<T> {
        const strategy = PatchStrategy.ServerSideApply;
        return this.api.patch(object, undefined, undefined, "stand-in", true, strategy);
    }

    private async reconcileTopics(kafka: KafkaObject): Promise<void> {
        const found = await this.objects.list("kafkatopics");
        const names = found.map(({ spec }) => spec.topicName);
        const gone = [...this.topics.values()].filter((topic) => !names.includes(topic));
        if (found.length + gone.length === 0) {
            return;
        }
        const pools = await this.objects.list("kafkanodepools");
        const { port } = kafka.spec.kafka.listeners.find(({ type }) => type === "internal")!;
        const client = createKafka({
            bootstrap: idsWithRole(pools, "broker").map(
                (id) => `${nodeHost({ namespace: this.namespace, pools }, id)}:${port}`,
            ),
            socketFactory: this.tunnel.socketFactory,
        });
        for (const topic of gone) {
            await deleteTopic(client, topic);
        }
        this.topics = new Map(found.map(({ metadata, spec }) => [metadata.name, spec.topicName]));
        for (const topic of found) {
            if (topic.status?.observedGeneration === topic.metadata.generation) {
                continue;
            }
            const impossible = await reconcileTopic(client, kafka, topic);
            await this.objects.setStatus(
                "kafkatopics",
                topic,
                impossible === undefined ? READY : notReady("Ready", impossible),
            );
        }
    }

    private async reconcileUsers(): Promise<void> {
        for (const user of await this.objects.list("kafkausers")) {
            await this.objects.setStatus("kafkausers", user, {
                ...READY,
                username: user.metadata.name,
                secret: user.metadata.name,
            });
        }
    }
}
