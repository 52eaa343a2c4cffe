import { type ConfigProblem, show } from "../problems";
import type { ParsedConfig } from "../schema";

/** Settings of the operator's installation. */
const INSTALLATION = ["chart", "crds", "watchNamespaces", "resources"] as const;

/** Settings of the operator that exclude each other. */
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
            given: show(strimzi.controllers),
        });
    }
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
