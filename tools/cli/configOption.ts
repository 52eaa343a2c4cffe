import { InvalidArgumentError } from "commander";
import { partsOf } from "./configPath";
import { fullKey } from "./stackFile";

/** What the help of a command says of the configuration that it reads. */
export const STACK_CONFIG_HELP = `The configuration is that of Pulumi.<stack>.yaml; --config overrides it, key by key.
A key needs no "kafka-eks:", and may be a path such as kafka.replicas; an object or a list is JSON.`;

/** Collects `KEY=VALUE` options by full key; for commander. */
export function collectConfig(
    text: string,
    before: Readonly<Record<string, string>>,
): Record<string, string> {
    const [, key, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
    if (key === undefined || value === undefined) {
        throw new InvalidArgumentError("Expected KEY=VALUE.");
    }
    const full = fullKey(key);
    if (partsOf(full) === undefined || /(^|:)[.[]/.test(key)) {
        throw new InvalidArgumentError(
            "Expected a key, or a path such as kafka.replicas, topics[0].name or " +
                'kafka.config["log.retention.ms"].',
        );
    }
    return { ...before, [full]: value };
}
