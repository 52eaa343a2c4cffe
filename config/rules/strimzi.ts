import { type ConfigProblem, show } from "../problems";
import type { ParsedConfig } from "../schema";
import { isReservedUser } from "./users";

/** Settings of the operator's installation. */
const INSTALLATION = ["chart", "crds", "watchNamespaces", "resources"] as const;

/** Ports of the brokers that the operator has for itself: metrics and JMX. */
const OPERATOR_PORTS = [9404, 9999];

/** Settings of the operator that exclude each other, and what it has for itself. */
export function strimziConflicts(config: ParsedConfig): ConfigProblem[] {
    const { strimzi, kafka } = config;
    if (config.kafkaDeploymentType !== "strimzi") {
        return [];
    }
    const problems: ConfigProblem[] = [];
    if (strimzi.installOperator === false) {
        INSTALLATION.filter((field) => strimzi[field] !== undefined).forEach((field) =>
            problems.push({
                key: `strimzi.${field}`,
                expected:
                    "nothing with strimzi.installOperator false: the operator is there already",
                given: show(strimzi[field]),
            }),
        );
    }
    if (strimzi.dualRole === true && strimzi.controllers !== undefined) {
        problems.push({
            key: "strimzi.controllers",
            expected: "nothing with strimzi.dualRole true: the brokers are the controllers",
            given: "an object",
        });
    }
    (config.listeners ?? []).forEach((listener, index) => {
        if (listener?.port !== undefined && OPERATOR_PORTS.includes(listener.port)) {
            problems.push({
                key: `listeners[${index}].port`,
                expected: `a port other than ${OPERATOR_PORTS.join(" and ")}, which Strimzi has for metrics and JMX`,
                given: show(listener.port),
            });
        }
    });
    (config.users ?? []).forEach((user, index) => {
        // Those of the program are refused as such.
        const name = user?.name;
        if (name?.startsWith("kafka-") && !isReservedUser(name)) {
            problems.push({
                key: `users[${index}].name`,
                expected:
                    "a name that does not begin with kafka-: the user's Secret has it, and Strimzi's own begin so",
                given: show(name),
            });
        }
    });
    problems.push(...quotaConflicts(config));
    const brokers = kafka.replicas;
    if (strimzi.dualRole === true && brokers !== undefined && ![1, 3, 5, 7].includes(brokers)) {
        problems.push({
            key: "kafka.replicas",
            expected:
                "an odd number from 1 to 7 with strimzi.dualRole true: the brokers are the controllers",
            given: show(brokers),
        });
    }
    return problems;
}

/** Quotas that the operator reads as whole numbers of 32 bits. */
const WHOLE_QUOTAS = ["producerByteRate", "consumerByteRate", "requestPercentage"] as const;
const MOST = 2 ** 31 - 1;

/** A `KafkaUser` with a larger number the operator can't read. */
function quotaConflicts({ users = [] }: ParsedConfig): ConfigProblem[] {
    return users.flatMap((user, index) =>
        WHOLE_QUOTAS.map((quota) => ({ quota, value: user?.quotas[quota] ?? 0 }))
            .filter(({ value }) => value > MOST)
            .map(({ quota, value }) => ({
                key: `users[${index}].quotas.${quota}`,
                expected: `at most ${MOST} with kafkaDeploymentType "strimzi": the operator reads no larger number`,
                given: show(value),
            })),
    );
}
