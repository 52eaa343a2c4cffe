import { isExternal, nodePorts } from "../components/listeners";
import {
    isOwnedBrokerProperty,
    replicationDefaults,
} from "../components/rendering/brokerProperties";
import { parseQuantity } from "../components/rendering/quantity";
import {
    compareVersions,
    kafkaVersionOfImage,
    releaseLine,
    ZOOKEEPER_KAFKA_LINES,
} from "../components/rendering/versions";
import { ConfigProblem, show } from "./problems";
import { ParsedConfig } from "./schema";

/** Problems between values that are right by themselves. A rule whose values could not be read finds nothing. */
export function findConflicts(config: ParsedConfig): ConfigProblem[] {
    return [
        ...notAvailableYet(config),
        ...versionConflicts(config.kafka),
        ...ownedProperties(config.kafka.config ?? {}),
        ...replicationConflicts(config.kafka),
        ...resourceConflicts("kafka", config.kafka.resources),
        ...resourceConflicts("zookeeper", config.zookeeper.resources),
        ...listenerConflicts(config),
    ];
}

function notAvailableYet(config: ParsedConfig): ConfigProblem[] {
    const problems: ConfigProblem[] = [];
    const refuse = (key: "platform" | "kafkaDeploymentType", value: string, instead: string) => {
        if (config[key] === value) {
            const expected = `${show(instead)} (${show(value)}, the default, is not available yet)`;
            problems.push({ key, expected, given: show(value) });
        }
    };
    refuse("platform", "eks", "kubeconfig");
    refuse("kafkaDeploymentType", "strimzi", "statefulset");
    config.listeners?.forEach((listener, index) => {
        const key = `listeners[${index}]`;
        if (listener?.tls === true) {
            problems.push({
                key: `${key}.tls`,
                expected: "false (TLS is not available yet)",
                given: "true",
            });
        }
        if (listener?.authentication !== undefined) {
            problems.push({
                key: `${key}.authentication`,
                expected: "nothing (authentication is not available yet)",
                given: show(listener.authentication),
            });
        }
    });
    return problems;
}

function versionConflicts(kafka: ParsedConfig["kafka"]): ConfigProblem[] {
    const { image } = kafka;
    if (image === undefined) {
        return [];
    }
    const known = kafkaVersionOfImage(image);
    const version = kafka.version ?? known;
    if (version === undefined) {
        const expected = `the Kafka version in ${show(image)}, whose name does not tell it`;
        return [{ key: "kafka.version", expected, given: "nothing" }];
    }
    const problems: ConfigProblem[] = [];
    if (known !== undefined && releaseLine(known) !== releaseLine(version)) {
        const expected = `${releaseLine(known)}, which ${show(image)} contains`;
        problems.push({ key: "kafka.version", expected, given: show(version) });
    }
    const { first, last } = ZOOKEEPER_KAFKA_LINES;
    const line = releaseLine(version);
    if (compareVersions(line, first) < 0 || compareVersions(line, last) > 0) {
        const expected = `a Kafka from ${first} to ${last}, the ones that run with ZooKeeper here`;
        problems.push({ key: "kafka.version", expected, given: show(version) });
    }
    const protocol = kafka.interBrokerProtocolVersion;
    if (protocol !== undefined && compareVersions(releaseLine(protocol), line) > 0) {
        const expected = `at most ${line}, the release line of the Kafka version`;
        problems.push({ key: "kafka.interBrokerProtocolVersion", expected, given: show(protocol) });
    }
    return problems;
}

function ownedProperties(config: Readonly<Record<string, string>>): ConfigProblem[] {
    return Object.entries(config)
        .filter(([property]) => isOwnedBrokerProperty(property))
        .map(([property, value]) => ({
            key: `kafka.config.${property}`,
            expected: "nothing: the program sets this broker property itself",
            given: show(value),
        }));
}

/** Replication factors by the min ISR that has to suit them; the offsets topic has none of its own. */
const FACTORS_OF_MIN_ISR = {
    "min.insync.replicas": ["default.replication.factor", "offsets.topic.replication.factor"],
    "transaction.state.log.min.isr": ["transaction.state.log.replication.factor"],
} as const;

/** A number as Kafka reads it: digits only, else `NaN`. */
function wholeNumber(text: string | undefined): number {
    return /^\d+$/.test(text ?? "") ? Number(text) : NaN;
}

function replicationConflicts(kafka: ParsedConfig["kafka"]): ConfigProblem[] {
    if (kafka.replicas === undefined || kafka.config === undefined) {
        return [];
    }
    const config: Readonly<Record<string, string>> = kafka.config;
    const brokers = kafka.replicas;
    const effective = { ...replicationDefaults(brokers, config), ...config };
    const read = (key: string) => wholeNumber(effective[key]);
    return Object.entries(FACTORS_OF_MIN_ISR).flatMap(([minIsrKey, factorKeys]) => {
        const wrong = factorKeys.filter((key) => !(read(key) >= 1 && read(key) <= brokers));
        if (wrong.length > 0) {
            const expected = `a whole number from 1 to ${brokers}, the number of brokers`;
            return wrong.map((key) => ({
                key: `kafka.config.${key}`,
                expected,
                given: show(effective[key]),
            }));
        }
        const least = factorKeys.reduce((a, b) => (read(b) < read(a) ? b : a));
        const most = Math.max(1, read(least) - 1);
        if (read(minIsrKey) >= 1 && read(minIsrKey) <= most) {
            return [];
        }
        const expected =
            most === 1
                ? `1 with ${least} ${read(least)}`
                : `a whole number from 1 to ${most}, one below ${least}, so that a broker can restart`;
        return [{ key: `kafka.config.${minIsrKey}`, expected, given: show(effective[minIsrKey]) }];
    });
}

/** Least memory that a server starts with, half of it as its heap. */
const LEAST_MEMORY = { kafka: "512Mi", zookeeper: "128Mi" } as const;

function resourceConflicts(
    key: keyof typeof LEAST_MEMORY,
    resources: ParsedConfig["kafka"]["resources"],
): ConfigProblem[] {
    const { requests, limits } = resources ?? {};
    const problems: ConfigProblem[] = [];
    const atLeast = (
        path: string,
        value: string | undefined,
        least: string | undefined,
        why: string,
    ) => {
        if (value && least && parseQuantity(value)! < parseQuantity(least)!) {
            const expected = `at least ${show(least)}, ${why}`;
            problems.push({ key: `${key}.resources.${path}`, expected, given: show(value) });
        }
    };
    const least = LEAST_MEMORY[key];
    atLeast("requests.memory", requests?.memory, least, "to start with");
    if (requests?.memory === undefined) {
        atLeast("limits.memory", limits?.memory, least, "to start with");
    }
    atLeast("limits.memory", limits?.memory, requests?.memory, "the request");
    atLeast("limits.cpu", limits?.cpu, requests?.cpu, "the request");
    return problems;
}

function listenerConflicts(config: ParsedConfig): ConfigProblem[] {
    const listeners = config.listeners ?? [];
    const problems: ConfigProblem[] = [];
    const takenBy = new Map<string, string>();
    const take = (what: string, value: string | number, key: string) => {
        const other = takenBy.get(`${what} ${value}`);
        if (other === undefined) {
            takenBy.set(`${what} ${value}`, key);
        } else {
            problems.push({
                key,
                expected: `a ${what} that ${other} does not have`,
                given: show(value),
            });
        }
    };
    listeners.forEach((listener, index) => {
        const key = `listeners[${index}]`;
        if (listener === undefined) {
            return;
        }
        take("name", listener.name, `${key}.name`);
        take("port", listener.port, `${key}.port`);
        if (listener.type === "nodePort" && config.kafka.replicas !== undefined) {
            const ports = nodePorts(listener, config.kafka.replicas);
            if (ports.at(-1)! > 32767) {
                const expected = `a port of at most ${32767 - config.kafka.replicas}: the brokers have the ports after it`;
                problems.push({ key: `${key}.basePort`, expected, given: show(listener.basePort) });
            }
            const overlap = ports.find((port) => takenBy.has(`node port ${port}`));
            if (overlap !== undefined) {
                const expected = `node ports that ${takenBy.get(`node port ${overlap}`)} does not take`;
                problems.push({ key: `${key}.basePort`, expected, given: show(listener.basePort) });
            }
            ports.forEach((port) => takenBy.set(`node port ${port}`, key));
        }
    });
    const isInternalOrUnknown = (listener: (typeof listeners)[number]) =>
        listener === undefined || !isExternal(listener);
    if (listeners.length > 0 && !listeners.some(isInternalOrUnknown)) {
        problems.push({
            key: "listeners",
            expected: 'one listener of type "internal", for clients inside the cluster',
            given: show(listeners.map((listener) => listener?.type)),
        });
    }
    return problems;
}
