import { ProgramError } from "../components/kafka/programError";
import { applyDefaults } from "./applyDefaults";
import { isKnownKey } from "./knownKeys";
import { kafkaVersionOf } from "./kafkaVersion";
import { isMistyped } from "./nearest";
import { parseConfig } from "./parse";
import { type ConfigProblem, keyOfNobody } from "./problems";
import { propertyWarnings } from "./propertyWarnings";
import { findConflicts } from "./rules";
import type { ValidConfig } from "./schema";
import type { StackConfig } from "./stackConfig";

/** Pulumi project, and so the prefix of every key of the configuration. */
export const PROJECT = "kafka-eks";

/** Everything that is wrong with a stack's configuration, in one error. */
export class ConfigError extends ProgramError {
    /** @param warnings What may be wrong, too. */
    constructor(
        readonly problems: readonly ConfigProblem[],
        warnings: readonly string[] = [],
    ) {
        const lines = problems.map(
            ({ key, expected, given, next }) =>
                `  ${shownKey(key)}: expected ${expected}, got ${given}` +
                (next === undefined ? "" : `. Next: ${next}`),
        );
        const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
        const more =
            warnings.length === 0
                ? []
                : ["warnings:", ...warnings.map((warning) => `  ${shownKey(warning)}`)];
        super([`${count} in the configuration of the stack:`, ...lines, ...more].join("\n"));
    }
}

/** The key as it stands in the stack's file, on one line; other projects' keys come with their prefix. */
function shownKey(key: string): string {
    const line = key.replace(/\s/g, (blank) =>
        blank === " " ? blank : JSON.stringify(blank).slice(1, -1),
    );
    return /^[\w-]+:/.test(line) ? line : `${PROJECT}:${line}`;
}

/** Keys of projects that are this one, written otherwise: a mistyped one, or a key in its place. */
function keysOfNobody(values: Readonly<Record<string, string>>): ConfigProblem[] {
    return Object.keys(values).flatMap((key) => {
        const [, project = "", name] = /^([^:]+):(.+)$/.exec(key) ?? [];
        if (project === PROJECT || PACKAGES.includes(project)) {
            return [];
        }
        const meant = isKnownKey(`${project}.${name}`)
            ? `${project}.${name}`
            : // With a number it is the name of another one.
              !/\d/.test(project) && isMistyped(project, PROJECT)
              ? name
              : undefined;
        return meant === undefined ? [] : [keyOfNobody(key, `${PROJECT}:${meant}`)];
    });
}

/** Packages whose own configuration the program uses. */
const PACKAGES = ["aws", "eks", "kubernetes", "pulumi"];

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
    const found = [
        ...keysOfNobody(values),
        ...problems,
        ...findConflicts(parsed, isSecret(`${prefix}users`)),
    ];
    if (found.length > 0) {
        const wrong = new Set(found.map(({ key }) => key));
        throw new ConfigError(found, propertyWarnings(parsed, kafkaVersionOf(parsed), wrong));
    }
    // Without a problem every field is there.
    return applyDefaults(parsed as ValidConfig);
}
