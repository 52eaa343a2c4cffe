import { readFileSync } from "node:fs";
import { join } from "node:path";
import { compareVersions, releaseLine } from "../versions";
import type { AllDefinitions, PropertyDefinition, PropertyKind } from "./definition";

/** What `npm run kafka-properties` makes out of Kafka's own definitions. */
export const DEFINITIONS_FILE = join(__dirname, "definitions.json");

let loaded: AllDefinitions | undefined;

/** All definitions. They are read at the first question, so whoever asks none does not wait for them. */
export function allDefinitions(): AllDefinitions {
    loaded ??= JSON.parse(readFileSync(DEFINITIONS_FILE, "utf8")) as AllDefinitions;
    return loaded;
}

/** The prefix of what a broker property is on one listener only. */
const LISTENER_PREFIX = /^listener\.name\.[^.]+\.(?:[a-z0-9-]+\.(?=sasl\.|oauthbearer\.))?/;

/**
 * The name under which Kafka defines a broker property: that of a listener, and of one of its SASL mechanisms, is the rest of
 * its name.
 */
export function definedName(kind: PropertyKind, name: string): string {
    return kind === "broker" ? name.replace(LISTENER_PREFIX, "") : name;
}

/**
 * How a Kafka defines a property; `undefined` if it does not know it.
 *
 * @param version Kafka version. One that is newer or older than all known lines counts as the nearest of them.
 */
export function definitionOf(
    kind: PropertyKind,
    name: string,
    version: string,
): PropertyDefinition | undefined {
    return definitionsOf(kind, version).get(definedName(kind, name));
}

/** What has been found of a kind and a version: the rules ask for the same ones thousands of times. */
const found = new Map<string, ReadonlyMap<string, PropertyDefinition>>();

/** All that a Kafka defines, by name. */
function definitionsOf(
    kind: PropertyKind,
    version: string,
): ReadonlyMap<string, PropertyDefinition> {
    const key = `${kind} ${version}`;
    let definitions = found.get(key);
    if (definitions === undefined) {
        const line = knownLine(version);
        definitions = new Map(
            Object.entries(allDefinitions()[kind]).flatMap(([name, dated]) => {
                const definition = dated.find(
                    ({ since, until }) =>
                        (since === undefined || compareVersions(line, since) >= 0) &&
                        (until === undefined || compareVersions(line, until) <= 0),
                );
                return definition === undefined ? [] : [[name, definition] as const];
            }),
        );
        found.set(key, definitions);
    }
    return definitions;
}

/** Definitions of a property in all known lines, oldest first; none if no known Kafka has it. */
export function datedDefinitions(kind: PropertyKind, name: string) {
    const definitions = allDefinitions()[kind];
    const defined = definedName(kind, name);
    return Object.hasOwn(definitions, defined) ? definitions[defined]! : [];
}

/** Names of all properties that a Kafka defines. */
export function namesOf(kind: PropertyKind, version: string): string[] {
    return [...definitionsOf(kind, version).keys()];
}

function knownLine(version: string): string {
    const { lines } = allDefinitions();
    const line = releaseLine(version);
    const known = lines.filter((each) => compareVersions(each, line) <= 0);
    return known.at(-1) ?? lines[0]!;
}
