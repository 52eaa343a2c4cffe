import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { LiveCluster } from "../components/live/cluster";
import type { StackConfig } from "../config/stackConfig";
import type { EksCluster } from "./eks";
import { clusterIdentifier, type FirstName } from "./firstName";
import type { Foundation } from "./foundation";
import { currentContext } from "./kubeconfig";

/**
 * Makes the providers of all Kubernetes objects, for the cluster that the stack makes or that was there before, and what
 * asks that cluster.
 */
export function createProviders(
    { kubeconfig, kubeContext }: StackConfig,
    firstName: FirstName,
    eks: EksCluster | undefined,
): Pick<Foundation, "cluster" | "data" | "live"> {
    const connection = eks
        ? { kubeconfig: eks.platform.kubeconfig }
        : { kubeconfig, context: kubeContext ?? currentContext(kubeconfig) };
    const args: k8s.ProviderArgs = {
        ...connection,
        // Renewed credentials in the kubeconfig must not look like another cluster, whose objects would all be replaced.
        clusterIdentifier: clusterIdentifier(firstName, eks?.platform.endpoint),
        // ConfigMaps have fixed names; replacing one would take it away from running pods.
        enableConfigMapMutable: true,
        // Takes back what an earlier destroy left, and what an `up` made that was killed before it could say so.
        upsertExistingObjects: true,
        // Pulumi changes objects under a new name each time that it takes them back, and Kubernetes would refuse to
        // change what another name has set.
        enablePatchForce: true,
    };
    return {
        // Two that do the same: an object whose provider gets another name is replaced.
        cluster: new k8s.Provider("cluster", args),
        data: new k8s.Provider("data", args),
        live: new LiveCluster(() => valueOf(connection)),
    };
}

/** The value of outputs, which is known by the time that anybody asks a cluster. */
function valueOf<T>(value: pulumi.Input<T>): Promise<pulumi.Unwrap<T>> {
    return new Promise((resolve) => pulumi.output(value).apply(resolve));
}
