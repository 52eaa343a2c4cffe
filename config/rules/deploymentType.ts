import { type ConfigProblem, show } from "../problems";
import type { ParsedConfig } from "../schema";

type DeploymentType = NonNullable<ParsedConfig["kafkaDeploymentType"]>;

/** Keys that mean something to one deployment type only, and why the other has no use for them. */
export const ONLY_ON: Readonly<Record<DeploymentType, Readonly<Record<string, string>>>> = {
    statefulset: {
        zookeeper: "Kafka has its own controllers there",
        certificates: "the operator has its own CAs there",
        restartWhileDegraded: "the operator decides when brokers restart",
        waitMinutes: "up waits as long as the operator may take for each node",
        "kafka.acceptEmptyVolumes": "the operator has no such check",
        "kafka.image": "the operator chooses the image by kafka.version",
        "kafka.interBrokerProtocolVersion": "kafka.metadataVersion is its counterpart there",
    },
    strimzi: {
        strimzi: "there is no operator",
        "kafka.metadataVersion": "kafka.interBrokerProtocolVersion is its counterpart there",
    },
};

/** The keys that are one type's alone as a whole. */
const SECTIONS = ["strimzi", "zookeeper", "certificates"];

/**
 * Whether a stack is written for either type, as `Pulumi.kind.yaml` is: it names its type and has the sections of both. Who
 * has less may take a key of the other type for one of its own.
 */
function isForEither({ given }: ParsedConfig): boolean {
    return ["kafkaDeploymentType", ...SECTIONS].every((key) => given.has(key));
}

/** What the deployment type does not have. */
export function deploymentTypeConflicts(config: ParsedConfig): ConfigProblem[] {
    const { kafkaDeploymentType: type, kafka } = config;
    if (type === undefined) {
        return [];
    }
    const other = type === "strimzi" ? "statefulset" : "strimzi";
    return Object.entries(ONLY_ON[other]).flatMap(([key, why]): ConfigProblem[] => {
        const field = key.startsWith("kafka.") ? key.slice("kafka.".length) : undefined;
        const value =
            field === undefined
                ? config[key as keyof ParsedConfig]
                : kafka[field as keyof typeof kafka];
        if (SECTIONS.includes(key) && isForEither(config)) {
            return [];
        }
        // A field that could not be read has a problem of its own.
        if (field === undefined ? !config.given.has(key) : value === undefined) {
            return [];
        }
        const expected = `nothing with kafkaDeploymentType ${show(type)}: ${why}`;
        return [
            {
                key,
                expected,
                given: typeof value === "object" && field === undefined ? "an object" : show(value),
            },
        ];
    });
}
