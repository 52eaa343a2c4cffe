import assert from "node:assert/strict";
import { BROKER_IDENTITY } from "../../../../../components/statefulset/certificates/certificateVolumes";
import type { KafkaFacts } from "../../../../../components/statefulset/admin/facts";
import {
    type BrokerCheckArgs,
    checkBrokers,
} from "../../../../../components/statefulset/brokers/brokerCheck";
import { AnsweringCluster } from "../../../../support/answeringCluster";
import {
    CRASHING,
    liveClaim,
    livePod,
    livePods,
    livePodSpec,
    liveStatefulSet,
    NAMESPACE,
    pendingPod,
    rememberingNamespace,
    WHOLE,
} from "../live";

const NOW = livePodSpec("kafka");
const THEN = livePodSpec("kafka", "kafka:2");
const ENCRYPTED = { ...NOW, volumes: BROKER_IDENTITY.volumes };

const inputs = (replicas: number, pod: object = NOW) => ({
    spec: liveStatefulSet("kafka", replicas, pod).spec as never,
});

const RESTART = { before: inputs(3), after: inputs(3, THEN) };
const SCALE_IN = { before: inputs(4), after: inputs(3) };
const GROWTH = { before: inputs(3), after: inputs(4) };
const FIRST = { before: undefined, after: inputs(3) };

const RUNNING = [liveStatefulSet("kafka", 3, NOW), ...livePods("kafka", 3)];
const RUNNING_4 = [liveStatefulSet("kafka", 4, NOW), ...livePods("kafka", 4)];
const BEHIND: KafkaFacts = {
    ...WHOLE,
    underReplicated: { count: 1, examples: ["orders-0"], missing: [2] },
};

type Answers = Readonly<Record<string, readonly [number, string]>>;

/** Kafka's answer: facts, or an error. */
const says = (facts: KafkaFacts | string): Answers => ({
    "kafka-check-": typeof facts === "string" ? [1, facts] : [0, JSON.stringify(facts)],
});

const zookeeperSays = (exitCode: number, text: string): Answers => ({
    "zookeeper-update-check-": [exitCode, text],
});

interface Situation {
    /** What is about to happen, or what else is asked. */
    readonly change:
        Parameters<typeof checkBrokers>[0] | ((args: BrokerCheckArgs) => Promise<void>);
    readonly objects?: readonly object[];
    /** @default - Nobody may be asked. */
    readonly answers?: Answers;
    readonly args?: Partial<BrokerCheckArgs>;
}

const ARGS: Omit<BrokerCheckArgs, "live"> = {
    namespace: NAMESPACE,
    clusterDomain: "cluster.local",
    adminTool: "kafka-admin-0123",
    remembered: { minInsyncReplicas: 2 },
    minInsyncReplicas: 2,
    zookeeperImage: "zookeeper:1",
    restartWhileDegraded: false,
    warn: () => undefined,
};

/** Asks whether a change may begin: what Kafka is asked for, and what is said aloud. */
async function check({ change, objects = RUNNING, answers = {}, args = {} }: Situation) {
    const live = new AnsweringCluster(objects, answers);
    const warnings: string[] = [];
    const all = { ...ARGS, live, warn: (text: string) => warnings.push(text), ...args };
    const asked = typeof change === "function" ? change(all) : checkBrokers(change, all);
    const error = await asked.then(
        () => undefined,
        ({ message }: Error) => message,
    );
    const questions = live.jobs.map(({ metadata, spec }) => {
        const [container] = spec!.template.spec!.containers;
        const options = container!.env?.find(({ name }) => name === "FACTS_OPTIONS")?.value;
        return `${metadata!.name!.replace(/-\d+$/, "")} ${container!.image} ${options ?? ""}`.trim();
    });
    // Nothing but the questions is ever made, and none of them stays.
    assert.deepEqual(
        live.done,
        live.jobs.flatMap(({ metadata }) => [
            `create Job ${metadata!.name}`,
            `remove Job ${metadata!.name}`,
        ]),
    );
    return { error, questions, warnings };
}

async function assertPasses(
    situation: Situation,
    questions: readonly string[],
    warnings: readonly string[] = [],
): Promise<void> {
    assert.deepEqual(await check(situation), { error: undefined, questions, warnings });
}

async function assertRefused(situation: Situation, error: string): Promise<void> {
    assert.equal((await check(situation)).error, error);
}

const OVERRULE = { args: { restartWhileDegraded: true } };
const OVERRULING =
    "Next: npm run health says more; restartWhileDegraded: true restarts brokers all the same";
const NOT_WHOLE = "expected every replica in sync, got 1 partition without broker 2 (orders-0)";
const NO_ANSWER = "expected an answer of Kafka within 20 s, got none";

describe("check of the brokers' StatefulSet", () => {
    describe("asks nobody where", () => {
        const quiet: Readonly<Record<string, Situation>> = {
            "nothing of the pods changes": { change: { ...RESTART, after: inputs(3) } },
            "brokers are added": { change: GROWTH },
            "a killed up has already sent the change": {
                change: RESTART,
                objects: [liveStatefulSet("kafka", 3, THEN), ...livePods("kafka", 3)],
            },
            "it is the first deployment": { change: FIRST, objects: [], args: { remembered: {} } },
            "the first deployment was killed before the first pod": {
                change: FIRST,
                objects: [liveStatefulSet("kafka", 3, NOW)],
                args: { remembered: {} },
            },
            "none of the brokers can start, and the change is their cure": {
                change: RESTART,
                objects: [liveStatefulSet("kafka", 3, NOW), livePod("kafka-0", CRASHING)],
            },
        };
        for (const [what, situation] of Object.entries(quiet)) {
            it(what, () => assertPasses(situation, []));
        }
    });

    describe("of a restart", () => {
        it("passes while Kafka is whole, which is asked with the image that runs", async () => {
            await assertPasses({ change: RESTART, answers: says(WHOLE) }, ["kafka-check kafka:1"]);
        });

        it("is asked for where the state lost what there was", async () => {
            const change = { before: undefined, after: inputs(3, THEN) };
            await assertPasses({ change, answers: says(WHOLE) }, ["kafka-check kafka:1"]);
        });

        it("refuses while Kafka is not whole", async () => {
            await assertRefused(
                { change: RESTART, answers: says(BEHIND) },
                `kafka: ${NOT_WHOLE}. No broker was changed. ${OVERRULING}`,
            );
        });

        it("refuses without an answer", async () => {
            await assertRefused(
                { change: RESTART, answers: says(NO_ANSWER) },
                `kafka: ${NO_ANSWER}. No broker was changed. ${OVERRULING}`,
            );
        });

        it("goes on all the same where the key says so, and says what it found", async () => {
            for (const [answer, found] of [
                [BEHIND, NOT_WHOLE],
                [NO_ANSWER, NO_ANSWER],
            ] as const) {
                await assertPasses(
                    { change: RESTART, answers: says(answer), ...OVERRULE },
                    ["kafka-check kafka:1"],
                    [found],
                );
            }
        });

        it("says which topics stop meanwhile", async () => {
            const single = { count: 1, examples: ["orders"] };
            await assertPasses(
                { change: RESTART, answers: says({ ...WHOLE, single }) },
                ["kafka-check kafka:1"],
                [
                    "1 topic of one replica: nobody writes or reads while its broker restarts (orders)",
                ],
            );
        });
    });

    describe("of a cure", () => {
        const BELOW: KafkaFacts = {
            ...BEHIND,
            brokers: [0, 1],
            missingOther: [],
            belowMinIsrWithout: { count: 0, examples: [] },
        };
        const states: Readonly<Record<string, readonly object[]>> = {
            "crashes again and again": [livePod("kafka-2", CRASHING)],
            "finds no node": [pendingPod("kafka-2")],
            "is prepared again after it failed again and again": [
                livePod("kafka-2", { ready: false, waiting: "ContainerCreating", restarts: 2 }),
            ],
            "has never become ready, and runs again": [
                livePod("kafka-2", { ready: false, restarts: 2 }),
            ],
            "got no pod": [],
            "got no node": [pendingPod("kafka-2")],
        };
        for (const [what, pods] of Object.entries(states)) {
            it(`passes where a broker ${what}, and the others hold without it`, async () => {
                const objects = [
                    liveStatefulSet("kafka", 3, NOW),
                    ...livePods("kafka", 2),
                    ...pods,
                ];
                await assertPasses({ change: RESTART, objects, answers: says(BELOW) }, [
                    "kafka-check kafka:1 --without 2",
                ]);
            });
        }

        it("is asked for with what runs: what is wrong may be the image", async () => {
            const objects = [
                liveStatefulSet("kafka", 3, livePodSpec("kafka", "kafka:nosuch")),
                ...livePods("kafka", 2),
                livePod("kafka-2", { ready: false, waiting: "ImagePullBackOff" }),
            ];
            await assertPasses({ change: RESTART, objects, answers: says(BELOW) }, [
                "kafka-check kafka:1 --without 2",
            ]);
        });

        it("refuses where a broker only catches up", async () => {
            const objects = [
                liveStatefulSet("kafka", 3, NOW),
                ...livePods("kafka", 2),
                livePod("kafka-2", { ready: false }),
            ];
            await assertRefused(
                { change: RESTART, objects, answers: says(BEHIND) },
                `kafka: ${NOT_WHOLE}. No broker was changed. ${OVERRULING}`,
            );
        });

        it("refuses where the node of a broker still prepares it: it is on its way", async () => {
            for (const waiting of ["ContainerCreating", "PodInitializing"]) {
                const objects = [
                    liveStatefulSet("kafka", 3, NOW),
                    ...livePods("kafka", 2),
                    livePod("kafka-2", { ready: false, waiting }),
                ];
                await assertRefused(
                    { change: RESTART, objects, answers: says(BEHIND) },
                    `kafka: ${NOT_WHOLE}. No broker was changed. ${OVERRULING}`,
                );
            }
        });

        it("refuses while topics stop with the restart of the others, and names the way on", async () => {
            for (const pod of [livePod("kafka-2", CRASHING), pendingPod("kafka-2")]) {
                const objects = [liveStatefulSet("kafka", 3, NOW), ...livePods("kafka", 2), pod];
                const noRoom = { count: 1, examples: ["orders"] };
                await assertRefused(
                    { change: RESTART, objects, answers: says({ ...BELOW, noRoom }) },
                    "kafka: expected more replicas than their min ISR in all topics, got 1 topic that any restart stops (orders). " +
                        "No broker was changed. Next: give these topics more replicas, or a lower min ISR in the running Kafka: " +
                        'docs/operations.md, "A topic has too few replicas"; npm run health says more; ' +
                        "restartWhileDegraded: true restarts brokers all the same",
                );
            }
        });

        describe("of a broker that runs and never gets ready", () => {
            const withRevisions = (
                last: string,
                ready: string,
                unready: string,
                readiness: readonly boolean[] = [true, true, false],
            ) => [
                liveStatefulSet("kafka", 3, NOW, last),
                ...readiness.map((isReady, id) =>
                    livePod(`kafka-${id}`, {
                        ready: isReady,
                        revision: isReady ? ready : unready,
                    }),
                ),
            ];
            const silentToo = { ...BELOW, silent: [2], brokers: [0, 1, 2] };

            it("passes where its revision is the last, and no ready broker is of that", async () => {
                const objects = withRevisions("new", "old", "new");
                await assertPasses({ change: RESTART, objects, answers: says(silentToo) }, [
                    "kafka-check kafka:1 --without 2",
                ]);
            });

            it("asks those that are ready, whatever keeps another one from it", async () => {
                for (const revision of ["old", "new"]) {
                    const live = new AnsweringCluster(
                        withRevisions("new", "old", revision, [false, true, true]),
                        says({ ...BELOW, brokers: [0, 1, 2] }),
                    );
                    await checkBrokers(RESTART, { ...ARGS, live, restartWhileDegraded: true });
                    const { env } = live.jobs[0]!.spec!.template.spec!.containers[0]!;
                    assert.equal(
                        env!.find(({ name }) => name === "BOOTSTRAP")!.value,
                        "kafka-1.kafka-headless.streams.svc.cluster.local:9091," +
                            "kafka-2.kafka-headless.streams.svc.cluster.local:9091",
                    );
                }
            });

            const refused: Readonly<Record<string, readonly object[]>> = {
                "its revision is that of the others": withRevisions("old", "old", "old"),
                "the others have gone on to another revision": withRevisions("new", "new", "old"),
                "no broker is ready that shows another revision to be better": withRevisions(
                    "new",
                    "old",
                    "new",
                    [false, false, false],
                ),
            };
            for (const [what, objects] of Object.entries(refused)) {
                it(`refuses where ${what}`, async () => {
                    await assertRefused(
                        { change: RESTART, objects, answers: says(BEHIND) },
                        `kafka: ${NOT_WHOLE}. No broker was changed. ${OVERRULING}`,
                    );
                });
            }
        });

        it("refuses where the others don't hold", async () => {
            const objects = [
                liveStatefulSet("kafka", 3, NOW),
                ...livePods("kafka", 2),
                livePod("kafka-2", CRASHING),
            ];
            const belowMinIsrWithout = { count: 1, examples: ["orders-0"] };
            await assertRefused(
                { change: RESTART, objects, answers: says({ ...BELOW, belowMinIsrWithout }) },
                "kafka: expected all partitions to hold their min ISR without broker 2, got 1 partition below it (orders-0). " +
                    `No broker was changed. ${OVERRULING}`,
            );
        });
    });

    describe("of brokers that are to go", () => {
        const HOLDING: KafkaFacts = {
            ...WHOLE,
            replicasFrom: { count: 1, examples: ["orders-2"], brokers: [3] },
        };
        const EMPTY: KafkaFacts = {
            ...WHOLE,
            replicasFrom: { count: 0, examples: [], brokers: [] },
        };
        const REFUSAL =
            "kafka.replicas: expected no replicas on brokers that are to go, got 1 partition on broker 3 (orders-2). " +
            "Next: Move them to the brokers 0 to 2 with kafka-reassign-partitions first, as docs/operations.md says";

        it("passes where they hold nothing", async () => {
            await assertPasses({ change: SCALE_IN, objects: RUNNING_4, answers: says(EMPTY) }, [
                "kafka-check kafka:1 --from 3",
            ]);
        });

        it("refuses where they hold replicas, whatever the key says", async () => {
            const situation = { change: SCALE_IN, objects: RUNNING_4, answers: says(HOLDING) };
            await assertRefused(situation, REFUSAL);
            await assertRefused({ ...situation, ...OVERRULE }, REFUSAL);
        });

        it("goes by what runs: the state may say that they went", async () => {
            const change = { before: inputs(3), after: inputs(3) };
            await assertRefused({ change, objects: RUNNING_4, answers: says(HOLDING) }, REFUSAL);
        });

        it("goes by the state and by what is remembered, too: somebody may have scaled by hand", async () => {
            for (const situation of [
                { change: SCALE_IN },
                {
                    change: { before: inputs(3), after: inputs(3) },
                    args: { remembered: { brokers: 4, minInsyncReplicas: 2 } },
                },
            ]) {
                await assertRefused({ ...situation, answers: says(HOLDING) }, REFUSAL);
                await assertPasses({ ...situation, answers: says(EMPTY) }, [
                    "kafka-check kafka:1 --from 3",
                ]);
            }
        });

        it("asks nobody where a first deployment found no room for them", async () => {
            const pending = { ready: false, waiting: "ContainerCreating" };
            const objects = [
                liveStatefulSet("kafka", 4, NOW),
                livePod("kafka-0", CRASHING),
                liveClaim("data-kafka-0", "pv-0"),
                liveClaim("data-kafka-3"),
            ];
            const args = { remembered: {} };
            await assertPasses({ change: SCALE_IN, objects, args }, []);
            await assertPasses({ change: SCALE_IN, objects: objects.slice(0, 1), args }, []);
            for (const more of [
                { objects: [...objects, liveClaim("data-kafka-3", "pv-3")], args },
                { objects: [...objects, livePod("kafka-1", pending), livePod("kafka-2")], args },
                { objects, args: { remembered: { clusterId: WHOLE.clusterId } } },
            ]) {
                await assertRefused(
                    { change: SCALE_IN, ...more, answers: says(NO_ANSWER) },
                    `kafka: ${NO_ANSWER}. No broker was changed. Next: npm run health says more`,
                );
            }
        });

        it("refuses without an answer, whatever the key says", async () => {
            const refusal = `kafka: ${NO_ANSWER}. No broker was changed. Next: npm run health says more`;
            const dead = [
                liveStatefulSet("kafka", 4, NOW),
                ...[0, 1, 2, 3].map((id) => livePod(`kafka-${id}`, CRASHING)),
                liveClaim("data-kafka-3", "pv-3"),
            ];
            for (const objects of [RUNNING_4, dead]) {
                for (const restartWhileDegraded of [false, true]) {
                    await assertRefused(
                        {
                            change: SCALE_IN,
                            objects,
                            answers: says(NO_ANSWER),
                            args: { restartWhileDegraded },
                        },
                        refusal,
                    );
                }
            }
        });

        it("refuses where all of them were stopped by hand: nobody can be asked", async () => {
            for (const replicas of [0, 4]) {
                await assertRefused(
                    {
                        change: SCALE_IN,
                        objects: [liveStatefulSet("kafka", replicas, NOW)],
                        args: { remembered: { brokers: 4 } },
                    },
                    "kafka.replicas: expected 4, the brokers that ran last in namespace streams, got 3. " +
                        "Next: bring all of them back, then lower it",
                );
            }
        });

        it("says everything that speaks against a change at once", async () => {
            const change = { before: inputs(4), after: inputs(3, THEN) };
            const answers = says({
                ...HOLDING,
                brokers: [0, 1, 2, 3],
                underReplicated: BEHIND.underReplicated,
            });
            await assertRefused(
                { change, objects: RUNNING_4, answers },
                `${REFUSAL}\nkafka: ${NOT_WHOLE}. No broker was changed. ${OVERRULING}`,
            );
        });
    });

    describe("of brokers whose StatefulSet somebody deleted", () => {
        const LEFT = [rememberingNamespace({ brokers: "3" }), ...livePods("kafka", 3)];

        it("asks as before a restart, as nobody knows what the next one finds different", async () => {
            for (const change of [FIRST, RESTART, { ...RESTART, after: inputs(3) }]) {
                await assertPasses({ change, objects: LEFT, answers: says(WHOLE) }, [
                    "kafka-check kafka:1",
                ]);
                await assertRefused(
                    { change, objects: LEFT, answers: says(BEHIND) },
                    `kafka: ${NOT_WHOLE}. No broker was changed. ${OVERRULING}`,
                );
            }
        });

        it("knows from the namespace which of them have no pod", async () => {
            const holdsWith = (...brokers: number[]) =>
                says({
                    ...BEHIND,
                    brokers,
                    missingOther: [],
                    belowMinIsrWithout: { count: 0, examples: [] },
                });
            await assertPasses(
                { change: FIRST, objects: LEFT.slice(0, 3), answers: holdsWith(0, 1) },
                ["kafka-check kafka:1 --without 2"],
            );
            // Nobody has written anything down.
            const objects = [livePod("kafka-0"), livePod("kafka-2")];
            await assertPasses({ change: FIRST, objects, answers: holdsWith(0, 2) }, [
                "kafka-check kafka:1 --without 1",
            ]);
        });

        it("refuses to leave one out that holds replicas", async () => {
            const replicasFrom = { count: 1, examples: ["orders-2"], brokers: [2] };
            await assertRefused(
                {
                    change: { before: undefined, after: inputs(2) },
                    objects: LEFT,
                    answers: says({ ...WHOLE, replicasFrom }),
                },
                "kafka.replicas: expected no replicas on brokers that are to go, got 1 partition on broker 2 (orders-2). " +
                    "Next: Move them to the brokers 0 to 1 with kafka-reassign-partitions first, as docs/operations.md says",
            );
        });

        it("refuses a min ISR above the replicas of a topic", async () => {
            const fewerThan = { count: 1, examples: [{ topic: "orders", replicas: 1 }] };
            await assertRefused(
                {
                    change: FIRST,
                    objects: LEFT,
                    args: { remembered: { minInsyncReplicas: 1 }, minInsyncReplicas: 2 },
                    answers: says({ ...WHOLE, fewerThan }),
                },
                'kafka.config["min.insync.replicas"]: expected topics of more than 2 replicas, got 1 topic of no more ' +
                    "(orders (1)). Next: Raise their replicas first, as docs/operations.md says, or set it back",
            );
        });

        it("refuses that they talk to each other in another way", async () => {
            await assertRefused(
                { change: { before: undefined, after: inputs(3, ENCRYPTED) }, objects: LEFT },
                "certificates.source: cannot change how brokers talk to each other while any of them runs. " +
                    "Next: set it back, or stop all brokers first, as docs/security.md says",
            );
        });

        it("asks nobody where none of them can start", async () => {
            const objects = [0, 1, 2].map((id) => livePod(`kafka-${id}`, CRASHING));
            await assertPasses({ change: FIRST, objects }, []);
        });
    });

    it("knows brokers whose StatefulSet begins at a higher one", async () => {
        const set = liveStatefulSet("kafka", 2, NOW);
        const objects = [
            { ...set, spec: { ...set.spec, ordinals: { start: 1 } } },
            livePod("kafka-1"),
            livePod("kafka-2"),
        ];
        await assertPasses({ change: RESTART, objects, answers: says(WHOLE) }, [
            "kafka-check kafka:1",
        ]);
    });

    describe("of a higher min ISR", () => {
        const raised = (remembered: number | undefined) => ({
            change: { before: inputs(3), after: inputs(3) },
            args: { remembered: { minInsyncReplicas: remembered }, minInsyncReplicas: 2 },
        });
        const facts = (...examples: { topic: string; replicas: number }[]) =>
            says({ ...WHOLE, fewerThan: { count: examples.length, examples } });

        it("passes where all topics have the replicas", async () => {
            await assertPasses({ ...raised(1), answers: facts() }, [
                "kafka-check kafka:1 --min-isr 2",
            ]);
        });

        it("refuses where topics have not, whatever the key says", async () => {
            const { change, args } = raised(1);
            for (const restartWhileDegraded of [false, true]) {
                await assertRefused(
                    {
                        change,
                        args: { ...args, restartWhileDegraded },
                        answers: facts({ topic: "orders", replicas: 1 }),
                    },
                    'kafka.config["min.insync.replicas"]: expected topics of more than 2 replicas, got 1 topic of no more ' +
                        "(orders (1)). Next: Raise their replicas first, as docs/operations.md says, or set it back",
                );
            }
        });

        it("refuses without an answer", async () => {
            await assertRefused(
                { ...raised(1), answers: says(NO_ANSWER) },
                `kafka: ${NO_ANSWER}. No broker was changed. Next: npm run health says more`,
            );
        });

        it("is none where it stays, is lowered, or was never remembered", async () => {
            for (const remembered of [2, 3, undefined]) {
                await assertPasses(raised(remembered), []);
            }
        });
    });

    describe("of how brokers talk to each other", () => {
        const REFUSAL =
            "certificates.source: cannot change how brokers talk to each other while any of them runs. " +
            "Next: set it back, or stop all brokers first, as docs/security.md says";
        const ON = { before: inputs(3), after: inputs(3, ENCRYPTED) };
        const OFF = { before: inputs(3, ENCRYPTED), after: inputs(3) };

        it("refuses another way while any of them runs", async () => {
            await assertRefused({ change: ON }, REFUSAL);
            const encrypted = [
                liveStatefulSet("kafka", 3, ENCRYPTED),
                livePod("kafka-0", CRASHING),
                livePod("kafka-1", { spec: ENCRYPTED }),
                livePod("kafka-2", CRASHING),
            ];
            await assertRefused({ change: OFF, objects: encrypted }, REFUSAL);
        });

        it("goes by the pods that run: a killed up may have sent the other way already", async () => {
            const sent = [liveStatefulSet("kafka", 3, ENCRYPTED), ...livePods("kafka", 3)];
            await assertPasses({ change: OFF, objects: sent, answers: says(WHOLE) }, [
                "kafka-check kafka:1",
            ]);
            await assertRefused({ change: ON, objects: sent }, REFUSAL);
        });

        it("passes where none of them runs", async () => {
            const broken = [liveStatefulSet("kafka", 3, ENCRYPTED), livePod("kafka-0", CRASHING)];
            await assertPasses({ change: OFF, objects: broken }, []);
            const stopped = [liveStatefulSet("kafka", 0, NOW)];
            await assertPasses({ change: ON, objects: stopped }, []);
        });
    });

    describe("of another cluster", () => {
        const remembered = { brokers: 3, clusterId: WHOLE.clusterId, minInsyncReplicas: 2 };
        const refusal = (given: string) =>
            `cluster id: expected ${WHOLE.clusterId}, which the volumes belong to, got ${given}. No broker was changed. ` +
            "Next: bring back ZooKeeper's volumes, as docs/operations.md says";

        it("refuses a restart where Kafka has another id, whatever the key says", async () => {
            const answers = says({ ...WHOLE, clusterId: "another" });
            for (const restartWhileDegraded of [false, true]) {
                await assertRefused(
                    { change: RESTART, answers, args: { remembered, restartWhileDegraded } },
                    refusal("another"),
                );
            }
        });

        it("passes a restart where Kafka has the same", async () => {
            const answers = says(WHOLE);
            await assertPasses({ change: RESTART, answers, args: { remembered } }, [
                "kafka-check kafka:1",
            ]);
        });

        const comeback = (text: string, exitCode = 0): Situation => ({
            change: FIRST,
            objects: [],
            answers: zookeeperSays(exitCode, text),
            args: { remembered },
        });

        it("lets brokers come back where ZooKeeper has the same, which its own image asks", async () => {
            await assertPasses(comeback(WHOLE.clusterId), ["zookeeper-update-check zookeeper:1"]);
        });

        it("refuses brokers that come back where ZooKeeper has another one, or none", async () => {
            await assertRefused(comeback("another"), refusal("another"));
            await assertRefused(comeback(""), refusal("none"));
        });

        it("refuses brokers that come back where ZooKeeper does not say", async () => {
            await assertRefused(
                comeback("no quorum", 1),
                'cluster id: expected ZooKeeper to tell it, got "no quorum". No broker was changed. ' +
                    "Next: npm run health says more",
            );
        });

        it("refuses fewer brokers than there were, without a question", async () => {
            const { error, questions } = await check({
                change: { before: undefined, after: inputs(2) },
                objects: [],
                args: { remembered },
            });
            assert.equal(
                error,
                "kafka.replicas: expected 3, the brokers that ran last in namespace streams, got 2. " +
                    "Next: bring all of them back, then lower it",
            );
            assert.deepEqual(questions, []);
        });

        it("refuses a higher min ISR than they had, as nobody knows the topics", async () => {
            const { error, questions } = await check({
                ...comeback(WHOLE.clusterId),
                args: { remembered, minInsyncReplicas: 3 },
            });
            assert.equal(
                error,
                'kafka.config["min.insync.replicas"]: expected 2, which the brokers had last, got 3: none of them runs and ' +
                    "tells which topics have the replicas. Next: bring the brokers back, then raise it",
            );
            assert.deepEqual(questions, []);
        });

        it("lets more brokers come back than there were", async () => {
            await assertPasses(
                { ...comeback(WHOLE.clusterId), change: { before: undefined, after: inputs(4) } },
                ["zookeeper-update-check zookeeper:1"],
            );
        });
    });
});
