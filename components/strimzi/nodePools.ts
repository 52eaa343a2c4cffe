import { types } from "@pulumi/kubernetes";
import type { V1EnvVar } from "@kubernetes/client-node";
import { heapSizes, jvmFlags, type JvmOptions, type SystemProperty } from "../kafka/jvmOptions";
import {
    type PodAdditions,
    podFields,
    selectorAsAffinity,
    type ServiceAdditions,
} from "../kubernetes/podAdditions";
import { Placement, Resources, schedulingRules, Spread, Storage } from "../kubernetes/pods";
import { BROKER_POOL, CLUSTER, CLUSTER_LABEL, CONTROLLER_POOL, POOL_LABEL } from "./names";

/** Nodes of one kind. */
export interface NodesArgs {
    readonly replicas: number;
    readonly storage: Storage;
    readonly resources: Resources;
    readonly spread: Spread;
    readonly placement?: Placement;
    /** @default - Nothing beside what the program decides. */
    readonly pods?: PodAdditions;
    /** @default - Half of the memory limit is heap, and Kafka decides the rest. */
    readonly jvmOptions?: JvmOptions;
    /**
     * Variables of the nodes' containers.
     *
     * @default - None.
     */
    readonly env?: readonly V1EnvVar[];
    /**
     * Labels and annotations of the nodes' Services.
     *
     * @default - None.
     */
    readonly services?: ServiceAdditions;
}

/** Specification of a `KafkaNodePool`, as far as the program uses it. */
export interface KafkaNodePoolSpec {
    readonly replicas: number;
    readonly roles: readonly ("broker" | "controller")[];
    readonly storage:
        | { readonly type: "ephemeral" }
        | {
              readonly type: "jbod";
              readonly volumes: readonly {
                  readonly id: number;
                  readonly type: "persistent-claim";
                  readonly size: string;
                  readonly class?: string;
                  readonly deleteClaim: boolean;
                  readonly kraftMetadata: "shared";
              }[];
          };
    readonly resources?: Resources;
    readonly jvmOptions?: {
        readonly "-Xms": string;
        readonly "-Xmx": string;
        readonly "-XX"?: Readonly<Record<string, string>>;
        readonly javaSystemProperties: readonly SystemProperty[];
    };
    readonly template?: {
        readonly pod: Pick<
            types.input.core.v1.PodSpec,
            | "affinity"
            | "topologySpreadConstraints"
            | "tolerations"
            | "terminationGracePeriodSeconds"
            | "imagePullSecrets"
            | "priorityClassName"
        > &
            MetadataTemplate;
        readonly kafkaContainer: ContainerTemplate & { readonly env?: readonly V1EnvVar[] };
        readonly initContainer: ContainerTemplate;
        readonly perPodService?: MetadataTemplate;
    };
}

/** Labels and annotations of what the operator makes. */
export interface MetadataTemplate {
    readonly metadata?: ServiceAdditions;
}

/** A template with labels and annotations; nothing where there are none. */
export function metadataTemplate({ labels, annotations }: ServiceAdditions = {}): MetadataTemplate {
    return labels === undefined && annotations === undefined
        ? {}
        : {
              metadata: {
                  ...(labels !== undefined && { labels }),
                  ...(annotations !== undefined && { annotations }),
              },
          };
}

/** What the `restricted` Pod Security Standard wants of a container that the operator makes. */
export interface ContainerTemplate {
    readonly securityContext: types.input.core.v1.SecurityContext;
}

/** What the `restricted` Pod Security Standard wants of a container whose pod says nothing. */
export const RESTRICTED: types.input.core.v1.SecurityContext = {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ["ALL"] },
    runAsNonRoot: true,
    seccompProfile: { type: "RuntimeDefault" },
};

/**
 * Said of each container, because the operator by itself makes pods of the `baseline` standard. The user and the volumes'
 * group are the operator's to choose, and its images write to their root file systems.
 */
export const CONTAINER_TEMPLATE: ContainerTemplate = {
    securityContext: { ...RESTRICTED, readOnlyRootFilesystem: false },
};

/** The pool of the brokers, which are the controllers, too, unless those have a pool of their own. */
export function brokerPoolSpec(args: NodesArgs, hasControllerPool: boolean): KafkaNodePoolSpec {
    return poolSpec(BROKER_POOL, hasControllerPool ? ["broker"] : ["broker", "controller"], args);
}

/** The pool of the controllers. */
export function controllerPoolSpec(args: NodesArgs): KafkaNodePoolSpec {
    return poolSpec(CONTROLLER_POOL, ["controller"], args);
}

/**
 * A pool without nodes. The operator writes the cluster's id into the status of every pool and takes it from there when
 * the `Kafka` resource is made anew; volumes of another id would keep the nodes from starting.
 */
export const CLUSTER_ID_POOL_SPEC: KafkaNodePoolSpec = {
    replicas: 0,
    roles: ["broker"],
    storage: { type: "ephemeral" },
};

function poolSpec(
    pool: string,
    roles: KafkaNodePoolSpec["roles"],
    { replicas, storage, resources, spread, placement, jvmOptions, env, ...additions }: NodesArgs,
): KafkaNodePoolSpec {
    const flags = jvmFlags(jvmOptions);
    const { metadata: serviceMetadata } = metadataTemplate(additions.services);
    // A pod template of Strimzi knows no node selector.
    const pods = selectorAsAffinity(additions.pods ?? {});
    return {
        replicas,
        roles,
        storage: {
            type: "jbod",
            volumes: [
                {
                    id: 0,
                    type: "persistent-claim",
                    size: storage.size,
                    ...(storage.storageClass !== undefined && { class: storage.storageClass }),
                    deleteClaim: false,
                    kraftMetadata: "shared",
                },
            ],
        },
        resources,
        jvmOptions: {
            ...heapSizes(resources, jvmOptions),
            ...(flags !== undefined && { "-XX": flags }),
            // The JVM would keep the address of a restarted peer for 30 s.
            javaSystemProperties: [
                { name: "sun.net.inetaddr.ttl", value: "2" },
                { name: "sun.net.inetaddr.negative.ttl", value: "1" },
                ...(jvmOptions?.javaSystemProperties ?? []),
            ],
        },
        template: {
            pod: {
                ...metadataTemplate(pods),
                ...schedulingRules(
                    { [CLUSTER_LABEL]: CLUSTER, [POOL_LABEL]: pool },
                    { spread, placement, pods },
                ),
                ...podFields(pods),
                // A broker moves every leader away first. A controller has none, and where the others are gone, as in a
                // destroy, it waits for them to the end.
                terminationGracePeriodSeconds: roles.includes("broker") ? 300 : 60,
            },
            kafkaContainer: { ...CONTAINER_TEMPLATE, ...(env !== undefined && { env }) },
            initContainer: CONTAINER_TEMPLATE,
            ...(serviceMetadata !== undefined && {
                perPodService: { metadata: serviceMetadata },
            }),
        },
    };
}
