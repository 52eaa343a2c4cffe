import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { subnetsOf } from "./cidr";
import type { Tags } from "./tags";

/** Arguments of {@link EksNetwork}. */
export interface EksNetworkArgs {
    /** Block of the VPC, `/16` to `/20`. */
    readonly vpcCidr: string;
    /** Availability zones, each of which gets a private and a public subnet. */
    readonly zones: readonly string[];
    /** One NAT gateway for all zones, which is cheap, or one in each, so that the loss of a zone cuts off no other. */
    readonly natGateways: "single" | "perZone";
    /** Whether flow logs are kept, for 30 days. */
    readonly logs: boolean;
    /** Whether Pulumi refuses to delete what a cluster can't change later: the VPC and its subnets. */
    readonly protect: boolean;
    readonly tags: Tags;
}

/** The VPC: private subnets for nodes, pods and internal load balancers, public ones for NAT and public load balancers. */
export class EksNetwork extends pulumi.ComponentResource {
    readonly vpcId: pulumi.Output<string>;
    /** One subnet for each zone, in the order of the zones. */
    readonly privateSubnetIds: readonly pulumi.Output<string>[];
    /** One subnet for each zone, in the order of the zones. */
    readonly publicSubnetIds: readonly pulumi.Output<string>[];

    constructor(name: string, args: EksNetworkArgs, opts?: pulumi.ComponentResourceOptions) {
        super("kafka-eks:index:EksNetwork", name, {}, opts);
        const child = { parent: this };
        const tagged = (part: string, more: Record<string, string> = {}) => ({
            ...args.tags,
            Name: `${name}-${part}`,
            ...more,
        });
        const vpc = new aws.ec2.Vpc(
            `${name}-vpc`,
            {
                cidrBlock: args.vpcCidr,
                // The private endpoint of the cluster is found by it.
                enableDnsHostnames: true,
                enableDnsSupport: true,
                tags: tagged("vpc"),
            },
            { ...child, protect: args.protect },
        );
        const gateway = new aws.ec2.InternetGateway(
            `${name}-internet`,
            { vpcId: vpc.id, tags: tagged("internet") },
            child,
        );
        const subnet = (zone: string, cidrBlock: string, kind: "private" | "public") =>
            new aws.ec2.Subnet(
                `${name}-${kind}-${zone}`,
                {
                    vpcId: vpc.id,
                    availabilityZone: zone,
                    cidrBlock,
                    tags: tagged(`${kind}-${zone}`, {
                        // Where the load balancer controller puts load balancers of each scheme.
                        [`kubernetes.io/role/${kind === "private" ? "internal-elb" : "elb"}`]: "1",
                    }),
                },
                { ...child, protect: args.protect },
            );
        const blocks = subnetsOf(args.vpcCidr, args.zones.length);
        const publicSubnets = args.zones.map((zone, i) =>
            subnet(zone, blocks[i]!.public, "public"),
        );
        const privateSubnets = args.zones.map((zone, i) =>
            subnet(zone, blocks[i]!.private, "private"),
        );

        const publicRoutes = this.createRoutes(`${name}-public`, vpc, tagged("public"), {
            gatewayId: gateway.id,
        });
        const natGateways = args.zones
            .slice(0, args.natGateways === "single" ? 1 : undefined)
            .map((zone, i) => {
                const address = new aws.ec2.Eip(
                    `${name}-nat-${zone}-address`,
                    { domain: "vpc", tags: tagged(`nat-${zone}`) },
                    child,
                );
                return new aws.ec2.NatGateway(
                    `${name}-nat-${zone}`,
                    {
                        allocationId: address.id,
                        subnetId: publicSubnets[i]!.id,
                        tags: tagged(`nat-${zone}`),
                    },
                    // An address can't be used, nor given back, without the gateway.
                    { parent: this, dependsOn: gateway },
                );
            });
        const privateRoutes = args.zones.map((zone, i) =>
            this.createRoutes(`${name}-private-${zone}`, vpc, tagged(`private-${zone}`), {
                natGatewayId: (natGateways[i] ?? natGateways[0]!).id,
            }),
        );
        args.zones.forEach((zone, i) => {
            this.associate(`${name}-public-${zone}`, publicSubnets[i]!, publicRoutes);
            this.associate(`${name}-private-${zone}`, privateSubnets[i]!, privateRoutes[i]!);
        });
        new aws.ec2.VpcEndpoint(
            `${name}-s3`,
            {
                vpcId: vpc.id,
                // Free, and it keeps the layers of images away from the NAT gateways.
                serviceName: pulumi.interpolate`com.amazonaws.${args.zones[0]!.slice(0, -1)}.s3`,
                routeTableIds: privateRoutes.map(({ id }) => id),
                tags: tagged("s3"),
            },
            child,
        );
        if (args.logs) {
            this.createFlowLog(name, vpc, args.tags);
        }
        this.vpcId = vpc.id;
        this.privateSubnetIds = privateSubnets.map(({ id }) => id);
        this.publicSubnetIds = publicSubnets.map(({ id }) => id);
        this.registerOutputs({
            vpcId: this.vpcId,
            privateSubnetIds: this.privateSubnetIds,
            publicSubnetIds: this.publicSubnetIds,
        });
    }

    private createRoutes(
        name: string,
        vpc: aws.ec2.Vpc,
        tags: Tags,
        target: Pick<aws.ec2.RouteArgs, "gatewayId" | "natGatewayId">,
    ): aws.ec2.RouteTable {
        const table = new aws.ec2.RouteTable(
            `${name}-routes`,
            { vpcId: vpc.id, tags },
            { parent: this },
        );
        new aws.ec2.Route(
            `${name}-default-route`,
            { routeTableId: table.id, destinationCidrBlock: "0.0.0.0/0", ...target },
            { parent: this },
        );
        return table;
    }

    private associate(name: string, subnet: aws.ec2.Subnet, routes: aws.ec2.RouteTable): void {
        new aws.ec2.RouteTableAssociation(
            `${name}-association`,
            { subnetId: subnet.id, routeTableId: routes.id },
            { parent: this },
        );
    }

    private createFlowLog(name: string, vpc: aws.ec2.Vpc, tags: Tags): void {
        const group = new aws.cloudwatch.LogGroup(
            `${name}-flow-logs`,
            { retentionInDays: 30, tags },
            { parent: this },
        );
        const role = new aws.iam.Role(
            `${name}-flow-log-role`,
            {
                assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({
                    Service: "vpc-flow-logs.amazonaws.com",
                }),
                tags,
            },
            { parent: this },
        );
        new aws.iam.RolePolicy(
            `${name}-flow-log-policy`,
            {
                role: role.name,
                policy: pulumi.jsonStringify({
                    Version: "2012-10-17",
                    Statement: [
                        {
                            Effect: "Allow",
                            Action: [
                                "logs:CreateLogStream",
                                "logs:PutLogEvents",
                                "logs:DescribeLogStreams",
                            ],
                            Resource: [group.arn, pulumi.interpolate`${group.arn}:*`],
                        },
                    ],
                }),
            },
            { parent: this },
        );
        new aws.ec2.FlowLog(
            `${name}-flow-log`,
            {
                vpcId: vpc.id,
                trafficType: "ALL",
                logDestination: group.arn,
                iamRoleArn: role.arn,
                tags,
            },
            { parent: this },
        );
    }
}
