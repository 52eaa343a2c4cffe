import assert from "node:assert/strict";
import type { EngineEvent } from "@pulumi/pulumi/automation";
import { IMPACT } from "../../../../lab/campaign/impact/campaign";
import { type ChangeSample, compare, differences } from "../../../../lab/campaign/impact/compare";
import { NO_JUDGEMENT, reasonNotRun, WITH_REASON } from "../../../../lab/campaign/impact/notRun";
import type { Observation, TopicState } from "../../../../lab/campaign/impact/observation";
import { CHANGES, ROUNDS } from "../../../../lab/campaign/impact/plan";
import { previewJson } from "../../../../lab/campaign/impact/previewEvents";
import type { Line } from "../../../../lab/campaign/impact/said";
import { seenIn } from "../../../../lab/campaign/impact/seen";
import { selectRounds } from "../../../../lab/campaign/selection";
import { CATALOGUE } from "../../../../tools/impact/catalogue";
import { parsePreview } from "../../../../tools/impact/preview";
import { RUN } from "./fixtures";

const said = (brokers: number, ...lines: Line[]) => ({ verdict: "", lines, brokers, members: 0 });
const NOTHING = {
    brokers: 0,
    members: 0,
    stops: [],
    loses: [],
    moves: [],
    cutsOff: [],
    opens: [],
};

const opened: Line = { subject: "listener scram", severity: "cluster-opens" };
const topicLoses: Line = {
    subject: "retention.ms of topic app-data",
    severity: "data-may-be-lost",
};

describe("a judgement that is compared with what was seen", () => {
    const verdictOf = (judgement: string, subject: string, sample: ChangeSample) =>
        compare(judgement, subject, sample);

    it("is right where just that was seen", () => {
        const sample = {
            said: said(3, opened),
            seen: { ...NOTHING, brokers: 3, opens: ["a stranger inside"] },
        };
        assert.deepEqual(verdictOf("listener-opened", "listener scram", sample), {
            verdict: "right",
            wrong: [],
        });
    });

    it("is wrong where it is another class, or about something else", () => {
        const sample = { said: said(0, opened), seen: { ...NOTHING, opens: ["a stranger"] } };
        assert.deepEqual(verdictOf("listener-closed", "listener scram", sample).wrong, [
            "it did not say clients-cut-off of listener scram",
        ]);
        assert.deepEqual(verdictOf("listener-opened", "listener tls", sample).wrong, [
            "it did not say cluster-opens of listener tls",
        ]);
    });

    it("is not seen where it says what may come, and that does not", () => {
        const sample = { said: said(0, topicLoses), seen: NOTHING };
        assert.deepEqual(verdictOf("retention-shortened", "retention.ms", sample), {
            verdict: "not seen",
            wrong: [],
        });
        const gone = {
            ...sample,
            seen: { ...NOTHING, loses: ["messages of app-data that went: 60"] },
        };
        assert.equal(verdictOf("retention-shortened", "retention.ms", gone).verdict, "right");
    });

    it("has to be one of the catalogue", () => {
        assert.throws(() => verdictOf("no-such", "", { said: said(0), seen: NOTHING }), {
            message: "judgement: expected one of the catalogue, got no-such",
        });
    });
});

describe("a wrong judgement that is planted", () => {
    const PLANTED: readonly (readonly [title: string, sample: ChangeSample, found: string])[] = [
        [
            "a restart of brokers that was not said",
            { said: said(0), seen: { ...NOTHING, brokers: 1 } },
            "brokers that restart: said 0, seen 1",
        ],
        [
            "fewer restarts than said",
            { said: said(4), seen: { ...NOTHING, brokers: 1 } },
            "brokers that restart: said 4, seen 1",
        ],
        [
            "a restart of ZooKeeper that was not said",
            { said: said(0), seen: { ...NOTHING, members: 3 } },
            "ZooKeeper members that restart: said 0, seen 3",
        ],
        ...(
            [
                ["stops", "cluster-stops"],
                ["loses", "data-may-be-lost"],
                ["moves", "data-moves"],
                ["cutsOff", "clients-cut-off"],
                ["opens", "cluster-opens"],
            ] as const
        ).map(
            ([kind, severity]) =>
                [
                    `${severity} that was not said`,
                    { said: said(0), seen: { ...NOTHING, [kind]: ["this", "that"] } },
                    `${severity} was not said, but seen: this, that`,
                ] as const,
        ),
        ...(["cluster-stops", "data-moves", "clients-cut-off", "cluster-opens"] as const).map(
            (severity) =>
                [
                    `${severity} that was said and did not come`,
                    { said: said(0, { subject: "a", severity }), seen: NOTHING },
                    `said ${severity}, and nothing of it was seen`,
                ] as const,
        ),
        [
            "a line that is not judged",
            { said: said(0, { subject: "a field", severity: "not judged" }), seen: NOTHING },
            "a field is not judged",
        ],
        [
            "an up that fails",
            { said: said(0), seen: NOTHING, refused: "brokers hold replicas" },
            "up failed: brokers hold replicas",
        ],
    ];
    for (const [title, sample, found] of PLANTED) {
        it(`is found: ${title}`, () => assert.deepEqual(differences(sample), [found]));
    }
});

describe("what is seen of a change", () => {
    const topic = (change: Partial<TopicState> = {}): TopicState => ({
        replicas: [
            [0, 1, 2],
            [1, 2, 0],
        ],
        config: {
            "min.insync.replicas": "2",
            "retention.ms": "1000",
            "retention.bytes": "-1",
            "unclean.leader.election.enable": "false",
        },
        records: 60,
        ...change,
    });
    const configured = (property: string, value: string) =>
        topic({ config: { ...topic().config, [property]: value } });
    const before: Observation = {
        pods: { "kafka-0": "a 1", "kafka-1": "b 1", "zookeeper-0": "c 1" },
        claims: { "data-kafka-0": { uid: "1", size: "50Gi" } },
        brokers: [0, 1],
        topics: { "app-data": topic() },
        clients: { "a client of scram": true, "a client of external": false },
        strangers: { "a stranger inside": false, "a stranger outside": true },
        takesLarge: true,
    };
    const load = {
        stall: 1,
        worstPartitionStall: 20,
        sent: 9,
        acknowledged: 9,
        failed: 0,
        lost: 0,
        duplicates: 0,
        reordered: 0,
    };
    const CASES: readonly [string, object, object, object][] = [
        ["nothing", {}, {}, {}],
        [
            "a pod made anew, and one whose container was started anew",
            { pods: { "kafka-0": "d 1", "kafka-1": "b 1", "zookeeper-0": "c 2" } },
            {},
            { brokers: 1, members: 1 },
        ],
        ["a pod that is gone", { pods: { "zookeeper-0": "c 1" } }, {}, { brokers: 2 }],
        ["a stall", {}, { stall: 10.4 }, { stops: ["nothing acknowledged for 10 s"] }],
        ["messages given up", {}, { failed: 2 }, { stops: ["messages given up: 2"] }],
        ["large messages", { takesLarge: false }, {}, { stops: ["large messages refused"] }],
        ["a loss", {}, { lost: 1 }, { loses: ["acknowledged messages lost: 1"] }],
        [
            "another volume",
            { claims: { "data-kafka-0": { uid: "2", size: "50Gi" } } },
            {},
            { loses: ["volume data-kafka-0 is gone"] },
        ],
        [
            "messages that went",
            { topics: { "app-data": topic({ records: 58 }) } },
            {},
            { loses: ["messages of app-data that went: 2"] },
        ],
        ...[
            ["min.insync.replicas", "1"],
            ["retention.ms", "999"],
            ["retention.bytes", "5"],
            ["unclean.leader.election.enable", "true"],
        ].map(
            ([property, value]) =>
                [
                    `${property} that protects less`,
                    { topics: { "app-data": configured(property!, value!) } },
                    {},
                    { loses: [`${property} of app-data is ${value}`] },
                ] as [string, object, object, object],
        ),
        [
            "a retention that is longer",
            { topics: { "app-data": configured("retention.ms", "-1") } },
            {},
            {},
        ],
        [
            "a new topic that has less than others",
            {
                topics: {
                    "app-data": topic(),
                    "app-new": { ...configured("min.insync.replicas", "1"), replicas: [[0]] },
                },
            },
            {},
            { loses: ["app-new has replicas: 1", "app-new has min.insync.replicas: 1"] },
        ],
        [
            "more partitions",
            { topics: { "app-data": topic({ replicas: [[0, 1, 2]] }) } },
            {},
            { moves: ["partitions of app-data"] },
        ],
        ["more brokers", { brokers: [0, 1, 2] }, {}, { moves: ["more brokers: 1"] }],
        [
            "a volume that grows",
            { claims: { "data-kafka-0": { uid: "1", size: "60Gi" } } },
            {},
            { moves: ["volumes that grow: 1"] },
        ],
        [
            "a client that is refused",
            { clients: { "a client of scram": false, "a client of external": true } },
            {},
            { cutsOff: ["a client of scram"] },
        ],
        [
            "a stranger that gets in",
            { strangers: { "a stranger inside": true, "a stranger outside": false } },
            {},
            { opens: ["a stranger inside"] },
        ],
    ];
    for (const [title, change, loadChange, expected] of CASES) {
        it(`has ${title}`, () => {
            const seen = seenIn(before, { ...before, ...change }, { ...load, ...loadChange });
            assert.deepEqual(seen, { ...NOTHING, ...expected });
        });
    }
});

describe("a preview from the engine's events", () => {
    const metadata = {
        op: "update",
        urn: "urn:pulumi:s::p::kubernetes:core/v1:Secret::a",
        type: "kubernetes:core/v1:Secret",
        provider: "p",
        keys: ["data"],
    } as const;
    const state = (inputs: Record<string, unknown>, more: object = {}) => ({
        ...{ type: metadata.type, urn: metadata.urn, id: "", parent: "", provider: "" },
        ...{ inputs, outputs: {}, ...more },
    });
    const event = (more: object) => ({ sequence: 1, timestamp: 1, ...more }) as EngineEvent;

    it("has steps and errors, and no secrets", () => {
        const hidden = {
            "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
            ciphertext: "abc",
        };
        const [old, now] = [
            state({ data: [hidden] }, { custom: true, retainOnDelete: true }),
            state({ data: [1, null] }),
        ];
        const text = previewJson([
            event({ resourcePreEvent: { metadata: { ...metadata, old, new: now } } }),
            event({ diagnosticEvent: { message: "no", color: "", severity: "error" } }),
            event({ summaryEvent: {} }),
        ]);
        assert.deepEqual(parsePreview(text), {
            changes: [
                {
                    urn: metadata.urn,
                    type: metadata.type,
                    op: "update",
                    action: "update",
                    old: {
                        type: metadata.type,
                        custom: true,
                        inputs: { data: ["[secret]"] },
                        retainOnDelete: true,
                    },
                    new: {
                        type: metadata.type,
                        custom: false,
                        inputs: { data: [1, null] },
                        retainOnDelete: false,
                    },
                    reasons: ["data"],
                },
            ],
            errors: ["no"],
        });
    });
});

describe("the campaign of judgements", () => {
    it("changes something for each judgement of the catalogue, or says why not", () => {
        const run = new Set(CHANGES.flatMap(({ judgements }) => Object.keys(judgements)));
        const neither = CATALOGUE.map(({ name }) => name).filter(
            (name) => !run.has(name) && reasonNotRun(name) === undefined,
        );
        assert.deepEqual(neither, [], "each needs a change in plan.ts, or a reason in notRun.ts");
        const names = new Set(CATALOGUE.map(({ name }) => name));
        const unknown = [...run, ...WITH_REASON].filter((name) => !names.has(name));
        assert.deepEqual(unknown, []);
        const both = WITH_REASON.filter((name) => run.has(name));
        assert.deepEqual(both, []);
    });

    it("has unique rounds, of at most about two minutes each, and takes at most 75 in all", () => {
        const names = ROUNDS.map(({ name }) => name);
        assert.deepEqual(names, [...new Set(names)]);
        for (const { name, estimate } of CHANGES) {
            assert.ok(estimate <= 140, name);
        }
        const seconds = ROUNDS.reduce((sum, { estimate }) => sum + estimate, 0);
        assert.ok(seconds <= 75 * 60, `${seconds} s`);
    });

    for (const group of new Set(CHANGES.map((change) => change.group))) {
        it(`shows that it finds a wrong judgement before it looks for some: ${group}`, () => {
            assert.equal(selectRounds(IMPACT, [group])[0]?.name, "counter");
        });
    }

    const round = (name: string, group: string, samples: ChangeSample) => ({
        ...RUN.rounds[0]!,
        round: name,
        group,
        samples,
    });
    const run = {
        ...RUN,
        rounds: [
            round("permissions-wide", "users", {
                said: said(0, { subject: "permissions of user app", severity: "cluster-opens" }),
                seen: { ...NOTHING, opens: ["a user beyond its permissions"] },
            }),
            round("resources", "brokers", {
                said: said(3, { subject: "brokers: cpu", severity: "rolling-restart" }),
                seen: { ...NOTHING, brokers: 2 },
            }),
            round("topic-shorter", "topics", { said: said(0, topicLoses), seen: NOTHING }),
        ],
    };

    it("has the wrong ones first in its table, and what did not run last", () => {
        const { rows } = IMPACT.tables.results!([run]);
        assert.deepEqual(rows.slice(0, 3), [
            [
                "servers-restart",
                "rolling-restart",
                "the brokers' CPU",
                "brokers restarted: 2",
                "wrong: brokers that restart: said 3, seen 2",
            ],
            [
                "permission-wide",
                "cluster-opens",
                "a user gets `All` on every topic",
                "let in: a user beyond its permissions",
                "right",
            ],
            [
                "retention-shortened",
                "data-may-be-lost",
                "a shorter `retention.ms` of a topic",
                "nothing",
                "not seen",
            ],
        ]);
        assert.ok(rows.slice(3).every((cells) => cells.at(-1)!.startsWith("not run: ")));
        const judgements = new Set(rows.map(([judgement]) => judgement));
        assert.deepEqual(judgements, new Set([...CATALOGUE.map(({ name }) => name), "-"]));
        assert.equal(rows.filter(([judgement]) => judgement === "-").length, NO_JUDGEMENT.length);
    });

    it("fails with what was judged wrongly", () => {
        assert.deepEqual(IMPACT.faults!(run), [
            "servers-restart, the brokers' CPU: brokers that restart: said 3, seen 2",
        ]);
    });
});
