import assert from "node:assert/strict";
import type { V1Pod, V1PodSpec, V1StatefulSet } from "@kubernetes/client-node";
import type { HealthContext } from "../../../../tools/health/check";
import { checkNeeded } from "../../../../tools/health/needed";

/** A pod's specification that needs a ConfigMap of its revision and one more, and two Secrets, one by a variable. */
function specOf(revision: string): V1PodSpec {
    return {
        containers: [
            {
                name: "kafka",
                env: [
                    {
                        name: "TOKEN",
                        valueFrom: { secretKeyRef: { name: "token", key: "token" } },
                    },
                ],
            },
        ],
        volumes: [
            {
                name: "config",
                projected: {
                    sources: [
                        { configMap: { name: `kafka-config-${revision}` } },
                        { configMap: { name: "kafka-accept-empty" } },
                    ],
                },
            },
            { name: "auth", secret: { secretName: "zookeeper-auth" } },
            { name: "spare", secret: { secretName: "spare", optional: true } },
        ],
    };
}

const SET: V1StatefulSet = {
    metadata: { name: "kafka" },
    spec: { replicas: 2, selector: {}, template: { spec: specOf("new") } },
};
const POD: V1Pod = { metadata: { name: "kafka-0" }, spec: specOf("old") };
const ALL = [
    "ConfigMap kafka-config-new",
    "ConfigMap kafka-config-old",
    "ConfigMap kafka-accept-empty",
    "Secret zookeeper-auth",
    "Secret token",
    "PodDisruptionBudget kafka",
];

interface Cluster {
    readonly sets?: readonly V1StatefulSet[];
    readonly pods?: readonly V1Pod[];
    readonly gone?: readonly string[];
    readonly forbidden?: readonly string[];
}

/** What is said of a cluster in which all is there but what is gone. */
function check({ sets = [SET], pods = [POD], gone = [], forbidden = [] }: Cluster = {}) {
    const read =
        (kind: string) =>
        ({ name }: { readonly name: string }) => {
            const key = `${kind} ${name}`;
            const code = forbidden.includes(key)
                ? 403
                : gone.includes(key) || !ALL.includes(key)
                  ? 404
                  : 200;
            return code === 200
                ? Promise.resolve({})
                : Promise.reject(Object.assign(new Error("refused"), { code }));
        };
    const apis = {
        apps: { listNamespacedStatefulSet: () => Promise.resolve({ items: sets }) },
        core: {
            listNamespacedPod: () => Promise.resolve({ items: pods }),
            readNamespacedConfigMap: read("ConfigMap"),
            readNamespacedSecret: read("Secret"),
        },
        policy: { readNamespacedPodDisruptionBudget: read("PodDisruptionBudget") },
    };
    return checkNeeded({ namespace: "streams", apis } as unknown as HealthContext);
}

describe("what pods of StatefulSets need", () => {
    it("is nothing to speak of while it is there", async () => {
        assert.deepEqual(await check(), []);
    });

    const missing: Record<string, readonly [string, string]> = {
        "PodDisruptionBudget kafka": [
            "does not exist: drains may evict several of its pods at once",
            "pulumi up --refresh makes it again",
        ],
        "ConfigMap kafka-config-new": [
            "does not exist: StatefulSet kafka can't start without it",
            "pulumi up --refresh makes it again",
        ],
        "ConfigMap kafka-config-old": [
            "does not exist: kafka-0 can't start without it",
            "pulumi up --refresh makes it again",
        ],
        "ConfigMap kafka-accept-empty": [
            "does not exist: StatefulSet kafka, kafka-0 can't start without it",
            "pulumi up --refresh makes it again",
        ],
        "Secret zookeeper-auth": [
            "does not exist: StatefulSet kafka, kafka-0 can't start without it",
            "docs/operations.md#a-configmap-or-a-secret-is-missing says how it is made again",
        ],
        "Secret token": [
            "does not exist: StatefulSet kafka, kafka-0 can't start without it",
            "make the Secret token in namespace streams",
        ],
    };
    for (const [name, [detail, next]] of Object.entries(missing)) {
        it(`fails without the ${name}`, async () => {
            assert.deepEqual(await check({ gone: [name] }), [
                { area: "pods", name, ok: false, detail, next },
            ]);
        });
    }

    it("fails without the StatefulSet of pods that somebody left", async () => {
        const zookeeper: V1Pod = { metadata: { name: "zookeeper-2" }, spec: { containers: [] } };
        assert.deepEqual(await check({ pods: [POD, zookeeper] }), [
            {
                area: "pods",
                name: "StatefulSet zookeeper",
                ok: false,
                detail: "does not exist: nobody makes its pods anew",
                next: "pulumi up --refresh makes it again",
            },
        ]);
    });

    it("is nothing that a Job has read: its files may be gone since", async () => {
        const job: V1Pod = { metadata: { name: "kafka-topics-0123-4" }, spec: specOf("other") };
        assert.deepEqual(await check({ pods: [POD, job] }), []);
    });

    it("is nobody's business where an operator runs Kafka", async () => {
        const pod: V1Pod = { metadata: { name: "kafka-broker-0" }, spec: specOf("old") };
        assert.deepEqual(await check({ sets: [], pods: [pod], gone: ALL }), []);
    });

    it("fails nothing that may not be read, and says so of the PodDisruptionBudget", async () => {
        const forbidden = ["Secret zookeeper-auth", "PodDisruptionBudget kafka"];
        assert.deepEqual(
            (await check({ forbidden })).map(({ name, ok, skipped }) => [name, ok, skipped]),
            [["PodDisruptionBudget kafka", true, true]],
        );
    });
});
