import type { V1PodSpec } from "@kubernetes/client-node";
import type * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { MINUTES_PER_POD } from "../kubernetes/pods";
import { afterwards } from "../live/afterwards";
import { growClaims, type WantedClaim } from "../live/growClaims";
import type { LiveObjects } from "../live/objects";
import { awaitRollout } from "../live/rollout";
import { sweepRevisionFiles } from "../live/sweepRevisionFiles";
import { valueOf } from "../live/valueOf";
import { remakeClaims } from "./claims";
import type { Waiting } from "./waiting";

/** What is waited for. */
export interface AwaitStatefulSetArgs extends Waiting {
    readonly namespace: string;
    readonly application: "kafka" | "zookeeper";
    /** The claims of its pods. */
    readonly claims: readonly k8s.core.v1.PersistentVolumeClaim[];
    /**
     * Class of their volumes.
     *
     * @default - The cluster's default class.
     */
    readonly storageClass?: string;
    /** The specification that was sent. */
    readonly sent: k8s.types.input.apps.v1.StatefulSetSpec;
    /**
     * A part of the pods that serves by itself.
     *
     * @default - None: all of them have to run.
     */
    readonly quorum?: Quorum;
}

/** Pods of a StatefulSet that serve by themselves. */
export interface Quorum {
    readonly pods: number;
    /** What is done in every `up`, as soon as so many run as wanted. */
    readonly reached: (live: LiveObjects) => Promise<void>;
}

/** Ends of the wait for a StatefulSet; in a preview they come at once. */
export interface Awaited {
    /** Resolves when others may go on: all pods run as wanted, or a quorum does and the others are in trouble. */
    readonly serving: pulumi.Output<k8s.apps.v1.StatefulSet>;
    /** Resolves when all pods run as wanted. */
    readonly ready: pulumi.Output<k8s.apps.v1.StatefulSet>;
}

/**
 * Waits in every `up`, changed or not, until a StatefulSet runs as wanted. Before that, claims that never got a volume are made
 * anew where they ask for something else. After it, claims of a lost volume get their size, and files that no revision needs
 * go. What counts is what the API server has accepted: an `up` with targets may leave it as it is, or not make it. Then nothing
 * is waited for.
 */
export function awaitStatefulSet(
    set: k8s.apps.v1.StatefulSet,
    args: AwaitStatefulSetArgs,
): Awaited {
    const { live, namespace, application, storageClass, quorum } = args;
    if (live === undefined) {
        const made = afterwards(set.id, set, () => Promise.resolve());
        return { serving: made, ready: made };
    }
    const warn = (text: string) => void pulumi.log.warn(text, set);
    const say = (text: string) => void pulumi.log.info(text, set, undefined, true);
    // Those two never change: see the StatefulSet's `ignoreChanges`.
    const { volumeClaimTemplates: _, podManagementPolicy: __, ...fields } = args.sent;
    const settled = pulumi.all([set.id, set.spec, fields]);
    const told = async () =>
        (await Promise.all(args.claims.map(toldClaim))).filter((claim) => claim !== undefined);
    let rollout = Promise.resolve();
    const serving = afterwards(settled, set, async ([, accepted, sent]) => {
        const asked = (await told()).map((claim) => ({ ...claim, storageClass }));
        await remakeClaims(live, namespace, asked, set);
        let goOn = () => {};
        const othersGoOn = new Promise<void>((resolve) => (goOn = resolve));
        rollout = awaitRollout({
            live,
            wanted: {
                namespace,
                name: application,
                sent: { ...sent, replicas: accepted.replicas },
                accepted,
            },
            enough: quorum && {
                pods: quorum.pods,
                reached: () => quorum.reached(live),
                goOn,
            },
            blockedMinutes: args.waitMinutes,
            podMinutes: MINUTES_PER_POD,
            say,
            warn,
        });
        await Promise.race([rollout, othersGoOn]);
    });
    const ready = afterwards(pulumi.all([serving, fields]), set, async ([, { template }]) => {
        await rollout;
        for (const { name, from, to } of await growClaims(live, namespace, await told())) {
            warn(`${name} came back with ${from}, and grows to ${to}`);
        }
        await sweepRevisionFiles(live, namespace, application, template?.spec as V1PodSpec);
    });
    return { serving, ready };
}

/** What a claim was last told, in this `up` or, where that has other targets, before; `undefined` where none was made. */
async function toldClaim(
    claim: k8s.core.v1.PersistentVolumeClaim,
): Promise<WantedClaim | undefined> {
    if ((await valueOf(claim.id)) === undefined) {
        return undefined;
    }
    const { name } = await valueOf(claim.metadata);
    const { resources } = await valueOf(claim.spec);
    return { name, size: resources.requests["storage"]! };
}
