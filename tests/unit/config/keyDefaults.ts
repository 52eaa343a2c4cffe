import assert from "node:assert/strict";
import { loadConfig } from "../../../config";
import { isObject } from "../../../config/everyFault";
import type { StackConfig } from "../../../config/stackConfig";
import type { DocumentedKey } from "./documentedKeys";
import { stackValues } from "../../support/mocks";

/** The shortest configurations, each with the words that tell it from the others. */
const STACKS = ["strimzi", "statefulset"].flatMap((kafkaDeploymentType) =>
    [undefined, "prod", "dev"].map((environment) => {
        const platform = environment === undefined ? "kubeconfig" : "eks";
        const eks = { environment, publicAccessCidrs: [] };
        const keys = { platform, kafkaDeploymentType, ...(environment !== undefined && { eks }) };
        return {
            words: [kafkaDeploymentType, platform, environment] as const,
            config: loadConfig(stackValues({ "aws:region": "eu-west-1", ...keys })),
        };
    }),
);

/** What these configurations themselves say, so that it is no default there. */
const GIVEN = ["platform", "kafkaDeploymentType", "eks.environment", "eks.publicAccessCidrs"];

/**
 * The default of a key in Markdown: what a configuration without it has, and with which deployment type, platform,
 * environment or kind of entry it is another one.
 */
export function defaultOf(key: DocumentedKey, only: readonly string[]): string {
    const { shownDefault } = key.schemas.values().next().value!;
    if (shownDefault !== undefined) {
        return shownDefault;
    }
    const ofStacks = STACKS.filter(({ words }) => only.every((word) => words.includes(word))).map(
        ({ words, config }) => [words, shown(valueIn(config, key.path))] as const,
    );
    if (!GIVEN.includes(key.path) && ofStacks.some(([, value]) => value !== NONE)) {
        return said(ofStacks);
    }
    return key.isRequired
        ? "required"
        : said([...key.schemas].map(([kind, schema]) => [[kind], shown(schema.default)] as const));
}

const NONE = "none";

function shown(value: unknown): string {
    const isEmpty =
        value === undefined || (typeof value === "object" && Object.keys(value!).length === 0);
    return isEmpty ? NONE : `\`${typeof value === "string" ? value : JSON.stringify(value)}\``;
}

/** Values by the words that may decide: the first one, and others with the word that they go with. */
function said(values: readonly (readonly [words: readonly (string | undefined)[], string])[]) {
    const [[first, usual]] = values as [(typeof values)[0]];
    if (values.every(([, value]) => value === usual)) {
        return usual;
    }
    // The first word of which each goes with one value.
    const at = [...first.keys()].find((index) =>
        values.every(([words, value]) =>
            values.every(([others, other]) => words[index] !== others[index] || value === other),
        ),
    );
    assert.ok(at !== undefined, `expected one word that decides, got ${JSON.stringify(values)}`);
    const others = new Set(values.map(([, value]) => value).filter((value) => value !== usual));
    return [
        usual,
        ...[...others].map((value) => {
            const words = values.filter(([, each]) => each === value).map(([all]) => all[at]);
            return `${value} with ${[...new Set(words)].map((word) => `\`${word}\``).join(", ")}`;
        }),
    ].join("; ");
}

/** Where a complete configuration has the value of a key. */
function valueIn(config: StackConfig, path: string): unknown {
    return (
        valueAt(config, path) ??
        valueAt(config, path.replace("strimzi.", "strimzi.operator.")) ??
        valueAt(config, `eks.${path}`)
    );
}

function valueAt(whole: unknown, path: string): unknown {
    return path
        .split(".")
        .reduce<unknown>((value, name) => (isObject(value) ? value[name] : undefined), whole);
}
