import assert from "node:assert/strict";
import type { KubernetesObject, V1ConfigMap, V1Job, V1StatefulSet } from "@kubernetes/client-node";
import { forGitops } from "../../../../tools/render/gitops";
import { renderStack } from "../../../../tools/render/renderStack";
import { itMakesGoodPods } from "../../../support/goodPods";
import { type ProgramRun, type Recorded, Registrations } from "../../../support/mocks";
import type { StagedObject } from "../../../../tools/render/stages";
import { useLightSdk } from "../../../support/lightSdk";

const CONFIG = {
    "kafka-eks:platform": "kubeconfig",
    "kafka-eks:kafkaDeploymentType": "statefulset",
    "kafka-eks:certificates": '{"installCertManager":false}',
    "kafka-eks:topics": '[{"name":"orders"}]',
};
const STRIMZI = {
    "kafka-eks:platform": "kubeconfig",
    "kafka-eks:topics": '[{"name":"orders"}]',
};

async function stagedOf(config: Record<string, string>): Promise<StagedObject[]> {
    const rendered = await renderStack({ stack: "any", config });
    return forGitops(rendered.objects, rendered.config);
}

const kafka = (fields: object) => ({ ...CONFIG, "kafka-eks:kafka": JSON.stringify(fields) });

function find<T extends KubernetesObject>(
    staged: readonly StagedObject[],
    kind: string,
    name: string,
): StagedObject & { readonly object: T } {
    const found = staged.filter(
        ({ object }) => object.kind === kind && object.metadata?.name?.startsWith(name),
    );
    assert.equal(found.length, 1, `${found.length} of ${kind} ${name}`);
    return found[0] as StagedObject & { readonly object: T };
}

/** Stage and annotations of objects. */
function placesOf(
    staged: readonly StagedObject[],
    objects: readonly (readonly [kind: string, name: string])[],
) {
    return objects.map(([kind, name]) => {
        const { stage, object } = find(staged, kind, name);
        return [kind, name, stage, object.metadata?.annotations ?? {}];
    });
}

const wave = (number: number) => ({ "argocd.argoproj.io/sync-wave": String(number) });
const KEPT = {
    "argocd.argoproj.io/sync-options": "Prune=false",
    "argocd.argoproj.io/compare-options": "IgnoreExtraneous",
    "kustomize.toolkit.fluxcd.io/prune": "disabled",
};
const KEPT_FOR_EVER = { ...KEPT, "argocd.argoproj.io/sync-options": "Prune=false,Delete=false" };
const hook = (phase: string) => ({
    "argocd.argoproj.io/hook": phase,
    "argocd.argoproj.io/hook-delete-policy": "BeforeHookCreation",
});
const FORCED = { "kustomize.toolkit.fluxcd.io/force": "enabled" };

describe("forGitops", () => {
    useLightSdk();
    it("has stages, gates, and keeps what holds data", async () => {
        const staged = await stagedOf(CONFIG);
        const expected = [
            ["Namespace", "kafka", "namespace", KEPT_FOR_EVER],
            ["ConfigMap", "kafka-check", "gates", hook("PreSync")],
            ["Job", "kafka-check", "gates", { ...hook("PreSync"), ...FORCED }],
            ["Job", "zookeeper-update-check", "gates", { ...hook("PreSync"), ...FORCED }],
            ["ConfigMap", "kafka-config", "base", KEPT],
            ["ConfigMap", "kafka-admin", "base", KEPT],
            ["ConfigMap", "zookeeper-config", "base", KEPT],
            ["ConfigMap", "kafka-advertised", "base", KEPT],
            ["Certificate", "kafka-brokers-tls", "base", {}],
            [
                "PersistentVolumeClaim",
                "data-zookeeper-0",
                "zookeeper",
                { ...wave(1), ...KEPT_FOR_EVER },
            ],
            ["StatefulSet", "zookeeper", "zookeeper", wave(1)],
            ["PersistentVolumeClaim", "data-kafka-2", "kafka", { ...wave(2), ...KEPT_FOR_EVER }],
            ["StatefulSet", "kafka", "kafka", wave(2)],
            ["Job", "kafka-topics", "finish", { ...hook("Sync"), ...wave(3), ...FORCED }],
            ["ConfigMap", "kafka-synced", "finish", { ...wave(4), ...KEPT_FOR_EVER }],
        ] as const;
        assert.deepEqual(
            placesOf(
                staged,
                expected.map(([kind, name]) => [kind, name]),
            ),
            expected,
        );
        const order = staged.map(({ stage }) => stage);
        assert.deepEqual(
            [...new Set(order)],
            ["namespace", "gates", "base", "zookeeper", "kafka", "finish"],
        );
        assert.equal(new Set(order).size, order.filter((each, n) => each !== order[n - 1]).length);
    });

    it("keeps topics and nodes of Strimzi, and leaves the asking to its operator", async () => {
        const staged = await stagedOf(STRIMZI);
        const expected = [
            ["Kafka", "kafka", "kafka", { ...wave(2), ...KEPT }],
            [
                "KafkaNodePool",
                "broker",
                "kafka",
                {
                    ...find(staged, "KafkaNodePool", "broker").object.metadata?.annotations,
                    ...wave(2),
                    ...KEPT,
                },
            ],
            ["KafkaTopic", "orders", "finish", { ...wave(3), ...KEPT_FOR_EVER }],
        ] as const;
        assert.deepEqual(
            placesOf(
                staged,
                expected.map(([kind, name]) => [kind, name]),
            ),
            expected,
        );
        assert.ok(staged.every(({ stage }) => stage !== "gates"));
    });

    it("says nothing to Pulumi's provider", async () => {
        for (const config of [CONFIG, STRIMZI]) {
            const keys = (await stagedOf(config)).flatMap(({ object }) =>
                Object.keys(object.metadata?.annotations ?? {}),
            );
            assert.deepEqual(
                keys.filter((key) => key.startsWith("pulumi.com/")),
                [],
            );
        }
    });

    it("has claim templates that no size changes, and claims that have it", async () => {
        const templates = await Promise.all(
            ["10Gi", "20Gi"].map(async (size) => {
                const staged = await stagedOf(kafka({ storage: { size } }));
                const claim = find(staged, "PersistentVolumeClaim", "data-kafka-0").object;
                assert.match(JSON.stringify(claim), new RegExp(`"storage":"${size}"`));
                return find<V1StatefulSet>(staged, "StatefulSet", "kafka").object.spec!
                    .volumeClaimTemplates;
            }),
        );
        assert.deepEqual(templates[0], templates[1]);
        assert.deepEqual(templates[0]![0]!.spec!.resources, { requests: { storage: "1Gi" } });
    });

    it("has gates that know what is wanted, and what the last sync made", async () => {
        const staged = await stagedOf({
            ...kafka({ replicas: 4, config: { "min.insync.replicas": "1" } }),
            "kafka-eks:restartWhileDegraded": "true",
        });
        const synced = find<V1ConfigMap>(staged, "ConfigMap", "kafka-synced").object.data!;
        const { spec } = find<V1Job>(staged, "Job", "kafka-check").object;
        const { containers, volumes, ...pod } = spec!.template.spec!;
        const [{ env, envFrom, image }] = containers as [(typeof containers)[0]];
        assert.deepEqual(
            Object.fromEntries(
                env!
                    .filter(({ name }) => name !== "ADMIN_PROPERTIES")
                    .map((each) => [each.name, each.value]),
            ),
            {
                BOOTSTRAP: "kafka-headless:9091",
                BROKERS: "4",
                MIN_ISR: "1",
                PODS: synced["SYNCED_PODS"],
                MEMBER_PODS: synced["SYNCED_MEMBER_PODS"],
                RESTART_WHILE_DEGRADED: "true",
                KNOWN_NAME: "kubernetes.default.svc",
                WAIT_SECONDS: "120",
            },
        );
        assert.deepEqual(envFrom, [{ configMapRef: { name: "kafka-synced", optional: true } }]);
        assert.equal(image, "confluentinc/cp-kafka:7.5.0");
        assert.equal(pod.automountServiceAccountToken, false);
        assert.deepEqual(
            [spec!.activeDeadlineSeconds, spec!.ttlSecondsAfterFinished, spec!.backoffLimit],
            [300, 600, 0],
        );
        const secrets = JSON.stringify(volumes).match(/"secret":\{[^}]*/g)!;
        assert.ok(secrets.every((each) => !each.includes('"optional":false')));
        assert.deepEqual(
            volumes!.flatMap(({ projected }) =>
                (projected?.sources ?? []).flatMap((source) => source.secret?.optional ?? []),
            ),
            [true, true, true],
        );
        assert.deepEqual(
            [synced["SYNCED_BROKERS"], synced["SYNCED_MIN_ISR"], synced["SYNCED_MEMBERS"]],
            ["4", "1", "3"],
        );
        assert.match(synced["SYNCED_JOBS"]!, /^kafka-topics-[0-9a-f]{8}$/);
    });

    it("knows of every change that restarts brokers, and of no other", async () => {
        const podsOf = async (config: Record<string, string>) =>
            find<V1ConfigMap>(await stagedOf(config), "ConfigMap", "kafka-synced").object.data![
                "SYNCED_PODS"
            ];
        const before = await podsOf(CONFIG);
        assert.equal(await podsOf(kafka({ replicas: 5 })), before);
        assert.equal(await podsOf(kafka({ storage: { size: "99Gi" } })), before);
        assert.notEqual(await podsOf(kafka({ config: { "log.retention.hours": "1" } })), before);
        assert.notEqual(await podsOf(kafka({ image: "confluentinc/cp-kafka:7.5.1" })), before);
    });

    describe("with their gates", () => {
        let run: ProgramRun;
        before(async () => {
            const resources = (await stagedOf(CONFIG)).map(({ object }) => ({
                key: `kubernetes::${object.kind} ${object.metadata?.name}`,
                inputs: object,
            }));
            run = {
                resources: new Registrations(resources as unknown as readonly Recorded[]),
            } as ProgramRun;
        });

        itMakesGoodPods(() => run);
    });
});
