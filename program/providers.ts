import * as k8s from "@pulumi/kubernetes";
import type { StackConfig } from "../config/stackConfig";
import type { EksCluster } from "./eks";
import { clusterIdentifier, type FirstName } from "./firstName";
import type { Foundation } from "./foundation";
import { currentContext } from "./kubeconfig";

/** Makes the providers of all Kubernetes objects, for the cluster that the stack makes or that was there before. */
export function createProviders(
    { kubeconfig, kubeContext }: StackConfig,
    firstName: FirstName,
    eks: EksCluster | undefined,
): Pick<Foundation, "cluster" | "data"> {
    const connection = {
        ...(eks
            ? { kubeconfig: eks.platform.kubeconfig }
            : { kubeconfig, context: kubeContext ?? currentContext(kubeconfig) }),
        // Renewed credentials in the kubeconfig must not look like another cluster, whose objects would all be replaced.
        clusterIdentifier: clusterIdentifier(firstName, eks?.platform.endpoint),
        // ConfigMaps have fixed names; replacing one would take it away from running pods.
        enableConfigMapMutable: true,
    };
    return {
        cluster: new k8s.Provider("cluster", connection),
        // Takes back what an earlier destroy left. Pulumi changes objects under a new name each time that it takes them
        // back, and Kubernetes would refuse to change what another name has set.
        data: new k8s.Provider("data", {
            ...connection,
            upsertExistingObjects: true,
            enablePatchForce: true,
        }),
    };
}
