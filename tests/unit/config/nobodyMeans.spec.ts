import assert from "node:assert/strict";
import { accepts, kafka, problemsOf, STATEFULSET, STRIMZI } from "./cases";

const keysOf = (keys: object) => problemsOf({ ...STATEFULSET, ...keys }).map(({ key }) => key);
const cpu = (amount: unknown) => kafka({ resources: { requests: { cpu: amount } } });
const memory = (amount: string) => kafka({ resources: { requests: { memory: amount } } });

describe("what nobody means", () => {
    it("is refused", () => {
        assert.deepEqual(keysOf(kafka({ env: [{ name: "C", value: 1.1 }] })), [
            "kafka.env[0].value",
        ]);
        assert.deepEqual(keysOf(kafka({ acceptEmptyVolumes: [2, 3] })), [
            "kafka.acceptEmptyVolumes[1]",
        ]);
        assert.deepEqual(keysOf(cpu("500M")), ["kafka.resources.requests.cpu"]);
        assert.deepEqual(keysOf(memory("100Ti")), ["kafka.resources.requests.memory"]);
        assert.deepEqual(keysOf({ namespace: "cert-manager" }), ["namespace"]);
    });

    accepts(STRIMZI, {
        "whole numbers and fractions that Kafka reads": kafka({
            env: [{ name: "C", value: 7 }],
            config: { "log.cleaner.min.cleanable.ratio": 0.5 },
        }),
        "cert-manager's namespace without it": { namespace: "cert-manager" },
    });
});
