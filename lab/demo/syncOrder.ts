import type { KubernetesObject } from "@kubernetes/client-node";
import { ARGO } from "../../tools/render/gitops";

/** Phases of a sync, in their order. What is no hook belongs to `Sync`. */
const PHASES = ["PreSync", "Sync", "PostSync"] as const;

type Phase = (typeof PHASES)[number];

/** What is applied at once. The next ones wait until all of it is healthy. */
export interface Wave {
    readonly phase: Phase;
    readonly wave: number;
    readonly objects: readonly KubernetesObject[];
}

/**
 * Kinds in the order in which Argo CD applies them within a wave, as far as they occur here; others come last.
 *
 * @see https://github.com/argoproj/gitops-engine/blob/master/pkg/sync/sync_tasks.go
 */
const KINDS = [
    "Namespace",
    "NetworkPolicy",
    "PodDisruptionBudget",
    "Secret",
    "ConfigMap",
    "StorageClass",
    "PersistentVolumeClaim",
    "Service",
    "StatefulSet",
    "Job",
];

/** Whether an object is made anew in each sync, and belongs to none of the states between them. */
export function isHook(object: KubernetesObject): boolean {
    return annotationOf(object, ARGO.hook) !== undefined;
}

/** Whether an option of syncs, such as `Prune=false`, is set on an object. */
export function hasSyncOption(object: KubernetesObject, option: string): boolean {
    return (annotationOf(object, ARGO.options) ?? "").split(",").includes(option);
}

/**
 * The waves of a sync, by Argo CD's rules: by phase, wave, kind and name. A namespace comes before whatever is in it, in the
 * wave of the first of these.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/
 */
export function wavesOf(objects: readonly KubernetesObject[]): Wave[] {
    const tasks = objects
        .map((object) => ({ object, ...placeOf(object) }))
        .sort(
            (a, b) =>
                PHASES.indexOf(a.phase) - PHASES.indexOf(b.phase) ||
                a.wave - b.wave ||
                rankOf(a.object) - rankOf(b.object) ||
                (nameOf(a.object) < nameOf(b.object) ? -1 : 1),
        );
    for (const task of tasks.filter(({ object }) => object.kind === "Namespace")) {
        const first = tasks.find(
            ({ object }) => object.metadata?.namespace === nameOf(task.object),
        );
        if (first !== undefined && tasks.indexOf(first) < tasks.indexOf(task)) {
            tasks.splice(tasks.indexOf(task), 1);
            const { phase, wave } = first;
            tasks.splice(tasks.indexOf(first), 0, { ...task, phase, wave });
        }
    }
    const waves: (Wave & { readonly objects: KubernetesObject[] })[] = [];
    for (const { object, phase, wave } of tasks) {
        const last = waves.at(-1);
        if (last?.phase === phase && last.wave === wave) {
            last.objects.push(object);
        } else {
            waves.push({ phase, wave, objects: [object] });
        }
    }
    return waves;
}

function placeOf(object: KubernetesObject): { phase: Phase; wave: number } {
    const hook = annotationOf(object, ARGO.hook);
    return {
        phase: PHASES.find((phase) => phase === hook) ?? "Sync",
        wave: Number(annotationOf(object, ARGO.wave) ?? 0),
    };
}

function rankOf({ kind = "" }: KubernetesObject): number {
    const index = KINDS.indexOf(kind);
    return index < 0 ? KINDS.length : index;
}

function nameOf({ metadata }: KubernetesObject): string {
    return metadata?.name ?? "";
}

function annotationOf({ metadata }: KubernetesObject, key: string): string | undefined {
    return metadata?.annotations?.[key];
}
