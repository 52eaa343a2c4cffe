import type { KubernetesObject, V1Job, V1StatefulSet } from "@kubernetes/client-node";
import { KAFKA, ZOOKEEPER } from "../../components/kafka/names";
import { MIN_ISR, replicationDefaults } from "../../components/kafka/replication";
import { FILES_OF_LABEL } from "../../components/kubernetes/labels";
import { syncedConfigMap } from "../../components/statefulset/sync/synced";
import { syncGates } from "../../components/statefulset/sync/syncGates";
import type { StackConfig } from "../../config/stackConfig";
import { withoutPulumiAnnotations } from "./files";
import { type Stage, stageOf, type StagedObject, STAGES } from "./stages";

/** Annotations of GitOps tools. */
export const ARGO = {
    wave: "argocd.argoproj.io/sync-wave",
    hook: "argocd.argoproj.io/hook",
    deletePolicy: "argocd.argoproj.io/hook-delete-policy",
    options: "argocd.argoproj.io/sync-options",
    comparison: "argocd.argoproj.io/compare-options",
} as const;
const FLUX = {
    prune: "kustomize.toolkit.fluxcd.io/prune",
    force: "kustomize.toolkit.fluxcd.io/force",
} as const;

/** Argo CD's waves. Hooks that run before a sync have none, and a namespace comes before what is in it. */
const WAVES: Readonly<Partial<Record<Stage, number>>> = { zookeeper: 1, kafka: 2, finish: 3 };
const LAST_WAVE = 4;

/** Kinds that hold data, or with which an operator deletes it. A tool that prunes leaves them. */
const DATA_KINDS = ["Namespace", "PersistentVolumeClaim", "Kafka", "KafkaNodePool", "KafkaTopic"];
/** Kinds that stay when all the rest goes, too: with a KafkaTopic the operator deletes the topic. */
const KEPT_KINDS = ["Namespace", "PersistentVolumeClaim", "KafkaTopic"];

/**
 * What claim templates ask for, in place of the configured size: the API server refuses any change of them. The claims are
 * objects of their own and have the size.
 */
const TEMPLATE_SIZE = "1Gi";

/** The objects of a stack as a GitOps tool applies them: in stages, behind gates, and without pruning data. */
export function forGitops(
    objects: readonly KubernetesObject[],
    config: StackConfig,
): StagedObject[] {
    const staged = [
        ...objects.map((object) => ({ stage: stageOf(object), object: forTool(object) })),
        ...gatesAndMemory(objects, config),
    ];
    return STAGES.flatMap((stage) => staged.filter((each) => each.stage === stage));
}

function forTool(object: KubernetesObject): KubernetesObject {
    const plain = withoutPulumiAnnotations(object);
    if (plain.kind === "Job") {
        return jobHook(plain, "Sync", WAVES.finish);
    }
    const wave = WAVES[stageOf(plain)];
    return annotated(plain.kind === "StatefulSet" ? withFixedTemplates(plain) : plain, {
        ...(wave !== undefined && { [ARGO.wave]: String(wave) }),
        ...keepingOf(plain),
    });
}

/** Gates, and what they know of the last sync, where Kafka runs as StatefulSets. Strimzi's operator asks by itself. */
function gatesAndMemory(objects: readonly KubernetesObject[], config: StackConfig): StagedObject[] {
    if (config.kafkaDeploymentType !== "statefulset") {
        return [];
    }
    const set = (application: string) =>
        objects.find(
            ({ kind, metadata }) => kind === "StatefulSet" && metadata?.name === application,
        ) as V1StatefulSet;
    const { replicas, config: properties } = config.kafka;
    const goal = {
        kafka: set(KAFKA),
        zookeeper: set(ZOOKEEPER),
        jobs: objects.filter(({ kind }) => kind === "Job"),
        minInsyncReplicas: Number(
            { ...replicationDefaults(replicas, properties), ...properties }[MIN_ISR],
        ),
    };
    const gates = syncGates({
        ...goal,
        authentication: config.zookeeper.authentication,
        restartWhileDegraded: config.restartWhileDegraded,
    });
    const synced = annotated(syncedConfigMap(goal), {
        [ARGO.wave]: String(LAST_WAVE),
        ...keeping("Prune=false,Delete=false"),
    });
    return [
        ...gates.map((gate) => ({ stage: "gates" as const, object: hook(gate, "PreSync") })),
        { stage: "finish", object: synced },
    ];
}

/** An object that is made anew in each sync. Flux knows no hooks, and makes a Job anew that has changed. */
function hook(
    object: KubernetesObject,
    phase: "PreSync" | "Sync",
    wave?: number,
): KubernetesObject {
    return annotated(object, {
        [ARGO.hook]: phase,
        [ARGO.deletePolicy]: "BeforeHookCreation",
        ...(wave !== undefined && { [ARGO.wave]: String(wave) }),
        ...(object.kind === "Job" && { [FLUX.force]: "enabled" }),
    });
}

/** A Job without the hash in its name, since it runs in each sync. */
function jobHook(job: V1Job, phase: "Sync", wave?: number): KubernetesObject {
    const name = job.spec!.template.metadata!.labels!["app.kubernetes.io/name"];
    return hook({ ...job, metadata: { ...job.metadata, name } }, phase, wave);
}

function keepingOf({ kind = "", metadata }: KubernetesObject): Record<string, string> {
    if (KEPT_KINDS.includes(kind)) {
        return keeping("Prune=false,Delete=false");
    }
    // Pods that have not restarted yet need the files of their revision.
    const isOfRevision = metadata?.labels?.[FILES_OF_LABEL] !== undefined;
    return DATA_KINDS.includes(kind) || isOfRevision ? keeping("Prune=false") : {};
}

function keeping(options: string): Record<string, string> {
    return {
        [ARGO.options]: options,
        // What is left when its file is gone is as it should be.
        [ARGO.comparison]: "IgnoreExtraneous",
        [FLUX.prune]: "disabled",
    };
}

function withFixedTemplates(object: KubernetesObject): KubernetesObject {
    const { spec } = object as V1StatefulSet;
    const volumeClaimTemplates = spec!.volumeClaimTemplates!.map((template) => ({
        ...template,
        spec: { ...template.spec, resources: { requests: { storage: TEMPLATE_SIZE } } },
    }));
    return { ...object, spec: { ...spec, volumeClaimTemplates } } as KubernetesObject;
}

function annotated(
    object: KubernetesObject,
    annotations: Readonly<Record<string, string>>,
): KubernetesObject {
    const all = { ...object.metadata?.annotations, ...annotations };
    return Object.keys(all).length === 0
        ? object
        : { ...object, metadata: { ...object.metadata, annotations: all } };
}
