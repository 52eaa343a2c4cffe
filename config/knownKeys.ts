import { datedDefinitions } from "../components/kafka/properties/definitions";
import { type JsonSchema, jsonSchemas } from "./jsonSchema";
import { areAlike, nearest } from "./nearest";

/** The key that somebody probably meant; positions in lists are empty brackets. `undefined` if none is near. */
export function nearestKey(given: string): string | undefined {
    return (
        otherWord(given) ??
        jvmKey(given) ??
        propertyKey(given) ??
        withPositions(nearestOf(given), given)
    );
}

/** A key in the same entry of a list as the given one. */
function withPositions(key: string | undefined, given: string): string | undefined {
    const positions = given.match(/\[\d+\]/g) ?? [];
    return given.split("[")[0] === key?.split("[")[0]
        ? key?.replace(/\[\]/g, () => positions.shift() ?? "[]")
        : key;
}

/** Tells whether the configuration has a key, by the path to it. */
export function isKnownKey(path: string): boolean {
    return knownKeys().includes(path);
}

/** What others call it: Strimzi, Kubernetes, Kafka and AWS. The path of the key follows that of the word. */
const OTHER_WORDS: readonly (readonly [word: RegExp, key: string])[] = [
    [/^(eks\.)?(aws)?region$/i, "aws:region"],
    [/^(kafka\.)?(brokers|brokerCount|numberOfBrokers|nodes)$/i, "kafka.replicas"],
    [/^zookeeper\.(members|nodes)$/i, "zookeeper.replicas"],
    [/^(kafka|zookeeper|strimzi\.controllers)\.(volumes?|disks?|persistence)$/i, "$1.storage"],
    [/^eks\.(nodes|nodeGroups?|workers?)$/i, "eks.brokerNodes"],
    [/^(topics\[\d+\]\.)replicas$/, "$1replicationFactor"],
    [/^(users\[\d+\]\.)permissions$/, "$1acls"],
];

function otherWord(given: string): string | undefined {
    const [word, key] = OTHER_WORDS.find(([each]) => each.test(given)) ?? [];
    return word && given.replace(word, key!);
}

/** Options of the JVM that have no key of their own. */
const JVM_OPTIONS: readonly (readonly [option: RegExp, key: string])[] = [
    [/^-Xss.*$/, "-XX.ThreadStackSize, in KiB"],
    [/^-Xmn.*$/, "-XX.MaxNewSize"],
    [/^-XX:[+-]?(\w+).*$/, "-XX.$1"],
    [/^-D.*$/, "javaSystemProperties"],
    [/^(-Xm[sx]).+$/, "$1"],
];

/** Where an option of the JVM belongs. */
function jvmKey(given: string): string | undefined {
    const [, path, option] = /^(.+\.jvmOptions\.)(-.+)$/.exec(given) ?? [];
    const [form, key] = JVM_OPTIONS.find(([each]) => each.test(option ?? "")) ?? [];
    return form && path! + option!.replace(form, key!);
}

/** Where a property of Kafka belongs that stands in the wrong place. */
function propertyKey(given: string): string | undefined {
    const [, topic, name] = /^(?:kafka\.|(topics\[\d+\])\.)?(.*)$/s.exec(given)!;
    const isProperty = datedDefinitions(topic === undefined ? "broker" : "topic", name!).length > 0;
    return isProperty ? `${topic ?? "kafka"}.config.${name}` : undefined;
}

function nearestOf(given: string): string | undefined {
    const path = given.replace(/\[\d+\]/g, "[]");
    // The same key is one of another type of listener or certificates, and no help.
    const others = knownKeys().filter((key) => key !== path);
    const [, parent, name] = /^(?:(.*)\.)?([^.]*)$/s.exec(path)!;
    if (parent !== undefined && others.includes(name!)) {
        return name;
    }
    const siblings = others.filter((key) => parentOf(key) === parent);
    const sibling = nearest(name!, siblings.map(lastNameOf));
    if (sibling !== undefined) {
        return given.slice(0, given.length - name!.length) + sibling;
    }
    const alike = others.find((key) => areAlike(key, path));
    if (alike !== undefined) {
        return alike;
    }
    const [root] = path.split(/[.[]/);
    const inRoot = others.filter((key) => key.startsWith(`${root}.`) || key.startsWith(`${root}[`));
    return inRoot.length > 0
        ? ofName(name!, inRoot)
        : (ofName(path, others) ?? ofName(name!, others));
}

function parentOf(key: string): string | undefined {
    return /^(.*)\.[^.]+$/.exec(key)?.[1];
}

function lastNameOf(key: string): string {
    return key.split(".").at(-1)!;
}

/** The key nearest to the top whose last name has the same letters. */
function ofName(name: string, keys: readonly string[]): string | undefined {
    return keys
        .filter((key) => areAlike(lastNameOf(key), name))
        .sort((a, b) => a.split(".").length - b.split(".").length)[0];
}

let known: readonly string[] | undefined;

/** All keys of the configuration, each with the path to it. Read from the schemas at the first wrong key, and then kept. */
function knownKeys(): readonly string[] {
    return (known ??= Object.entries(jsonSchemas()).flatMap(([key, schema]) =>
        keysIn(key, schema),
    ));
}

function keysIn(path: string, { properties, items, anyOf, oneOf }: JsonSchema): string[] {
    const inside = [
        ...Object.entries(properties ?? {}).flatMap(([name, each]) =>
            keysIn(`${path}.${name}`, each),
        ),
        ...(items === undefined ? [] : keysIn(`${path}[]`, items)),
        ...[...(anyOf ?? []), ...(oneOf ?? [])].flatMap((each) => keysIn(path, each)),
    ];
    return [...new Set([...(path.endsWith("]") ? [] : [path]), ...inside])];
}
