import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { DataArgs } from "../kubernetes/data";
import { type DeployedListener, type Listener } from "../kafka/listeners";
import { passwordSecret } from "../kafka/passwordSecret";
import { knownAddresses, ListenerAddresses } from "../kafka/addresses";
import { strimziAccess } from "./access";
import type { ListenerEntry } from "../kafka/clientAccess";
import {
    listenersConfigMap,
    listenerEntry,
    sharedListenerEntry,
} from "../kafka/listenersConfigMap";
import { objectLabels, WAIT_FOR_READY } from "../kubernetes/labels";
import { podHost, serviceHost } from "../kafka/names";
import { startAdditions } from "../kubernetes/podAdditions";
import { MINUTES_PER_POD } from "../kubernetes/pods";
import { kafkaSpec, KafkaSpec, KafkaStatus } from "./kafkaSpec";
import { checkMinIsr } from "./minIsrCheck";
import {
    BROKER_POOL,
    BROKERS_SERVICE,
    bootstrapServiceName,
    CLUSTER,
    CLUSTER_ID_POOL,
    CLUSTER_LABEL,
    CONTROLLER_POOL,
    NODE_IDS,
    nodePod,
} from "./names";
import {
    brokerPoolSpec,
    CLUSTER_ID_POOL_SPEC,
    controllerPoolSpec,
    KafkaNodePoolSpec,
    NodesArgs,
} from "./nodePools";
import { noteKafka } from "./noteKafka";
import { type Overlay, overlaid } from "./overlay";
import { topicResourceName, topicSpec } from "./topics";
import { userSpec } from "./users";
import { passwordMarker } from "../kafka/passwordMarker";
import { Kafka, KafkaNodePool, KafkaTopic, KafkaUser } from "./resources";
import { remember, type Remembered } from "../kafka/remembered";
import { afterwards } from "../live/afterwards";
import { gate } from "../live/gate";
import type { LiveObjects } from "../live/objects";
import { valueOf } from "../live/valueOf";
import { Topic } from "../kafka/topics";
import { User, userSecretName } from "../kafka/users";

/** Arguments of {@link StrimziKafka}. */
export interface StrimziKafkaArgs extends DataArgs {
    /** Namespace of the cluster; the operator has to watch it. */
    readonly namespace: string;
    /** DNS domain of the Kubernetes cluster, such as `cluster.local`. */
    readonly clusterDomain: string;
    /** Kafka version, one that the operator runs. */
    readonly version: string;
    /** Metadata version that the nodes work with; raising it can't be taken back. */
    readonly metadataVersion: string;
    /** Nodes that are brokers. */
    readonly brokers: NodesArgs;
    /**
     * Nodes that are controllers.
     *
     * @default - The brokers are the controllers.
     */
    readonly controllers?: NodesArgs;
    /**
     * What is merged into the resources that the operator reads, last of all.
     *
     * @default - Nothing.
     */
    readonly overlay?: Overlay;
    /** Whether the zone of a broker's node becomes its rack, over which replicas are spread. */
    readonly rackAwareness: boolean;
    /** Broker properties, other than those that the operator sets. */
    readonly config: Readonly<Record<string, string>>;
    /** Listeners of the brokers, at least one of them `internal`. */
    readonly listeners: readonly DeployedListener[];
    /** Topics that have to exist. */
    readonly topics: readonly Topic[];
    /**
     * The cluster as it is now.
     *
     * @default - Nothing is asked, and nothing is written down in the namespace.
     */
    readonly live?: LiveObjects;
    /** What the namespace remembers of the data in it. */
    readonly remembered: pulumi.Input<Remembered>;
    /** Identities of clients. */
    readonly users: readonly User[];
    /** Whether clients may do only what ACLs allow their users. */
    readonly authorization: boolean;
}

const CLUSTER_LABELS = { ...objectLabels("kafka"), [CLUSTER_LABEL]: CLUSTER };

/** Long enough for the operator's next look at everything, every two minutes, and for the one after a failure. */
const ENTITY_TIMEOUT = "10m";

/**
 * Kafka with its own controllers (KRaft), run by the Strimzi operator: node pools, the `Kafka` resource, topics and
 * users. It is ready when the operator says so.
 */
export class StrimziKafka extends pulumi.ComponentResource {
    /** Every listener with its addresses, in the order of the arguments. */
    readonly listeners: pulumi.Output<ListenerEntry[]>;
    /** Fails where the operator kept something that was to go. */
    readonly ready: pulumi.Output<unknown>;

    constructor(name: string, args: StrimziKafkaArgs, opts?: pulumi.ComponentResourceOptions) {
        super("kafka-eks:index:StrimziKafka", name, {}, opts);
        const pools = this.createPools(name, args);
        const kafka = this.createKafka(name, args, pools);
        this.listeners = pulumi.output(
            args.listeners.map((listener) => listenerOf(kafka, listener, args)),
        );
        new k8s.core.v1.ConfigMap(
            `${name}-listeners`,
            listenersConfigMap(args.namespace, this.listeners, strimziAccess(args)),
            { parent: this },
        );
        this.createTopics(name, args, kafka);
        this.createUsers(name, args, kafka);
        const warnings = kafka.status.apply((status) => reportWarnings(kafka, status));
        this.ready = pulumi.all([this.listeners, warnings, note(kafka, pools, args)]);
        this.registerOutputs({ listeners: this.listeners, warnings });
    }

    private createPools(name: string, args: StrimziKafkaArgs): Pools {
        const { namespace, brokers, controllers, overlay } = args;
        const pool = (
            role: string,
            spec: KafkaNodePoolSpec,
            annotations: Record<string, string> | undefined,
            opts?: pulumi.CustomResourceOptions,
        ) =>
            new KafkaNodePool(
                `${name}-${role}-pool`,
                {
                    metadata: { name: role, namespace, labels: CLUSTER_LABELS, annotations },
                    spec,
                },
                { parent: this, protect: args.protect === true, ...opts },
            );
        const clusterId = pool(CLUSTER_ID_POOL, CLUSTER_ID_POOL_SPEC, undefined, {
            provider: args.dataProvider,
            // The volumes are of no use without the cluster's id.
            retainOnDelete: args.deleteDataOnDestroy !== true,
        });
        const specs: KafkaNodePoolSpec[] = [];
        const resources = [clusterId];
        // The brokers after the controllers, so that they go first: without controllers they can't hand over anything.
        if (controllers !== undefined) {
            const spec = overlaid(controllerPoolSpec(controllers), overlay?.controllers);
            specs.push(spec);
            resources.push(pool(CONTROLLER_POOL, spec, nodeIds(CONTROLLER_POOL)));
        }
        const spec = overlaid(brokerPoolSpec(brokers, controllers !== undefined), overlay?.brokers);
        specs.push(spec);
        resources.push(
            pool(BROKER_POOL, spec, nodeIds(BROKER_POOL), { dependsOn: [...resources] }),
        );
        return { specs, resources };
    }

    private createKafka(name: string, args: StrimziKafkaArgs, pools: Pools): Kafka {
        const nodes = args.brokers.replicas + (args.controllers?.replicas ?? 0);
        const timeout = `${MINUTES_PER_POD * nodes}m`;
        return new Kafka(
            `${name}-kafka`,
            {
                metadata: {
                    name: CLUSTER,
                    namespace: args.namespace,
                    labels: objectLabels("kafka"),
                    annotations: WAIT_FOR_READY,
                },
                spec: pulumi.output(args.remembered).apply(({ minInsyncReplicas }) =>
                    overlaid(
                        kafkaSpec({
                            ...args,
                            brokers: args.brokers.replicas,
                            services: args.brokers.services,
                            operatorPods: startAdditions(args.brokers),
                            pools: pools.specs,
                            minInsyncReplicas,
                        }),
                        args.overlay?.kafka,
                    ),
                ),
            },
            {
                parent: this,
                dependsOn: pools.resources,
                protect: args.protect === true,
                // A roll waits for each node to catch up; giving up in the middle helps nobody.
                customTimeouts: { create: timeout, update: timeout, delete: "30m" },
                hooks: gate<{ spec: KafkaSpec }>(
                    `${name}-min-isr`,
                    args.live,
                    async (change, live) =>
                        checkMinIsr(change, live, args.namespace, await valueOf(args.remembered)),
                ),
            },
        );
    }

    private createTopics(name: string, args: StrimziKafkaArgs, kafka: Kafka): void {
        for (const topic of args.topics) {
            new KafkaTopic(
                `${name}-topic-${topic.name}`,
                {
                    metadata: {
                        name: topicResourceName(topic.name),
                        namespace: args.namespace,
                        labels: CLUSTER_LABELS,
                        annotations: WAIT_FOR_READY,
                    },
                    spec: topicSpec(topic),
                },
                {
                    parent: this,
                    dependsOn: kafka,
                    // Takes back what an earlier destroy, or a topic that left the list, left.
                    provider: args.dataProvider,
                    // With its resource the operator deletes the topic and all that is in it, also when it only leaves
                    // the list. Where the data is to go on destroy, it goes with the namespace.
                    retainOnDelete: true,
                    // Not protected: the topic stays when it leaves the list, and that must remain possible.
                    customTimeouts: { create: ENTITY_TIMEOUT, update: ENTITY_TIMEOUT },
                },
            );
        }
    }

    private createUsers(name: string, args: StrimziKafkaArgs, kafka: Kafka): void {
        for (const user of args.users) {
            const { password } = user.authentication;
            const marker = passwordMarker(args.namespace, user);
            const secret =
                password &&
                passwordSecret(
                    `${name}-user-${user.name}-password`,
                    {
                        metadata: {
                            name: userSecretName(user.name),
                            namespace: args.namespace,
                            labels: objectLabels("kafka"),
                        },
                        password,
                        live: args.live,
                    },
                    { parent: this },
                );
            new KafkaUser(
                `${name}-user-${user.name}`,
                {
                    metadata: {
                        name: user.name,
                        namespace: args.namespace,
                        labels: CLUSTER_LABELS,
                        annotations: {
                            ...WAIT_FOR_READY,
                            // While the user waits for its Secret to go first, the operator makes that again.
                            "pulumi.com/deletionPropagationPolicy": "background",
                            // The operator does not notice that a password in a Secret of ours has changed.
                            ...(marker !== undefined && { "kafka-eks/password": marker }),
                        },
                    },
                    spec: userSpec(user, args.authorization),
                },
                {
                    parent: this,
                    dependsOn: secret ? [kafka, secret] : kafka,
                    customTimeouts: { create: ENTITY_TIMEOUT, update: ENTITY_TIMEOUT },
                },
            );
        }
    }
}

/** Has the namespace remember whose kind of data it holds, as soon as there may be any, and what they depend on. */
function note(
    kafka: Kafka,
    { resources: [pool] }: Pools,
    args: StrimziKafkaArgs,
): pulumi.Output<unknown> {
    const { live, namespace } = args;
    if (live === undefined) {
        return pulumi.output(undefined);
    }
    return pulumi.all([
        afterwards(pool!.id, kafka, () => remember(live, namespace, { deploymentType: "strimzi" })),
        afterwards(kafka.spec, kafka, async (spec) => {
            if (spec !== undefined) {
                await noteKafka(live, namespace, spec);
            }
        }),
    ]);
}

/** The node pools that have nodes, and the resources of all of them. */
interface Pools {
    readonly specs: readonly KafkaNodePoolSpec[];
    readonly resources: KafkaNodePool[];
}

function nodeIds(pool: keyof typeof NODE_IDS): Record<string, string> {
    return { "strimzi.io/next-node-ids": NODE_IDS[pool] };
}

/**
 * Passes on what the operator warns of. That it keeps brokers which were to go, because they hold replicas, is more: what was
 * asked for has not happened, though the operator calls the cluster ready.
 *
 * @see https://strimzi.io/docs/operators/latest/deploying (scaling Kafka clusters)
 */
function reportWarnings(kafka: Kafka, status: KafkaStatus | undefined): string[] {
    const warnings = (status?.conditions ?? []).filter(({ type }) => type === "Warning");
    const texts = warnings.map(({ reason, message }) => `${reason}: ${message}`);
    const kept = warnings.find(({ reason }) => reason === "ScaleDownPreventionCheck");
    if (kept !== undefined && !pulumi.runtime.isDryRun()) {
        throw new pulumi.ResourceError(
            `brokers that were to go hold replicas, and the operator keeps them: ${kept.message}. Move the ` +
                "replicas; it lets the brokers go then, and pulumi up --refresh sees it",
            kafka,
            true,
        );
    }
    texts.forEach((text) => void pulumi.log.warn(`the operator warns: ${text}`, kafka));
    return texts;
}

/** A listener with its addresses: those that are known before deployment, else what the operator says. */
function listenerOf(
    kafka: Kafka,
    listener: DeployedListener,
    { brokers, ...dns }: StrimziKafkaArgs,
): pulumi.Output<ListenerEntry> {
    const shared = sharedListenerEntry(listener, brokers.replicas);
    if (shared !== undefined) {
        return shared;
    }
    const known = knownAddresses(listener, {
        brokers: brokers.replicas,
        bootstrapHost: serviceHost(bootstrapServiceName(listener), dns),
        bootstrapPort: listener.port,
        brokerHost: (id) => podHost(nodePod(BROKER_POOL, id), BROKERS_SERVICE, dns),
    });
    return known === undefined
        ? assignedAddresses(kafka, listener).apply((addresses) =>
              listenerEntry(listener, addresses),
          )
        : pulumi.output(listenerEntry(listener, known));
}

/** What the operator says of a listener; the brokers' own addresses are for the brokers to tell. */
function assignedAddresses(kafka: Kafka, { name }: Listener): pulumi.Output<ListenerAddresses> {
    return kafka.status.apply((status) => {
        const bootstrap = status?.listeners?.find((each) => each.name === name)?.bootstrapServers;
        if (bootstrap === undefined && pulumi.runtime.isDryRun()) {
            // A listener that is new has an address only when the operator has made it.
            return pulumi.unknown as ListenerAddresses;
        }
        if (bootstrap === undefined) {
            throw new pulumi.ResourceError(
                `expected the bootstrap address of listener ${name} in the status of the Kafka ` +
                    "resource, found none; its conditions say why (kubectl describe kafka)",
                kafka,
                true,
            );
        }
        return { bootstrap, brokers: [] };
    });
}
