import assert from "node:assert/strict";
import { parseProperties } from "../../../../lab/bench/plainKafka";
import { parseLatency } from "../../../../lab/bench/producerLatency";
import { parseSpeed } from "../../../../lab/bench/producerSpeed";
import { isLeader } from "../../../../lab/bench/zookeeperLeader";

describe("output of ProducerPerformance", () => {
    const last = (records: number) =>
        `${records} records sent, 50403.2 records/sec (48.07 MB/sec), 520.1 ms avg latency, 900.0 ms max latency.`;

    it("has the speed in its last line", () => {
        const output = `70000 records sent, 1.0 records/sec (0.01 MB/sec), 1 ms avg latency.\n${last(150_000)}\n`;
        assert.equal(parseSpeed(output), 48.07);
    });

    for (const output of ["", last(149_999)]) {
        it(`is refused when not everything was sent: ${JSON.stringify(output.slice(0, 20))}`, () => {
            assert.throws(
                () => parseSpeed(output),
                /^Error: ProducerPerformance did not send all records/,
            );
        });
    }
});

describe("output of SteadyLatency", () => {
    it("has average and 99th percentile", () => {
        assert.deepEqual(parseLatency("5000 3.250 12.500\n"), {
            average: 3.25,
            percentile99: 12.5,
        });
    });

    for (const output of ["", "4999 3.250 12.500\n", "5000 NaN 12.500\n"]) {
        it(`is refused when not all records were measured: ${JSON.stringify(output)}`, () => {
            assert.throws(() => parseLatency(output), /^Error: SteadyLatency did not send all/);
        });
    }
});

describe("broker properties of a deployment", () => {
    it("are read with everything behind the first equals sign", () => {
        assert.deepEqual(parseProperties("# comment\nlisteners=A://0.0.0.0:1\n\nx.y=a=b\n"), {
            listeners: "A://0.0.0.0:1",
            "x.y": "a=b",
        });
    });
});

describe("what a ZooKeeper says of itself", () => {
    for (const [mode, leads] of [
        ["leader", true],
        ["follower", false],
        ["standalone", false],
    ] as const) {
        it(`tells a ${mode}`, () => {
            const answer = `Zookeeper version: 3.6.4\nLatency min/avg/max: 0/0.3/9\nMode: ${mode}\nNode count: 5\n`;
            assert.equal(isLeader(answer), leads);
        });
    }
});
