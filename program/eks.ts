import * as pulumi from "@pulumi/pulumi";
import { EksPlatform } from "../components/eks/platform";
import { EksServices } from "../components/eks/services";
import { SharedLoadBalancer } from "../components/eks/sharedLoadBalancer";
import type { LoadBalancerListener } from "../components/kafka/listeners";
import { tagsOf } from "../components/eks/tags";
import { servicesOf } from "../components/statefulset/services/services";
import { servicesOf as strimziServicesOf } from "../components/strimzi/names";
import type { EksConfig, StackConfig } from "../config/stackConfig";
import type { FirstName } from "./firstName";
import type { Foundation } from "./foundation";

/** The EKS cluster that the stack makes, with what of its configuration others need. */
export type EksCluster = ReturnType<typeof createEksCluster>;

/** Makes the AWS side: everything that is outside of Kubernetes. */
export function createEksCluster(eks: EksConfig, { protect }: StackConfig, firstName: FirstName) {
    const clusterName = pulumi.interpolate`${firstName.project}-${firstName.stack}`;
    const tags = tagsOf({ ...eks, ...firstName });
    const args = { ...eks, clusterName, tags, protect };
    return { ...args, platform: new EksPlatform("eks", args) };
}

/** Makes what Kafka needs in an EKS cluster. */
export function createEksServices(
    { platform, ...args }: EksCluster,
    { deleteDataOnDestroy }: StackConfig,
    { cluster, live, owner }: Pick<Foundation, "cluster" | "live" | "owner">,
): EksServices {
    return new EksServices(
        "eks",
        { ...args, vpcId: platform.vpcId, retainVolumes: !deleteDataOnDestroy, live, owner },
        { provider: cluster, dependsOn: platform },
    );
}

/** The listeners, and the load balancers that their brokers share, where the stack has such ones. */
export function shareLoadBalancers(
    eks: EksCluster | undefined,
    config: StackConfig,
    opts: pulumi.ComponentResourceOptions,
): Pick<Foundation, "listeners" | "loadBalancers"> {
    const loadBalancers: pulumi.Resource[] = [];
    const listeners = config.listeners.map((listener) => {
        if (eks?.loadBalancers.layout !== "shared" || listener.type !== "loadBalancer") {
            return listener;
        }
        const loadBalancer = createSharedLoadBalancer(listener, eks, config, opts);
        loadBalancers.push(loadBalancer);
        return { ...listener, sharedHost: loadBalancer.host };
    });
    return { listeners, loadBalancers };
}

/** Makes the load balancer that the brokers of a listener share. */
function createSharedLoadBalancer(
    listener: LoadBalancerListener,
    { platform, loadBalancers, ...args }: EksCluster,
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
