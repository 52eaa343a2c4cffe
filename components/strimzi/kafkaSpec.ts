import {
    ANONYMOUS,
    type DeployedListener,
    hasAnonymousClients,
    type Listener,
} from "../kafka/listeners";
import type { types } from "@pulumi/kubernetes";
import {
    selectorAsAffinity,
    type ServiceAdditions,
    type StartAdditions,
} from "../kubernetes/podAdditions";
import { contentHash } from "../kubernetes/files";
import { ZONE_LABEL } from "../kubernetes/labels";
import { Resources } from "../kubernetes/pods";
import { brokerConfig } from "./brokerConfig";
import { strimziListeners, StrimziListener } from "./listeners";
import {
    CONTAINER_TEMPLATE,
    ContainerTemplate,
    KafkaNodePoolSpec,
    MetadataTemplate,
    metadataTemplate,
} from "./nodePools";

/** Specification of a `Kafka` resource, as far as the program uses it. */
export interface KafkaSpec {
    readonly kafka: {
        readonly version: string;
        readonly metadataVersion: string;
        readonly listeners: readonly StrimziListener[];
        readonly authorization?: {
            readonly type: "simple";
            readonly superUsers?: readonly string[];
        };
        readonly config: Readonly<Record<string, string>>;
        readonly rack?: { readonly type: "topology-label"; readonly topologyKey: string };
        readonly template: {
            readonly bootstrapService: {
                readonly metadata: {
                    readonly labels?: Readonly<Record<string, string>>;
                    readonly annotations: Readonly<Record<string, string>>;
                };
            };
            readonly brokersService?: MetadataTemplate;
            readonly externalBootstrapService?: MetadataTemplate;
            readonly podDisruptionBudget: { readonly maxUnavailable: number };
        };
    };
    readonly entityOperator: {
        readonly topicOperator: { readonly resources: Resources };
        readonly userOperator: { readonly resources: Resources };
        readonly template: {
            readonly pod?: Pick<
                types.input.core.v1.PodSpec,
                "affinity" | "imagePullSecrets" | "tolerations"
            >;
            readonly topicOperatorContainer: ContainerTemplate & {
                readonly env: readonly { readonly name: string; readonly value: string }[];
            };
            readonly userOperatorContainer: ContainerTemplate;
        };
    };
}

/** State of a `Kafka` resource, as far as the program reads it. */
export interface KafkaStatus {
    readonly clusterId?: string;
    readonly listeners?: readonly { readonly name: string; readonly bootstrapServers?: string }[];
    readonly conditions?: readonly {
        readonly type?: string;
        readonly reason?: string;
        readonly message?: string;
    }[];
}

/** What the `Kafka` resource is made of. */
export interface KafkaSpecArgs {
    readonly version: string;
    readonly metadataVersion: string;
    readonly brokers: number;
    readonly listeners: readonly DeployedListener[];
    /** Whether clients may do only what ACLs allow their users. */
    readonly authorization: boolean;
    readonly rackAwareness: boolean;
    /**
     * The brokers' min ISR so far, which more brokers don't raise.
     *
     * @default - There is none yet.
     */
    readonly minInsyncReplicas?: number;
    /** The user's own broker properties. */
    readonly config: Readonly<Record<string, string>>;
    /**
     * Labels and annotations of the brokers' Services.
     *
     * @default - None.
     */
    readonly services?: ServiceAdditions;
    /**
     * What the operator's pods for topics and users start with.
     *
     * @default - Nothing.
     */
    readonly operatorPods?: StartAdditions;
    /** Specifications of all node pools. */
    readonly pools: readonly KafkaNodePoolSpec[];
}

const ENTITY_OPERATOR_RESOURCES: Resources = {
    requests: { cpu: "100m", memory: "384Mi" },
    limits: { memory: "384Mi" },
};

/** The specification of the `Kafka` resource. */
export function kafkaSpec(args: KafkaSpecArgs): KafkaSpec {
    const { labels, annotations } = args.services ?? {};
    const services = metadataTemplate(args.services);
    const operatorPods = selectorAsAffinity(args.operatorPods ?? {});
    return {
        kafka: {
            version: args.version,
            // Pinned, so that a newer Kafka can't raise it: that step can't be taken back.
            metadataVersion: args.metadataVersion,
            listeners: strimziListeners(args.listeners, args.brokers),
            ...(args.authorization && { authorization: authorization(args.listeners) }),
            config: brokerConfig(args),
            ...(args.rackAwareness && {
                rack: { type: "topology-label" as const, topologyKey: ZONE_LABEL },
            }),
            template: {
                // Node pools never say that they are ready. This changes the Kafka resource together with them, so that
                // its readiness is waited for; where it stands it restarts nothing.
                bootstrapService: {
                    metadata: {
                        ...(labels !== undefined && { labels }),
                        annotations: {
                            ...annotations,
                            "kafka-eks/node-pools": contentHash(args.pools),
                        },
                    },
                },
                ...(services.metadata !== undefined && {
                    brokersService: services,
                    externalBootstrapService: services,
                }),
                podDisruptionBudget: { maxUnavailable: 1 },
            },
        },
        entityOperator: {
            topicOperator: { resources: ENTITY_OPERATOR_RESOURCES },
            userOperator: { resources: ENTITY_OPERATOR_RESOURCES },
            template: {
                ...(Object.keys(operatorPods).length > 0 && { pod: operatorPods }),
                topicOperatorContainer: {
                    ...CONTAINER_TEMPLATE,
                    // Topics outlive the operator, and a finalizer that nobody removes would keep their namespace from
                    // being deleted.
                    env: [{ name: "STRIMZI_USE_FINALIZERS", value: "false" }],
                },
                userOperatorContainer: CONTAINER_TEMPLATE,
            },
        },
    };
}

function authorization(listeners: readonly Listener[]): KafkaSpec["kafka"]["authorization"] {
    return {
        type: "simple",
        ...(hasAnonymousClients(listeners) && { superUsers: [ANONYMOUS] }),
    };
}
