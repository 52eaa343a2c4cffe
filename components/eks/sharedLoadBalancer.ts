import * as aws from "@pulumi/aws";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { LoadBalancerListener } from "../kafka/listeners";
import { sharedPorts } from "../kafka/addresses";
import { objectLabels } from "../kubernetes/labels";
import type { Tags } from "./tags";

/** Arguments of {@link SharedLoadBalancer}. */
export interface SharedLoadBalancerArgs {
    readonly listener: LoadBalancerListener;
    /** Namespace of the brokers. */
    readonly namespace: string;
    /** Services whose pods are behind it: the bootstrap's first, then that of each broker. */
    readonly services: readonly { readonly name: string; readonly port: number }[];
    /** Whether it has addresses of the VPC or of the internet. */
    readonly scheme: "internal" | "internet-facing";
    /** Whether the bootstrap address in one zone leads to brokers in another; those of brokers always do. */
    readonly crossZone: boolean;
    readonly vpcId: pulumi.Input<string>;
    /** A subnet in each zone: private ones for the scheme `internal`, else public ones. */
    readonly subnetIds: readonly pulumi.Input<string>[];
    /** Security group of the nodes, which lets the load balancer in. */
    readonly nodeSecurityGroupId: pulumi.Input<string>;
    readonly protect: boolean;
    readonly tags: Tags;
}

/**
 * One network load balancer for all brokers of a listener, with a port for the bootstrap address and one for each broker. The
 * AWS Load Balancer Controller puts the pods behind it, so it has to be there until this one is gone.
 *
 * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/targetgroupbinding/targetgroupbinding/
 */
export class SharedLoadBalancer extends pulumi.ComponentResource {
    /** DNS name. */
    readonly host: pulumi.Output<string>;

    constructor(name: string, args: SharedLoadBalancerArgs, opts: pulumi.ComponentResourceOptions) {
        super("kafka-eks:index:SharedLoadBalancer", name, {}, opts);
        const ports = sharedPorts(args.listener, args.services.length - 1);
        const loadBalancer = new aws.lb.LoadBalancer(
            `${name}-nlb`,
            {
                loadBalancerType: "network",
                internal: args.scheme === "internal",
                subnets: [...args.subnetIds],
                securityGroups: [this.createSecurityGroup(name, args, ports).id],
                enableCrossZoneLoadBalancing: args.crossZone,
                tags: args.tags,
            },
            // Its name is in the configuration of every client.
            { parent: this, protect: args.protect },
        );
        ports.forEach((port, index) => {
            const isBootstrap = index === 0;
            const role = isBootstrap ? "bootstrap" : String(index - 1);
            const group = new aws.lb.TargetGroup(
                `${name}-${role}-targets`,
                {
                    // A name of the resource's own would be longer than the 32 characters that AWS allows.
                    namePrefix: "kafka-",
                    vpcId: args.vpcId,
                    targetType: "ip",
                    protocol: "TCP",
                    port: args.listener.port,
                    // Its one target is in one zone, and to clients the load balancer's addresses in all zones are the same.
                    ...(!isBootstrap && { loadBalancingCrossZoneEnabled: "true" }),
                    // A broker that connects to itself through it would time out otherwise.
                    preserveClientIp: "false",
                    // The fewest and fastest checks that AWS allows: a restarted broker is waited for in a roll.
                    healthCheck: {
                        protocol: "TCP",
                        interval: 5,
                        // Ten seconds without it, which AWS refuses beside that interval.
                        timeout: 4,
                        healthyThreshold: 2,
                        unhealthyThreshold: 2,
                    },
                    tags: args.tags,
                },
                { parent: this },
            );
            new aws.lb.Listener(
                `${name}-${role}-listener`,
                {
                    loadBalancerArn: loadBalancer.arn,
                    protocol: "TCP",
                    port,
                    defaultActions: [{ type: "forward", targetGroupArn: group.arn }],
                    tags: args.tags,
                },
                { parent: this },
            );
            new k8s.apiextensions.CustomResource(
                `${name}-${role}-binding`,
                {
                    apiVersion: "elbv2.k8s.aws/v1beta1",
                    kind: "TargetGroupBinding",
                    metadata: {
                        name: `kafka-${args.listener.name}-${role}`,
                        namespace: args.namespace,
                        labels: objectLabels("kafka"),
                    },
                    spec: {
                        serviceRef: args.services[index],
                        targetGroupARN: group.arn,
                        targetType: "ip",
                    },
                },
                { parent: this },
            );
        });
        this.host = loadBalancer.dnsName;
        this.registerOutputs({ host: this.host });
    }

    private createSecurityGroup(
        name: string,
        args: SharedLoadBalancerArgs,
        ports: readonly number[],
    ): aws.ec2.SecurityGroup {
        const { listener, tags } = args;
        const group = new aws.ec2.SecurityGroup(
            `${name}-security-group`,
            {
                vpcId: args.vpcId,
                description: `Load balancer of the Kafka listener ${listener.name}`,
                tags,
            },
            { parent: this },
        );
        (listener.sourceRanges ?? ["0.0.0.0/0"]).forEach(
            (cidrIpv4) =>
                new aws.vpc.SecurityGroupIngressRule(
                    `${name}-from-${cidrIpv4}`,
                    {
                        securityGroupId: group.id,
                        cidrIpv4,
                        ipProtocol: "tcp",
                        fromPort: ports[0]!,
                        toPort: ports.at(-1)!,
                        tags,
                    },
                    { parent: this },
                ),
        );
        const toPods = { ipProtocol: "tcp", fromPort: listener.port, toPort: listener.port, tags };
        new aws.vpc.SecurityGroupEgressRule(
            `${name}-to-pods`,
            {
                ...toPods,
                securityGroupId: group.id,
                referencedSecurityGroupId: args.nodeSecurityGroupId,
            },
            { parent: this },
        );
        new aws.vpc.SecurityGroupIngressRule(
            `${name}-into-nodes`,
            {
                ...toPods,
                securityGroupId: args.nodeSecurityGroupId,
                referencedSecurityGroupId: group.id,
            },
            { parent: this },
        );
        return group;
    }
}
