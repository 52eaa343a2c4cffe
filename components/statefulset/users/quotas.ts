import type { Quotas } from "../../kafka/users";

/** Quotas by the names that Kafka has for them. */
const QUOTA_KEYS: Readonly<Record<keyof Quotas, string>> = {
    producerByteRate: "producer_byte_rate",
    consumerByteRate: "consumer_byte_rate",
    requestPercentage: "request_percentage",
    controllerMutationRate: "controller_mutation_rate",
};

/** Quotas as Kafka's tools print and take them, `key=value`. */
export function quotaTexts(quotas: Quotas): string[] {
    return (Object.keys(QUOTA_KEYS) as (keyof Quotas)[]).flatMap((quota) => {
        const value = quotas[quota];
        return value === undefined ? [] : `${QUOTA_KEYS[quota]}=${javaDouble(value)}`;
    });
}

/**
 * A number above zero as Java writes a `double`: `1024.0`, `1.048576E7`.
 *
 * @see https://docs.oracle.com/javase/8/docs/api/java/lang/Double.html#toString-double-
 */
export function javaDouble(value: number): string {
    const isPlain = value >= 1e-3 && value < 1e7;
    const [digits, exponent] = (isPlain ? String(value) : value.toExponential()).split("e");
    const withFraction = digits!.includes(".") ? digits! : `${digits}.0`;
    return exponent === undefined ? withFraction : `${withFraction}E${Number(exponent)}`;
}
