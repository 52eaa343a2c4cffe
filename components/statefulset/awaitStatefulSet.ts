import type * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { DATA_VOLUME, ordinals } from "../kafka/names";
import { MINUTES_PER_POD, type Storage } from "../kubernetes/pods";
import { afterwards } from "../live/afterwards";
import { growClaims } from "../live/growClaims";
import { awaitRollout } from "../live/rollout";
import { sweepRevisionFiles } from "../live/sweepRevisionFiles";
import type { Waiting } from "./waiting";

/** What is waited for. */
export interface AwaitStatefulSetArgs extends Waiting {
    readonly namespace: string;
    readonly application: "kafka" | "zookeeper";
    readonly replicas: number;
    readonly storage: Storage;
    /** The specification that was sent. */
    readonly sent: k8s.types.input.apps.v1.StatefulSetSpec;
}

/**
 * Waits in every `up`, changed or not, until a StatefulSet runs as wanted. Then claims of a lost volume get their size, and
 * files that no revision needs go.
 */
export function awaitStatefulSet(
    set: k8s.apps.v1.StatefulSet,
    args: AwaitStatefulSetArgs,
): pulumi.Output<k8s.apps.v1.StatefulSet> {
    const { live, namespace, application, replicas, storage } = args;
    if (live === undefined) {
        return afterwards(set.id, set, () => Promise.resolve());
    }
    const warn = (text: string) => void pulumi.log.warn(text, set);
    const say = (text: string) => void pulumi.log.info(text, set, undefined, true);
    // Those two never change: see the StatefulSet's `ignoreChanges`.
    const { volumeClaimTemplates: _, podManagementPolicy: __, ...fields } = args.sent;
    const settled = pulumi.all([set.spec, fields]);
    return afterwards(settled, set, async ([accepted, sent]) => {
        await awaitRollout({
            live,
            wanted: {
                namespace,
                name: application,
                sent: { ...sent, replicas },
                accepted,
            },
            blockedMinutes: args.waitMinutes,
            podMinutes: MINUTES_PER_POD,
            say,
            warn,
        });
        const claims = ordinals(replicas).map((ordinal) => ({
            name: `${DATA_VOLUME}-${application}-${ordinal}`,
            size: storage.size,
        }));
        for (const { name, from, to } of await growClaims(live, namespace, claims)) {
            warn(`${name} came back with ${from}, and grows to ${to}`);
        }
        await sweepRevisionFiles(live, namespace, application);
    });
}
