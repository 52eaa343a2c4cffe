import { types } from "@pulumi/kubernetes";
import {
    heapMib,
    Placement,
    Resources,
    schedulingRules,
    Spread,
    Storage,
} from "../kubernetes/pods";
import { BROKER_POOL, CLUSTER, CLUSTER_LABEL, CONTROLLER_POOL, POOL_LABEL } from "./names";

/** Nodes of one kind. */
export interface NodesArgs {
    readonly replicas: number;
    readonly storage: Storage;
    readonly resources: Resources;
    readonly spread: Spread;
    readonly placement?: Placement;
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
        readonly javaSystemProperties: readonly { readonly name: string; readonly value: string }[];
    };
    readonly template?: {
        readonly pod: Pick<
            types.input.core.v1.PodSpec,
            | "affinity"
            | "topologySpreadConstraints"
            | "tolerations"
            | "terminationGracePeriodSeconds"
        >;
        readonly kafkaContainer: ContainerTemplate;
        readonly initContainer: ContainerTemplate;
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
    { replicas, storage, resources, ...scheduling }: NodesArgs,
): KafkaNodePoolSpec {
    const heap = `${heapMib(resources)}m`;
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
            "-Xms": heap,
            "-Xmx": heap,
            // The JVM would keep the address of a restarted peer for 30 s.
            javaSystemProperties: [
                { name: "sun.net.inetaddr.ttl", value: "2" },
                { name: "sun.net.inetaddr.negative.ttl", value: "1" },
            ],
        },
        template: {
            pod: {
                ...schedulingRules({ [CLUSTER_LABEL]: CLUSTER, [POOL_LABEL]: pool }, scheduling),
                // A broker moves every leader away first. A controller has none, and where the others are gone, as in a
                // destroy, it waits for them to the end.
                terminationGracePeriodSeconds: roles.includes("broker") ? 300 : 60,
            },
            kafkaContainer: CONTAINER_TEMPLATE,
            initContainer: CONTAINER_TEMPLATE,
        },
    };
}
