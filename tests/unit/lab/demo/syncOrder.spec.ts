import assert from "node:assert/strict";
import type { KubernetesObject } from "@kubernetes/client-node";
import { demoConfig } from "../../../../lab/demo/deployment";
import { wavesOf } from "../../../../lab/demo/syncOrder";
import { forGitops } from "../../../../tools/render/gitops";
import { renderStack } from "../../../../tools/render/renderStack";

function object(
    kind: string,
    name: string,
    annotations: Readonly<Record<string, string>> = {},
): KubernetesObject {
    const own = Object.entries(annotations).map(([key, value]) => [
        `argocd.argoproj.io/${key}`,
        value,
    ]);
    return {
        apiVersion: "v1",
        kind,
        metadata: {
            name,
            ...(kind !== "Namespace" && { namespace: "kafka" }),
            annotations: Object.fromEntries(own) as Record<string, string>,
        },
    };
}

const shown = (objects: readonly KubernetesObject[]) =>
    wavesOf(objects).map(
        ({ phase, wave, objects: each }) =>
            `${phase} ${wave}: ${each.map(({ kind, metadata }) => `${kind}/${metadata?.name}`).join(" ")}`,
    );

describe("wavesOf", () => {
    it("orders by phase, wave, kind and name", () => {
        const objects = [
            object("Job", "after", { hook: "PostSync" }),
            object("Custom", "z"),
            object("StatefulSet", "late", { "sync-wave": "10" }),
            object("StatefulSet", "early", { "sync-wave": "9" }),
            object("Service", "b"),
            object("Service", "a"),
            object("ConfigMap", "first", { "sync-wave": "-1" }),
            object("ConfigMap", "c"),
            object("Job", "during", { hook: "Sync", "sync-wave": "10" }),
            object("Job", "gate", { hook: "PreSync", "sync-wave": "5" }),
        ];
        assert.deepEqual(shown(objects), [
            "PreSync 5: Job/gate",
            "Sync -1: ConfigMap/first",
            "Sync 0: ConfigMap/c Service/a Service/b Custom/z",
            "Sync 9: StatefulSet/early",
            "Sync 10: StatefulSet/late Job/during",
            "PostSync 0: Job/after",
        ]);
    });

    it("has a namespace in the wave of what comes first in it", () => {
        const objects = [
            object("Job", "gate", { hook: "PreSync" }),
            object("Namespace", "kafka", { "sync-wave": "3" }),
            object("Namespace", "other"),
        ];
        assert.deepEqual(shown(objects), [
            "PreSync 0: Namespace/kafka Job/gate",
            "Sync 0: Namespace/other",
        ]);
    });

    it("brings up ZooKeeper, brokers and topics one after the other, behind the gates", async () => {
        const config = demoConfig({ isLab: true }, "kubectl", "statefulset", {
            namespace: "kafka",
            config: { "kafka-eks:topics": '[{"name":"orders"}]' },
        });
        const rendered = await renderStack({ stack: "demo", config, showSecrets: true });
        const objects = forGitops(rendered.objects, rendered.config).map((each) => each.object);
        const waves = shown(objects).map((line) =>
            line.replaceAll(
                / (NetworkPolicy|Service|ConfigMap\/(kafka-(accept-empty|admin|advertised|config|listeners)|zookeeper)|Issuer|Certificate|PodDisruptionBudget)\S*/g,
                "",
            ),
        );
        assert.deepEqual(waves, [
            "PreSync 0: Namespace/kafka ConfigMap/kafka-check Job/kafka-check Job/zookeeper-update-check",
            "Sync 0: Secret/zookeeper-auth",
            "Sync 1: PersistentVolumeClaim/data-zookeeper-0 PersistentVolumeClaim/data-zookeeper-1 PersistentVolumeClaim/data-zookeeper-2 StatefulSet/zookeeper",
            "Sync 2: PersistentVolumeClaim/data-kafka-0 PersistentVolumeClaim/data-kafka-1 PersistentVolumeClaim/data-kafka-2 StatefulSet/kafka",
            "Sync 3: Job/kafka-topics",
            "Sync 4: ConfigMap/kafka-synced",
        ]);
    });
});
