import assert from "node:assert/strict";
import type { V1Pod } from "@kubernetes/client-node";
import { abandonedPod } from "../../../../../components/live/rollout/abandoned";
import type { RolloutState } from "../../../../../components/live/rollout/state";
import {
    CATCHING_UP,
    claim,
    container,
    crashing,
    going,
    OLD,
    pod,
    stateOf,
    statefulSet,
    unready,
    unscheduled,
    waiting,
} from "./objects";

const EARLIER = { revision: OLD };
const PARALLEL = statefulSet({ spec: { podManagementPolicy: "Parallel" } });

function nameOfAbandoned(state: Partial<RolloutState>): string | undefined {
    return abandonedPod(stateOf(state))?.metadata?.name;
}

/** Two ready pods, and a third one. */
function withThird(third: V1Pod): Partial<RolloutState> {
    return { pods: [pod(0), pod(1), third] };
}

function unreadyFor(seconds: number): Partial<RolloutState> {
    const history = { restartsAtFirst: {}, unreadySeconds: seconds };
    return { histories: new Map([["uid-2", history]]) };
}

describe("abandoned pod", () => {
    const lasting: Readonly<Record<string, V1Pod>> = {
        "crashes again and again": unready(2, crashing(2, "no"), EARLIER),
        "does not reach another server": unready(2, crashing(2, "Connection refused"), EARLIER),
        "no node takes": unscheduled(2, "0/3 nodes are available", EARLIER),
        "can't pull its image": unready(2, waiting("ImagePullBackOff"), EARLIER),
        "has no image": unready(2, waiting("InvalidImageName"), EARLIER),
        "can't be configured": unready(2, waiting("CreateContainerConfigError"), EARLIER),
        "can't be made": unready(2, waiting("CreateContainerError"), EARLIER),
    };
    for (const [what, third] of Object.entries(lasting)) {
        it(`is one that ${what}`, () => {
            const state = { ...withThird(third), claims: [claim(2, "Bound")] };
            assert.equal(nameOfAbandoned(state), "kafka-2");
        });

        it(`is none that ${what} and is of the last revision`, () => {
            const labels = pod(2).metadata!.labels;
            const last = { ...third, metadata: { ...third.metadata, labels } };
            assert.equal(nameOfAbandoned(withThird(last)), undefined);
        });
    }

    it("is none that somebody's partition keeps in its revision", () => {
        const third = unready(2, crashing(2, "no"), EARLIER);
        const nameWith = (partition: number) =>
            nameOfAbandoned({
                ...withThird(third),
                set: statefulSet({ spec: { updateStrategy: { rollingUpdate: { partition } } } }),
            });
        assert.deepEqual([0, 2, 3].map(nameWith), ["kafka-2", "kafka-2", undefined]);
    });

    it("is one that waits for a claim", () => {
        const third = unscheduled(2, undefined, EARLIER);
        assert.equal(
            nameOfAbandoned({ ...withThird(third), claims: [claim(2, "Pending")] }),
            "kafka-2",
        );
    });

    it("is one that waits for a ConfigMap which nobody has made, at once", () => {
        const third = unready(2, waiting("ContainerCreating"), EARLIER);
        third.spec!.volumes = [{ name: "config", configMap: { name: "config-1" } }];
        const nameWithout = (...files: readonly string[]) =>
            nameOfAbandoned({ ...withThird(third), missingFiles: new Set(files) });
        assert.equal(nameWithout("ConfigMap config-1"), "kafka-2");
        assert.equal(nameWithout(), undefined);
    });

    it("is one of several containers that can't start, while the other one serves nobody", () => {
        const third = pod(2, {
            ...EARLIER,
            containers: [{ name: "kafka", readinessProbe: {} }, { name: "reload" }],
            status: {
                containerStatuses: [
                    container(crashing(2)),
                    container({ name: "reload", ready: true, state: { running: {} } }),
                ],
            },
        });
        assert.equal(nameOfAbandoned(withThird(third)), "kafka-2");
        const pods = [pod(0), unready(1, CATCHING_UP), third];
        assert.equal(nameOfAbandoned({ pods, set: PARALLEL }), "kafka-2");
    });

    it("is none that is ready", () => {
        assert.equal(nameOfAbandoned(withThird(pod(2, EARLIER))), undefined);
    });

    it("is none that is catching up in a revision that others run, however long that takes", () => {
        for (const restartCount of [0, 1]) {
            const third = unready(2, { ...CATCHING_UP, restartCount }, EARLIER);
            const pods = [pod(0, EARLIER), pod(1), third];
            assert.equal(nameOfAbandoned({ pods, ...unreadyFor(1e6) }), undefined);
        }
    });

    it("is at once one that is catching up in a revision that nobody runs", () => {
        const third = unready(2, CATCHING_UP, EARLIER);
        assert.equal(nameOfAbandoned(withThird(third)), "kafka-2");
        const others = { revision: "kafka-older" };
        assert.equal(nameOfAbandoned({ pods: [pod(0, others), pod(1), third] }), "kafka-2");
    });

    it("is none of these while its node is lost, or another one is not ready", () => {
        const third = unready(2, CATCHING_UP, EARLIER);
        const lostNodes = new Set(["node-2"]);
        assert.equal(nameOfAbandoned({ ...withThird(third), lostNodes }), undefined);
        assert.equal(
            nameOfAbandoned({ pods: [pod(0), unready(1, CATCHING_UP), third] }),
            undefined,
        );
    });

    it("is after five minutes one that is catching up, where no pod is ready to show that another revision runs", () => {
        const only = unready(0, CATCHING_UP, EARLIER);
        const after = (unreadySeconds: number) =>
            nameOfAbandoned({
                pods: [only],
                histories: new Map([["uid-0", { restartsAtFirst: {}, unreadySeconds }]]),
            });
        assert.equal(after(299), undefined);
        assert.equal(after(300), "kafka-0");
    });

    it("is none that has failed once", () => {
        assert.equal(nameOfAbandoned(withThird(unready(2, crashing(1), EARLIER))), undefined);
    });

    it("is one that neither starts nor fails for five minutes, and none before", () => {
        const neither = [
            unready(2, waiting("ContainerCreating"), EARLIER),
            // It has no startup probe.
            unready(2, { state: { running: {} }, started: true }, EARLIER),
        ];
        for (const third of neither) {
            const after = (seconds: number) =>
                nameOfAbandoned({ ...withThird(third), ...unreadyFor(seconds) });
            assert.equal(after(299), undefined);
            assert.equal(after(300), "kafka-2");
        }
    });

    it("is none whose containers are all fit, whatever else the pod waits for", () => {
        const third = pod(2, {
            ...EARLIER,
            status: {
                conditions: [
                    { type: "Ready", status: "False" },
                    { type: "ContainersReady", status: "True" },
                ],
                containerStatuses: [container({ ready: true, state: { running: {} } })],
            },
        });
        assert.equal(nameOfAbandoned({ ...withThird(third), ...unreadyFor(1e6) }), undefined);
    });

    it("is none of a lost node, nor one that its node ended", () => {
        const lost = unready(2, crashing(5), EARLIER);
        assert.equal(
            nameOfAbandoned({
                ...withThird(lost),
                ...unreadyFor(1e6),
                lostNodes: new Set(["node-2"]),
            }),
            undefined,
        );
        const ended = pod(2, { ...EARLIER, status: { phase: "Failed" } });
        assert.equal(nameOfAbandoned({ ...withThird(ended), ...unreadyFor(1e6) }), undefined);
    });

    it("is none while its controller has not seen the last change", () => {
        const set = statefulSet({ status: { observedGeneration: 1 } });
        const third = unready(2, crashing(5), EARLIER);
        assert.equal(nameOfAbandoned({ ...withThird(third), set }), undefined);
        assert.equal(nameOfAbandoned({ ...withThird(third), set: undefined }), undefined);
    });

    it("is none while another one is about to go", () => {
        const broken = unready(2, crashing(5), EARLIER);
        const pods = [pod(0), going(pod(1)), broken];
        assert.equal(nameOfAbandoned({ pods, set: PARALLEL }), undefined);
    });

    it("is the one that the StatefulSet waits for", () => {
        const pods = [pod(0), unready(1, crashing(5), EARLIER), unready(2, crashing(5), EARLIER)];
        assert.equal(nameOfAbandoned({ pods }), "kafka-1");
        assert.equal(nameOfAbandoned({ pods, set: PARALLEL }), "kafka-1");
    });

    it("is none while the StatefulSet waits for another one", () => {
        const broken = unready(2, crashing(5), EARLIER);
        const startsFirst = { pods: [pod(0), unready(1, CATCHING_UP), broken] };
        assert.equal(nameOfAbandoned(startsFirst), undefined);
        assert.equal(nameOfAbandoned({ ...startsFirst, set: PARALLEL }), "kafka-2");
        const isMissing = { pods: [pod(0), broken] };
        assert.equal(nameOfAbandoned(isMissing), undefined);
        assert.equal(nameOfAbandoned({ ...isMissing, set: PARALLEL }), "kafka-2");
    });

    it("is one that serves in spite of its trouble only while all others do", () => {
        const serving = pod(2, {
            ...EARLIER,
            containers: [{ name: "kafka", readinessProbe: {} }, { name: "reload" }],
            status: {
                containerStatuses: [
                    container({ ready: true, state: { running: {} }, started: true }),
                    container({ name: "reload", ...crashing(5) }),
                ],
            },
        });
        assert.equal(nameOfAbandoned(withThird(serving)), "kafka-2");
        const pods = [pod(0), unready(1, CATCHING_UP), serving];
        assert.equal(nameOfAbandoned({ pods, set: PARALLEL }), undefined);
    });
});
