import { maxMinIsr, replicationDefaults } from "../../components/kafka/replication";
import { ConfigProblem, show } from "../problems";
import { ParsedConfig } from "../schema";

/** Replication factors by the min ISR that has to suit them; the offsets topic has none of its own. */
const FACTORS_OF_MIN_ISR = {
    "min.insync.replicas": ["default.replication.factor", "offsets.topic.replication.factor"],
    "transaction.state.log.min.isr": ["transaction.state.log.replication.factor"],
} as const;

/** A number as Kafka reads it: digits only, else `NaN`. */
export function readWholeNumber(text: string | undefined): number {
    return /^\d+$/.test(text ?? "") ? Number(text) : NaN;
}

/** Replication factors that exceed the brokers, and min ISR that leave no broker to restart. */
export function replicationConflicts(kafka: ParsedConfig["kafka"]): ConfigProblem[] {
    if (kafka.replicas === undefined || kafka.config === undefined) {
        return [];
    }
    const config: Readonly<Record<string, string>> = kafka.config;
    const brokers = kafka.replicas;
    const effective = { ...replicationDefaults(brokers, config), ...config };
    const read = (key: string) => readWholeNumber(effective[key]);
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
        const most = maxMinIsr(read(least));
        if (read(minIsrKey) >= 1 && read(minIsrKey) <= most) {
            return [];
        }
        const expected =
            most === 1
                ? `1 with ${least} ${read(least)}`
                : `a whole number from 1 to ${most}, one below ${least}, so that a broker can restart`;
        const enough = read(minIsrKey) + 1;
        return [
            {
                key: `kafka.config.${minIsrKey}`,
                expected,
                given: show(effective[minIsrKey]),
                ...(enough <= brokers && {
                    next: `lower it, or raise ${least} to ${enough}`,
                }),
            },
        ];
    });
}
