import type { V1PersistentVolume, V1PersistentVolumeClaim } from "@kubernetes/client-node";
import type { Known } from "./known";

/** The volumes of claims, by the name of the claim. */
export function volumesOfClaims(
    claims: Known<readonly V1PersistentVolumeClaim[]>,
    volumes: Known<readonly V1PersistentVolume[]>,
): Known<ReadonlyMap<string, V1PersistentVolume>> {
    if ("unknown" in claims) {
        return claims;
    }
    if ("unknown" in volumes) {
        return volumes;
    }
    const byName = new Map(volumes.value.map((volume) => [volume.metadata?.name, volume]));
    return {
        value: new Map(
            claims.value.flatMap(({ metadata, spec }) => {
                const volume = byName.get(spec?.volumeName);
                return volume === undefined ? [] : [[metadata?.name ?? "", volume] as const];
            }),
        ),
    };
}
