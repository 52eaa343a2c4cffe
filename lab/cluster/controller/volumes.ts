import { type CoreV1Api, type V1PersistentVolumeClaim } from "@kubernetes/client-node";
import { MERGE_PATCH } from "../cluster";

/**
 * Stands in for the growth of a volume: directories have no size, so all there is to do for a claim
 * that asks for more is to confirm it, first on the volume and then on the claim.
 */
export async function growVolumes(api: CoreV1Api): Promise<void> {
    const claims = await api.listPersistentVolumeClaimForAllNamespaces();
    for (const claim of claims.items.filter(isToGrow)) {
        const storage = claim.spec?.resources?.requests?.["storage"] ?? "";
        const { name = "", namespace = "" } = claim.metadata ?? {};
        await api.patchPersistentVolume(
            { name: claim.spec?.volumeName ?? "", body: { spec: { capacity: { storage } } } },
            MERGE_PATCH,
        );
        await api.patchNamespacedPersistentVolumeClaimStatus(
            { name, namespace, body: { status: { capacity: { storage } } } },
            MERGE_PATCH,
        );
        console.log(`claim ${namespace}/${name} is ${storage} now`);
    }
}

/** Whether a bound claim asks for something else than it has. Kubernetes refuses to shrink one. */
export function isToGrow(claim: V1PersistentVolumeClaim): boolean {
    return (
        claim.status?.phase === "Bound" &&
        claim.spec?.resources?.requests?.["storage"] !== claim.status.capacity?.["storage"]
    );
}
