import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { ListenerEntry } from "../components/kafka/clientAccess";
import type { Remembered } from "../components/kafka/remembered";
import type { DeployedListener } from "../components/kafka/listeners";
import type { LiveObjects } from "../components/live/objects";

/** What both deployment types stand on. */
export interface Foundation {
    /** Provider of all objects but those that outlive the stack. */
    readonly cluster: k8s.Provider;
    /** Provider of what outlives the stack. */
    readonly data: k8s.Provider;
    /**
     * The cluster as it is now.
     *
     * @default - Nothing is asked and nothing is waited for.
     */
    readonly live?: LiveObjects;
    /** What the namespace remembers of the data in it. */
    readonly remembered: pulumi.Output<Remembered>;
    /** Whose Helm releases these are: the project and the stack, as they were called at first. */
    readonly owner: pulumi.Output<string>;
    /** What has to be there before anything is made in the cluster: what an EKS cluster needs beside its own add-ons. */
    readonly platformReady: pulumi.Resource[];
    /** What has to be there before anything is made in the namespace of Kafka. Network policies come before all that runs. */
    readonly namespaceReady: pulumi.Input<pulumi.Resource>[];
    /** The listeners; those whose brokers share a load balancer have its name. */
    readonly listeners: readonly DeployedListener[];
    /**
     * Load balancers that all brokers share. A pod gets its readiness gate when it is made, so the brokers come after them.
     */
    readonly loadBalancers: pulumi.Resource[];
}

/** A Kafka that was deployed. */
export interface Deployed {
    /** Its listeners with their addresses. */
    readonly listeners: pulumi.Output<readonly ListenerEntry[]>;
    /** What fails when something of it does not come to run, in the order in which one needs the other. */
    readonly ready: readonly pulumi.Output<unknown>[];
}
