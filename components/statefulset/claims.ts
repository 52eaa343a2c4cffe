import type { types } from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { CLAIM, type LiveObjects } from "../live/objects";
import { type AskedClaim, remakeClaim, unfitClaim } from "../live/remakeClaim";
import { requireObject } from "../live/rollout/gone";
import { claimSpec } from "./statefulSetSpec";

/**
 * What is sent of a claim. A preview would fail where `up` makes a claim anew, as Kubernetes refuses the change: there it is what the
 * claim asks for already, and the preview says what `up` does.
 *
 * @param resource What it is said with.
 */
export function sentClaim(
    live: LiveObjects | undefined,
    namespace: string,
    asked: AskedClaim,
    resource: pulumi.Resource,
): pulumi.Input<types.input.core.v1.PersistentVolumeClaimSpec> {
    return live === undefined || !pulumi.runtime.isDryRun()
        ? claimSpec(asked)
        : previewedClaim(live, namespace, asked, resource);
}

async function previewedClaim(
    live: LiveObjects,
    namespace: string,
    asked: AskedClaim,
    resource: pulumi.Resource,
) {
    // Whoever previews may not be allowed to look.
    const found = await unfitClaim(live, namespace, asked).catch(() => undefined);
    if (found === undefined) {
        return claimSpec(asked);
    }
    const { claim, differences } = found;
    void pulumi.log.info(
        `${asked.name} has no volume: up makes it anew with ${differences}`,
        resource,
    );
    const { storageClassName: storageClass, resources } = claim.spec!;
    return claimSpec({ storageClass, size: resources!.requests!["storage"]! });
}

/**
 * Prepares a claim for what is about to be sent: without a volume it is made anew where it asks for something else.
 *
 * @param isKnown Whether the state has it.
 * @throws Error with the way on, where the state has a claim that is not there, or Kubernetes refuses.
 */
export async function readyClaim(
    live: LiveObjects,
    namespace: string,
    asked: AskedClaim,
    isKnown: boolean,
    resource: pulumi.Resource,
): Promise<void> {
    if (isKnown) {
        await requireObject(live, { ...CLAIM, namespace, name: asked.name });
    }
    await remakeClaims(live, namespace, [asked], resource);
}

/**
 * Has claims without a volume made anew that ask for something else than they should, and says which. The engine does not see
 * the class of a claim, and the template of the StatefulSet keeps the one of the first `up`.
 */
export async function remakeClaims(
    live: LiveObjects,
    namespace: string,
    claims: readonly AskedClaim[],
    resource: pulumi.Resource,
): Promise<void> {
    for (const claim of claims) {
        const differences = await remakeClaim(live, namespace, claim);
        if (differences !== undefined) {
            void pulumi.log.info(
                `${claim.name} had no volume, and was made anew with ${differences}`,
                resource,
            );
        }
    }
}
