import type {
    V1ConfigMap,
    V1ControllerRevision,
    V1Pod,
    V1PodSpec,
    V1StatefulSet,
} from "@kubernetes/client-node";
import { FILES_OF_LABEL } from "../kubernetes/labels";
import { CONFIG_MAP, CONTROLLER_REVISION, type LiveObjects, POD, STATEFUL_SET } from "./objects";
import { podFiles } from "./podFiles";

/**
 * Deletes the files of revisions that no pod has or can get any more. A revision's files stay as long as a pod runs
 * with them, and as long as Kubernetes keeps the revision to go back to.
 *
 * @param sent Specification of the pods as this `up` has it. A refused one before may have made its files and not sent it.
 * @returns Names of the ConfigMaps that were deleted.
 */
export async function sweepRevisionFiles(
    live: LiveObjects,
    namespace: string,
    application: string,
    sent: V1PodSpec | undefined,
): Promise<string[]> {
    // Files first: whatever is made from now on is not among them.
    const files = await live.list<V1ConfigMap>(
        CONFIG_MAP,
        namespace,
        `${FILES_OF_LABEL}=${application}`,
    );
    const set = await live.read<V1StatefulSet>({ ...STATEFUL_SET, namespace, name: application });
    if (set === undefined) {
        return [];
    }
    const revisions = await live.list<V1ControllerRevision>(CONTROLLER_REVISION, namespace);
    const pods = await live.list<V1Pod>(POD, namespace);
    const used = new Set(
        [
            sent,
            set.spec?.template.spec,
            ...revisions.map(({ data }) => (data as Partial<V1StatefulSet>).spec?.template.spec),
            ...pods.map(({ spec }) => spec),
        ]
            .flatMap(podFiles)
            .filter(({ kind }) => kind === CONFIG_MAP.kind)
            .map(({ name }) => name),
    );
    const swept = files.map(({ metadata }) => metadata!.name!).filter((name) => !used.has(name));
    for (const name of swept) {
        await live.remove({ ...CONFIG_MAP, namespace, name });
    }
    return swept;
}
