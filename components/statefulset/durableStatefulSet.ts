import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { DataArgs } from "../kubernetes/data";
import { objectLabels, selectorLabels } from "../kubernetes/labels";
import { CONFIG_MAP, DATA_VOLUME, ordinals } from "../kafka/names";
import { MINUTES_PER_POD } from "../kubernetes/pods";
import { claimSpec, StatefulSetArgs, statefulSetSpec } from "./statefulSetSpec";

/** Arguments of {@link DurableStatefulSet}. */
export interface DurableStatefulSetArgs extends StatefulSetArgs, DataArgs {
    readonly namespace: string;
    /** Files of the ConfigMap that the pods mount, by name. */
    readonly files: pulumi.Input<Record<string, pulumi.Input<string>>>;
}

/**
 * A StatefulSet that keeps its data: with its configuration, a PodDisruptionBudget, and the claims of its pods as
 * resources of their own. Those have the names that the claim template looks for; they grow in place and outlive the
 * StatefulSet.
 */
export class DurableStatefulSet extends pulumi.ComponentResource {
    constructor(name: string, args: DurableStatefulSetArgs, opts: pulumi.ComponentResourceOptions) {
        super("kafka-eks:index:DurableStatefulSet", name, {}, opts);
        const { application, namespace } = args;
        const metadata = { namespace, labels: objectLabels(application) };

        const config = new k8s.core.v1.ConfigMap(
            `${name}-config`,
            { metadata: { ...metadata, name: CONFIG_MAP[application] }, data: args.files },
            { parent: this },
        );
        const claims = ordinals(args.replicas).map(
            (ordinal) =>
                new k8s.core.v1.PersistentVolumeClaim(
                    `${name}-${DATA_VOLUME}-${ordinal}`,
                    {
                        metadata: {
                            ...metadata,
                            name: `${DATA_VOLUME}-${application}-${ordinal}`,
                            annotations: {
                                // Its first pod binds it, and the StatefulSet waits for that one.
                                "pulumi.com/skipAwait": "true",
                            },
                        },
                        spec: claimSpec(args.storage),
                    },
                    {
                        parent: this,
                        provider: args.dataProvider,
                        // The data is worth more than a clean namespace.
                        retainOnDelete: args.deleteDataOnDestroy !== true,
                        protect: args.protect === true,
                        // A claim keeps them for life; a change would delete it and with it the data.
                        ignoreChanges: ["spec.storageClassName", "spec.accessModes"],
                    },
                ),
        );
        new k8s.policy.v1.PodDisruptionBudget(
            `${name}-pdb`,
            {
                metadata: { ...metadata, name: application },
                spec: { maxUnavailable: 1, selector: { matchLabels: selectorLabels(application) } },
            },
            { parent: this },
        );
        new k8s.apps.v1.StatefulSet(
            `${name}-statefulset`,
            { metadata: { ...metadata, name: application }, spec: statefulSetSpec(args) },
            {
                parent: this,
                dependsOn: [config, ...claims],
                protect: args.protect === true,
                // A change of either would replace the StatefulSet and stop all of its pods at once. The claims carry
                // the size.
                ignoreChanges: ["spec.volumeClaimTemplates", "spec.podManagementPolicy"],
                // A roll waits for each pod to catch up; giving up in the middle helps nobody.
                customTimeouts: {
                    create: `${MINUTES_PER_POD * args.replicas}m`,
                    update: `${MINUTES_PER_POD * args.replicas}m`,
                    delete: "30m",
                },
            },
        );
        this.registerOutputs();
    }
}
