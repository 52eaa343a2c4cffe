import type { V1Secret } from "@kubernetes/client-node";
import * as pulumi from "@pulumi/pulumi";
import { gunzipSync } from "node:zlib";
import { type Change, gate } from "./gate";
import { type LiveObjects, SECRET } from "./objects";

/** Inputs of a Helm release that say which one it is. */
export interface ReleaseInputs {
    readonly name: string;
    readonly namespace: string;
    /** Whose it is, as Helm notes it. */
    readonly description?: string;
}

/** Status of a release that Helm was at work on, or gave up. */
const INTERRUPTED = [
    "pending-install",
    "pending-upgrade",
    "pending-rollback",
    "failed",
    "uninstalling",
];

/**
 * Options of a Helm release that take back what an `up` left that was killed while Helm was at work. Helm itself refuses
 * to go on: "cannot re-use a name that is still in use", or "another operation is in progress".
 *
 * @param name Name of the release's resource.
 * @param instead What to do when the release is somebody else's.
 */
export function interruptible(
    name: string,
    live: LiveObjects | undefined,
    instead: string,
): Pick<pulumi.CustomResourceOptions, "hooks" | "ignoreChanges"> {
    return {
        hooks: gate<ReleaseInputs>(`${name}-interrupted`, live, async (change, cluster) => {
            for (const text of await takeBack(cluster, change, instead)) {
                void pulumi.log.info(text);
            }
        }),
        // It is what tells a release of this stack from others, and no reason to change one that has none yet.
        ignoreChanges: ["description"],
    };
}

/**
 * Makes Helm forget what a killed `up` left. The objects stay: Helm takes over those that name the release.
 *
 * @param instead What to do when the release is somebody else's.
 * @returns What it did.
 * @throws Error when the release is there, unknown to the state, and not noted as this stack's.
 */
export async function takeBack(
    live: LiveObjects,
    { before, after }: Change<ReleaseInputs>,
    instead: string,
): Promise<string[]> {
    const { name, namespace } = after;
    const revisions = await live.list<V1Secret>(SECRET, namespace, `owner=helm,name=${name}`);
    const interrupted = revisions.filter((each) => INTERRUPTED.includes(statusOf(each)));
    const installed = revisions.filter((each) => !interrupted.includes(each));
    const isOurs = installed.some((each) => descriptionOf(each) === after.description);
    if (before === undefined && installed.length > 0 && !isOurs) {
        throw new Error(
            `Helm release ${name} in ${namespace}: expected none before the stack makes it, got one. ` +
                `Next: if somebody else made it, ${instead}. If this stack made it, run ` +
                `kubectl delete secret --namespace ${namespace} --selector owner=helm,name=${name}, and up again: ` +
                "Helm takes its objects over",
        );
    }
    const left = before === undefined ? revisions : pendingUpgrades(revisions);
    await Promise.all(
        left.map(({ metadata }) => live.remove({ ...SECRET, namespace, name: metadata!.name! })),
    );
    return left.map(
        (each) =>
            `Helm release ${name} in ${namespace}: an interrupted run left it ${statusOf(each)}, up takes it back`,
    );
}

/** Revisions without which Helm goes on from the one before. */
function pendingUpgrades(revisions: readonly V1Secret[]): readonly V1Secret[] {
    return revisions.filter((each) =>
        ["pending-upgrade", "pending-rollback"].includes(statusOf(each)),
    );
}

function statusOf({ metadata }: V1Secret): string {
    return metadata!.labels!["status"]!;
}

/** Helm keeps a revision as JSON, packed. */
function descriptionOf({ data }: V1Secret): string | undefined {
    const packed = Buffer.from(data!["release"]!, "base64").toString();
    const text = gunzipSync(Buffer.from(packed, "base64")).toString();
    return (JSON.parse(text) as { info: { description?: string } }).info.description;
}
