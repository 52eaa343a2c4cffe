import * as pulumi from "@pulumi/pulumi";
import { DataArgs, DurableStatefulSet } from "./durableStatefulSet";
import { Listener } from "./listeners";
import { brokerPodSpec } from "./rendering/brokerPod";
import { advertisedListeners, brokerProperties } from "./rendering/brokerProperties";
import { addressSource } from "./rendering/addresses";
import { ListenerEntry } from "./rendering/listenerDirectory";
import { contentHash, readScripts, renderProperties } from "./rendering/files";
import { KAFKA_HEADLESS, ordinals } from "./rendering/names";
import { Placement, Resources, Spread, Storage } from "./rendering/pods";

/** Arguments of {@link KafkaCluster}. */
export interface KafkaClusterArgs extends DataArgs {
    /** Namespace of the brokers, and of their ZooKeeper ensemble. */
    readonly namespace: string;
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
    /** Listeners of the brokers. */
    readonly listeners: readonly Listener[];
    /** Addresses of the listeners, in the same order. */
    readonly addresses: pulumi.Input<readonly ListenerEntry[]>;
}

/**
 * The brokers: the StatefulSet `kafka` with a volume for each broker. A broker counts as started only when it has
 * caught up with its leaders, so a rolling update never takes a second one out of the ISR.
 */
export class KafkaCluster extends pulumi.ComponentResource {
    constructor(name: string, args: KafkaClusterArgs, opts?: pulumi.ComponentResourceOptions) {
        super("kafka-eks:index:KafkaCluster", name, {}, opts);
        const files = {
            ...readScripts([
                "admin.properties",
                "broker-in-sync.sh",
                "log4j.properties",
                "start-kafka.sh",
            ]),
            "server.properties": renderProperties(
                brokerProperties({ ...args, brokers: args.replicas }),
            ),
        };
        const addresses = pulumi.output(args.addresses);
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
                            advertisedListeners(ordinal, args.namespace, entries),
                        ]),
                    ),
                })),
                configHash: addresses.apply((entries) =>
                    contentHash([
                        files,
                        args.listeners.map((each, n) => addressSource(each, entries[n]!)),
                    ]),
                ),
            },
            { parent: this },
        );
        this.registerOutputs();
    }
}
