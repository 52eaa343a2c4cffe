import { CoreV1Api, type KubeConfig } from "@kubernetes/client-node";
import { type Admin, ConfigResourceTypes, Partitioners } from "kafkajs";
import type { RunningKafka } from "../../bench/runningKafka";
import { describeCluster } from "../../../tools/client/topics";
import type { ClaimState, Observation, TopicState } from "./observation";
import { canWrite, probeClients, probeStrangers } from "./probes";
import { PROTECTING } from "./seen";
import { NAMES } from "./settings";
import type { Way } from "./ways";
import { answersStrangers } from "./zookeeperSession";

const LARGE_BYTES = 600_000;
/** Of the pods and claims of brokers and members; Jobs have pods, too. */
const SERVERS = /(^|-)(kafka|zookeeper)-\d+$/;
/** Topics of the stack, and not those of the loads. */
const OF_STACK = /^(app|other)-/;
const OLD_MESSAGES = 60;
const HOUR_MS = 3_600_000;

/** What {@link observe} works with. */
export interface Observed {
    readonly kubeConfig: KubeConfig;
    readonly kafka: RunningKafka;
}

/**
 * Looks at a deployment.
 *
 * @param known The ways as clients know them, which may be gone.
 * @param now The ways that there are.
 */
export async function observe(
    { kubeConfig, kafka }: Observed,
    known: readonly Way[],
    now: readonly Way[],
): Promise<Observation> {
    const core = kubeConfig.makeApiClient(CoreV1Api);
    const { namespace, security } = kafka;
    const zookeeper = `zookeeper-0.zookeeper-headless.${namespace}.svc.cluster.local`;
    const [pods, claims, cluster, clients, strangers, isOpen, takesLarge] = await Promise.all([
        startsOf(core, namespace),
        claimsOf(core, namespace),
        clusterOf(kafka),
        probeClients(known),
        probeStrangers(now),
        answersStrangers(zookeeper),
        canWrite(kafka.bootstrap.split(","), security, NAMES.probe, "x".repeat(LARGE_BYTES)),
    ]);
    return {
        pods,
        claims,
        ...cluster,
        clients,
        strangers: { ...strangers, "a stranger to ZooKeeper": isOpen },
        takesLarge,
    };
}

/** Sends messages that are an hour old. */
export async function sendOldMessages(kafka: RunningKafka): Promise<void> {
    const producer = kafka.client().producer({
        allowAutoTopicCreation: false,
        createPartitioner: Partitioners.DefaultPartitioner,
    });
    await producer.connect();
    try {
        const timestamp = String(Date.now() - HOUR_MS);
        const messages = Array.from({ length: OLD_MESSAGES }, (_, n) => ({
            key: String(n),
            value: "old",
            timestamp,
        }));
        await producer.send({ topic: NAMES.data, acks: -1, messages });
    } finally {
        await producer.disconnect();
    }
}

async function startsOf(core: CoreV1Api, namespace: string): Promise<Record<string, string>> {
    const { items } = await core.listNamespacedPod({ namespace });
    return Object.fromEntries(
        items
            .filter(({ metadata }) => SERVERS.test(metadata!.name!))
            .map(({ metadata, status }) => {
                const starts = status?.containerStatuses?.map(
                    ({ state }) => state?.running?.startedAt?.toISOString() ?? "-",
                );
                return [metadata!.name!, `${metadata!.uid} ${starts?.join()}`];
            }),
    );
}

async function claimsOf(core: CoreV1Api, namespace: string): Promise<Record<string, ClaimState>> {
    const { items } = await core.listNamespacedPersistentVolumeClaim({ namespace });
    return Object.fromEntries(
        items
            .filter(({ metadata }) => SERVERS.test(metadata!.name!))
            .map(({ metadata, spec }) => [
                metadata!.name!,
                { uid: metadata!.uid!, size: spec?.resources?.requests?.["storage"] ?? "-" },
            ]),
    );
}

async function clusterOf(kafka: RunningKafka): Promise<Pick<Observation, "brokers" | "topics">> {
    const client = kafka.client();
    const { brokers, topics } = await describeCluster(client);
    const admin = client.admin();
    await admin.connect();
    try {
        const states = topics
            .filter(({ topic }) => OF_STACK.test(topic))
            .map(async ({ topic, partitions }): Promise<readonly [string, TopicState]> => {
                const replicas = partitions.map((each) => each.replicas);
                const [config, records] = await Promise.all([
                    protectionOf(admin, topic),
                    recordsOf(admin, topic),
                ]);
                return [topic, { replicas, config, records }];
            });
        return {
            brokers: brokers.map(({ id }) => id),
            topics: Object.fromEntries(await Promise.all(states)),
        };
    } finally {
        await admin.disconnect();
    }
}

async function protectionOf(admin: Admin, topic: string): Promise<Record<string, string>> {
    const { resources } = await admin.describeConfigs({
        includeSynonyms: false,
        resources: [{ type: ConfigResourceTypes.TOPIC, name: topic, configNames: [...PROTECTING] }],
    });
    return Object.fromEntries(
        resources[0]!.configEntries.map(({ configName, configValue }) => [configName, configValue]),
    );
}

async function recordsOf(admin: Admin, topic: string): Promise<number> {
    const offsets = await admin.fetchTopicOffsets(topic);
    return offsets.reduce((sum, { high, low }) => sum + Number(high) - Number(low), 0);
}
