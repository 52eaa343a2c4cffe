import assert from "node:assert/strict";
import type {
    LineDefinitions,
    PropertyDefinition,
    PropertyKind,
} from "../../components/kafka/properties/definition";
import { definitionOf, namesOf } from "../../components/kafka/properties/definitions";
import { expectedInstead } from "../../components/kafka/properties/value";
import { definitionsOf, type PropertyValue, takenByKafka } from "../../lab/build/kafkaProperties";
import { VERSIONS } from "../../lab/versions";

const KINDS: readonly PropertyKind[] = ["broker", "topic"];

/** Properties that Kafka checks by code of its own. */
const CHECKED_BY_KAFKA = [
    "controller.quorum.bootstrap.servers",
    "controller.quorum.voters",
    "follower.replication.throttled.replicas",
    "inter.broker.protocol.version",
    "leader.replication.throttled.replicas",
    "log.message.format.version",
    "message.format.version",
];

const ANY_TYPE = [
    ...[
        "banana",
        "",
        "true",
        "TRUE",
        "yes",
        "1",
        "0",
        "-1",
        "-2",
        "+5",
        " 7 ",
        "007",
        "1.5",
        "1e3",
    ],
    ...["0x10", "1_000", "32768", "2147483647", "2147483648", "-2147483649"],
    ...["9223372036854775807", "9223372036854775808", "9223372036854776000", "a,b", "a, a", ","],
];

// The two releases whose jars the lab has.
for (const version of [VERSIONS.kafka, VERSIONS.strimziKafka]) {
    describe(`properties of Kafka ${version}`, () => {
        it("are kept as this Kafka defines them", async () => {
            const kept = Object.fromEntries(
                KINDS.map((kind) => [
                    kind,
                    Object.fromEntries(
                        namesOf(kind, version).map((name) => [name, undated(kind, name, version)]),
                    ),
                ]),
            ) as LineDefinitions;
            assert.deepEqual(kept, await definitionsOf(version));
        });

        it("take the values that this Kafka takes, and no others", async () => {
            const values = KINDS.flatMap((kind) =>
                namesOf(kind, version)
                    .filter((name) => !CHECKED_BY_KAFKA.includes(name))
                    .flatMap((name) => samples(kind, name, definitionOf(kind, name, version)!)),
            );
            const taken = await takenByKafka(version, values);
            const differ = values.filter(
                ({ kind, name, value }, index) =>
                    (expectedInstead(definitionOf(kind, name, version)!, value) === undefined) !==
                    taken[index],
            );
            assert.deepEqual(differ, []);
        });
    });
}

function undated(kind: PropertyKind, name: string, version: string): PropertyDefinition {
    const definition = { ...definitionOf(kind, name, version)! };
    delete (definition as { since?: string }).since;
    delete (definition as { until?: string }).until;
    return definition;
}

function samples(
    kind: PropertyKind,
    name: string,
    { type, min, max, or, values = [], valuesOfAnyCase = [] }: PropertyDefinition,
): PropertyValue[] {
    if (type === "class" || type === "password") {
        return [];
    }
    const limits = [min, max, or].flatMap((limit) =>
        limit === undefined ? [] : [limit - 1, limit, limit + 1].map(String),
    );
    const words = [...values, ...valuesOfAnyCase].flatMap((word) => [
        word,
        word.toUpperCase(),
        word.toLowerCase(),
        `${word},${word}`,
        `${word}, banana`,
    ]);
    return [...ANY_TYPE, ...limits, ...words, values.join(",")].map((value) => ({
        kind,
        name,
        value,
    }));
}
