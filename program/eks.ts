import * as pulumi from "@pulumi/pulumi";
import { EksPlatform } from "../components/eks/platform";
import { EksServices } from "../components/eks/services";
import { SharedLoadBalancer } from "../components/eks/sharedLoadBalancer";
import type { LoadBalancerListener } from "../components/kafka/listeners";
import { type Tags, tagsOf } from "../components/eks/tags";
import { servicesOf } from "../components/statefulset/services/services";
import { servicesOf as strimziServicesOf } from "../components/strimzi/names";
import type { EksConfig, StackConfig } from "../config/stackConfig";
import type { FirstName } from "./firstName";
import type { Foundation } from "./foundation";

/** The cluster itself, with its configuration. */
interface Made extends EksConfig {
    readonly clusterName: pulumi.Output<string>;
    readonly tags: Tags;
    readonly protect: boolean;
    readonly platform: EksPlatform;
}

/** The EKS cluster that the stack makes, with what of its configuration others need. */
export type EksCluster = ReturnType<typeof createEksCluster>;

/** Makes the AWS side: everything that is outside of Kubernetes. */
export function createEksCluster(eks: EksConfig, config: StackConfig, firstName: FirstName) {
    const clusterName = pulumi.interpolate`${firstName.project}-${firstName.stack}`;
    const tags = tagsOf({ ...eks, ...firstName });
    const args = { ...eks, clusterName, tags, protect: config.protect };
    const made: Made = { ...args, platform: new EksPlatform("eks", args) };
    return {
        ...made,
        createServices: (foundation: ServicesFoundation) =>
            createServices(made, config, foundation),
        shareLoadBalancers: (opts: pulumi.ComponentResourceOptions) =>
            shareLoadBalancers(made, config, opts),
    };
}

type ServicesFoundation = Pick<Foundation, "cluster" | "live" | "owner">;

/** Makes what Kafka needs in an EKS cluster. */
function createServices(
    { platform, ...args }: Made,
    { deleteDataOnDestroy }: StackConfig,
    { cluster, live, owner }: ServicesFoundation,
): EksServices {
    return new EksServices(
        "eks",
        { ...args, vpcId: platform.vpcId, retainVolumes: !deleteDataOnDestroy, live, owner },
        { provider: cluster, dependsOn: platform },
    );
}

/** The listeners, and the load balancers that their brokers share, where the stack has such ones. */
function shareLoadBalancers(
    made: Made,
    config: StackConfig,
    opts: pulumi.ComponentResourceOptions,
): Pick<Foundation, "listeners" | "loadBalancers"> {
    const loadBalancers: pulumi.Resource[] = [];
    const listeners = config.listeners.map((listener) => {
        if (made.loadBalancers.layout !== "shared" || listener.type !== "loadBalancer") {
            return listener;
        }
        const loadBalancer = createSharedLoadBalancer(listener, made, config, opts);
        loadBalancers.push(loadBalancer);
        return { ...listener, sharedHost: loadBalancer.host };
    });
    return { listeners, loadBalancers };
}

/** Makes the load balancer that the brokers of a listener share. */
function createSharedLoadBalancer(
    listener: LoadBalancerListener,
    { platform, loadBalancers, ...args }: Made,
    config: StackConfig,
    opts: pulumi.ComponentResourceOptions,
): SharedLoadBalancer {
    const { replicas } = config.kafka;
    return new SharedLoadBalancer(
        `kafka-${listener.name}`,
        {
            ...args,
            ...loadBalancers,
            listener,
            namespace: config.namespace,
            services:
                config.kafkaDeploymentType === "strimzi"
                    ? strimziServicesOf(listener, replicas)
                    : servicesOf(listener, config.listeners, replicas),
            vpcId: platform.vpcId,
            subnetIds:
                loadBalancers.scheme === "internal"
                    ? platform.privateSubnetIds
                    : platform.publicSubnetIds,
            nodeSecurityGroupId: platform.clusterSecurityGroupId,
        },
        opts,
    );
}
