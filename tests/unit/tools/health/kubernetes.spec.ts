import assert from "node:assert/strict";
import type {
    V1EndpointSlice,
    V1Node,
    V1PersistentVolumeClaim,
    V1Pod,
    V1Service,
} from "@kubernetes/client-node";
import type { HealthContext } from "../../../../tools/health/check";
import type { ExpectedSet } from "../../../../tools/health/expected";
import { checkPods, isPast, judgePods } from "../../../../tools/health/pods";
import { judgeServices } from "../../../../tools/health/services";
import { judgeVolumes } from "../../../../tools/health/volumes";

const NAMESPACE = "kafka";
const KAFKA_SET: ExpectedSet = {
    kind: "statefulset",
    name: "kafka",
    replicas: 2,
    pods: ["kafka-0", "kafka-1"],
    claims: ["data-kafka-0", "data-kafka-1"],
};
const NODES: V1Node[] = [
    { metadata: { name: "node-1", labels: { "topology.kubernetes.io/zone": "zone-a" } } },
];

/** A pod as the API server has it, well unless `status` says otherwise. */
function pod(name: string, status: V1Pod["status"] = {}): V1Pod {
    return {
        metadata: { name },
        spec: { containers: [], nodeName: "node-1" },
        status: {
            phase: "Running",
            conditions: [{ type: "Ready", status: "True" }],
            containerStatuses: [container({ state: { running: {} } })],
            ...status,
        },
    };
}

type ContainerStatus = NonNullable<NonNullable<V1Pod["status"]>["containerStatuses"]>[number];

function container(status: Partial<ContainerStatus>): ContainerStatus {
    return { name: "kafka", image: "i", imageID: "", ready: true, restartCount: 0, ...status };
}

const NOT_READY = [{ type: "Ready", status: "False" }];

describe("judgePods", () => {
    function judgeOne(found: V1Pod) {
        return judgePods([found], [], NODES, NAMESPACE)[0]!;
    }

    it("passes pods that run and are ready, with their node and zone", () => {
        assert.deepEqual(judgeOne(pod("kafka-0")), {
            area: "pods",
            name: "kafka-0",
            ok: true,
            detail: "Running, ready, 0 restarts, node node-1, zone zone-a",
        });
    });

    it("takes the zone from the pod when nodes may not be read", () => {
        const found = pod("kafka-0");
        found.metadata!.labels = { "topology.kubernetes.io/zone": "zone-b" };
        assert.match(judgePods([found], [], [], NAMESPACE)[0]!.detail, /zone zone-b$/);
    });

    it("fails a pod that is not ready and points to its log", () => {
        assert.deepEqual(judgeOne(pod("kafka-0", { conditions: NOT_READY })), {
            area: "pods",
            name: "kafka-0",
            ok: false,
            detail: "Running, not ready, 0 restarts, node node-1, zone zone-a",
            next: "kubectl logs kafka-0 -n kafka",
        });
    });

    it("points to the previous log of a pod that crashes", () => {
        const crashing = container({
            restartCount: 4,
            state: { waiting: { reason: "CrashLoopBackOff" } },
            lastState: { terminated: { exitCode: 1 } },
        });
        const check = judgeOne(
            pod("kafka-0", { conditions: NOT_READY, containerStatuses: [crashing] }),
        );
        assert.match(check.detail, /^Running, not ready, CrashLoopBackOff, 4 restarts,/);
        assert.equal(check.next, "kubectl logs kafka-0 -n kafka --previous");
    });

    it("points to the description of a pod whose image can't be pulled, though it ran before", () => {
        const waiting = container({
            state: { waiting: { reason: "ErrImagePull" } },
            lastState: { terminated: { exitCode: 143 } },
        });
        const check = judgeOne(
            pod("kafka-0", { conditions: NOT_READY, containerStatuses: [waiting] }),
        );
        assert.match(check.detail, /^Running, not ready, ErrImagePull,/);
        assert.equal(check.next, "kubectl describe pod kafka-0 -n kafka");
    });

    it("fails a pod whose node is lost, though it was ready", () => {
        assert.equal(judgeOne(pod("kafka-0", { phase: "Unknown" })).ok, false);
    });

    it("says why a pod is not scheduled, and points to its description", () => {
        const found = pod("kafka-0", {
            phase: "Pending",
            conditions: [{ type: "PodScheduled", status: "False", message: "0/3 nodes fit" }],
            containerStatuses: [],
        });
        delete found.spec!.nodeName;
        const check = judgeOne(found);
        assert.equal(
            check.detail,
            "Pending, not ready, 0/3 nodes fit, 0 restarts, no node, zone unknown",
        );
        assert.equal(check.next, "kubectl describe pod kafka-0 -n kafka");
    });

    it("fails a pod that is being deleted, though it is still ready", () => {
        const found = pod("kafka-0");
        found.metadata!.deletionTimestamp = new Date();
        const check = judgeOne(found);
        assert.equal(check.ok, false);
        assert.match(check.detail, /being deleted/);
    });

    it("says what ends a pod that is being deleted: its node, for as long as it may", () => {
        const found = pod("kafka-0");
        const end = new Date("2026-01-01T00:05:00Z");
        found.metadata!.deletionTimestamp = end;
        const nextAt = (now: Date) => judgePods([found], [], NODES, NAMESPACE, now)[0]!.next;
        assert.equal(
            nextAt(new Date("2026-01-01T00:04:59Z")),
            "wait until 2026-01-01T00:05:00.000Z, when its node kills what still runs",
        );
        assert.equal(
            nextAt(end),
            "kubectl describe node node-1, which should have ended it; no --force while its process may run: " +
                'docs/operations.md, "A node or a zone is lost"',
        );
    });

    it("fails a pod that is missing", () => {
        const checks = judgePods([pod("kafka-0")], [KAFKA_SET], NODES, NAMESPACE);
        assert.deepEqual(
            checks.map(({ name, ok }) => [name, ok]),
            [
                ["kafka-0", true],
                ["kafka-1", false],
            ],
        );
        assert.equal(checks[1]!.next, "kubectl describe statefulset kafka -n kafka");
    });

    it("points to the node pool that a missing pod is of, whose name the pod's does not tell", () => {
        const pools: ExpectedSet[] = ["controller", "broker"].map((name) => ({
            ...KAFKA_SET,
            kind: "kafkanodepool",
            name,
            pods: [`kafka-${name}-900`],
        }));
        assert.deepEqual(judgePods([pod("kafka-controller-900")], pools, NODES, NAMESPACE)[0], {
            area: "pods",
            name: "kafka-broker-900",
            ok: false,
            detail: "does not exist",
            next: "kubectl describe kafkanodepool broker -n kafka",
        });
    });

    it("fails when there is nothing at all", () => {
        assert.deepEqual(judgePods([], [], [], NAMESPACE), [
            {
                area: "pods",
                name: "pods",
                ok: false,
                detail: "there are no pods of Kafka in namespace kafka",
                next: "kubectl get pods --all-namespaces -l app.kubernetes.io/name=kafka",
            },
        ]);
    });
});

describe("isPast", () => {
    for (const [kind, phase, past] of [
        ["Job", "Running", true],
        ["Job", "Succeeded", true],
        ["ReplicaSet", "Running", false],
        ["ReplicaSet", "Failed", true],
        ["StatefulSet", "Failed", false],
        ["StrimziPodSet", "Failed", false],
    ] as const) {
        it(`takes a ${phase} pod of a ${kind} for ${past ? "past" : "present"}`, () => {
            const found = pod("p", { phase });
            found.metadata!.ownerReferences = [{ apiVersion: "v1", kind, name: "o", uid: "u" }];
            assert.equal(isPast(found), past);
        });
    }
});

describe("checkPods", () => {
    it("finds the pods of both applications and of Strimzi's cluster, but none of a Job", async () => {
        const job = pod("topics-x");
        job.metadata!.ownerReferences = [{ apiVersion: "v1", kind: "Job", name: "o", uid: "u" }];
        const pods: Record<string, V1Pod[]> = {
            "app.kubernetes.io/name in (kafka,zookeeper)": [pod("kafka-broker-0"), job],
            "strimzi.io/cluster=kafka": [pod("kafka-broker-0"), pod("kafka-entity-operator-x")],
        };
        const core = {
            listNamespacedPod: ({ labelSelector }: { labelSelector: string }) =>
                Promise.resolve({ items: pods[labelSelector] }),
            listNode: () => Promise.reject(new Error("no permission")),
        };
        const context = { namespace: NAMESPACE, apis: { core } } as unknown as HealthContext;
        const checks = await checkPods(context, []);
        assert.deepEqual(
            checks.map(({ name, ok }) => [name, ok]),
            [
                ["kafka-broker-0", true],
                ["kafka-entity-operator-x", true],
            ],
        );
    });
});

describe("judgeVolumes", () => {
    function claim(name: string, status: V1PersistentVolumeClaim["status"]) {
        return {
            metadata: { name },
            spec: { resources: { requests: { storage: "50Gi" } }, storageClassName: "gp3" },
            status,
        };
    }
    const bound = { phase: "Bound", capacity: { storage: "50Gi" } };

    it("passes bound claims and fails unbound and missing ones", () => {
        const three = { ...KAFKA_SET, claims: [...KAFKA_SET.claims, "data-kafka-2"] };
        const claims = [claim("data-kafka-0", bound), claim("data-kafka-1", { phase: "Pending" })];
        assert.deepEqual(judgeVolumes(claims, [three], NAMESPACE), [
            { area: "volumes", name: "data-kafka-0", ok: true, detail: "Bound, 50Gi, class gp3" },
            {
                area: "volumes",
                name: "data-kafka-1",
                ok: false,
                detail: "Pending, 50Gi, class gp3",
                next: "kubectl describe persistentvolumeclaim data-kafka-1 -n kafka",
            },
            {
                area: "volumes",
                name: "data-kafka-2",
                ok: false,
                detail: "does not exist",
                next: "kubectl get persistentvolumeclaims -n kafka",
            },
        ]);
    });

    const one = { ...KAFKA_SET, claims: ["data-kafka-0"] };
    const small = { ...bound, capacity: { storage: "20Gi" } };
    const condition = (type: string, message?: string) => ({ type, status: "True", message });

    const growing: [string, V1PersistentVolumeClaim["status"]][] = [
        ["is resized", { ...small, conditions: [condition("Resizing")] }],
        ["waits for its node", { ...small, conditions: [condition("FileSystemResizePending")] }],
        [
            "goes on after an error that has passed",
            {
                ...small,
                conditions: [
                    condition("Resizing"),
                    { ...condition("ControllerResizeError"), status: "False" },
                ],
            },
        ],
        [
            "is in the hands of the driver",
            { ...small, allocatedResourceStatuses: { storage: "ControllerResizeInProgress" } },
        ],
    ];
    for (const [what, status] of growing) {
        it(`passes a volume that grows: it ${what}`, () => {
            const [check] = judgeVolumes([claim("data-kafka-0", status)], [one], NAMESPACE);
            assert.equal(check?.ok, true);
            assert.equal(check.detail, "Bound, 20Gi of 50Gi, growing, class gp3");
        });
    }

    const stuck: [string, V1PersistentVolumeClaim["status"]][] = [
        [
            "quota exceeded",
            {
                ...small,
                conditions: [
                    condition("Resizing"),
                    condition("ControllerResizeError", "quota exceeded"),
                ],
            },
        ],
        [
            "NodeResizeInfeasible",
            { ...small, allocatedResourceStatuses: { storage: "NodeResizeInfeasible" } },
        ],
        // As Kubernetes 1.30 and older name it.
        [
            "NodeResizeFailed",
            { ...small, allocatedResourceStatuses: { storage: "NodeResizeFailed" } },
        ],
        ["nobody has begun to grow it", small],
    ];
    for (const [reason, status] of stuck) {
        it(`fails a volume that does not grow: ${reason}`, () => {
            const [check] = judgeVolumes([claim("data-kafka-0", status)], [one], NAMESPACE);
            assert.deepEqual(check, {
                area: "volumes",
                name: "data-kafka-0",
                ok: false,
                detail: `Bound, 20Gi of 50Gi: ${reason}, class gp3`,
                next: "kubectl describe persistentvolumeclaim data-kafka-0 -n kafka",
            });
        });
    }

    it("passes a volume that is larger than asked for, in whatever unit", () => {
        const larger = claim("data-kafka-0", { ...bound, capacity: { storage: "51200Mi" } });
        assert.equal(judgeVolumes([larger], [one], NAMESPACE)[0]?.ok, true);
    });

    it("fails a claim that came back smaller than its siblings", () => {
        const back = claim("data-kafka-0", { ...bound, capacity: { storage: "10Gi" } });
        back.spec.resources.requests.storage = "10Gi";
        const checks = judgeVolumes([back, claim("data-kafka-1", bound)], [KAFKA_SET], NAMESPACE);
        assert.deepEqual(checks, [
            {
                area: "volumes",
                name: "data-kafka-0",
                ok: false,
                detail: "Bound, 10Gi, class gp3, smaller than the others, which ask for 50Gi",
                next: "pulumi up --refresh gives it their size",
            },
            { area: "volumes", name: "data-kafka-1", ok: true, detail: "Bound, 50Gi, class gp3" },
        ]);
    });

    it("fails a claim that somebody deleted: it stays bound until its pod ends", () => {
        const deleted: V1PersistentVolumeClaim = claim("data-kafka-0", bound);
        deleted.metadata!.deletionTimestamp = new Date();
        assert.deepEqual(judgeVolumes([deleted], [one], NAMESPACE), [
            {
                area: "volumes",
                name: "data-kafka-0",
                ok: false,
                detail: "Bound, deleted: it goes when its pod ends, 50Gi, class gp3",
                next: "kubectl describe persistentvolumeclaim data-kafka-0 -n kafka",
            },
        ]);
    });

    it("judges labelled claims without a StatefulSet, and no others", () => {
        const labelled: V1PersistentVolumeClaim = claim("data-0-kafka-pool-0", bound);
        labelled.metadata!.labels = { "app.kubernetes.io/name": "kafka" };
        const checks = judgeVolumes([labelled, claim("someone-elses", bound)], [], NAMESPACE);
        assert.deepEqual(
            checks.map(({ name }) => name),
            ["data-0-kafka-pool-0"],
        );
    });
});

describe("judgeServices", () => {
    function service(name: string, spec: V1Service["spec"], ingress?: object[]): V1Service {
        return {
            metadata: { name },
            spec: { selector: { a: "b" }, ports: [{ port: 9094 }], ...spec },
            status: ingress && { loadBalancer: { ingress } },
        };
    }
    function endpoints(name: string, ...ready: boolean[]): V1EndpointSlice {
        return {
            addressType: "IPv4",
            metadata: { labels: { "kubernetes.io/service-name": name } },
            endpoints: ready.map((value) => ({ addresses: [], conditions: { ready: value } })),
        };
    }

    it("shows the addresses of each type", () => {
        const services = [
            service("a", { type: "LoadBalancer" }, [{ hostname: "lb.example" }]),
            service("b", { type: "ClusterIP", clusterIP: "None" }),
            service("c", {
                type: "NodePort",
                clusterIP: "10.0.0.9",
                ports: [{ port: 9094, nodePort: 32000 }],
            }),
        ];
        const slices = ["a", "b", "c"].map((name) => endpoints(name, true, false, true));
        assert.deepEqual(
            judgeServices(services, slices, [], NAMESPACE).map(({ ok, detail }) => [ok, detail]),
            [
                [true, "LoadBalancer, lb.example, port 9094, 2 endpoints"],
                [true, "ClusterIP, headless, port 9094, 2 endpoints"],
                [true, "NodePort, 10.0.0.9, port 9094 (node port 32000), 2 endpoints"],
            ],
        );
    });

    it("fails without a Service that the pods of a StatefulSet need", () => {
        const services = [service("kafka-headless", { clusterIP: "None" })];
        const zookeeper = { ...KAFKA_SET, name: "zookeeper" };
        const checks = judgeServices(
            services,
            [endpoints("kafka-headless", true)],
            [KAFKA_SET, zookeeper],
            NAMESPACE,
        );
        const missing = (name: string) => ({
            area: "services",
            name,
            ok: false,
            detail: "does not exist",
            next: "pulumi up --refresh makes it again",
        });
        assert.deepEqual(checks, [
            missing("kafka-bootstrap"),
            {
                area: "services",
                name: "kafka-headless",
                ok: true,
                detail: "ClusterIP, headless, port 9094, 1 endpoint",
            },
            missing("zookeeper"),
            missing("zookeeper-headless"),
        ]);
    });

    it("expects none of Strimzi's: the operator makes them again", () => {
        const pool = { ...KAFKA_SET, kind: "kafkanodepool" } as const;
        assert.deepEqual(judgeServices([], [], [pool], NAMESPACE), []);
    });

    it("fails a load balancer without an address", () => {
        const [check] = judgeServices(
            [service("a", { type: "LoadBalancer", clusterIP: "10.0.0.9" })],
            [endpoints("a", true)],
            [],
            NAMESPACE,
        );
        assert.deepEqual(check, {
            area: "services",
            name: "a",
            ok: false,
            detail: "LoadBalancer, the load balancer has no address yet, port 9094, 1 endpoint",
            next: "kubectl describe service a -n kafka",
        });
    });

    it("fails a Service without a ready pod behind it", () => {
        const [check] = judgeServices(
            [service("a", { clusterIP: "10.0.0.9" })],
            [endpoints("a", false), endpoints("other", true)],
            [],
            NAMESPACE,
        );
        assert.equal(check?.ok, false);
        assert.match(check?.detail ?? "", /no ready pod behind it$/);
        assert.match(check?.next ?? "", /^kubectl get endpointslices -n kafka/);
    });
});
