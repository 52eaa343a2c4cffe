import assert from "node:assert/strict";
import type { V1Deployment, V1EnvVar } from "@kubernetes/client-node";
import type { HealthContext } from "../../../../tools/health/check";
import { checkOperator } from "../../../../tools/health/operator";
import { faultsOf } from "../../../../tools/health/strimzi/conditions";
import {
    fetchOperators,
    judgeOperators,
    operatorLog,
    watches,
} from "../../../../tools/health/strimzi/deployments";
import { judgeEntities } from "../../../../tools/health/strimzi/entities";
import { judgeKafka, judgeNodePools } from "../../../../tools/health/strimzi/kafka";
import type { Condition, StrimziResource } from "../../../../tools/health/strimzi/resources";

const NAMESPACE = "kafka";
const LOG = "kubectl logs -n ops -l strimzi.io/kind=cluster-operator --tail 50 --prefix";
const READY: Condition = { type: "Ready", status: "True" };
const CREATING: Condition = {
    type: "NotReady",
    status: "True",
    reason: "Creating",
    message: "Kafka cluster is\nbeing deployed",
};
const NOT_DEALT_WITH = "the operator has not dealt with the last change yet";

/** A resource of generation 3 that its operator says this of. */
function resource(conditions: Condition[], observedGeneration = 3, name = "kafka") {
    return { metadata: { name, generation: 3 }, status: { observedGeneration, conditions } };
}

/** An operator's Deployment, or with other labels of its pods someone else's. */
function deployment(
    env: V1EnvVar[] = [],
    available = 2,
    matchLabels: Record<string, string> = { "strimzi.io/kind": "cluster-operator" },
): V1Deployment {
    return {
        metadata: { name: "strimzi-cluster-operator", namespace: "ops" },
        spec: {
            replicas: 2,
            selector: { matchLabels },
            template: { spec: { containers: [{ name: "operator", env }] } },
        },
        status: { availableReplicas: available },
    };
}

describe("faultsOf", () => {
    const unmanaged: Condition = { type: "Unmanaged", status: "True" };
    const paused: Condition = { type: "ReconciliationPaused", status: "True" };
    const warning: Condition = { type: "Warning", status: "True", reason: "Old", message: "x" };
    const denied: Condition = { type: "Ready", status: "False", reason: "KafkaError" };
    const notReady = "not ready: Creating: Kafka cluster is being deployed";

    for (const [what, found, faults] of [
        ["a ready resource", resource([READY]), []],
        ["a warning", resource([READY, warning]), []],
        ["a topic that is not to be managed", resource([unmanaged]), []],
        ["a changed resource that was ready", resource([READY], 2), [NOT_DEALT_WITH]],
        ["one that is not ready", resource([CREATING]), [notReady]],
        ["one that is denied to be ready", resource([denied]), ["not ready: KafkaError"]],
        [
            "a reason that is missing",
            resource([{ type: "NotReady", status: "True" }]),
            ["not ready: NotReady"],
        ],
        [
            "one that was not ready and was changed",
            resource([CREATING], 2),
            [notReady, NOT_DEALT_WITH],
        ],
        ["a paused resource", resource([paused], 2), ["paused: nobody acts on changes of it"]],
        ["one that was paused and is ready", resource([READY, { ...paused, status: "False" }]), []],
        ["silence", resource([]), ["the operator does not say whether it is ready"]],
        ["a new resource", { metadata: { name: "kafka", generation: 1 } }, [NOT_DEALT_WITH]],
    ] as [string, StrimziResource, string[]][]) {
        it(`finds ${faults.length > 0 ? "a fault" : "no fault"} in ${what}`, () => {
            assert.deepEqual(faultsOf(found), faults);
        });
    }
});

describe("judgeKafka", () => {
    const versions = {
        kafkaVersion: "4.3.1",
        kafkaMetadataVersion: "4.3-IV0",
        operatorLastSuccessfulVersion: "1.2.0",
    };

    it("passes with warnings, and names the versions", () => {
        const warning = { type: "Warning", status: "True", reason: "Old", message: "deprecated" };
        const { metadata, status } = resource([READY, warning]);
        assert.deepEqual(
            judgeKafka({ metadata, status: { ...status, ...versions } }, LOG, NAMESPACE),
            {
                area: "operator",
                name: "Kafka kafka",
                ok: true,
                detail:
                    "ready; Kafka 4.3.1, metadata version 4.3-IV0, operator 1.2.0; " +
                    "warning Old: deprecated",
            },
        );
    });

    it("fails with the reason, and points to the operator's log", () => {
        assert.deepEqual(judgeKafka(resource([CREATING]), LOG, NAMESPACE), {
            area: "operator",
            name: "Kafka kafka",
            ok: false,
            detail: "not ready: Creating: Kafka cluster is being deployed",
            next: LOG,
        });
    });

    it("points to the resource where there is no operator", () => {
        const { next } = judgeKafka(resource([READY], 2), undefined, NAMESPACE);
        assert.equal(next, "kubectl describe kafka kafka -n kafka");
    });
});

describe("judgeNodePools", () => {
    function nodePool(name: string, replicas: number, nodeIds?: number[]) {
        const metadata = { name, generation: 1 };
        const spec = { replicas, storage: {} };
        return { metadata, spec, ...(nodeIds && { status: { nodeIds } }) };
    }

    it("compares the nodes with the replicas, and leaves out a pool that only keeps the id", () => {
        const pools = [
            nodePool("broker", 3, [0, 1]),
            nodePool("cluster-id", 0, []),
            nodePool("controller", 1, [900]),
        ];
        assert.deepEqual(judgeNodePools(pools, NAMESPACE), [
            {
                area: "operator",
                name: "node pool broker",
                ok: false,
                detail: "2 of 3 nodes (0, 1)",
                next: "kubectl describe kafkanodepool broker -n kafka",
            },
            {
                area: "operator",
                name: "node pool controller",
                ok: true,
                detail: "1 of 1 nodes (900)",
            },
        ]);
    });

    it("fails a pool without nodes, and one that has not let go of a node", () => {
        const pools = [nodePool("broker", 3), nodePool("controller", 0, [900])];
        assert.deepEqual(
            judgeNodePools(pools, NAMESPACE).map(({ ok, detail }) => [ok, detail]),
            [
                [false, "0 of 3 nodes (none)"],
                [false, "1 of 0 nodes (900)"],
            ],
        );
    });
});

describe("judgeEntities", () => {
    const ready = resource([READY], 3, "a");

    it("has nothing to say where there are none", () => {
        assert.deepEqual(judgeEntities("user", [], NAMESPACE), []);
    });

    it("counts them when all are ready", () => {
        assert.deepEqual(judgeEntities("user", [ready, ready], NAMESPACE), [
            { area: "operator", name: "users", ok: true, detail: "2 of 2 ready" },
        ]);
    });

    it("names those that are not, and why", () => {
        const reason = "NotSupported";
        const message = "Decreasing partitions not supported";
        const refused = resource([{ type: "Ready", status: "False", reason, message }], 3, "b");
        const changed = resource([READY], 2, "c");
        assert.deepEqual(judgeEntities("topic", [ready, refused, changed], NAMESPACE), [
            {
                area: "operator",
                name: "topics",
                ok: false,
                detail:
                    "1 of 3 ready: " +
                    "b (not ready: NotSupported: Decreasing partitions not supported), " +
                    `c (${NOT_DEALT_WITH})`,
                next: "kubectl describe kafkatopic b -n kafka",
            },
        ]);
    });

    it("shortens a long list", () => {
        const topics = Array.from({ length: 12 }, (_, n) => resource([], 3, `t${n}`));
        assert.match(
            judgeEntities("topic", topics, NAMESPACE)[0]!.detail,
            /^0 of 12 .* and 4 more$/,
        );
    });
});

describe("watches", () => {
    const of = (value: string): V1EnvVar[] => [{ name: "STRIMZI_NAMESPACE", value }];
    const own = [
        { name: "STRIMZI_NAMESPACE", valueFrom: { fieldRef: { fieldPath: "metadata.namespace" } } },
    ];
    for (const [what, found, namespace, expected] of [
        ["every namespace", deployment(of("*")), "kafka", true],
        ["all, because none is named", deployment(), "kafka", true],
        ["this one of several", deployment(of("ops, kafka")), "kafka", true],
        ["others", deployment(of("ops,kafka-next")), "kafka", false],
        ["its own, which is another", deployment(own), "kafka", false],
        ["its own, which is this one", deployment(own), "ops", true],
        ["nothing, being no operator", deployment([], 2, { app: "web" }), "kafka", false],
    ] as const) {
        it(`is ${expected} for a Deployment that watches ${what}`, () => {
            assert.equal(watches(found, namespace), expected);
        });
    }
});

describe("judgeOperators", () => {
    it("passes an operator with all its replicas", () => {
        assert.deepEqual(judgeOperators({ deployments: [deployment()] }, NAMESPACE), [
            {
                area: "operator",
                name: "strimzi-cluster-operator",
                ok: true,
                detail: "2 of 2 replicas available, namespace ops",
            },
        ]);
    });

    it("fails an operator that lacks one, or that was scaled to nothing", () => {
        const scaled = deployment([], 0);
        scaled.spec!.replicas = 0;
        const checks = judgeOperators({ deployments: [deployment([], 1), scaled] }, NAMESPACE);
        assert.deepEqual(
            checks.map(({ ok, detail }) => [ok, detail]),
            [
                [false, "1 of 2 replicas available, namespace ops"],
                [false, "0 of 0 replicas available, namespace ops"],
            ],
        );
        const next = "kubectl describe pods -n ops -l strimzi.io/kind=cluster-operator";
        assert.equal(checks[0]!.next, next);
    });

    it("fails when there is none", () => {
        assert.deepEqual(judgeOperators({ deployments: [] }, NAMESPACE), [
            {
                area: "operator",
                name: "deployment",
                ok: false,
                detail:
                    "no Deployment of the Strimzi operator watches namespace kafka: " +
                    "nobody acts on changes of the Kafka resource",
                next: "kubectl get pods --all-namespaces -l strimzi.io/kind=cluster-operator",
            },
        ]);
    });

    it("judges nothing when it may be where nobody may look", () => {
        const operators = { deployments: [], unseen: "Kubernetes answered 403: no" };
        assert.deepEqual(judgeOperators(operators, NAMESPACE), [
            {
                area: "operator",
                name: "deployment",
                ok: true,
                skipped: true,
                detail:
                    "not in namespace kafka, and other namespaces were not searched: " +
                    "Kubernetes answered 403: no",
            },
        ]);
    });
});

describe("operatorLog", () => {
    it("is of the operator's namespace, and of none without an operator", () => {
        assert.equal(operatorLog({ deployments: [deployment()] }), LOG);
        assert.equal(operatorLog({ deployments: [] }), undefined);
    });
});

const refusal = (code: number) =>
    Object.assign(new Error(), { code, body: JSON.stringify({ message: "no" }) });

/** A context whose API answers with these; an error is a refusal. */
function context(answers: {
    everywhere?: V1Deployment[] | Error;
    here?: V1Deployment[];
    kafka?: object;
    lists?: Readonly<Record<string, object[]>>;
}): HealthContext {
    const answer = (value: object) =>
        value instanceof Error ? Promise.reject(value) : Promise.resolve(value);
    const listed = (items: object[] | Error = []) =>
        answer(items instanceof Error ? items : { items });
    const apps = {
        listDeploymentForAllNamespaces: () => listed(answers.everywhere),
        listNamespacedDeployment: () => listed(answers.here),
    };
    const custom = {
        getNamespacedCustomObject: () => answer(answers.kafka ?? refusal(404)),
        listNamespacedCustomObject: ({ plural }: { plural: string }) =>
            listed(answers.lists?.[plural]),
    };
    return { namespace: NAMESPACE, apis: { apps, custom } } as unknown as HealthContext;
}

describe("fetchOperators", () => {
    const other = deployment([], 2, { app: "web" });

    it("finds those that watch the namespace, wherever they run", async () => {
        const found = await fetchOperators(context({ everywhere: [other, deployment()] }));
        assert.deepEqual(found, { deployments: [deployment()] });
    });

    it("looks in the namespace alone where it may see no more", async () => {
        const everywhere = refusal(403);
        const found = await fetchOperators(context({ everywhere, here: [other, deployment()] }));
        const unseen = "Kubernetes answered 403: no";
        assert.deepEqual(found, { deployments: [deployment()], unseen });
    });

    it("passes other errors on", async () => {
        await assert.rejects(fetchOperators(context({ everywhere: refusal(500) })), { code: 500 });
    });
});

describe("checkOperator", () => {
    const kafkaSet = { name: "kafka", replicas: 3, pods: [], claims: [] };

    it("is left out where there is no Kafka resource, or no such kind", async () => {
        assert.deepEqual(await checkOperator(context({ everywhere: [deployment()] }), []), []);
    });

    it("judges the operator and all resources, those first that others follow from", async () => {
        const pool = { replicas: 1, storage: {} };
        const checks = await checkOperator(
            context({
                everywhere: [deployment()],
                kafka: resource([CREATING]),
                lists: {
                    kafkanodepools: [{ ...resource([], 3, "broker"), spec: pool }],
                    kafkatopics: [resource([READY])],
                    kafkausers: [resource([READY]), resource([READY])],
                },
            }),
            [],
        );
        assert.deepEqual(
            checks.map(({ name, detail }) => [name, detail]),
            [
                ["strimzi-cluster-operator", "2 of 2 replicas available, namespace ops"],
                ["Kafka kafka", "not ready: Creating: Kafka cluster is being deployed"],
                ["node pool broker", "0 of 1 nodes (none)"],
                ["topics", "1 of 1 ready"],
                ["users", "2 of 2 ready"],
            ],
        );
        assert.equal(checks[1]!.next, LOG);
    });

    it("says that it may not look, unless a StatefulSet runs Kafka", async () => {
        const forbidden = context({ kafka: refusal(403) });
        const unseen = [
            {
                area: "operator",
                name: "Kafka kafka",
                ok: true,
                skipped: true,
                detail: "not known whether an operator runs Kafka: Kubernetes answered 403: no",
            },
        ];
        const pool = { ...kafkaSet, kind: "kafkanodepool" } as const;
        assert.deepEqual(await checkOperator(forbidden, [pool]), unseen);
        const statefulSet = { ...kafkaSet, kind: "statefulset" } as const;
        assert.deepEqual(await checkOperator(forbidden, [statefulSet]), []);
    });

    it("passes other errors on", async () => {
        await assert.rejects(checkOperator(context({ kafka: refusal(500) }), []), { code: 500 });
    });
});
