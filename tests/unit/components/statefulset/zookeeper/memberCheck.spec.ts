import assert from "node:assert/strict";
import type { V1Job } from "@kubernetes/client-node";
import type { KafkaFacts } from "../../../../../components/statefulset/admin/facts";
import { ZOOKEEPER_IDENTITY } from "../../../../../components/statefulset/zookeeper/zookeeperIdentity";
import { readScript } from "../../../../../components/statefulset/scripts";
import { checkMembers } from "../../../../../components/statefulset/zookeeper/memberCheck";
import {
    clusterIdJob,
    updateCheckJob,
} from "../../../../../components/statefulset/zookeeper/updateCheck";
import { AnsweringCluster } from "../../../../support/answeringCluster";
import { envOf, onlyContainerOf, pathsOf, type PodTemplate } from "../../pods";
import {
    CRASHING,
    livePod,
    livePods,
    livePodSpec,
    liveStatefulSet,
    NAMESPACE,
    pendingPod,
    rememberingNamespace,
    WHOLE,
} from "../live";

const NOW = livePodSpec("zookeeper");
const THEN = livePodSpec("zookeeper", "zookeeper:2");

const inputs = (pod: object = NOW) => ({
    spec: liveStatefulSet("zookeeper", 3, pod).spec as never,
});
const UPDATE = { before: inputs(), after: inputs(THEN) };

const SET = liveStatefulSet("zookeeper", 3, NOW);
const MEMBERS = [SET, ...livePods("zookeeper", 3)];
const BROKERS = [liveStatefulSet("kafka", 3), ...livePods("kafka", 3)];
const BEHIND: KafkaFacts = {
    ...WHOLE,
    underReplicated: { count: 1, examples: ["orders-0"], missing: [2] },
};
const NOT_WHOLE = "expected every replica in sync, got 1 partition without broker 2 (orders-0)";

type Answer = readonly [exitCode: number, text: string];

function templateOf({ spec }: V1Job): PodTemplate {
    return spec!.template as unknown as PodTemplate;
}

const containerOf = (job: V1Job) => onlyContainerOf(templateOf(job).spec);

interface Situation {
    readonly change?: Parameters<typeof checkMembers>[0];
    readonly objects?: readonly object[];
    /** @default - Nobody may be asked. */
    readonly zookeeper?: Answer;
    readonly kafka?: Answer;
    readonly restartWhileDegraded?: boolean;
}

/** Asks whether a change may begin: who is asked for what, and what is said aloud. */
async function check(situation: Situation) {
    const { change = UPDATE, objects = [...MEMBERS, ...BROKERS] } = situation;
    const live = new AnsweringCluster(objects, {
        ...(situation.zookeeper && { "zookeeper-update-check-": situation.zookeeper }),
        ...(situation.kafka && { "kafka-check-": situation.kafka }),
    });
    const warnings: string[] = [];
    const error = await checkMembers(change, {
        live,
        namespace: NAMESPACE,
        clusterDomain: "cluster.local",
        adminTool: "kafka-admin-0123",
        authentication: "required",
        restartWhileDegraded: situation.restartWhileDegraded ?? false,
        warn: (text) => warnings.push(text),
    }).then(
        () => undefined,
        ({ message }: Error) => message,
    );
    const questions = live.jobs.map((job) => {
        const { BROKEN = "", FACTS_OPTIONS = "" } = envOf(containerOf(job));
        return `${job.metadata!.generateName}${BROKEN}${FACTS_OPTIONS}`;
    });
    const images = live.jobs.map((job) => containerOf(job).image);
    return { error, questions, images, warnings };
}

async function assertPasses(situation: Situation, questions: readonly string[]): Promise<void> {
    const { images: _, ...result } = await check(situation);
    assert.deepEqual(result, { error: undefined, questions, warnings: [] });
}

const SERVES: Answer = [0, "3 of 3 members serve."];
const IS_WHOLE: Answer = [0, JSON.stringify(WHOLE)];
const [ASKS_ZOOKEEPER, ASKS_KAFKA] = ["zookeeper-update-check-", "kafka-check-"];

const refusal = (problem: string) =>
    `zookeeper: ${problem}. No member was changed. Next: bring the missing ones back, npm run health says more; ` +
    "restartWhileDegraded: true goes on all the same";

describe("check of the members' StatefulSet", () => {
    describe("asks nobody where", () => {
        const quiet: Readonly<Record<string, Situation>> = {
            "it is the first deployment": {
                change: { before: undefined, after: inputs() },
                objects: [],
            },
            "no member was made yet": { objects: [SET] },
            "nothing of the pods changes": { change: { ...UPDATE, after: inputs() } },
            "a killed up has already sent the change": {
                objects: [liveStatefulSet("zookeeper", 3, THEN), ...livePods("zookeeper", 3)],
            },
            "none of the members can start, and the change is their cure": {
                objects: [SET, ...[0, 1, 2].map((id) => livePod(`zookeeper-${id}`, CRASHING))],
            },
        };
        for (const [what, situation] of Object.entries(quiet)) {
            it(what, async () => {
                await assertPasses(situation, []);
            });
        }
    });

    it("passes where all members serve and Kafka is whole", async () => {
        await assertPasses({ zookeeper: SERVES, kafka: IS_WHOLE }, [ASKS_ZOOKEEPER, ASKS_KAFKA]);
    });

    it("asks with Jobs that start with what the stack's pods need", async () => {
        const jobPods = {
            imagePullSecrets: [{ name: "registry" }],
            nodeSelector: { pool: "kafka" },
            tolerations: [{ key: "dedicated", operator: "Exists" }],
        };
        const live = new AnsweringCluster([...MEMBERS, ...BROKERS], {
            [ASKS_ZOOKEEPER]: SERVES,
            [ASKS_KAFKA]: IS_WHOLE,
        });
        await checkMembers(UPDATE, {
            live,
            namespace: NAMESPACE,
            clusterDomain: "cluster.local",
            adminTool: "kafka-admin-0123",
            authentication: "required",
            restartWhileDegraded: false,
            jobPods,
            warn: assert.fail,
        });
        assert.deepEqual(
            live.jobs.map(({ spec }) => {
                const { imagePullSecrets, nodeSelector, tolerations } = spec!.template.spec!;
                return { imagePullSecrets, nodeSelector, tolerations };
            }),
            [jobPods, jobPods],
        );
    });

    it("does not ask Kafka where there is none yet, or none that could answer", async () => {
        const dead = [liveStatefulSet("kafka", 3), livePod("kafka-0", CRASHING)];
        for (const brokers of [[], [liveStatefulSet("kafka", 3)], dead]) {
            await assertPasses({ objects: [...MEMBERS, ...brokers], zookeeper: SERVES }, [
                ASKS_ZOOKEEPER,
            ]);
        }
    });

    it("asks Kafka what it holds without the brokers that can't start", async () => {
        const facts: KafkaFacts = {
            ...BEHIND,
            brokers: [0, 1],
            missingOther: [],
            belowMinIsrWithout: { count: 0, examples: [] },
        };
        const brokers = [
            liveStatefulSet("kafka", 3),
            ...livePods("kafka", 2),
            livePod("kafka-2", CRASHING),
        ];
        await assertPasses(
            {
                objects: [...MEMBERS, ...brokers],
                zookeeper: SERVES,
                kafka: [0, JSON.stringify(facts)],
            },
            [ASKS_ZOOKEEPER, `${ASKS_KAFKA}--without 2`],
        );
    });

    const degraded: Readonly<Record<string, readonly [Situation, string]>> = {
        "a member does not serve": [
            { zookeeper: [1, "no service from zookeeper-1"] },
            "no service from zookeeper-1",
        ],
        "Kafka is not whole": [
            { zookeeper: SERVES, kafka: [0, JSON.stringify(BEHIND)] },
            NOT_WHOLE,
        ],
        "Kafka does not answer": [
            { zookeeper: SERVES, kafka: [1, "nobody answered"] },
            "nobody answered",
        ],
        "a member can't start that is not among the last": [
            {
                objects: [
                    SET,
                    livePod("zookeeper-0", CRASHING),
                    livePod("zookeeper-1"),
                    livePod("zookeeper-2"),
                ],
            },
            "expected members that can't start to be the last ones, got 0 beside 1, 2",
        ],
    };
    for (const [what, [situation, problem]] of Object.entries(degraded)) {
        it(`refuses where ${what}, unless the key says otherwise`, async () => {
            const { error } = await check(situation);
            assert.equal(error, refusal(problem));
            const { error: none, warnings } = await check({
                ...situation,
                restartWhileDegraded: true,
            });
            assert.equal(none, undefined);
            assert.deepEqual(warnings, [`zookeeper: ${problem}`]);
        });
    }

    it("passes a cure of the last member where the others serve, whatever Kafka is like", async () => {
        const objects = [
            SET,
            ...livePods("zookeeper", 2),
            livePod("zookeeper-2", CRASHING),
            ...BROKERS,
        ];
        await assertPasses({ objects, zookeeper: [0, "2 of 3 members serve."] }, [
            `${ASKS_ZOOKEEPER}2`,
        ]);
    });

    describe("of members whose StatefulSet somebody deleted", () => {
        const change = { before: undefined, after: inputs() };
        const remembered = rememberingNamespace({ "zookeeper-members": "3" });

        it("asks as before a restart", async () => {
            const objects = [remembered, ...livePods("zookeeper", 3), ...BROKERS];
            await assertPasses({ change, objects, zookeeper: SERVES, kafka: IS_WHOLE }, [
                ASKS_ZOOKEEPER,
                ASKS_KAFKA,
            ]);
            const { error } = await check({ change, objects, zookeeper: [1, "no service."] });
            assert.equal(error, refusal("no service"));
        });

        it("knows from the namespace which of them have no pod", async () => {
            const objects = [remembered, ...livePods("zookeeper", 2), ...BROKERS];
            await assertPasses({ change, objects, zookeeper: [0, ""] }, [`${ASKS_ZOOKEEPER}2`]);
        });

        it("asks Kafka where the brokers have lost theirs, too", async () => {
            const [, ...brokers] = BROKERS;
            const objects = [...livePods("zookeeper", 3), ...brokers];
            const { error } = await check({
                change,
                objects,
                zookeeper: SERVES,
                kafka: [0, JSON.stringify(BEHIND)],
            });
            assert.equal(error, refusal(NOT_WHOLE));
        });
    });

    for (const [what, pods] of Object.entries({
        "runs in a revision that no other one runs, and never gets ready": [
            livePod("zookeeper-2", { ready: false, revision: "new" }),
        ],
        "finds no node": [pendingPod("zookeeper-2")],
        "has another image that there is not": [
            livePod("zookeeper-2", { ready: false, waiting: "ImagePullBackOff" }),
        ],
        "got no pod": [],
        "got no node": [pendingPod("zookeeper-2")],
    })) {
        it(`asks with the image that runs where the last member ${what}`, async () => {
            const objects = [
                liveStatefulSet(
                    "zookeeper",
                    3,
                    livePodSpec("zookeeper", "zookeeper:nosuch"),
                    "new",
                ),
                ...livePods("zookeeper", 2, { revision: "old" }),
                ...pods,
            ];
            const { questions, images } = await check({ objects, zookeeper: [0, ""] });
            assert.deepEqual([questions, images], [[`${ASKS_ZOOKEEPER}2`], ["zookeeper:1"]]);
        });
    }

    it("refuses a password that a member does not accept, whatever the key says", async () => {
        for (const restartWhileDegraded of [false, true]) {
            const { error } = await check({
                zookeeper: [2, "expected member 1 to accept the password"],
                restartWhileDegraded,
            });
            assert.equal(
                error,
                "zookeeper.authentication: expected member 1 to accept the password",
            );
        }
    });
});

describe("Jobs that ask ZooKeeper", () => {
    const question = { namespace: NAMESPACE, image: "zookeeper:1" };
    const jobs = {
        "zookeeper-update-check.sh": updateCheckJob({
            ...question,
            members: 3,
            authentication: "optional",
            broken: [1, 2],
        }),
        "cluster-id.sh": clusterIdJob(question),
    };
    for (const [script, job] of Object.entries(jobs)) {
        it(`run ${script} after the one that says who they are, with the password only`, () => {
            const { metadata, spec } = templateOf(job);
            assert.deepEqual(metadata.labels, {
                "app.kubernetes.io/name": "zookeeper-update-check",
            });
            const container = onlyContainerOf(spec);
            assert.equal(container.image, "zookeeper:1");
            assert.equal(
                container.command[2],
                ["zookeeper/zookeeper-client.sh", `zookeeper/${script}`].map(readScript).join("\n"),
            );
            assert.deepEqual(spec.volumes, ZOOKEEPER_IDENTITY.volumes);
            assert.deepEqual(pathsOf(container), {
                write: ["/run/zookeeper-jaas"],
                read: ["/run/zookeeper-auth"],
            });
        });
    }

    it("know the members, and those that can't start", () => {
        const [ofCheck, ofId] = Object.values(jobs).map((job) => envOf(containerOf(job)));
        assert.deepEqual(ofCheck, { MEMBERS: "3", BROKEN: "1 2", AUTHENTICATION: "optional" });
        assert.deepEqual(ofId, {});
    });
});
