import assert from "node:assert/strict";
import { isMet, lostMessages, measurementsOf } from "../../../../lab/bench/measurements";
import {
    NO_SAMPLES,
    type ProducerFigures,
    type Roll,
    type Samples,
} from "../../../../lab/bench/samples";
import { rowOf } from "../../../../lab/bench/table";

const load = {
    stall: 0.5,
    worstPartitionStall: 0.75,
    sent: 100,
    acknowledged: 100,
    failed: 0,
    lost: 0,
    duplicates: 0,
    reordered: 0,
};
const ours = (roll: Partial<Roll>): Roll => ({ side: "ours", duration: 30, ...load, ...roll });
const reference = (roll: Partial<Roll>): Roll => ours({ side: "reference", ...roll });
const node = { broker: 0, withZookeeperLeader: false, recovery: 10, ...load };
const samplesOf = (samples: Partial<Samples>): Samples => ({ ...NO_SAMPLES, ...samples });
const rowsOf = (samples: Partial<Samples>) => measurementsOf(samplesOf(samples)).map(rowOf);

describe("measurements", () => {
    it("are none before anything is measured", () => {
        assert.deepEqual(rowsOf({}), []);
    });

    it("compare each pair, and the medians of both sides", () => {
        const times = (first: number) => ({ deployed: 0, firstMessage: first });
        const deploy = [
            [60, 20],
            [40, 25],
            [50, 30],
        ].map(([here, there]) => ({ ours: times(here!), reference: times(there!) }));
        assert.deepEqual(rowsOf({ deploy }), [
            [
                "deployment to first message",
                "50.00 s (40.00–60.00)",
                "25.00 s (20.00–30.00)",
                "1.67 (1.60–3.00)",
                "≤ 2 ×",
                "yes",
            ],
        ]);
    });

    it("want a throughput of at least its target, and don't count what warms up", () => {
        const warmUp = { ours: 1, reference: 100 };
        const throughput = [{ warmUp, pairs: [{ ours: 94, reference: 100 }] }];
        assert.deepEqual(rowsOf({ throughput }), [
            ["producer throughput", "94.00 MiB/s", "100.00 MiB/s", "0.94", "≥ 0.95 ×", "no"],
        ]);
    });

    it("take the worst stall and the sum of what was lost", () => {
        const roll = [
            ours({ stall: 0.5, duration: 30 }),
            ours({ stall: 1.25, duration: 40, lost: 1 }),
            reference({ stall: 25, duration: 35, lost: 2 }),
        ];
        const named = (name: string) =>
            rowsOf({ roll }).find(([metric]) => metric === `rolling restart: ${name}`);
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
        const figures = (
            throughput: number,
            averageLatency: number,
            percentile99: number,
        ): readonly ProducerFigures[] => [{ throughput, averageLatency, percentile99 }];
        const security = [
            { unencrypted: figures(20, 4, 10) },
            {
                plaintext: figures(16, 5, 20),
                tls: figures(12, 6, 30),
                scram: figures(8, 7.5, 40),
            },
        ];
        const row = (metric: string, here: string, there: string, ratio: string) => [
            metric,
            here,
            there,
            ratio,
            "",
            "",
        ];
        const [speed, average, percentile] = [
            "producer throughput",
            "average latency",
            "99th percentile of latency",
        ];
        assert.deepEqual(rowsOf({ security }), [
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
        const lost = measurementsOf(samplesOf({ roll: [ours({}), reference({})] })).find(
            ({ metric }) => metric.endsWith("lost"),
        )!;
        assert.equal(lost.ratio, undefined);
        assert.equal(isMet(lost), true);
    });

    it("don't tell whether a ratio is met without its reference", () => {
        const figure = { value: 5, samples: [5] };
        const target = { of: "ratio", is: "at most", limit: 1.3 } as const;
        const one = {
            group: "preview",
            metric: "preview",
            unit: "s",
            ours: figure,
            target,
        } as const;
        assert.equal(isMet(one), undefined);
    });

    it("are of all cycles of the lab", () => {
        const lab = [
            {
                cycles: [
                    { up: 9, down: 2 },
                    { up: 11, down: 3 },
                ],
            },
        ];
        assert.deepEqual(rowsOf({ lab }), [
            ["lab: up when built", "10.00 s (9.00–11.00)", "", "", "≤ 10 s", "yes"],
            ["lab: down", "2.50 s (2.00–3.00)", "", "", "≤ 3 s", "yes"],
        ]);
    });
});

describe("messages that were lost", () => {
    it("are those of our own deployment only, whatever was done to it", () => {
        const roll = [reference({ lost: 5 }), ours({ lost: 1 })];
        assert.equal(lostMessages(samplesOf({ roll, node: [{ ...node, lost: 2 }] })), 3);
    });
});
