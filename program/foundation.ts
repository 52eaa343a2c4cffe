import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { DeployedListener } from "../components/kafka/listeners";
import type { LiveObjects } from "../components/live/objects";

/** What both deployment types stand on. */
export interface Foundation {
    /** Provider of all objects but those that outlive the stack. */
    readonly cluster: k8s.Provider;
    /** Provider of what outlives the stack. */
    readonly data: k8s.Provider;
    /** The objects of the cluster as they are now. */
    readonly live: LiveObjects;
    /** Whose Helm releases these are: the project and the stack, as they were called at first. */
    readonly owner: pulumi.Output<string>;
    /** What has to be there before anything is made in the cluster: what an EKS cluster needs beside its own add-ons. */
    readonly platformReady: pulumi.Resource[];
    /** What has to be there before anything runs in the namespace of Kafka. */
    readonly namespaceReady: pulumi.Resource[];
    /** The listeners; those whose brokers share a load balancer have its name. */
    readonly listeners: readonly DeployedListener[];
    /**
     * Load balancers that all brokers share. A pod gets its readiness gate when it is made, so the brokers come after them.
     */
    readonly loadBalancers: pulumi.Resource[];
}
