import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { DataArgs } from "../../kubernetes/data";
import { DurableStatefulSet } from "../durableStatefulSet";
import { Listener } from "../../kafka/listeners";
import { brokerPodSpec } from "./brokerPod";
import { adminProperties } from "./adminProperties";
import { brokerProperties, BrokerSecurity } from "./brokerProperties";
import type { ListenerEntry } from "../../kafka/clientAccess";
import { contentHash, renderProperties } from "../../kubernetes/files";
import { readScripts } from "../scripts";
import { ACCEPT_EMPTY, KAFKA, KAFKA_HEADLESS } from "../../kafka/names";
import { ProgramError } from "../../kafka/programError";
import type { Remembered } from "../../kafka/remembered";
import type { StartAdditions } from "../../kubernetes/podAdditions";
import { FILES_OF_LABEL, objectLabels } from "../../kubernetes/labels";
import { Placement, Resources, Spread, Storage } from "../../kubernetes/pods";
import type { ServerAdditions } from "../serverContainer";
import type { Waiting } from "../waiting";
import { ZOOKEEPER_CLIENT_SCRIPT, ZookeeperAuthentication } from "../zookeeper/zookeeperIdentity";
import { MIN_ISR } from "../../kafka/replication";
import { ADMIN_CLASS_SCRIPT } from "../admin/adminClasses";
import { afterwards, atTheEndOf } from "../../live/afterwards";
import { fixedMessage } from "../../live/fixedMessage";
import { valueOf } from "../../live/valueOf";
import { dropKeptPolicies } from "../keptPolicies";
import type { LiveObjects } from "../../live/objects";
import { advertisedConfigMap, withKeysThatAreThere } from "./advertised";
import { type BrokerCheckArgs, checkBrokers } from "./brokerCheck";
import { noteBrokers } from "./noteBrokers";

/** Arguments of {@link KafkaCluster}. */
export interface KafkaClusterArgs extends DataArgs, Waiting, ServerAdditions {
    /** Namespace of the brokers, and of their ZooKeeper ensemble. */
    readonly namespace: string;
    /** DNS domain of the Kubernetes cluster, such as `cluster.local`. */
    readonly clusterDomain: string;
    /** Number of brokers; broker ids are the ordinals of their pods. */
    readonly replicas: number;
    /** Image with Kafka, e.g. `confluentinc/cp-kafka:7.5.0` or `apache/kafka:3.9.1`. */
    readonly image: string;
    /** Release line whose protocol the brokers speak with each other; raising it can't be taken back. */
    readonly interBrokerProtocolVersion: string;
    /** Volume of each broker. */
    readonly storage: Storage;
    /** Requests and limits of each broker; half of the memory limit becomes its heap. */
    readonly resources: Resources;
    /** How strictly the brokers are kept on different zones and hosts. */
    readonly spread: Spread;
    /**
     * Nodes that they are kept to.
     *
     * @default - Any.
     */
    readonly placement?: Placement;
    /** Whether the zone of a broker's node becomes its rack, over which replicas are spread. */
    readonly rackAwareness: boolean;
    /**
     * Ids of brokers that may start with an empty volume, whatever they held. Of partitions that no other broker leads then,
     * all that was acknowledged is lost.
     *
     * @default - None.
     */
    readonly acceptEmptyVolumes?: readonly number[];
    /** Broker properties; those in `OWNED_BROKER_PROPERTIES` are the program's own. */
    readonly config: Readonly<Record<string, string>>;
    /** Number of ZooKeeper members. */
    readonly zookeeperMembers: number;
    /** Whether ZooKeeper requires authentication; what the brokers write there then is theirs alone. */
    readonly zookeeperAuthentication: ZookeeperAuthentication;
    /** ZooKeeper image; asks ZooKeeper for the cluster id when brokers come back. */
    readonly zookeeperImage: string;
    /** ConfigMap of the admin tool. */
    readonly adminTool: pulumi.Input<string>;
    /**
     * What the pods of the program's Jobs start with.
     *
     * @default - Nothing.
     */
    readonly jobPods?: StartAdditions;
    /** What the namespace remembers of the data in it. */
    readonly remembered: pulumi.Input<Remembered>;
    /** How the brokers protect themselves. Encryption takes the Secrets that `KafkaCertificates` makes. */
    readonly security: BrokerSecurity;
    /** Listeners of the brokers. */
    readonly listeners: readonly Listener[];
    /** Addresses of the listeners, in the same order. */
    readonly addresses: pulumi.Input<readonly ListenerEntry[]>;
}

/**
 * The brokers: the StatefulSet `kafka` with a volume for each broker. A broker counts as started only when it has
 * caught up with its leaders, so a rolling update never takes a second one out of the ISR. Before any change Kafka is asked:
 * none restarts while Kafka is not whole, and none is removed while it holds replicas.
 */
export class KafkaCluster extends pulumi.ComponentResource {
    /** Resolves when all brokers run as wanted; in a preview at once. */
    readonly ready: pulumi.Output<pulumi.Resource>;

    constructor(name: string, args: KafkaClusterArgs, opts?: pulumi.ComponentResourceOptions) {
        super("kafka-eks:index:KafkaCluster", name, {}, opts);
        const { namespace, live } = args;
        const warn = (text: string) => void pulumi.log.warn(text, this);
        const remembered = pulumi.output(args.remembered);
        const properties = remembered.apply(({ minInsyncReplicas }) =>
            brokerProperties({ ...args, brokers: args.replicas, minInsyncReplicas }),
        );
        const files = properties.apply((values) => ({
            ...readScripts([
                ADMIN_CLASS_SCRIPT,
                "brokers/broker-alive.sh",
                "brokers/broker-in-sync.sh",
                "brokers/check-volume.sh",
                "log4j.properties",
                "server-checks.sh",
                "brokers/start-kafka.sh",
                ...(args.security.encrypted
                    ? [
                          "certificates/install-certificates.sh",
                          "certificates/reload-certificates.sh",
                      ]
                    : []),
                ZOOKEEPER_CLIENT_SCRIPT,
            ]),
            "admin.properties": adminProperties(args.security),
            "server.properties": renderProperties(values),
        }));
        const askWith = async (cluster: LiveObjects): Promise<BrokerCheckArgs> => ({
            ...args,
            live: cluster,
            remembered: await valueOf(remembered),
            adminTool: await valueOf(args.adminTool),
            minInsyncReplicas: Number((await valueOf(properties))[MIN_ISR]),
            warn,
        });
        const addresses = pulumi
            .output(args.addresses)
            .apply((entries) => advertisedConfigMap(args, entries));
        const advertised = new k8s.core.v1.ConfigMap(
            `${name}-advertised`,
            {
                metadata: {
                    namespace,
                    name: addresses.name,
                    labels: { ...objectLabels(KAFKA), [FILES_OF_LABEL]: KAFKA },
                },
                data: addresses.apply((made) => sentAddresses(live, namespace, made)),
            },
            {
                parent: this,
                // A revision that comes back finds it; brokers of older ones go on with theirs.
                provider: args.dataProvider,
                retainOnDelete: true,
            },
        );
        const acceptEmpty = new k8s.core.v1.ConfigMap(
            `${name}-accept-empty`,
            {
                metadata: { namespace, name: ACCEPT_EMPTY, labels: objectLabels(KAFKA) },
                // One key that is always there: a list that is taken back can't leave an id behind.
                data: { "accept-empty": (args.acceptEmptyVolumes ?? []).join(" ") },
            },
            { parent: this },
        );
        const { certificateIdentity } = args.security;
        const brokers = new DurableStatefulSet(
            `${name}-brokers`,
            {
                ...args,
                application: KAFKA,
                headlessService: KAFKA_HEADLESS,
                // An update waits until every broker is ready, and not only the one that it restarted last.
                podManagementPolicy: "OrderedReady",
                pod: brokerPodSpec(args),
                files,
                moreFiles: [advertised.metadata.name, acceptEmpty.metadata.name, args.adminTool],
                configHash: pulumi
                    .all([files, addresses.name])
                    .apply(([content, advertisedName]) =>
                        contentHash([
                            Object.entries(content).sort(),
                            advertisedName,
                            ...(certificateIdentity === undefined ? [] : [certificateIdentity]),
                        ]),
                    ),
                check: async (change, cluster) => checkBrokers(change, await askWith(cluster)),
            },
            { parent: this, dependsOn: [advertised, acceptEmpty] },
        );
        this.ready =
            live === undefined
                ? brokers.ready
                : afterwards(brokers.ready, this, async () => {
                      await noteBrokers({
                          ...args,
                          live,
                          adminTool: await valueOf(args.adminTool),
                          warn,
                      });
                      await dropKeptPolicies(live, namespace, args.listeners);
                  });
        this.registerOutputs({ ready: atTheEndOf(this.ready) });
    }
}

/** Where a preview may not read what is there, it takes what is made. An `up` fails. */
async function sentAddresses(
    live: LiveObjects | undefined,
    namespace: string,
    made: ReturnType<typeof advertisedConfigMap>,
): Promise<Readonly<Record<string, string>>> {
    if (live === undefined) {
        return made.data;
    }
    try {
        return await withKeysThatAreThere(live, namespace, made);
    } catch (error) {
        if (pulumi.runtime.isDryRun()) {
            return made.data;
        }
        throw fixedMessage(
            new ProgramError(`cannot read the ConfigMap ${made.name}: ${(error as Error).message}`),
        );
    }
}
