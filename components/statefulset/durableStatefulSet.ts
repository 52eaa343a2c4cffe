import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { DataArgs } from "../kubernetes/data";
import { objectLabels, selectorLabels } from "../kubernetes/labels";
import { claimName, CONFIG_MAP, DATA_VOLUME, ordinals } from "../kafka/names";
import type { Change } from "../live/gate";
import { atTheEndOf } from "../live/afterwards";
import { gate } from "../live/gate";
import { type LiveObjects, STATEFUL_SET } from "../live/objects";
import { requireObject } from "../live/rollout/gone";
import { awaitStatefulSet, type Quorum } from "./awaitStatefulSet";
import { readyClaim, sentClaim } from "./claims";
import { type Files, revisionFiles } from "./revisionFiles";
import { type StatefulSetArgs, statefulSetSpec } from "./statefulSetSpec";
import type { Waiting } from "./waiting";

/** Arguments of {@link DurableStatefulSet}. */
export interface DurableStatefulSetArgs
    extends Omit<StatefulSetArgs, "configMaps">, DataArgs, Waiting {
    readonly namespace: string;
    /** Files that the pods mount: those of one revision never change. */
    readonly files: pulumi.Input<Files>;
    /** ConfigMaps whose files they find in the same directory. */
    readonly moreFiles: readonly pulumi.Input<string>[];
    /**
     * Pods that serve by themselves.
     *
     * @default - None: all of them have to run.
     */
    readonly quorum?: Quorum;
    /** Asks whether a change of the StatefulSet may begin; what it throws stops it. */
    readonly check: (
        change: Change<k8s.types.input.apps.v1.StatefulSet>,
        live: LiveObjects,
    ) => Promise<void>;
}

/**
 * A StatefulSet that keeps its data: with its configuration, a PodDisruptionBudget, and the claims of its pods as
 * resources of their own. Those have the names that the claim template looks for; they grow in place and outlive the
 * StatefulSet.
 */
export class DurableStatefulSet extends pulumi.ComponentResource {
    /** Resolves when others may go on: all pods run as wanted, or a quorum does and the others are in trouble. */
    readonly serving: pulumi.Output<pulumi.Resource>;
    /** Resolves when all pods run as wanted; in a preview at once. */
    readonly ready: pulumi.Output<pulumi.Resource>;

    constructor(name: string, args: DurableStatefulSetArgs, opts: pulumi.ComponentResourceOptions) {
        super("kafka-eks:index:DurableStatefulSet", name, {}, opts);
        const { application, namespace } = args;
        const metadata = { namespace, labels: objectLabels(application) };

        const files = revisionFiles(application, CONFIG_MAP[application], args.files);
        const config = new k8s.core.v1.ConfigMap(
            `${name}-files`,
            {
                metadata: {
                    namespace,
                    name: files.name,
                    labels: { ...objectLabels(application), ...files.labels },
                },
                immutable: true,
                data: files.data,
            },
            {
                parent: this,
                // A revision that comes back finds its files; pods of older ones go on with theirs.
                provider: args.dataProvider,
                retainOnDelete: true,
            },
        );
        const claims = ordinals(args.replicas).map((ordinal) => {
            const made = `${name}-${DATA_VOLUME}-${ordinal}`;
            const asked = { ...args.storage, name: claimName(application, ordinal) };
            return new k8s.core.v1.PersistentVolumeClaim(
                made,
                {
                    metadata: {
                        ...metadata,
                        name: asked.name,
                        annotations: {
                            // Its first pod binds it, and the StatefulSet waits for that one.
                            "pulumi.com/skipAwait": "true",
                        },
                    },
                    spec: sentClaim(args.live, namespace, asked, this),
                },
                {
                    parent: this,
                    provider: args.dataProvider,
                    // The data is worth more than a clean namespace.
                    retainOnDelete: args.deleteDataOnDestroy !== true,
                    protect: args.protect === true,
                    // A claim with a volume keeps them for life; a change would delete it and with it the data.
                    ignoreChanges: ["spec.storageClassName", "spec.accessModes"],
                    hooks: gate(`${made}-gate`, args.live, ({ before }, live) =>
                        readyClaim(live, namespace, asked, before !== undefined, this),
                    ),
                },
            );
        });
        new k8s.policy.v1.PodDisruptionBudget(
            `${name}-pdb`,
            {
                metadata: { ...metadata, name: application },
                spec: { maxUnavailable: 1, selector: { matchLabels: selectorLabels(application) } },
            },
            { parent: this },
        );
        const spec = statefulSetSpec({
            ...args,
            // As it is and not as it is to be: an `up` with targets may leave it out, and then the one before is there.
            configMaps: [config.metadata.name, ...args.moreFiles],
        });
        const statefulSet = new k8s.apps.v1.StatefulSet(
            `${name}-statefulset`,
            {
                metadata: {
                    ...metadata,
                    name: application,
                    // The program waits, with a reason where it ends. A destroy waits until the pods are gone, as ever.
                    annotations: { "pulumi.com/waitFor": "jsonpath={.metadata.uid}" },
                },
                spec,
            },
            {
                parent: this,
                dependsOn: [config, ...claims],
                protect: args.protect === true,
                // A change of either would replace the StatefulSet and stop all of its pods at once. The claims carry
                // the size.
                ignoreChanges: ["spec.volumeClaimTemplates", "spec.podManagementPolicy"],
                // Every pod may take its whole grace period, one after another.
                customTimeouts: { delete: "30m" },
                hooks: gate(
                    `${name}-gate`,
                    args.live,
                    async (change: Change<k8s.types.input.apps.v1.StatefulSet>, live) => {
                        if (change.before !== undefined) {
                            const ref = { ...STATEFUL_SET, namespace, name: application };
                            await requireObject(live, ref);
                        }
                        await args.check(change, live);
                    },
                ),
            },
        );
        const { serving, ready } = awaitStatefulSet(statefulSet, {
            ...args,
            claims,
            storageClass: args.storage.storageClass,
            sent: spec,
        });
        this.serving = serving.apply(() => this);
        this.ready = ready.apply(() => this);
        this.registerOutputs({ ready: atTheEndOf(this.ready) });
    }
}
