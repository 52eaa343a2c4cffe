import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { Connection } from "../components/live/cluster";
import type { LiveObjects } from "../components/live/objects";
import type { StackConfig } from "../config/stackConfig";
import type { EksCluster } from "./eks";
import { clusterIdentifier, type FirstName } from "./firstName";
import type { Foundation } from "./foundation";
import { currentContext } from "./kubeconfig";

/** Reaches a cluster beside the engine. */
export type Connect = (
    connection: () => Promise<Connection | undefined>,
) => LiveObjects | undefined;

/**
 * Makes the providers of all Kubernetes objects, for the cluster that the stack makes or that was there before, and what
 * asks that cluster.
 */
export function createProviders(
    { kubeconfig, kubeContext }: StackConfig,
    firstName: FirstName,
    eks: EksCluster | undefined,
    connect: Connect,
): Pick<Foundation, "cluster" | "data" | "live"> {
    const connection: pulumi.Inputs & { readonly context?: string } = eks
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
        live: connect(() => known(connection)),
    };
}

/** A connection; `undefined` in a preview of a cluster that is not there yet. */
function known(place: pulumi.Inputs): Promise<Connection | undefined> {
    // Of an output that is not known the SDK's promise is undefined, and it has no other way to tell.
    return (
        pulumi.output(place) as unknown as { promise(): Promise<Connection | undefined> }
    ).promise();
}
