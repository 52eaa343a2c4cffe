import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { DataArgs } from "../../kubernetes/data";
import { DurableStatefulSet } from "../durableStatefulSet";
import { Listener } from "../../kafka/listeners";
import { brokerPodSpec } from "./brokerPod";
import { adminProperties } from "./adminProperties";
import { advertisedListeners, brokerProperties, BrokerSecurity } from "./brokerProperties";
import { addressSource } from "../services/addresses";
import type { ListenerEntry } from "../../kafka/clientAccess";
import { contentHash, renderProperties } from "../../kubernetes/files";
import { readScripts } from "../scripts";
import { jobMetadata } from "../jobs";
import { KAFKA_HEADLESS, ordinals } from "../../kafka/names";
import { Placement, Resources, Spread, Storage } from "../../kubernetes/pods";
import { scaleInCheckJob } from "./scaleInCheck";
import { ZOOKEEPER_CLIENT_SCRIPT, ZookeeperAuthentication } from "../zookeeper/zookeeperIdentity";

/** Arguments of {@link KafkaCluster}. */
export interface KafkaClusterArgs extends DataArgs {
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
    /** Broker properties; those in `OWNED_BROKER_PROPERTIES` are the program's own. */
    readonly config: Readonly<Record<string, string>>;
    /** Number of ZooKeeper members. */
    readonly zookeeperMembers: number;
    /** Whether ZooKeeper requires authentication; what the brokers write there then is theirs alone. */
    readonly zookeeperAuthentication: ZookeeperAuthentication;
    /** ZooKeeper image; runs the scale-in check. */
    readonly zookeeperImage: string;
    /** How the brokers protect themselves. Encryption takes the Secrets that `KafkaCertificates` makes. */
    readonly security: BrokerSecurity;
    /** Listeners of the brokers. */
    readonly listeners: readonly Listener[];
    /** Addresses of the listeners, in the same order. */
    readonly addresses: pulumi.Input<readonly ListenerEntry[]>;
}

/**
 * The brokers: the StatefulSet `kafka` with a volume for each broker. A broker counts as started only when it has
 * caught up with its leaders, so a rolling update never takes a second one out of the ISR. None is removed while it holds
 * replicas.
 */
export class KafkaCluster extends pulumi.ComponentResource {
    constructor(name: string, args: KafkaClusterArgs, opts?: pulumi.ComponentResourceOptions) {
        super("kafka-eks:index:KafkaCluster", name, {}, opts);
        const files = {
            ...readScripts([
                "brokers/broker-alive.sh",
                "brokers/broker-in-sync.sh",
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
            "server.properties": renderProperties(
                brokerProperties({ ...args, brokers: args.replicas }),
            ),
        };
        const check = scaleInCheckJob({
            brokers: args.replicas,
            security: args.security,
            image: args.zookeeperImage,
        });
        const checkJob = new k8s.batch.v1.Job(
            `${name}-scale-in-check`,
            {
                metadata: jobMetadata(check.name, "kafka", args.namespace),
                spec: check.spec,
            },
            { parent: this },
        );
        const addresses = pulumi.output(args.addresses);
        const { certificateIdentity } = args.security;
        new DurableStatefulSet(
            `${name}-brokers`,
            {
                ...args,
                application: "kafka",
                headlessService: KAFKA_HEADLESS,
                // An update waits until every broker is ready, and not only the one that it restarted last.
                podManagementPolicy: "OrderedReady",
                pod: brokerPodSpec(args),
                files: addresses.apply((entries) => ({
                    ...files,
                    ...Object.fromEntries(
                        ordinals(args.replicas).map((ordinal) => [
                            `advertised-${ordinal}`,
                            advertisedListeners(ordinal, args, entries),
                        ]),
                    ),
                })),
                configHash: addresses.apply((entries) =>
                    contentHash([
                        files,
                        args.listeners.map((each, n) => addressSource(each, entries[n]!)),
                        ...(certificateIdentity === undefined ? [] : [certificateIdentity]),
                    ]),
                ),
            },
            // Enough for the removed brokers' claims and Services, too: Pulumi deletes what a program no longer has only
            // after all creations and updates have succeeded.
            { parent: this, dependsOn: checkJob },
        );
        this.registerOutputs();
    }
}
