import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import {
    allDefinitions,
    definedName,
    DEFINITIONS_FILE,
    definitionOf,
} from "../../../../components/kafka/properties/definitions";
import { releaseLine, ZOOKEEPER_KAFKA_LINES } from "../../../../components/kafka/versions";
import { STRIMZI_RELEASES } from "../../../../components/strimzi/versions";
import { formatDefinitions, mergeLines } from "../../../../lab/build/kafkaProperties";
import { KAFKA_OF_EACH_LINE } from "../../../../lab/versions";

const INT = { type: "int" } as const;
const LONG = { type: "long" } as const;

describe("the kept definitions of Kafka's properties", () => {
    it("are of every line that the program runs, and of those that are asked for", () => {
        const { lines } = allDefinitions();
        const runs = Object.values(STRIMZI_RELEASES).flatMap(({ kafka }) => kafka.map(releaseLine));
        for (const line of [...Object.values(ZOOKEEPER_KAFKA_LINES), ...runs]) {
            assert.ok(lines.includes(line), line);
        }
        assert.deepEqual(lines, KAFKA_OF_EACH_LINE.map(releaseLine));
    });

    it("are written as the generator writes them, and small", () => {
        const text = readFileSync(DEFINITIONS_FILE, "utf8");
        assert.equal(text, formatDefinitions(allDefinitions()));
        assert.ok(text.length < 100_000, String(text.length));
    });

    it("count for versions beyond them as the nearest line", () => {
        const least = (version: string) =>
            definitionOf("broker", "log.segment.bytes", version)?.min;
        assert.deepEqual(
            ["2.8", "3.5", "3.9.1", "4.0.0", "5.1"].map(least),
            [14, 14, 14, 1_048_576, 1_048_576],
        );
    });

    it("know a property by what it is on one listener, or for one mechanism", () => {
        for (const [name, defined] of [
            ["listener.name.internal.ssl.keystore.key", "ssl.keystore.key"],
            ["listener.name.internal.max.connections", "max.connections"],
            ["listener.name.a.scram-sha-512.sasl.jaas.config", "sasl.jaas.config"],
            ["listener.security.protocol.map", "listener.security.protocol.map"],
        ] as const) {
            assert.equal(definedName("broker", name), defined);
            assert.notEqual(definitionOf("broker", name, "4.3"), undefined);
        }
        assert.equal(definitionOf("broker", "constructor", "4.3"), undefined);
    });
});

describe("mergeLines", () => {
    it("says once what is the same in lines that follow each other", () => {
        const line = (broker: object) => ({ broker, topic: {} }) as never;
        assert.deepEqual(
            mergeLines([
                ["1.0", line({ same: INT, gone: INT, changed: INT, back: INT })],
                ["1.1", line({ same: INT, gone: INT, changed: INT })],
                ["1.2", line({ same: INT, changed: LONG, back: INT, added: INT })],
            ]),
            {
                lines: ["1.0", "1.1", "1.2"],
                broker: {
                    added: [{ since: "1.2", ...INT }],
                    back: [
                        { until: "1.0", ...INT },
                        { since: "1.2", ...INT },
                    ],
                    changed: [
                        { until: "1.1", ...INT },
                        { since: "1.2", ...LONG },
                    ],
                    gone: [{ until: "1.1", ...INT }],
                    same: [INT],
                },
                topic: {},
            },
        );
    });
});
