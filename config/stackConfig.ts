import type { V1EnvVar } from "@kubernetes/client-node";
import type { InstanceType } from "../components/eks/instanceTypes";
import type { Listener } from "../components/kafka/listeners";
import type { Topic } from "../components/kafka/topics";
import type { User } from "../components/kafka/users";
import type { JvmOptions } from "../components/kafka/jvmOptions";
import type { PodAdditions, ServiceAdditions } from "../components/kubernetes/podAdditions";
import type { Placement, Resources, Spread, Storage } from "../components/kubernetes/pods";
import type { Certificates } from "../components/statefulset/certificates/sources";
import type { ZookeeperAuthentication } from "../components/statefulset/zookeeper/zookeeperIdentity";
import type { Overlay } from "../components/strimzi/overlay";
import type { OperatorInstallation } from "../components/strimzi/strimziOperator";
import type { ValidConfig } from "./schema";

/** What a stack deploys, complete: every default is filled in. */
export type StackConfig = StatefulSetConfig | StrimziConfig;

/** What both deployment types have. */
export interface CommonConfig {
    readonly platform: ValidConfig["platform"];
    /** The AWS side of the platform `eks`; `undefined` on the other. */
    readonly eks?: EksConfig;
    /** Kubeconfig file; the usual kubeconfig rules apply without it. */
    readonly kubeconfig?: string;
    /** Context of the kubeconfig; its current context without it. */
    readonly kubeContext?: string;
    /** Kubernetes version of a cluster that was there before, as far as the stack says it. */
    readonly kubernetesVersion?: string;
    readonly namespace: string;
    /** DNS domain of the Kubernetes cluster. */
    readonly clusterDomain: string;
    readonly listeners: readonly Listener[];
    readonly topics: readonly Topic[];
    /** Identities of clients, with those of the health check. */
    readonly users: readonly User[];
    /** Whether clients have the permissions of their users only, which is so where a listener knows who they are. */
    readonly authorization: boolean;
    /**
     * Whether network policies say who may connect to whom. They are made wherever Kafka runs: a cluster that does not
     * enforce them takes no notice.
     */
    readonly networkPolicies: boolean;
    readonly deleteDataOnDestroy: boolean;
    /** The stack whose data in the namespace this one takes over. Its own name says that its state was lost. */
    readonly takeOverFrom?: string;
    /** Whether Pulumi refuses to delete or replace what holds messages or keeps the cluster running, and that itself. */
    readonly protect: boolean;
}

/** What the environment or another key decides unless it is given. */
export interface EksDefaults {
    readonly kubernetesVersion: string;
    readonly nodeKubernetesVersion: string;
    /** Empty where the region has no three zones that every account has. */
    readonly zones: readonly string[];
    readonly natGateways: "single" | "perZone";
    readonly logs: boolean;
    readonly brokerNodes: { readonly instanceType: InstanceType; readonly perZone: number };
    readonly systemNodes: { readonly instanceType: InstanceType; readonly count: number };
}

/** The AWS side, complete. */
export type EksConfig = Omit<ValidConfig["eks"], keyof EksDefaults> &
    EksDefaults & { readonly region: string };

/** What both deployment types have of the brokers. */
export interface BrokersConfig extends NodesConfig {
    readonly version: string;
    readonly rackAwareness: boolean;
    readonly config: Readonly<Record<string, string>>;
}

/** Servers of one kind. */
export interface NodesConfig {
    readonly replicas: number;
    readonly storage: Storage;
    readonly resources: Resources;
    readonly spread: Spread;
    /** Nodes that they are kept to; `undefined` where any will do. */
    readonly placement?: Placement;
    /** What the stack says of their pods, beside what the program decides. */
    readonly pods?: PodAdditions;
    readonly jvmOptions?: JvmOptions;
    /** Variables of their containers. */
    readonly env?: readonly V1EnvVar[];
    /** What the stack says of their Services, beside what the program decides. */
    readonly services?: ServiceAdditions;
}

/** Kafka and ZooKeeper as StatefulSets. */
export interface StatefulSetConfig extends CommonConfig {
    readonly kafkaDeploymentType: "statefulset";
    /** How long `up` waits for what an autoscaler or a person may heal, in minutes. */
    readonly waitMinutes: number;
    /** Whether brokers and members may restart although Kafka is not whole. */
    readonly restartWhileDegraded: boolean;
    readonly certificates: Certificates;
    readonly kafka: BrokersConfig & {
        readonly image: string;
        readonly interBrokerProtocolVersion: string;
        /** Ids of brokers that may start with an empty volume although they alone were in sync. */
        readonly acceptEmptyVolumes: readonly number[];
    };
    readonly zookeeper: NodesConfig & {
        readonly image: string;
        /** Whether ZooKeeper refuses sessions without authentication. */
        readonly authentication: ZookeeperAuthentication;
    };
}

/** Kafka run by the Strimzi operator. */
export interface StrimziConfig extends CommonConfig {
    readonly kafkaDeploymentType: "strimzi";
    readonly kafka: BrokersConfig & { readonly metadataVersion: string };
    readonly strimzi: {
        /** How to install the operator; `undefined` where it is there already. */
        readonly operator?: OperatorInstallation;
        /** Nodes that are controllers only; `undefined` where the brokers are the controllers. */
        readonly controllers?: NodesConfig;
        /** What is merged into the resources that the operator reads, last of all. */
        readonly overlay?: Overlay;
    };
}
