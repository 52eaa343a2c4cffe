import assert from "node:assert/strict";
import { collectConfig } from "../../../../tools/cli/configOption";

describe("collectConfig", () => {
    it("collects values by full key", () => {
        const before = collectConfig("kafka.replicas=5", {});
        assert.deepEqual(collectConfig('kafka.config["a.b"]=c=d', before), {
            "kafka-eks:kafka.replicas": "5",
            'kafka-eks:kafka.config["a.b"]': "c=d",
        });
    });

    for (const key of [
        "kafka..replicas",
        "kafka.",
        "topics[a]",
        "topics[0",
        ".kafka",
        "[0]",
        "aws:.b",
    ]) {
        it(`refuses a path that is none: ${key}`, () => {
            assert.throws(() => collectConfig(`${key}=5`, {}), {
                message:
                    "Expected a key, or a path such as kafka.replicas, topics[0].name or " +
                    'kafka.config["log.retention.ms"].',
            });
        });
    }
});
