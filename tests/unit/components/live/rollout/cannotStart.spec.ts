import assert from "node:assert/strict";
import type { V1Pod } from "@kubernetes/client-node";
import {
    cannotStart,
    isOfUntriedRevision,
} from "../../../../../components/live/rollout/cannotStart";
import {
    CATCHING_UP,
    container,
    crashing,
    going,
    OLD,
    pod,
    statefulSet,
    unready,
    unscheduled,
    waiting,
} from "./objects";

const ENDED_WELL = { state: { terminated: { exitCode: 0 } }, restartCount: 2 };

/** A pod that is not ready, with a container that only prepares it. */
function prepared(init: object, main: object): V1Pod {
    const one = unready(2, main);
    return {
        ...one,
        status: { ...one.status, initContainerStatuses: [container(init)] },
    };
}

describe("a pod that can't start", () => {
    const those: Readonly<Record<string, V1Pod>> = {
        "no node takes": unscheduled(2, "0/3 nodes are available"),
        "crashes again": unready(2, crashing(1)),
        "failed again and again, and runs": unready(2, { ...CATCHING_UP, restartCount: 2 }),
        "failed again and again, and is prepared": unready(2, {
            ...waiting("ContainerCreating"),
            restartCount: 2,
        }),
        "has just failed": unready(2, { state: { terminated: { exitCode: 1 } } }),
        "has no image": unready(2, waiting("ImagePullBackOff")),
        "lacks a Secret": unready(2, waiting("CreateContainerConfigError")),
        "fails to be prepared": prepared(crashing(1), waiting("PodInitializing")),
    };
    for (const [what, one] of Object.entries(those)) {
        it(`is one that ${what}`, () => assert.equal(cannotStart(one), true));
    }

    const others: Readonly<Record<string, V1Pod>> = {
        "is ready": pod(2),
        "the scheduler has not looked at": unscheduled(2, undefined),
        "is being prepared": unready(2, waiting("ContainerCreating")),
        "is initialized": unready(2, waiting("PodInitializing")),
        "is catching up": unready(2, CATCHING_UP),
        "failed once, and is catching up": unready(2, { ...CATCHING_UP, restartCount: 1 }),
        "is catching up beside one that only prepared it": prepared(ENDED_WELL, CATCHING_UP),
    };
    for (const [what, one] of Object.entries(others)) {
        it(`is none that ${what}`, () => assert.equal(cannotStart(one), false));
    }
});

describe("a pod of a revision that was never tried", () => {
    const third = unready(2, CATCHING_UP);
    const earlier = [pod(0, { revision: OLD }), pod(1, { revision: OLD })];
    const isOne = (one: V1Pod, others: readonly V1Pod[], set = statefulSet()) =>
        isOfUntriedRevision(one, [...others, one], set);

    it("is not ready, and of the last revision, of which no ready pod is", () => {
        assert.equal(isOne(third, earlier), true);
    });

    it("may be of any that no ready pod has, where there is no StatefulSet", () => {
        assert.equal(isOfUntriedRevision(third, [...earlier, third], undefined), true);
    });

    it("is none where a ready one has it, where it is ready or about to go, or of an earlier revision", () => {
        assert.equal(isOne(third, [pod(0, { revision: OLD }), pod(1)]), false);
        assert.equal(isOne(pod(2), earlier), false);
        assert.equal(isOne(going(third), earlier), false);
        const old = unready(2, CATCHING_UP, { revision: OLD });
        assert.equal(isOne(old, [pod(0), pod(1)]), false);
    });

    it("is none while no other one is ready", () => {
        const others = [0, 1].map((id) => unready(id, CATCHING_UP, { revision: OLD }));
        assert.equal(isOne(third, others), false);
    });
});
