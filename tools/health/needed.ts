import type { KubernetesObject, V1Pod, V1PodSpec, V1StatefulSet } from "@kubernetes/client-node";
import { KAFKA, ZOOKEEPER } from "../../components/kafka/names";
import { findMissing, howMadeAgain } from "../../components/live/missingFiles";
import { CONFIG_MAP, type ObjectRef } from "../../components/live/objects";
import { keyOf, mountedFiles, neededFiles, type PodFile } from "../../components/live/podFiles";
import { ordinalOf } from "../../components/live/rollout/pods";
import { describeFault } from "../client/describeFault";
import { answerCode, NOT_FOUND, orIfMissing } from "../client/kubernetes";
import { APPLICATIONS_SELECTOR, type Check, type HealthContext, shortList } from "./check";

const SETS: readonly string[] = [KAFKA, ZOOKEEPER];

/** A StatefulSet or a pod, and the pods that it describes. */
interface Reader {
    readonly name: string;
    readonly spec: V1PodSpec | undefined;
}

/** What is said of a file that is missing. */
function missingFile(file: PodFile, readers: readonly Reader[], namespace: string): Check {
    const isFileOf = (files: readonly PodFile[]) => files.map(keyOf).includes(keyOf(file));
    const names = readers.filter(({ spec }) => isFileOf(neededFiles(spec))).map(({ name }) => name);
    // The program mounts its own. Only the configuration's `env` names files for variables.
    const isOwn = readers.some(({ spec }) => isFileOf(mountedFiles(spec)));
    return {
        area: "pods",
        name: keyOf(file),
        ok: false,
        detail: `does not exist: ${shortList(names)} can't start without it`,
        next: isOwn
            ? howMadeAgain(file)
            : `make the ${file.kind} ${file.name} in namespace ${namespace}`,
    };
}

/** Checks what pods of StatefulSets need: their StatefulSet, its PodDisruptionBudget, and files for their next start. */
export async function checkNeeded(context: HealthContext): Promise<Check[]> {
    const { apis, namespace } = context;
    const [{ items }, pods] = await Promise.all([
        apis.apps.listNamespacedStatefulSet({ namespace }),
        apis.core
            .listNamespacedPod({ namespace, labelSelector: APPLICATIONS_SELECTOR })
            // The check of the pods says why they can't be seen.
            .catch(() => ({ items: [] as V1Pod[] })),
    ]);
    const sets = items.filter(({ metadata }) => SETS.includes(metadata?.name ?? ""));
    const podsOf = (name: string) => pods.items.filter((pod) => ordinalOf(pod, name) !== undefined);
    const orphans = SETS.filter(
        (name) => !sets.some(({ metadata }) => metadata?.name === name) && podsOf(name).length > 0,
    );
    const found = await Promise.all([
        checkBudgets(sets, context),
        sets.length === 0 ? [] : checkFiles(sets, SETS.flatMap(podsOf), context),
    ]);
    return [...orphans.map(missingSet), ...found.flat()];
}

function missingSet(name: string): Check {
    return {
        area: "pods",
        name: `StatefulSet ${name}`,
        ok: false,
        detail: "does not exist: nobody makes its pods anew",
        next: "pulumi up --refresh makes it again",
    };
}

async function checkBudgets(
    sets: readonly V1StatefulSet[],
    { apis, namespace }: HealthContext,
): Promise<Check[]> {
    const checks = sets.map(async ({ metadata }): Promise<Check[]> => {
        const name = metadata!.name!;
        const base = { area: "pods", name: `PodDisruptionBudget ${name}` } as const;
        try {
            await apis.policy.readNamespacedPodDisruptionBudget({ name, namespace });
            return [];
        } catch (error) {
            return [
                answerCode(error) === NOT_FOUND
                    ? {
                          ...base,
                          ok: false,
                          detail: "does not exist: drains may evict several of its pods at once",
                          next: "pulumi up --refresh makes it again",
                      }
                    : {
                          ...base,
                          ok: true,
                          skipped: true,
                          detail: `could not be read: ${describeFault(error).message}`,
                      },
            ];
        }
    });
    return (await Promise.all(checks)).flat();
}

async function checkFiles(
    sets: readonly V1StatefulSet[],
    pods: readonly V1Pod[],
    { apis, namespace }: HealthContext,
): Promise<Check[]> {
    const readers: Reader[] = [
        ...sets.map(({ metadata, spec }) => ({
            name: `StatefulSet ${metadata!.name}`,
            spec: spec?.template.spec,
        })),
        ...pods.map(({ metadata, spec }) => ({ name: metadata!.name!, spec })),
    ];
    const needed = readers.flatMap(({ spec }) => neededFiles(spec));
    const read = <T extends KubernetesObject>({ kind, name }: ObjectRef) =>
        orIfMissing(
            kind === CONFIG_MAP.kind
                ? apis.core.readNamespacedConfigMap({ name, namespace })
                : apis.core.readNamespacedSecret({ name, namespace }),
            undefined,
        ) as Promise<T | undefined>;
    const missing = await findMissing({ read }, namespace, needed);
    return missing.map((file) => missingFile(file, readers, namespace));
}
