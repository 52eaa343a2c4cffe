import { isDeepStrictEqual } from "node:util";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type {
    AllDefinitions,
    DatedDefinition,
    LineDefinitions,
    PropertyDefinition,
    PropertyKind,
} from "../../components/kafka/properties/definition";
import { DEFINITIONS_FILE } from "../../components/kafka/properties/definitions";
import { releaseLine } from "../../components/kafka/versions";
import { findJava } from "../java";
import { run } from "../run";
import { KAFKA_OF_EACH_LINE, VERSIONS } from "../versions";
import { build, pathOf } from "./cache";
import { kafkaLibs } from "./kafkaLibs";
import { KAFKA } from "./kafkaReleases";

const PROGRAM = join(__dirname, "kafka-properties", "KafkaProperties.java");

/** Writes how each release line of Kafka defines the properties of brokers and topics; gets the jars that it lacks. */
export async function writeKafkaProperties(): Promise<void> {
    const lines: (readonly [string, LineDefinitions])[] = [];
    for (const version of KAFKA_OF_EACH_LINE) {
        lines.push([releaseLine(version), await definitionsOf(version)]);
    }
    writeFileSync(DEFINITIONS_FILE, formatDefinitions(mergeLines(lines)));
}

/** How a release of Kafka defines the properties of brokers and topics. */
export async function definitionsOf(version: string): Promise<LineDefinitions> {
    return JSON.parse(await askKafka(version)) as LineDefinitions;
}

/** A value of a property. */
export interface PropertyValue {
    readonly kind: PropertyKind;
    readonly name: string;
    /** On one line, without tabs. */
    readonly value: string;
}

/** Whether a release of Kafka takes each of the values. */
export async function takenByKafka(
    version: string,
    values: readonly PropertyValue[],
): Promise<readonly boolean[]> {
    const input = values.map(({ kind, name, value }) => `${kind}\t${name}\t${value}\n`).join("");
    return JSON.parse(await askKafka(version, input)) as boolean[];
}

async function askKafka(version: string, values?: string): Promise<string> {
    const { logging } = version.startsWith("3.") ? KAFKA.statefulset : KAFKA.strimzi;
    const libs = kafkaLibs({ version, logging });
    await build(libs, () => undefined);
    const java = await findJava(VERSIONS.kafkaJava, "to load Kafka's classes");
    const mode = values === undefined ? [] : ["values"];
    const printed = await run(java, ["-cp", join(pathOf(libs), "*"), PROGRAM, ...mode], {
        input: values ?? "",
    });
    // Before it, the logging library may say that it has no configuration.
    return printed.trimEnd().split("\n").at(-1)!;
}

/** Puts release lines together: what a property is in lines that follow each other is said once. */
export function mergeLines(lines: readonly (readonly [string, LineDefinitions])[]): AllDefinitions {
    const merged = (kind: PropertyKind) => {
        const names = new Set(lines.flatMap(([, properties]) => Object.keys(properties[kind])));
        return Object.fromEntries(
            [...names]
                .sort()
                .map((name) => [
                    name,
                    datedDefinitions(
                        lines.map(([line, properties]) => [line, properties[kind][name]]),
                    ),
                ]),
        );
    };
    return {
        lines: lines.map(([line]) => line),
        broker: merged("broker"),
        topic: merged("topic"),
    };
}

type Line = readonly [string, PropertyDefinition | undefined];

function datedDefinitions(lines: readonly Line[]): DatedDefinition[] {
    const starts = lines.flatMap(([, definition], index) =>
        isDeepStrictEqual(definition, lines[index - 1]?.[1]) ? [] : [index],
    );
    return starts.flatMap((start, n): DatedDefinition[] => {
        const end = (starts[n + 1] ?? lines.length) - 1;
        const [since, definition] = lines[start]!;
        const [until] = lines[end]!;
        return definition === undefined
            ? []
            : [
                  {
                      ...(start > 0 && { since }),
                      ...(end < lines.length - 1 && { until }),
                      ...definition,
                  },
              ];
    });
}

/** As JSON with one property on each line, for reviews. */
export function formatDefinitions({ lines, broker, topic }: AllDefinitions): string {
    const properties = (all: AllDefinitions[PropertyKind]) =>
        Object.entries(all)
            .map(([name, definitions]) => `${JSON.stringify(name)}: ${JSON.stringify(definitions)}`)
            .join(",\n");
    return `{\n"lines": ${JSON.stringify(lines)},\n"broker": {\n${properties(broker)}\n},\n"topic": {\n${properties(topic)}\n}\n}\n`;
}
