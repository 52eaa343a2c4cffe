import { RunError } from "@pulumi/pulumi";
import type { Listener } from "./components/listeners";
import type { Resources, Spread, Storage } from "./components/rendering/pods";
import { DEFAULT_PROTOCOL_LINE, kafkaVersionOfImage } from "./components/rendering/versions";
import { parseConfig } from "./config/parse";
import type { ConfigProblem } from "./config/problems";
import { findConflicts } from "./config/rules";
import type { ValidConfig } from "./config/schema";

/** Pulumi project, and so the prefix of every key of the configuration. */
export const PROJECT = "kafka-eks";

/** What a stack deploys, complete: every default is filled in. */
export interface StackConfig {
    readonly platform: ValidConfig["platform"];
    readonly kafkaDeploymentType: ValidConfig["kafkaDeploymentType"];
    /** Kubeconfig file; the usual kubeconfig rules apply without it. */
    readonly kubeconfig?: string;
    /** Context of the kubeconfig; its current context without it. */
    readonly kubeContext?: string;
    readonly namespace: string;
    readonly kafka: {
        readonly replicas: number;
        readonly image: string;
        readonly version: string;
        readonly interBrokerProtocolVersion: string;
        readonly storage: Storage;
        readonly resources: Resources;
        readonly spread: Spread;
        readonly rackAwareness: boolean;
        readonly config: Readonly<Record<string, string>>;
    };
    readonly zookeeper: {
        readonly replicas: number;
        readonly image: string;
        readonly storage: Storage;
        readonly resources: Resources;
        readonly spread: Spread;
    };
    readonly listeners: readonly Listener[];
    readonly deleteDataOnDestroy: boolean;
}

/** Everything that is wrong with a stack's configuration, in one error. Pulumi prints it without a stack trace. */
export class ConfigError extends RunError {
    constructor(readonly problems: readonly ConfigProblem[]) {
        const lines = problems.map(
            ({ key, expected, given }) => `  ${PROJECT}:${key}: expected ${expected}, got ${given}`,
        );
        const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
        super(`${count} in the configuration of the stack:\n${lines.join("\n")}`);
    }
}

/**
 * Reads the stack's configuration and fills in the defaults.
 *
 * @param values The raw configuration, as `pulumi.runtime.allConfig()` returns it; keys of other projects are ignored.
 * @throws {@link ConfigError} with every problem at once.
 */
export function loadConfig(values: Readonly<Record<string, string>>): StackConfig {
    const prefix = `${PROJECT}:`;
    const own = Object.entries(values)
        .filter(([key]) => key.startsWith(prefix))
        .map(([key, value]) => [key.slice(prefix.length), value] as const);
    const { parsed, problems } = parseConfig(Object.fromEntries(own));
    const found = [...problems, ...findConflicts(parsed)];
    if (found.length > 0) {
        throw new ConfigError(found);
    }
    // Without a problem every field is there.
    return complete(parsed as ValidConfig);
}

/** Fills in the defaults that follow from other keys. */
function complete(valid: ValidConfig): StackConfig {
    const { kafka, zookeeper } = valid;
    const version = kafka.version ?? kafkaVersionOfImage(kafka.image)!;
    return {
        ...valid,
        kafka: {
            ...kafka,
            version,
            interBrokerProtocolVersion: kafka.interBrokerProtocolVersion ?? DEFAULT_PROTOCOL_LINE,
            resources: completeResources(kafka.resources, { cpu: "500m", memory: "2Gi" }),
        },
        zookeeper: {
            ...zookeeper,
            resources: completeResources(zookeeper.resources, { cpu: "250m", memory: "512Mi" }),
        },
    };
}

/** The memory limit equals the request unless it is given: a pod that may not exceed its request is evicted last. */
function completeResources(
    { requests, limits }: ValidConfig["kafka"]["resources"],
    defaults: Required<Resources["requests"]>,
): Resources {
    const memory = requests.memory ?? limits.memory ?? defaults.memory;
    return {
        requests: { cpu: requests.cpu ?? limits.cpu ?? defaults.cpu, memory },
        limits: { ...limits, memory: limits.memory ?? memory },
    };
}
