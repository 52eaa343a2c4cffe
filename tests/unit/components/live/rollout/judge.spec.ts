import assert from "node:assert/strict";
import type { V1Pod } from "@kubernetes/client-node";
import { judge, type Unfinished } from "../../../../../components/live/rollout/judge";
import type { RolloutState } from "../../../../../components/live/rollout/state";
import {
    CATCHING_UP,
    claim,
    container,
    crashing,
    event,
    going,
    NEW,
    OLD,
    pod,
    SPEC,
    stateOf,
    statefulSet,
    unready,
    unscheduled,
    waiting,
    WANTED,
} from "./objects";

const DONE = { kind: "done" };

/** Judges a state that is not done. */
function unfinished(state: Partial<RolloutState>): Unfinished {
    const verdict = judge(stateOf(state));
    assert.notEqual(verdict.kind, "done");
    return verdict as Unfinished;
}

/** Two ready pods, and a third one. */
function withThird(third: V1Pod): Partial<RolloutState> {
    return { pods: [pod(0), pod(1), third] };
}

/** What counts in most cases. */
function gist(state: Partial<RolloutState>): readonly string[] {
    const { kind, situation, reason } = unfinished(state);
    return [kind, situation, reason];
}

describe("verdict on a StatefulSet", () => {
    it("is done when all pods are ready, of the last revision, and counted", () => {
        assert.deepEqual(judge(stateOf({})), DONE);
    });

    it("is done for as few pods as are wanted", () => {
        const spec = { ...SPEC, replicas: 1 };
        const set = statefulSet({ spec, status: { readyReplicas: 1, updatedReplicas: 1 } });
        const wanted = { ...WANTED, sent: spec, accepted: spec };
        assert.deepEqual(judge(stateOf({ wanted, set, pods: [pod(0)] })), DONE);
    });

    it("is hopeless without a StatefulSet, whatever pods there are", () => {
        assert.deepEqual(judge(stateOf({ set: undefined })), {
            kind: "hopeless",
            situation: "",
            hopelessAfterSeconds: 0,
            expected: "the StatefulSet in namespace streams",
            got: "none",
            asWanted: 0,
            reason: "somebody deleted it, or the kubeconfig leads to another cluster",
            progress: "",
            next: "look which cluster it is; if it is the right one, pulumi up --refresh makes it anew",
        });
    });

    it("is hopeless while the StatefulSet is being deleted", () => {
        const set = statefulSet({ metadata: { deletionTimestamp: new Date() } });
        const { kind, got } = unfinished({ set });
        assert.deepEqual([kind, got], ["hopeless", "one that is being deleted"]);
    });

    it("is hopeless when somebody has changed it, and names the field", () => {
        const set = statefulSet({ spec: { replicas: 2 } });
        assert.deepEqual(judge(stateOf({ set })), {
            kind: "hopeless",
            situation: "",
            hopelessAfterSeconds: 0,
            expected: "replicas 3",
            got: "2",
            asWanted: 0,
            reason: "somebody changed it, or an earlier pulumi up was interrupted",
            progress: "",
            next: "pulumi up --refresh",
        });
    });

    it("shows values of changed fields shortened, and none where the field is gone", () => {
        const sent = { replicas: 3, serviceName: "x".repeat(200) };
        const wanted = { ...WANTED, sent, accepted: sent };
        const set = statefulSet({ spec: { serviceName: undefined } });
        const { expected, got } = unfinished({ set, wanted });
        assert.equal(expected, `serviceName "${"x".repeat(99)}…`);
        assert.equal(got, "nothing");
    });

    it("is that nothing can be said while its controller has not seen the last change", () => {
        const set = statefulSet({ status: { observedGeneration: 1 } });
        // What is known of revisions is old: this pod may be of the one that was just replaced.
        assert.deepEqual(judge(stateOf({ set, ...withThird(unready(2, crashing(5))) })), {
            kind: "blocked",
            situation: "unseen",
            hopelessAfterSeconds: 0,
            expected: "Kubernetes to act on the change",
            got: "nothing yet",
            asWanted: 0,
            reason: "the controller of StatefulSets has not seen it",
            progress: "Kubernetes has still to see the change",
            next: "kubectl describe statefulset kafka -n streams",
        });
    });

    it("is that nothing can be said while it has no status at all", () => {
        const set = { ...statefulSet(), status: undefined };
        assert.equal(unfinished({ set, pods: [] }).situation, "unseen");
    });
});

describe("verdict while pods are on their way", () => {
    it("says how many are ready, and what the others do", () => {
        assert.deepEqual(judge(stateOf(withThird(unready(2, CATCHING_UP)))), {
            kind: "waiting",
            situation: "",
            hopelessAfterSeconds: 0,
            expected: "3 pods ready",
            got: "2",
            asWanted: 2,
            reason: "kafka-2 is catching up",
            progress: "2 of 3 pods ready: kafka-2 is catching up",
            next: "kubectl describe pod kafka-2 -n streams",
        });
    });

    const cases: Readonly<Record<string, readonly [Partial<RolloutState>, string]>> = {
        "a pod that stops": [withThird(going(pod(2))), "2 of 3 pods ready: kafka-2 is stopping"],
        "a pod that stops, whatever it suffers from": [
            withThird(going(unready(2, crashing(5)))),
            "2 of 3 pods ready: kafka-2 is stopping",
        ],
        "a pod whose containers wait for one that prepares": [
            withThird(
                pod(2, {
                    status: {
                        phase: "Pending",
                        initContainerStatuses: [container({ state: { running: {} } })],
                        containerStatuses: [container(waiting("PodInitializing"))],
                    },
                }),
            ),
            "2 of 3 pods ready: kafka-2 is starting",
        ],
        "a pod that runs without a startup probe": [
            withThird(unready(2, { state: { running: {} }, started: true })),
            "2 of 3 pods ready: kafka-2 runs and is not ready yet",
        ],
        "a pod that failed once": [
            withThird(unready(2, crashing(1, "ERROR x"))),
            "2 of 3 pods ready: kafka-2 failed and starts again",
        ],
        "a pod that just ended": [
            withThird(unready(2, { state: { terminated: { exitCode: 1 } } })),
            "2 of 3 pods ready: kafka-2 failed and starts again",
        ],
        "several pods": [
            { pods: [pod(0), going(pod(1)), unready(2, CATCHING_UP)] },
            "1 of 3 pods ready: kafka-1 is stopping, kafka-2 is catching up",
        ],
        "pods that have to restart, the highest first": [
            { pods: [pod(0, { revision: OLD }), pod(1, { revision: OLD }), pod(2)] },
            "1 of 3 pods up to date: kafka-1 has to restart",
        ],
        "a pod that is one too many": [
            { pods: [pod(0), pod(1), pod(2), pod(3)] },
            "3 of 3 pods up to date: kafka-3 has to go",
        ],
        "a status that is behind": [
            { set: statefulSet({ status: { readyReplicas: 2 } }) },
            "3 of 3 pods up to date: Kubernetes has still to count them",
        ],
        "a status that counts another revision": [
            { set: statefulSet({ status: { updatedReplicas: 2 } }) },
            "3 of 3 pods up to date: Kubernetes has still to count them",
        ],
        "a crashing pod of an earlier revision, which ends with it": [
            withThird(unready(2, crashing(5), { revision: OLD })),
            "2 of 3 pods ready: kafka-2 failed and starts again",
        ],
        "a crashing pod that is one too many": [
            { pods: [pod(0), pod(1), pod(2), unready(3, crashing(5))] },
            "3 of 3 pods up to date: kafka-3 failed and starts again",
        ],
    };
    for (const [what, [state, progress]] of Object.entries(cases)) {
        it(`waits for ${what}`, () => {
            const verdict = unfinished(state);
            assert.deepEqual([verdict.kind, verdict.progress], ["waiting", progress]);
        });
    }

    describe("with a partition that somebody has set", () => {
        const old = { revision: OLD };
        const spec = { updateStrategy: { rollingUpdate: { partition: 2 } } };
        const held = (...pods: readonly V1Pod[]) => ({
            set: statefulSet({ spec, status: { updatedReplicas: 1 } }),
            pods,
        });

        it("is hopeless as soon as only the pods below it are of the revision before", () => {
            assert.deepEqual(unfinished(held(pod(0, old), pod(1, old), pod(2))), {
                kind: "hopeless",
                situation: "",
                hopelessAfterSeconds: 0,
                expected: "updateStrategy.rollingUpdate.partition 0",
                got: "2",
                asWanted: 1,
                reason: "somebody set it, and it keeps kafka-0, kafka-1 in the revision before",
                progress: "",
                next:
                    "kubectl patch statefulset kafka -n streams --type merge " +
                    `-p '{"spec":{"updateStrategy":{"rollingUpdate":null}}}', and pulumi up`,
            });
            const waits = unready(1, CATCHING_UP, old);
            assert.equal(unfinished(held(pod(0, old), waits, pod(2))).kind, "hopeless");
        });

        it("waits while the others are on their way", () => {
            for (const third of [pod(2, old), unready(2, CATCHING_UP)]) {
                const { kind } = unfinished(held(pod(0, old), pod(1, old), third));
                assert.equal(kind, "waiting");
            }
        });

        it("names another trouble first", () => {
            const second = unready(1, waiting("ContainerCreating"), old);
            const { situation } = unfinished({
                ...held(pod(0, old), second, pod(2)),
                lostNodes: new Set(["node-1"]),
            });
            assert.equal(situation, "kafka-1 node");
        });

        it("is done where it keeps nothing back", () => {
            const set = statefulSet({ spec });
            assert.deepEqual(judge(stateOf({ set })), DONE);
        });
    });

    it("speaks of one pod where one is wanted", () => {
        const sent = { replicas: 1 };
        const wanted = { ...WANTED, sent, accepted: sent };
        const set = statefulSet({ spec: sent });
        const { progress } = unfinished({ wanted, set, pods: [unready(0, CATCHING_UP)] });
        assert.equal(progress, "0 of 1 pod ready: kafka-0 is catching up");
    });

    it("names the way out for a pod of an earlier revision that runs", () => {
        const { next } = unfinished(withThird(unready(2, CATCHING_UP, { revision: OLD })));
        assert.equal(
            next,
            "kubectl describe pod kafka-2 -n streams; if it can't become ready, kubectl delete pod kafka-2 -n streams",
        );
    });

    it("leads to the StatefulSet where all pods are ready", () => {
        const { next } = unfinished({ pods: [pod(0), pod(1), pod(2, { revision: OLD })] });
        assert.equal(next, "kubectl describe statefulset kafka -n streams");
    });
});

describe("verdict on a container that ends", () => {
    const LOG = "INFO a\na.ConfigException: Invalid value abc\n\tat a.B.c(B.java:1)\n";

    it("is hopeless when it has failed again and again, in its own words", () => {
        assert.deepEqual(judge(stateOf(withThird(unready(2, crashing(2, LOG))))), {
            kind: "hopeless",
            situation: "kafka-2 crash",
            hopelessAfterSeconds: 0,
            expected: "3 pods ready",
            got: "2",
            asWanted: 2,
            reason: "kafka-2 ended with exit code 1: a.ConfigException: Invalid value abc",
            progress:
                "2 of 3 pods ready: kafka-2 ended with exit code 1: a.ConfigException: Invalid value abc",
            next:
                "correct what the message names, and run pulumi up; " +
                "kubectl logs kafka-2 -n streams -c kafka --previous",
        });
    });

    it("advises what the server itself does", () => {
        const log = "kafka-2: expected 64 MiB free, got 0. Next: raise kafka.storage.size\n";
        const { reason, next } = unfinished(withThird(unready(2, crashing(2, log))));
        assert.equal(
            reason,
            "kafka-2 ended with exit code 1: kafka-2: expected 64 MiB free, got 0",
        );
        assert.equal(
            next,
            "raise kafka.storage.size; kubectl logs kafka-2 -n streams -c kafka --previous",
        );
    });

    it("is none yet when it has failed fewer times", () => {
        assert.equal(unfinished(withThird(unready(2, crashing(1, LOG)))).kind, "waiting");
    });

    it("has its exit code when it left no words", () => {
        assert.deepEqual(gist(withThird(unready(2, crashing(2)))), [
            "hopeless",
            "kafka-2 crash",
            "kafka-2 ended with exit code 1",
        ]);
    });

    it("names the memory when that was too little", () => {
        const lastState = { terminated: { exitCode: 137, reason: "OOMKilled" } };
        assert.deepEqual(gist(withThird(unready(2, { ...crashing(2), lastState }))), [
            "hopeless",
            "kafka-2 crash",
            "kafka-2 was killed because its memory limit was too low (OOMKilled)",
        ]);
    });

    it("names the container where the pod has two, although the other one runs", () => {
        const third = pod(2, {
            containers: [{ name: "kafka" }, { name: "reload" }],
            status: {
                phase: "Running",
                containerStatuses: [
                    container({ ready: true, state: { running: {} }, started: true }),
                    container({ name: "reload", ...crashing(3, "no such file") }),
                ],
            },
        });
        const { kind, reason, next } = unfinished(withThird(third));
        assert.deepEqual(
            [kind, reason],
            ["hopeless", "reload in kafka-2 ended with exit code 1: no such file"],
        );
        assert.match(next, /kubectl logs kafka-2 -n streams -c reload --previous$/);
    });

    it("sees containers that run before the others", () => {
        const third = pod(2, {
            status: {
                phase: "Pending",
                initContainerStatuses: [container({ name: "prepare", ...crashing(2, "no") })],
                containerStatuses: [container(waiting("PodInitializing"))],
            },
        });
        assert.equal(unfinished(withThird(third)).kind, "hopeless");
    });

    it("may heal when it only did not reach another server", () => {
        const log = "ERROR Fatal error\njava.net.UnknownHostException: zookeeper";
        const { kind, situation, next } = unfinished(withThird(unready(2, crashing(9, log))));
        assert.deepEqual([kind, situation], ["blocked", "kafka-2 unreachable"]);
        assert.equal(
            next,
            "let it reach what it needs; kubectl logs kafka-2 -n streams -c kafka --previous",
        );
    });

    it("is awaited once more when the pod was found so", () => {
        const historyOf = (restarts: number) =>
            new Map([["uid-2", { restartsAtFirst: { kafka: restarts }, unreadySeconds: 0 }]]);
        const state = withThird(unready(2, crashing(4, "no")));
        assert.deepEqual(gist({ ...state, histories: historyOf(4) }), [
            "waiting",
            "",
            "kafka-2 ended with exit code 1: no",
        ]);
        assert.equal(unfinished({ ...state, histories: historyOf(3) }).kind, "hopeless");
    });
});

describe("verdict on a container that can't start", () => {
    const cases: Readonly<Record<string, readonly [string, string, string]>> = {
        "InvalidImageName is hopeless": ["InvalidImageName", "hopeless", "kafka-2 image"],
        "CreateContainerConfigError is hopeless": [
            "CreateContainerConfigError",
            "hopeless",
            "kafka-2 config",
        ],
        "ErrImagePull may heal": ["ErrImagePull", "blocked", "kafka-2 image"],
        "ImagePullBackOff may heal": ["ImagePullBackOff", "blocked", "kafka-2 image"],
        "ErrImageNeverPull may heal": ["ErrImageNeverPull", "blocked", "kafka-2 image"],
        "CreateContainerError may heal": ["CreateContainerError", "blocked", "kafka-2 container"],
        "RunContainerError may heal": ["RunContainerError", "blocked", "kafka-2 container"],
    };
    for (const [what, [reason, kind, situation]] of Object.entries(cases)) {
        it(what, () => {
            const verdict = unfinished(withThird(unready(2, waiting(reason, "why not."))));
            assert.deepEqual([verdict.kind, verdict.situation], [kind, situation]);
            assert.match(verdict.reason, /^kafka-2 .*: why not$/);
        });
    }

    it("has its reason where there is no message", () => {
        const { reason } = unfinished(withThird(unready(2, waiting("RunContainerError"))));
        assert.equal(reason, "kafka-2 does not start: RunContainerError");
    });

    it("lets what it reads come a moment later", () => {
        const third = unready(2, waiting("CreateContainerConfigError"));
        assert.equal(unfinished(withThird(third)).hopelessAfterSeconds, 30);
    });

    it("says why the last pull failed, which the kubelet tells in an event", () => {
        const events = [
            event("uid-2", "Failed", 'Failed to pull image "kafka:2": not found'),
            event("uid-2", "Failed", "Error: ImagePullBackOff"),
        ];
        const third = unready(2, waiting("ImagePullBackOff", "Back-off pulling image"));
        assert.equal(
            unfinished({ ...withThird(third), events }).reason,
            'kafka-2 can\'t get its image: Failed to pull image "kafka:2": not found',
        );
    });
});

describe("verdict on a pod that its node prepares", () => {
    const preparing = unready(2, waiting("ContainerCreating"));

    it("may need somebody, and has the newest warning", () => {
        const events = [
            event("uid-2", "FailedMount", "old", { time: "2026-01-01T00:00:00Z" }),
            event("uid-2", "FailedMount", "no volume plugin matched", {
                time: "2026-01-01T00:01:00Z",
            }),
            event("uid-2", "Pulled", "new", { type: "Normal", time: "2026-01-01T00:02:00Z" }),
            event("another", "FailedMount", "newest", { time: "2026-01-01T00:03:00Z" }),
        ];
        assert.deepEqual(gist({ ...withThird(preparing), events }), [
            "blocked",
            "kafka-2 creating",
            "kafka-2 is being prepared: no volume plugin matched",
        ]);
    });

    it("has the newest event where there is no warning", () => {
        const events = [event("uid-2", "Pulling", "Pulling image", { type: "Normal" })];
        assert.equal(
            unfinished({ ...withThird(preparing), events }).reason,
            "kafka-2 is being prepared: Pulling image",
        );
    });

    it("is the same before the node says anything", () => {
        const third = pod(2, { status: { phase: "Pending" } });
        assert.equal(
            unfinished(withThird(third)).reason,
            "kafka-2 is being prepared: its node says nothing yet",
        );
    });

    it("is none while a container runs", () => {
        const third = pod(2, {
            status: {
                phase: "Running",
                containerStatuses: [
                    container(CATCHING_UP),
                    container({ name: "reload", ...waiting("ContainerCreating") }),
                ],
            },
        });
        assert.equal(unfinished(withThird(third)).kind, "waiting");
    });
});

describe("verdict on a pod that waits for a file", () => {
    const volumes = [
        { name: "config", projected: { sources: [{ configMap: { name: "config-1" } }] } },
        { name: "auth", secret: { secretName: "auth" } },
    ];
    const [first, ...others] = SPEC.template.spec.containers;
    const containers = [
        {
            ...first!,
            env: [
                { name: "MODE", valueFrom: { configMapKeyRef: { name: "team", key: "mode" } } },
                { name: "KEY", valueFrom: { secretKeyRef: { name: "team-key", key: "key" } } },
            ],
        },
        ...others,
    ];
    const spec = { ...SPEC, template: { spec: { ...SPEC.template.spec, containers, volumes } } };
    const wanted = { ...WANTED, sent: spec, accepted: spec };
    const third = unready(2, waiting("ContainerCreating"));
    third.spec!.containers = containers;
    third.spec!.volumes = [
        ...volumes,
        { name: "more", projected: { sources: [{ secret: { name: "more", optional: true } }] } },
        { name: "mesh", configMap: { name: "mesh" } },
    ];
    const without = (...files: readonly string[]) => ({
        ...withThird(third),
        wanted,
        set: statefulSet({ spec }),
        missingFiles: new Set(files),
    });

    it("is hopeless after half a minute where it is a ConfigMap of the program's", () => {
        assert.deepEqual(judge(stateOf(without("ConfigMap config-1"))), {
            kind: "hopeless",
            situation: "kafka-2 config",
            hopelessAfterSeconds: 30,
            expected: "3 pods ready",
            got: "2",
            asWanted: 2,
            reason: "kafka-2 waits for the ConfigMap config-1, which is not there",
            progress:
                "2 of 3 pods ready: kafka-2 waits for the ConfigMap config-1, which is not there",
            next: "pulumi up --refresh makes it again",
        });
    });

    it("may heal where it is a Secret, which cert-manager may make", () => {
        const state = without("Secret auth");
        assert.deepEqual(gist(state), [
            "blocked",
            "kafka-2 config",
            "kafka-2 waits for the Secret auth, which is not there",
        ]);
        assert.equal(
            unfinished(state).next,
            "docs/operations.md#a-configmap-or-a-secret-is-missing says how it is made again",
        );
    });

    for (const kind of ["ConfigMap team", "Secret team-key"]) {
        it(`may heal where it is the ${kind} of the user's own variables`, () => {
            const state = without(kind);
            assert.deepEqual(gist(state), [
                "blocked",
                "kafka-2 config",
                `kafka-2 waits for the ${kind}, which is not there`,
            ]);
            assert.equal(
                unfinished(state).next,
                `make the ${kind} in namespace streams; pulumi up waits for it`,
            );
        });
    }

    it("may heal where others have added it to the pod", () => {
        const state = without("ConfigMap mesh");
        assert.deepEqual(gist(state), [
            "blocked",
            "kafka-2 config",
            "kafka-2 waits for the ConfigMap mesh, which is not there",
        ]);
        assert.equal(unfinished(state).next, "kubectl describe pod kafka-2 -n streams");
    });

    it("is none where it does without", () => {
        assert.equal(unfinished(without("Secret more")).situation, "kafka-2 creating");
    });

    it("comes before what its container says of it", () => {
        const failed = unready(2, waiting("CreateContainerConfigError", 'secret "auth" not found'));
        failed.spec!.volumes = third.spec!.volumes;
        const state = { ...without("Secret auth"), ...withThird(failed) };
        assert.equal(unfinished(state).kind, "blocked");
    });
});

describe("verdict on a pod without a node", () => {
    const FULL = "0/3 nodes are available: 3 Insufficient memory";
    const UNBOUND = "0/3 nodes are available: pod has unbound immediate PersistentVolumeClaims";

    it("has the scheduler's reason, without what it says of preemption", () => {
        const third = unscheduled(2, `${FULL}. preemption: 0/3 nodes are available: 3 No victims.`);
        const { kind, situation, reason, next } = unfinished({
            ...withThird(third),
            claims: [claim(2, "Bound")],
        });
        assert.deepEqual(
            [kind, situation, reason],
            ["blocked", "kafka-2 scheduling", `no node takes kafka-2: ${FULL}`],
        );
        assert.equal(next, "make room on the nodes; or ask for less, and run pulumi up");
    });

    it("says so where nobody has looked at it", () => {
        assert.equal(
            unfinished({ ...withThird(unscheduled(2)), claims: [claim(2, "Bound")] }).reason,
            "no node takes kafka-2: nobody has looked for one yet",
        );
    });

    const NORMAL = { type: "Normal" };
    const cases: Readonly<Record<string, readonly [Partial<RolloutState>, string]>> = {
        "whose volume can't be made": [
            {
                ...withThird(unscheduled(2, FULL)),
                claims: [claim(2, "Pending")],
                events: [event("uid-data-kafka-2", "ProvisioningFailed", "quota exceeded")],
            },
            "kafka-2 waits for its claim data-kafka-2: quota exceeded",
        ],
        "whose claim has no class": [
            {
                ...withThird(unscheduled(2, UNBOUND)),
                claims: [claim(2, "Pending")],
                events: [
                    event("uid-data-kafka-2", "FailedBinding", "no storage class is set", NORMAL),
                ],
            },
            "kafka-2 waits for its claim data-kafka-2: no storage class is set",
        ],
        "whose claim waits for its node": [
            {
                ...withThird(unscheduled(2, FULL)),
                claims: [claim(2, "Pending")],
                events: [
                    event("uid-data-kafka-2", "WaitForPodScheduled", "waiting for pod", NORMAL),
                ],
            },
            `no node takes kafka-2: ${FULL}`,
        ],
        "whose volume is being made": [
            { ...withThird(unscheduled(2)), claims: [claim(2, "Pending")] },
            "kafka-2 waits for its claim data-kafka-2: it is Pending",
        ],
        "whose claim is missing": [
            { ...withThird(unscheduled(2, FULL)), claims: [claim(1, "Bound")] },
            "kafka-2 waits for its claim data-kafka-2: it is not there",
        ],
        "whose volume is lost": [
            { ...withThird(unscheduled(2, FULL)), claims: [claim(2, "Lost")] },
            "kafka-2 waits for its claim data-kafka-2: it is Lost",
        ],
        "whose claim is being deleted": [
            { ...withThird(unscheduled(2, FULL)), claims: [going(claim(2, "Bound"))] },
            "kafka-2 waits for its claim data-kafka-2: it is about to be deleted",
        ],
        "whose claims nobody may list": [
            { ...withThird(unscheduled(2, FULL)), claims: undefined },
            `no node takes kafka-2: ${FULL}`,
        ],
    };
    for (const [what, [state, expected]] of Object.entries(cases)) {
        it(`is about one ${what}`, () => {
            const { kind, reason } = unfinished(state);
            assert.deepEqual([kind, reason], ["blocked", expected]);
        });
    }

    it("leads to the claim where that is the reason", () => {
        const { situation, next } = unfinished({ ...withThird(unscheduled(2)), claims: [] });
        assert.deepEqual(
            [situation, next],
            ["kafka-2 claim", "kubectl describe persistentvolumeclaim data-kafka-2 -n streams"],
        );
    });

    it("says what helps a claim without a volume", () => {
        const { reason, next } = unfinished({
            ...withThird(unscheduled(2, UNBOUND)),
            claims: [claim(2, "Pending")],
            events: [event("uid-data-kafka-2", "ProvisioningFailed", '"gp33" not found')],
        });
        assert.deepEqual(
            [reason, next],
            [
                'kafka-2 waits for its claim data-kafka-2: "gp33" not found',
                "kubectl describe persistentvolumeclaim data-kafka-2 -n streams; where storage.storageClass or " +
                    "storage.size is wrong, correct it, and run pulumi up",
            ],
        );
    });
});

describe("verdict on a pod of a lost node", () => {
    const lostNodes = new Set(["node-2"]);

    it("says that it can't stop", () => {
        const { kind, situation, reason, next } = unfinished({
            ...withThird(going(pod(2, { revision: OLD }))),
            lostNodes,
        });
        assert.deepEqual(
            [kind, situation, reason],
            ["blocked", "kafka-2 node", "kafka-2 can't stop, because its node node-2 is not ready"],
        );
        assert.equal(
            next,
            "bring the node back; once it is surely off, kubectl taint node node-2 " +
                "node.kubernetes.io/out-of-service=nodeshutdown:NoExecute",
        );
    });

    it("says it of one that is not told to go, and of whatever revision", () => {
        for (const revision of [NEW, OLD]) {
            const third = unready(2, { state: { running: {} }, started: true }, { revision });
            assert.deepEqual(gist({ ...withThird(third), lostNodes }), [
                "blocked",
                "kafka-2 node",
                "the node node-2 of kafka-2 is not ready",
            ]);
        }
    });

    it("is about none whose node is well", () => {
        const third = going(pod(2));
        assert.equal(
            unfinished({ ...withThird(third), lostNodes: new Set(["x"]) }).kind,
            "waiting",
        );
    });
});

describe("verdict on a pod that its node ended", () => {
    it("may need somebody", () => {
        const third = pod(2, {
            status: { phase: "Failed", reason: "Evicted", message: "The node was low on memory." },
        });
        assert.deepEqual(gist(withThird(third)), [
            "blocked",
            "kafka-2 ended",
            "the node of kafka-2 ended it: Evicted: The node was low on memory",
        ]);
    });
});

describe("verdict on a pod that is missing", () => {
    const REFUSED =
        'create Pod kafka-2 in StatefulSet kafka failed error: pods "kafka-2" is forbidden: violates PodSecurity';
    const pods = [pod(0), pod(1)];

    it("is hopeless after a moment when Kubernetes refuses it", () => {
        const verdict = unfinished({ pods, events: [event("set", "FailedCreate", REFUSED)] });
        assert.deepEqual(verdict, {
            kind: "hopeless",
            situation: "kafka-2 rejected",
            hopelessAfterSeconds: 15,
            expected: "3 pods ready",
            got: "2",
            asWanted: 2,
            reason: 'Kubernetes refuses to make kafka-2: pods "kafka-2" is forbidden: violates PodSecurity',
            progress:
                '2 of 3 pods ready: Kubernetes refuses to make kafka-2: pods "kafka-2" is forbidden: violates PodSecurity',
            next: "correct what the message names, and run pulumi up",
        });
    });

    it("may heal when it was not even looked at", () => {
        for (const why of [
            'Internal error occurred: failed calling webhook "mpod.elbv2.k8s.aws": no endpoints',
            "status unknown for quota: team",
            "context deadline exceeded (Client.Timeout exceeded)",
        ]) {
            const { kind, situation } = unfinished({
                pods,
                events: [event("set", "FailedCreate", why)],
            });
            assert.deepEqual([kind, situation], ["blocked", "kafka-2 missing"], why);
        }
    });

    it("does not take an old refusal for the reason", () => {
        const events = [
            event("set", "SuccessfulDelete", "delete Pod kafka-2", {
                type: "Normal",
                time: "2026-01-01T00:05:00Z",
            }),
            event("set", "FailedCreate", REFUSED),
            event("another", "FailedCreate", REFUSED, { time: "2026-01-01T00:06:00Z" }),
        ];
        assert.deepEqual(gist({ pods, events }), [
            "blocked",
            "kafka-2 missing",
            "kafka-2 is not there yet, and no event says why",
        ]);
    });

    it("is none while those before it are on their way", () => {
        const { kind, reason } = unfinished({ pods: [unready(0, CATCHING_UP)] });
        assert.deepEqual([kind, reason], ["waiting", "kafka-0 is catching up"]);
    });

    it("does not depend on the others where all start at once", () => {
        const set = statefulSet({ spec: { podManagementPolicy: "Parallel" } });
        assert.deepEqual(gist({ set, pods: [unready(0, CATCHING_UP), pod(2)] }), [
            "blocked",
            "kafka-1 missing",
            "kafka-1 is not there yet, and no event says why",
        ]);
    });

    it("counts where another one is too many", () => {
        assert.equal(unfinished({ pods: [...pods, pod(3)] }).situation, "kafka-2 missing");
    });
});

describe("verdict on several troubles", () => {
    it("is about what is hopeless, then about the first pod", () => {
        const image = waiting("ErrImagePull", "no");
        assert.equal(
            unfinished({ pods: [pod(0), unready(1, image), unready(2, crashing(2))] }).situation,
            "kafka-2 crash",
        );
        assert.equal(
            unfinished({ pods: [pod(0), unready(1, image), unready(2, image)] }).situation,
            "kafka-1 image",
        );
    });
});
