import assert from "node:assert/strict";
import { isMet, measurementsOf, nothingLost, ratioOf } from "../../../bench/measurements";
import { noSamples } from "../../../bench/samples";
import { rowOf } from "../../../bench/table";

const load = { stall: 0.5, worstPartitionStall: 0.75, sent: 100, failed: 0, lost: 0 };

function rowsOf(samples: ReturnType<typeof noSamples>): string[][] {
    return measurementsOf(samples).map(rowOf);
}

describe("measurements", () => {
    it("are none before anything is measured", () => {
        assert.deepEqual(measurementsOf(noSamples()), []);
    });

    it("compare the medians of both sides", () => {
        const samples = noSamples();
        samples.deploy.ours.push(60, 40, 50);
        samples.deploy.reference.push(20, 25, 30);
        assert.deepEqual(rowsOf(samples), [
            [
                "deployment to first message",
                "50.00 s (40.00–60.00)",
                "25.00 s (20.00–30.00)",
                "2.00",
                "≤ 2 ×",
                "yes",
            ],
        ]);
    });

    it("want a throughput of at least its target", () => {
        const samples = noSamples();
        samples.throughput.ours.push(94);
        samples.throughput.reference.push(100);
        assert.deepEqual(rowsOf(samples), [
            ["producer throughput", "94.00 MiB/s", "100.00 MiB/s", "0.94", "≥ 0.95 ×", "no"],
        ]);
    });

    it("take the worst stall and the sum of what was lost", () => {
        const samples = noSamples();
        samples.roll.ours.push(
            { ...load, stall: 0.5, duration: 30 },
            { ...load, stall: 1.25, duration: 40, lost: 1 },
        );
        samples.roll.reference.push({ ...load, stall: 25, duration: 35, lost: 2 });
        const named = (name: string) =>
            rowsOf(samples).find(([metric]) => metric === `rolling restart: ${name}`);
        assert.deepEqual(named("duration"), [
            "rolling restart: duration",
            "35.00 s (30.00–40.00)",
            "35.00 s",
            "1.00",
            "≤ 45 s",
            "yes",
        ]);
        assert.deepEqual(named("longest time without an acknowledgement"), [
            "rolling restart: longest time without an acknowledgement",
            "1.25 s (0.50–1.25)",
            "25.00 s",
            "0.05",
            "≤ 1 s",
            "no",
        ]);
        assert.deepEqual(named("acknowledged messages lost"), [
            "rolling restart: acknowledged messages lost",
            "1 messages (0–1)",
            "2 messages",
            "0.50",
            "≤ 0 messages",
            "no",
        ]);
    });

    it("tell what each part of security costs, without a target", () => {
        const samples = noSamples();
        const { unencrypted, plaintext, tls, scram } = samples.security;
        for (const [figures, speed, average, percentile99] of [
            [unencrypted, 20, 4, 10],
            [plaintext, 16, 5, 20],
            [tls, 12, 6, 30],
            [scram, 8, 7.5, 40],
        ] as const) {
            figures.throughput.push(speed);
            figures.averageLatency.push(average);
            figures.percentile99.push(percentile99);
        }
        const row = (metric: string, ours: string, reference: string, ratio: string) => [
            metric,
            ours,
            reference,
            ratio,
            "",
            "",
        ];
        const [speed, average, percentile] = [
            "producer throughput",
            "average latency",
            "99th percentile of latency",
        ];
        assert.deepEqual(rowsOf(samples), [
            row(`TLS between brokers: ${speed}`, "16.00 MiB/s", "20.00 MiB/s", "0.80"),
            row(`TLS between brokers: ${average}`, "5.00 ms", "4.00 ms", "1.25"),
            row(`TLS between brokers: ${percentile}`, "20.00 ms", "10.00 ms", "2.00"),
            row(`TLS listener: ${speed}`, "12.00 MiB/s", "16.00 MiB/s", "0.75"),
            row(`TLS listener: ${average}`, "6.00 ms", "5.00 ms", "1.20"),
            row(`TLS listener: ${percentile}`, "30.00 ms", "20.00 ms", "1.50"),
            row(`TLS and SCRAM listener: ${speed}`, "8.00 MiB/s", "16.00 MiB/s", "0.50"),
            row(`TLS and SCRAM listener: ${average}`, "7.50 ms", "5.00 ms", "1.50"),
            row(`TLS and SCRAM listener: ${percentile}`, "40.00 ms", "20.00 ms", "2.00"),
        ]);
    });

    it("have no ratio to nothing", () => {
        const samples = noSamples();
        samples.roll.ours.push({ ...load, duration: 30 });
        samples.roll.reference.push({ ...load, duration: 30 });
        const lost = measurementsOf(samples).find(({ metric }) => metric.endsWith("lost"))!;
        assert.equal(ratioOf(lost), undefined);
        assert.equal(isMet(lost), true);
    });

    it("don't tell whether a ratio is met without its reference", () => {
        const samples = noSamples();
        samples.preview.ours.push(5);
        const [preview] = measurementsOf(samples);
        assert.equal(isMet(preview!), undefined);
    });
});

describe("whether nothing was lost", () => {
    it("is asked of our own deployment only", () => {
        const samples = noSamples();
        samples.roll.reference.push({ ...load, duration: 30, lost: 5 });
        samples.node.push({ ...load, recovery: 10 });
        assert.equal(nothingLost(samples), true);
    });

    for (const what of ["roll", "node"] as const) {
        it(`is denied by one message lost in "${what}"`, () => {
            const samples = noSamples();
            const one = { ...load, lost: 1 };
            if (what === "roll") {
                samples.roll.ours.push({ ...one, duration: 30 });
            } else {
                samples.node.push({ ...one, recovery: 10 });
            }
            assert.equal(nothingLost(samples), false);
        });
    }
});
