import assert from "node:assert/strict";
import type { KubernetesObject, V1Pod } from "@kubernetes/client-node";
import { NODE, POD, STATEFUL_SET } from "../../../../components/live/objects";
import { awaitRollout } from "../../../../components/live/rollout";
import type { WantedStatefulSet } from "../../../../components/live/rollout/state";
import { FakeClock } from "../../../support/fakeClock";
import { FakeCluster } from "../../../support/fakeCluster";
import {
    CATCHING_UP,
    claim,
    container,
    crashing,
    event,
    going,
    nodeOf,
    OLD,
    pod,
    statefulSet,
    unready,
    unscheduled,
    waiting,
    WANTED,
} from "./rollout/objects";

const BLOCKED_MINUTES = 20;
const POD_MINUTES = 70;

/** A rollout whose time passes at once, and what it says. */
class Trial {
    readonly clock = new FakeClock();
    readonly cluster: FakeCluster;
    readonly said: string[] = [];
    /** What it warns of, with the seconds until then. */
    readonly warned: (readonly [string, number])[] = [];
    wanted: WantedStatefulSet = WANTED;
    /** With how few pods others can go on, where not with all of them. */
    needs?: number;
    /** When so many were there, and when others went on with them, in seconds. */
    readonly enough: (readonly ["reached" | "goOn", number])[] = [];

    /** @param objects What there is, beside nodes for all pods. */
    constructor(...objects: readonly KubernetesObject[]) {
        const nodes = [0, 1, 2, 3].map((ordinal) => nodeOf(`node-${ordinal}`, "True"));
        this.cluster = new FakeCluster(...nodes, ...objects);
    }

    /** Seconds until it was done. */
    async run(): Promise<number> {
        await awaitRollout({
            live: this.cluster,
            wanted: this.wanted,
            blockedMinutes: BLOCKED_MINUTES,
            podMinutes: POD_MINUTES,
            ...(this.needs !== undefined && {
                enough: {
                    pods: this.needs,
                    reached: () => {
                        this.enough.push(["reached", this.clock.seconds]);
                        return Promise.resolve();
                    },
                    goOn: () => this.enough.push(["goOn", this.clock.seconds]),
                },
            }),
            say: (progress) => this.said.push(progress),
            warn: (text) => this.warned.push([text, this.clock.seconds]),
            clock: this.clock,
        });
        return this.clock.seconds;
    }

    /** Its error, with the seconds until then. */
    async fail(): Promise<readonly [string, number]> {
        try {
            await this.run();
        } catch (error) {
            return [(error as Error).message, this.clock.seconds];
        }
        throw new assert.AssertionError({ message: "it did not fail" });
    }
}

const READY = [pod(0), pod(1), pod(2)];

const setsPartition = (rollingUpdate: object | null) =>
    `merge StatefulSet kafka ${JSON.stringify({ spec: { updateStrategy: { rollingUpdate } } })}`;
const PARTITION_0 = setsPartition({ partition: 0 });
const NO_PARTITION = setsPartition(null);

describe("awaitRollout", () => {
    it("looks once where all is well, and says nothing", async () => {
        const trial = new Trial(statefulSet(), ...READY);
        assert.equal(await trial.run(), 0);
        assert.deepEqual([trial.said, trial.warned, trial.cluster.actions], [[], [], []]);
    });

    it("ends where a pod runs for a while, again and again, and never gets ready", async () => {
        const trial = new Trial(statefulSet(), pod(0), pod(1), unready(2, CATCHING_UP));
        const { clock, cluster } = trial;
        const timedOut = "ZooKeeperClientTimeoutException: Timed out waiting for connection";
        for (let restart = 1; restart <= 20; restart++) {
            const down = restart * 430;
            clock.at(down, () => cluster.put(unready(2, crashing(restart, timedOut))));
            clock.at(down + 300, () => cluster.put(unready(2, CATCHING_UP)));
        }
        const [message, seconds] = await trial.fail();
        assert.match(message, /^kafka: expected 3 pods ready, got 2 after 90 minutes: /);
        assert.equal(seconds, (BLOCKED_MINUTES + POD_MINUTES) * 60);
    });

    it("looks at no pods but its own", async () => {
        const others = ["kafka-check-x7x2z", "kafka-mirror-0"].map((name) => {
            const other = unready(0, crashing(9));
            return { ...other, metadata: { ...other.metadata, name } };
        });
        const unlabelled = unready(3, crashing(9));
        unlabelled.metadata!.labels = {};
        const trial = new Trial(statefulSet(), ...READY, ...others, unlabelled);
        assert.equal(await trial.run(), 0);
    });

    it("shows each step of a roll once", async () => {
        const before = statefulSet({ status: { updatedReplicas: 0 } });
        const old = { revision: OLD };
        const trial = new Trial(before, pod(0, old), pod(1, old), pod(2, old));
        const { cluster, clock } = trial;
        [2, 1, 0].forEach((ordinal, step) => {
            const at = step * 60;
            const uid = `new-${ordinal}`;
            clock.at(at + 10, () => cluster.put(going(pod(ordinal, old))));
            clock.at(at + 20, () => cluster.put(unready(ordinal, CATCHING_UP, { uid })));
            clock.at(at + 50, () => cluster.put(pod(ordinal, { uid })));
        });
        clock.at(172, () => cluster.put(statefulSet()));
        assert.equal(await trial.run(), 172);
        assert.deepEqual(trial.said, [
            "0 of 3 pods up to date: kafka-2 has to restart",
            "2 of 3 pods ready: kafka-2 is stopping",
            "2 of 3 pods ready: kafka-2 is catching up",
            "1 of 3 pods up to date: kafka-1 has to restart",
            "2 of 3 pods ready: kafka-1 is stopping",
            "2 of 3 pods ready: kafka-1 is catching up",
            "2 of 3 pods up to date: kafka-0 has to restart",
            "2 of 3 pods ready: kafka-0 is stopping",
            "2 of 3 pods ready: kafka-0 is catching up",
            "3 of 3 pods up to date: Kubernetes has still to count them",
        ]);
        assert.deepEqual([trial.warned, cluster.actions], [[], []]);
    });
});

describe("awaitRollout of what can't start", () => {
    it("ends at once, with one sentence and what to do", async () => {
        const trial = new Trial(statefulSet(), pod(0), pod(1), unready(2, crashing(0)));
        trial.clock.at(30, () => trial.cluster.put(unready(2, crashing(2, "a.B: bad value"))));
        assert.deepEqual(await trial.fail(), [
            "kafka: expected 3 pods ready, got 2: kafka-2 ended with exit code 1: a.B: bad value. " +
                "Next: correct what the message names, and run pulumi up; " +
                "kubectl logs kafka-2 -n streams -c kafka --previous",
            30,
        ]);
    });

    it("waits for the next failure of a pod that was found so", async () => {
        const trial = new Trial(statefulSet(), pod(0), pod(1), unready(2, crashing(4, "old")));
        trial.clock.at(290, () => trial.cluster.put(unready(2, CATCHING_UP)));
        trial.clock.at(300, () => trial.cluster.put(unready(2, crashing(5, "new"))));
        const [message, seconds] = await trial.fail();
        assert.match(message, /kafka-2 ended with exit code 1: new\. Next/);
        assert.equal(seconds, 300);
    });

    it("waits for the try of a container after its volume has grown", async () => {
        const growing = (size: string) => {
            const asked = claim(2, "Bound", "20Gi");
            return { ...asked, status: { ...asked.status, capacity: { storage: size } } };
        };
        const full = (restarts: number) => unready(2, crashing(restarts, "volume full"));
        const trial = new Trial(statefulSet(), pod(0), pod(1), full(4), growing("10Gi"));
        trial.clock.at(30, () => trial.cluster.put(full(5)));
        trial.clock.at(60, () => trial.cluster.put(growing("20Gi")));
        trial.clock.at(300, () => trial.cluster.put(pod(2)));
        assert.equal(await trial.run(), 300);
        // One that has grown and fails again does so for another reason.
        const other = new Trial(statefulSet(), pod(0), pod(1), full(4), growing("20Gi"));
        other.clock.at(30, () => other.cluster.put(full(5)));
        assert.match((await other.fail())[0], /kafka-2 ended with exit code 1: volume full/);
    });

    it("is done when that one starts after all", async () => {
        const trial = new Trial(statefulSet(), pod(0), pod(1), unready(2, crashing(4, "old")));
        trial.clock.at(290, () => trial.cluster.put(pod(2)));
        assert.equal(await trial.run(), 290);
    });

    it("ends at once without a StatefulSet, and when it goes", async () => {
        const expected =
            "kafka: expected the StatefulSet in namespace streams, got none: somebody deleted it, or the kubeconfig " +
            "leads to another cluster. Next: look which cluster it is; if it is the right one, pulumi up --refresh makes it anew";
        assert.deepEqual(await new Trial().fail(), [expected, 0]);
        const trial = new Trial(statefulSet(), pod(0), pod(1), unready(2, CATCHING_UP));
        trial.clock.at(10, () => trial.cluster.drop(STATEFUL_SET, "kafka"));
        assert.deepEqual(await trial.fail(), [expected, 10]);
    });

    it("ends at once where somebody has changed what was sent", async () => {
        const trial = new Trial(statefulSet({ spec: { replicas: 2 } }), ...READY);
        assert.deepEqual(await trial.fail(), [
            "kafka: expected replicas 3, got 2: somebody changed it, or an earlier pulumi up was interrupted. " +
                "Next: pulumi up --refresh",
            0,
        ]);
    });

    it("ends when a pod is refused for a while, and not at the first refusal", async () => {
        const refused = event("set", "FailedCreate", "create Pod x failed error: is forbidden");
        const trial = new Trial(statefulSet(), pod(0), pod(1), refused);
        const [message, seconds] = await trial.fail();
        assert.match(message, /Kubernetes refuses to make kafka-2: is forbidden\. Next/);
        assert.equal(seconds, 16);
    });

    const config = (name: string) => ({
        apiVersion: "v1",
        kind: "ConfigMap",
        metadata: { name, namespace: "streams" },
    });
    const mounting = (mount: V1Pod, name: string): V1Pod => {
        mount.spec!.volumes = [{ name, configMap: { name } }];
        return mount;
    };
    /** Sets a StatefulSet whose pods mount a ConfigMap, with a third pod that waits for it. */
    const withoutConfig = (): Trial => {
        const template = { spec: mounting(pod(0), "config-1").spec };
        const third = mounting(unready(2, waiting("ContainerCreating")), "config-1");
        return new Trial(statefulSet({ spec: { template } }), pod(0), pod(1), third);
    };
    const { template: _, ...sent } = WANTED.sent as { replicas: number; template: object };
    const untemplated = { ...WANTED, sent, accepted: sent };

    it("ends soon where a ConfigMap is missing, with the command that makes it again", async () => {
        const trial = withoutConfig();
        trial.wanted = untemplated;
        assert.deepEqual(await trial.fail(), [
            "kafka: expected 3 pods ready, got 2: kafka-2 waits for the ConfigMap config-1, which is not there. " +
                "Next: pulumi up --refresh makes it again",
            30,
        ]);
        assert.deepEqual(trial.said, [
            "2 of 3 pods ready: kafka-2 waits for the ConfigMap config-1, which is not there",
        ]);
    });

    it("goes on where the ConfigMap comes, whatever the node has still to notice", async () => {
        const trial = withoutConfig();
        trial.wanted = untemplated;
        trial.clock.at(28, () => trial.cluster.put(config("config-1")));
        trial.clock.at(100, () => trial.cluster.put(pod(2)));
        assert.equal(await trial.run(), 100);
        assert.equal(
            trial.said.at(-1),
            "2 of 3 pods ready: kafka-2 is being prepared: its node says nothing yet",
        );
    });

    it("waits for a ConfigMap of the user's own variables, also where another container runs", async () => {
        const env = [
            { name: "MODE", valueFrom: { configMapKeyRef: { name: "team", key: "mode" } } },
        ];
        const withEnv = (of: V1Pod): V1Pod => {
            of.spec!.containers = of.spec!.containers.map((each) => ({ ...each, env }));
            return of;
        };
        const template = { spec: withEnv(pod(0)).spec };
        const third = withEnv(unready(2, waiting("CreateContainerConfigError")));
        third.status!.containerStatuses!.push(
            container({ name: "reload", ready: true, started: true, state: { running: {} } }),
        );
        const trial = new Trial(statefulSet({ spec: { template } }), pod(0), pod(1), third);
        trial.wanted = untemplated;
        const [message, seconds] = await trial.fail();
        assert.match(
            message,
            /kafka-2 waits for the ConfigMap team, which is not there.* Next: make the ConfigMap team in namespace streams; /,
        );
        assert.equal(seconds, BLOCKED_MINUTES * 60);
    });

    it("does not take a ConfigMap that it may not read for one that is missing", async () => {
        const trial = withoutConfig();
        trial.wanted = untemplated;
        trial.cluster.refused.set("ConfigMap", "forbidden");
        trial.clock.at(100, () => trial.cluster.put(pod(2)));
        assert.equal(await trial.run(), 100);
    });

    it("does not miss what a pod has mounted already", async () => {
        const third = mounting(unready(2, CATCHING_UP), "config-1");
        const trial = new Trial(statefulSet(), pod(0), pod(1), third);
        trial.clock.at(100, () => trial.cluster.put(pod(2)));
        assert.equal(await trial.run(), 100);
        assert.deepEqual(trial.said, ["2 of 3 pods ready: kafka-2 is catching up"]);
    });

    it("makes a pod of an earlier revision anew at once, whose ConfigMap is missing", async () => {
        const third = unready(2, waiting("ContainerCreating"), { revision: OLD });
        const trial = new Trial(statefulSet(), pod(0), pod(1), mounting(third, "config-1"));
        trial.clock.at(4, () => trial.cluster.put(pod(2, { uid: "new-2" })));
        assert.equal(await trial.run(), 4);
        assert.deepEqual(trial.cluster.actions, [PARTITION_0, "remove Pod kafka-2", NO_PARTITION]);
    });

    it("counts refusals of one pod only while they last", async () => {
        const refused = event("set", "FailedCreate", "is forbidden");
        const trial = new Trial(statefulSet(), pod(0), pod(1), refused);
        const { clock, cluster } = trial;
        for (const at of [12, 60]) {
            clock.at(at, () => cluster.put(unready(2, CATCHING_UP)));
            clock.at(at + 36, () => cluster.drop(POD, "kafka-2"));
        }
        clock.at(100, () => cluster.put(pod(2)));
        assert.equal(await trial.run(), 100);
    });
});

describe("awaitRollout of what may heal", () => {
    const FULL = "0/3 nodes are available";
    const pending = [statefulSet(), pod(0), pod(1), claim(2, "Bound"), unscheduled(2, FULL)];

    it("is said after two minutes, once, and ends at its limit", async () => {
        const trial = new Trial(...pending);
        assert.deepEqual(await trial.fail(), [
            "kafka: expected 3 pods ready, got 2 after 20 minutes: no node takes kafka-2: 0/3 nodes are available. " +
                "Next: make room on the nodes; or ask for less, and run pulumi up",
            1200,
        ]);
        assert.deepEqual(trial.warned, [
            [
                "kafka: no node takes kafka-2: 0/3 nodes are available. It is waited for, 20 minutes in all. " +
                    "Next: make room on the nodes; or ask for less, and run pulumi up",
                120,
            ],
        ]);
        assert.deepEqual(trial.said, [
            "2 of 3 pods ready: no node takes kafka-2: 0/3 nodes are available",
        ]);
    });

    it("is not said when it heals before", async () => {
        const trial = new Trial(...pending);
        trial.clock.at(118, () => trial.cluster.put(pod(2)));
        assert.equal(await trial.run(), 118);
        assert.deepEqual(trial.warned, []);
    });

    it("begins anew with another trouble", async () => {
        const trial = new Trial(...pending);
        trial.clock.at(1000, () => trial.cluster.put(unready(2, waiting("ErrImagePull", "no"))));
        const [message, seconds] = await trial.fail();
        assert.match(message, /kafka-2 can't get its image: no/);
        assert.equal(seconds, 1000 + 1200);
        assert.equal(trial.warned.length, 2);
    });

    it("goes on while a container that crashes runs in between", async () => {
        const trial = new Trial(statefulSet(), pod(0), pod(1));
        const crashed = crashing(9, "java.net.UnknownHostException: zookeeper");
        for (let at = 0; at < 1500; at += 100) {
            trial.clock.at(at + 2, () => trial.cluster.put(unready(2, crashed)));
            trial.clock.at(at + 20, () => trial.cluster.put(unready(2, CATCHING_UP)));
        }
        const [message, seconds] = await trial.fail();
        assert.match(message, /after 20 minutes: kafka-2 ended with exit code 1: java\.net\./);
        assert.equal(seconds, 1202);
    });

    it("names the node of a pod that can't stop", async () => {
        const trial = new Trial(
            statefulSet(),
            nodeOf("node-2", "Unknown"),
            pod(0),
            going(pod(1)),
            going(pod(2)),
        );
        const [message] = await trial.fail();
        assert.match(message, /: kafka-2 can't stop, because its node node-2 is not ready\. Next/);
    });

    it("takes a node that is gone for a lost one, and one that nobody may read for none", async () => {
        const trial = new Trial(statefulSet(), pod(0), pod(1), going(pod(2)));
        trial.cluster.drop(NODE, "node-2");
        trial.clock.at(10, () => trial.cluster.refused.set("Node", "nodes is forbidden"));
        trial.clock.at(20, () => trial.cluster.put(pod(2)));
        await trial.run();
        assert.deepEqual(trial.said, [
            "2 of 3 pods ready: kafka-2 can't stop, because its node node-2 is not ready",
            "2 of 3 pods ready: kafka-2 is stopping",
        ]);
    });

    it("goes on without what only explains", async () => {
        const trial = new Trial(statefulSet(), pod(0), pod(1), unscheduled(2, FULL));
        trial.cluster.refused.set("Event", "events is forbidden");
        trial.cluster.refused.set("PersistentVolumeClaim", "claims is forbidden");
        const [message] = await trial.fail();
        assert.match(message, /no node takes kafka-2: 0\/3 nodes are available/);
    });

    it("waits for the controller as for anything else", async () => {
        const trial = new Trial(statefulSet({ status: { observedGeneration: 1 } }), ...READY);
        assert.deepEqual(await trial.fail(), [
            "kafka: expected Kubernetes to act on the change, got nothing yet after 20 minutes: " +
                "the controller of StatefulSets has not seen it. " +
                "Next: kubectl describe statefulset kafka -n streams",
            1200,
        ]);
    });
});

describe("awaitRollout with which others go on", () => {
    const LOST = [statefulSet(), nodeOf("node-2", "Unknown"), pod(0), pod(1), going(pod(2))];
    const needingTwo = (...objects: readonly KubernetesObject[]) =>
        Object.assign(new Trial(...objects), { needs: 2 });
    const GOES_ON =
        "kafka: kafka-2 can't stop, because its node node-2 is not ready. pulumi up goes on with 2 of 3 pods, and " +
        "fails at its end if this stays so. Next: bring the node back; once it is surely off, kubectl taint node node-2 " +
        "node.kubernetes.io/out-of-service=nodeshutdown:NoExecute";

    it("holds nobody up where all is well, and only says that they are there", async () => {
        const trial = needingTwo(statefulSet(), ...READY);
        await trial.run();
        assert.deepEqual(trial.enough, [["reached", 0]]);
    });

    it("lets them go on when another pod may not heal by itself, with one warning", async () => {
        const trial = needingTwo(...LOST);
        const [message, seconds] = await trial.fail();
        assert.match(message, /^kafka: expected 3 pods ready, got 2 after 20 minutes: kafka-2 can/);
        assert.equal(seconds, 1200);
        assert.deepEqual(trial.enough, [
            ["reached", 0],
            ["goOn", 120],
        ]);
        assert.deepEqual(trial.warned, [[GOES_ON, 120]]);
    });

    it("is done when that one heals after all", async () => {
        const trial = needingTwo(...LOST);
        trial.clock.at(600, () => trial.cluster.put(pod(2, { uid: "new" })));
        assert.equal(await trial.run(), 600);
    });

    it("lets them go on before it fails, whatever it fails for", async () => {
        const cases = [
            [unready(2, waiting("InvalidImageName")), 0, "pods, and fails at its end. Next"],
            [unready(2, CATCHING_UP), 4200, "pods, and fails at its end. Next"],
        ] as const;
        for (const [third, at, words] of cases) {
            const trial = needingTwo(statefulSet(), pod(0), pod(1), third);
            assert.equal((await trial.fail())[1], at);
            assert.deepEqual(trial.enough, [
                ["reached", 0],
                ["goOn", at],
            ]);
            assert.equal(trial.warned.length, 1);
            assert.ok(trial.warned[0]![0].includes(words));
        }
    });

    it("lets nobody go on before they are there, in the last revision", async () => {
        const [set, node] = LOST;
        const trial = needingTwo(set!, node!, pod(0, { revision: OLD }), pod(1), going(pod(2)));
        const { clock, cluster } = trial;
        clock.at(500, () => cluster.put(pod(0, { uid: "new" })));
        await trial.fail();
        assert.deepEqual(trial.enough, [
            ["reached", 500],
            ["goOn", 500],
        ]);
        const words = trial.warned.map(([text, seconds]) => [/with 2 of 3/.test(text), seconds]);
        assert.deepEqual(words, [
            [false, 120],
            [true, 500],
        ]);
    });

    it("lets nobody go on where the StatefulSet is not the one that was sent", async () => {
        const trial = needingTwo(statefulSet({ spec: { replicas: 2 } }), pod(0), pod(1));
        await trial.fail();
        assert.deepEqual(trial.enough, []);
    });

    it("fails where nobody can be told that they are there", async () => {
        const trial = needingTwo(statefulSet(), ...READY);
        trial.enough.push = () => {
            throw new Error("no");
        };
        assert.deepEqual(await trial.fail(), ["no", 0]);
    });
});

describe("awaitRollout of a pod that takes long", () => {
    it("ends after the time for one pod", async () => {
        const trial = new Trial(statefulSet(), pod(0), pod(1), unready(2, CATCHING_UP));
        assert.deepEqual(await trial.fail(), [
            "kafka: expected 3 pods ready, got 2 after 70 minutes: kafka-2 is catching up. " +
                "Next: kubectl describe pod kafka-2 -n streams",
            4200,
        ]);
        assert.deepEqual(trial.warned, []);
    });

    it("begins that time anew with each pod that is ready, each that goes, and another revision", async () => {
        const trial = new Trial(statefulSet(), pod(1), pod(2), pod(3));
        const { clock, cluster } = trial;
        cluster.put(unready(0, CATCHING_UP));
        clock.at(4000, () => cluster.put(pod(0), unready(1, CATCHING_UP)));
        clock.at(8000, () => cluster.drop(POD, "kafka-3"));
        const status = { updateRevision: OLD };
        clock.at(12000, () => cluster.put(statefulSet({ status })));
        assert.equal((await trial.fail())[1], 12000 + 4200);
    });

    it("does not begin it anew with a pod that is ready from time to time", async () => {
        const trial = new Trial(statefulSet(), pod(0), pod(1), unready(2, CATCHING_UP));
        for (let at = 1000; at < 9000; at += 1000) {
            trial.clock.at(at, () =>
                trial.cluster.put(statefulSet({ status: { readyReplicas: 2 } })),
            );
            trial.clock.at(at, () => trial.cluster.put(pod(2)));
            trial.clock.at(at + 10, () => trial.cluster.put(unready(2, CATCHING_UP)));
        }
        assert.equal((await trial.fail())[1], 1000 + 4200);
    });

    it("begins it anew after what had to be healed", async () => {
        const trial = new Trial(statefulSet(), pod(0), pod(1), unscheduled(2, "no room"));
        trial.clock.at(1000, () => trial.cluster.put(unready(2, CATCHING_UP)));
        assert.equal((await trial.fail())[1], 998 + 4200);
    });
});

describe("awaitRollout of an abandoned revision", () => {
    const EARLIER = { revision: OLD };

    it("deletes its pod once, has it come back in the last revision, and is done then", async () => {
        const trial = new Trial(statefulSet(), pod(0), pod(1), unready(2, crashing(5), EARLIER));
        const { clock, cluster } = trial;
        clock.at(10, () => cluster.put(unready(2, CATCHING_UP, { uid: "new" })));
        clock.at(40, () => cluster.put(pod(2, { uid: "new" })));
        assert.equal(await trial.run(), 40);
        assert.deepEqual(cluster.actions, [PARTITION_0, "remove Pod kafka-2", NO_PARTITION]);
        assert.deepEqual(trial.said, [
            "2 of 3 pods ready: kafka-2 failed and starts again",
            "kafka-2 is of an earlier revision and can't become ready: it is made anew",
            "2 of 3 pods ready: kafka-2 is not there yet, and no event says why",
            "2 of 3 pods ready: kafka-2 is catching up",
        ]);
    });

    it("deletes the next one only when the last one is there again", async () => {
        const set = statefulSet({ spec: { podManagementPolicy: "Parallel" } });
        const broken = (ordinal: number) => unready(ordinal, crashing(5), EARLIER);
        const trial = new Trial(set, broken(2), broken(1), broken(0));
        const { clock, cluster } = trial;
        const seen: string[] = [];
        for (const ordinal of [0, 1, 2]) {
            const at = 10 * (ordinal + 1);
            clock.at(at - 2, () => seen.push(cluster.actions.join()));
            clock.at(at, () =>
                cluster.put(unready(ordinal, CATCHING_UP, { uid: `new-${ordinal}` })),
            );
        }
        clock.at(40, () => cluster.put(...READY));
        await trial.run();
        const removals = [0, 1, 2].map((ordinal) => `remove Pod kafka-${ordinal}`);
        assert.deepEqual(
            seen,
            [1, 2, 3].map((count) => [PARTITION_0, ...removals.slice(0, count)].join()),
        );
    });

    it("does not delete it again while it is on its way out", async () => {
        const broken = unready(2, crashing(5), EARLIER);
        const trial = new Trial(statefulSet(), pod(0), pod(1), broken);
        // The kubelet takes its time.
        trial.clock.at(4, () => trial.cluster.put(broken));
        trial.clock.at(20, () => trial.cluster.put(pod(2, { uid: "new" })));
        await trial.run();
        const { actions } = trial.cluster;
        assert.deepEqual(actions, [PARTITION_0, "remove Pod kafka-2", NO_PARTITION]);
    });

    it("deletes one that does nothing for five minutes in a row", async () => {
        const idle = (ordinal: number) => unready(ordinal, waiting("ContainerCreating"), EARLIER);
        const trial = new Trial(statefulSet(), pod(0), pod(1), idle(2));
        const { clock, cluster } = trial;
        clock.at(200, () => cluster.put(pod(2, EARLIER)));
        clock.at(250, () => cluster.put(idle(2)));
        const seen: string[] = [];
        clock.at(250 + 300, () => seen.push(...cluster.actions));
        clock.at(250 + 304, () => seen.push(...cluster.actions));
        clock.at(250 + 310, () => cluster.put(pod(2, { uid: "new" })));
        await trial.run();
        assert.deepEqual(seen, [PARTITION_0, "remove Pod kafka-2"]);
    });

    it("deletes nothing once the last revision is hopeless, too", async () => {
        const set = statefulSet({ spec: { podManagementPolicy: "Parallel" } });
        const trial = new Trial(set, pod(0), unready(1, crashing(5), EARLIER));
        trial.cluster.put(unready(2, waiting("CreateContainerConfigError", "no such Secret")));
        await trial.fail();
        assert.deepEqual(trial.cluster.actions, []);
    });

    it("waits until the controller knows that pods come back in the last revision", async () => {
        const trial = new Trial(statefulSet(), pod(0), pod(1), unready(2, crashing(5), EARLIER));
        const { clock, cluster } = trial;
        const spec = { updateStrategy: { rollingUpdate: { partition: 0 } } };
        const metadata = { generation: 3 };
        const seen: string[][] = [];
        clock.at(2, () => cluster.put(statefulSet({ spec, metadata })));
        clock.at(60, () => seen.push([...cluster.actions]));
        const status = { observedGeneration: 3 };
        clock.at(60, () => cluster.put(statefulSet({ spec, metadata, status })));
        clock.at(62, () => seen.push([...cluster.actions]));
        clock.at(80, () => cluster.put(pod(2, { uid: "new" })));
        await trial.run();
        assert.deepEqual(seen, [[PARTITION_0], [PARTITION_0, "remove Pod kafka-2"]]);
    });

    it("takes back what a killed up has left, and nothing that somebody else has set", async () => {
        const wanted = [
            [0, [NO_PARTITION]],
            [2, []],
        ] as const;
        for (const [partition, actions] of wanted) {
            const spec = { updateStrategy: { rollingUpdate: { partition } } };
            const trial = new Trial(statefulSet({ spec }), ...READY);
            await trial.run();
            assert.deepEqual(trial.cluster.actions, actions);
        }
    });

    it("takes it back where the rollout fails, too", async () => {
        const trial = new Trial(statefulSet(), pod(0), pod(1), unready(2, crashing(5), EARLIER));
        const broken = unready(2, waiting("InvalidImageName"), { uid: "new" });
        trial.clock.at(10, () => trial.cluster.put(broken));
        const [message] = await trial.fail();
        assert.match(message, /kafka-2 can't get its image/);
        assert.deepEqual(trial.cluster.actions, [PARTITION_0, "remove Pod kafka-2", NO_PARTITION]);
    });

    it("is done where it can't take it back, and says how", async () => {
        const spec = { updateStrategy: { rollingUpdate: { partition: 0 } } };
        const trial = new Trial(statefulSet({ spec }), ...READY);
        trial.cluster.refused.set("merge", "statefulsets.apps is forbidden.");
        await trial.run();
        assert.deepEqual(trial.warned, [
            [
                'kafka: expected updateStrategy.rollingUpdate to be taken away, got "statefulsets.apps is forbidden". ' +
                    "Next: kubectl patch statefulset kafka -n streams --type merge " +
                    `-p '{"spec":{"updateStrategy":{"rollingUpdate":null}}}'`,
                0,
            ],
        ]);
    });

    it("deletes no pod that would come back as it is", async () => {
        const trial = new Trial(statefulSet(), pod(0), pod(1), unready(2, crashing(5), EARLIER));
        trial.cluster.refused.set("merge", "statefulsets.apps is forbidden.");
        assert.deepEqual(await trial.fail(), [
            "kafka: expected kafka-2 to come back in the last revision, got " +
                '"statefulsets.apps is forbidden". Next: kubectl patch statefulset kafka -n streams --type merge ' +
                `-p '{"spec":{"updateStrategy":{"rollingUpdate":{"partition":0}}}}', and pulumi up`,
            0,
        ]);
        assert.deepEqual(trial.cluster.actions, []);
    });

    it("says what to do where it may not", async () => {
        const trial = new Trial(statefulSet(), pod(0), pod(1), unready(2, crashing(5), EARLIER));
        trial.cluster.refused.set("remove Pod", "pods is forbidden.");
        assert.deepEqual(await trial.fail(), [
            "kafka: expected kafka-2 to be deleted, because its revision is an earlier one that can't start, " +
                'got "pods is forbidden". Next: kubectl delete pod kafka-2 -n streams, and pulumi up',
            2,
        ]);
    });
});

describe("awaitRollout without answers of the API server", () => {
    it("goes on when it answers again", async () => {
        const trial = new Trial(statefulSet(), ...READY);
        trial.cluster.refused.set("Pod", "connection refused");
        trial.clock.at(18, () => trial.cluster.refused.clear());
        assert.equal(await trial.run(), 18);
        assert.deepEqual(trial.said, ["the Kubernetes API does not answer: connection refused"]);
    });

    it("ends when it stays so", async () => {
        const trial = new Trial(statefulSet(), ...READY);
        trial.cluster.refused.set("StatefulSet", "statefulsets.apps is forbidden");
        assert.deepEqual(await trial.fail(), [
            'kafka: expected an answer of the Kubernetes API, got "statefulsets.apps is forbidden". ' +
                "Next: pulumi up once it answers; Kubernetes goes on meanwhile",
            18,
        ]);
    });

    it("counts only failures in a row", async () => {
        const trial = new Trial(statefulSet(), pod(0), pod(1), unready(2, CATCHING_UP));
        const { clock, cluster } = trial;
        for (let at = 2; at < 100; at += 20) {
            clock.at(at, () => cluster.refused.set("Pod", "no"));
            clock.at(at + 16, () => cluster.refused.clear());
        }
        clock.at(120, () => cluster.put(pod(2)));
        assert.equal(await trial.run(), 120);
    });
});
