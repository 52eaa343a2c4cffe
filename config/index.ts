import type { Certificates } from "../components/statefulset/certificates/sources";
import type { Listener } from "../components/kafka/listeners";
import type { Placement, Resources, Spread, Storage } from "../components/kubernetes/pods";
import { ProgramError } from "../components/kafka/programError";
import type { ZookeeperAuthentication } from "../components/statefulset/zookeeper/zookeeperIdentity";
import type { OperatorInstallation } from "../components/strimzi/strimziOperator";
import type { Topic } from "../components/kafka/topics";
import type { User } from "../components/kafka/users";
import { complete } from "./complete";
import type { EksDefaults } from "./eks";
import { parseConfig } from "./parse";
import type { ConfigProblem } from "./problems";
import { findConflicts } from "./rules";
import type { ValidConfig } from "./schema";

/** Pulumi project, and so the prefix of every key of the configuration. */
export const PROJECT = "kafka-eks";

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
    readonly namespace: string;
    readonly listeners: readonly Listener[];
    readonly topics: readonly Topic[];
    /** Identities of clients, with those of the health check. */
    readonly users: readonly User[];
    /** Whether clients have the rights of their users only, which is so where a listener knows who they are. */
    readonly authorization: boolean;
    /**
     * Whether network policies say who may connect to whom. They are made wherever Kafka runs: a cluster that does not
     * enforce them takes no notice.
     */
    readonly networkPolicies: boolean;
    readonly deleteDataOnDestroy: boolean;
    /** Whether Pulumi refuses to delete or replace what holds messages or keeps the cluster running, and that itself. */
    readonly protect: boolean;
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
}

/** Kafka and ZooKeeper as StatefulSets. */
export interface StatefulSetConfig extends CommonConfig {
    readonly kafkaDeploymentType: "statefulset";
    readonly certificates: Certificates;
    readonly kafka: BrokersConfig & {
        readonly image: string;
        readonly interBrokerProtocolVersion: string;
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
    };
}

/** Everything that is wrong with a stack's configuration, in one error. */
export class ConfigError extends ProgramError {
    constructor(readonly problems: readonly ConfigProblem[]) {
        const lines = problems.map(
            ({ key, expected, given }) => `  ${fullKey(key)}: expected ${expected}, got ${given}`,
        );
        const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
        super(`${count} in the configuration of the stack:\n${lines.join("\n")}`);
    }
}

/** The key as it stands in the stack's file; other projects' keys come with their prefix. */
function fullKey(key: string): string {
    return key.startsWith("aws:") ? key : `${PROJECT}:${key}`;
}

/**
 * Reads the stack's configuration and fills in the defaults.
 *
 * @param values The raw configuration, as `pulumi.runtime.allConfig()` returns it; of other projects' keys only `aws:region` is read.
 * @param isSecret Tells of a full key whether Pulumi keeps its value, or something in it, as a secret. Where nobody knows,
 *     passwords in plain text pass.
 * @throws {@link ConfigError} with every problem at once.
 */
export function loadConfig(
    values: Readonly<Record<string, string>>,
    isSecret: (key: string) => boolean = () => true,
): StackConfig {
    const prefix = `${PROJECT}:`;
    const own = Object.entries(values)
        .filter(([key]) => key.startsWith(prefix))
        .map(([key, value]) => [key.slice(prefix.length), value] as const);
    const { parsed, problems } = parseConfig(Object.fromEntries(own), values["aws:region"]);
    const found = [...problems, ...findConflicts(parsed, isSecret(`${prefix}users`))];
    if (found.length > 0) {
        throw new ConfigError(found);
    }
    // Without a problem every field is there.
    return complete(parsed as ValidConfig);
}
