import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { Resources } from "../kubernetes/pods";
import { interruptible } from "../live/helmRelease";
import type { LiveObjects } from "../live/objects";
import { operatorValues, withoutEmptySchemas } from "./operatorChart";
import { StrimziVersion } from "./versions";

/** How to install the Strimzi operator. */
export interface OperatorInstallation {
    /** Release of Strimzi. */
    readonly version: StrimziVersion;
    /** Reference or path of its Helm chart. */
    readonly chart: string;
    /** Path or URL of a file with its CRDs. */
    readonly crds: string;
    /** Namespaces that it watches beside its own. */
    readonly watchNamespaces: readonly string[];
    /** Requests and limits of each of its pods. */
    readonly resources: Resources;
}

/** Arguments of {@link StrimziOperator}. */
export interface StrimziOperatorArgs extends OperatorInstallation {
    /** Namespace of the operator. */
    readonly namespace: string;
    /** DNS domain of the Kubernetes cluster, such as `cluster.local`. */
    readonly clusterDomain: string;
    /** Provider of the CRDs. It has to take over those that are there already (`upsertExistingObjects`). */
    readonly crdProvider: k8s.Provider;
    /** The objects of the cluster as they are now. */
    readonly live?: LiveObjects;
    /** Whose release it is; Helm notes it. */
    readonly owner: pulumi.Input<string>;
}

/** Name of the Helm release, and with it of nothing else: the chart's objects have fixed names. */
const RELEASE = "strimzi-kafka-operator";

/**
 * The Strimzi operator and its CRDs. Helm installs the CRDs of a chart and never changes them, so they are resources of
 * their own and change before the operator does. They outlive the stack: with them every Kafka of the cluster would go.
 */
export class StrimziOperator extends pulumi.ComponentResource {
    constructor(name: string, args: StrimziOperatorArgs, opts?: pulumi.ComponentResourceOptions) {
        super("kafka-eks:index:StrimziOperator", name, {}, opts);
        const crds = new k8s.yaml.v2.ConfigFile(
            `${name}-crds`,
            { file: args.crds },
            {
                parent: this,
                provider: args.crdProvider,
                transforms: [
                    // Retention does not reach what a packaged component makes, and what is returned here takes the place
                    // of all of its options, so the provider has to be named again.
                    ({ props, opts: options }) => ({
                        props: withoutEmptySchemas(props) as Record<string, unknown>,
                        opts: { ...options, provider: args.crdProvider, retainOnDelete: true },
                    }),
                ],
            },
        );
        const release = `${name}-release`;
        new k8s.helm.v3.Release(
            release,
            {
                name: RELEASE,
                namespace: args.namespace,
                chart: args.chart,
                version: args.version,
                description: args.owner,
                skipCrds: true,
                // A new operator that does not start leaves the old one in place.
                atomic: true,
                timeout: 600,
                values: operatorValues(args),
            },
            {
                parent: this,
                dependsOn: crds,
                ...interruptible(release, args.live, "set strimzi.installOperator to false"),
            },
        );
        this.registerOutputs();
    }
}
