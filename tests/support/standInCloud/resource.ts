import { isDeepStrictEqual } from "node:util";

/** Properties of a resource. */
export type Properties = Record<string, unknown>;

const ACCOUNT = "123456789012";
const REGION = "eu-west-1";

/** What AWS adds to a resource that it makes. */
export function computed(type: string, id: string, inputs: Properties): Properties {
    const arn = (service: string, path: string) =>
        `arn:aws:${service}:${REGION}:${ACCOUNT}:${path}`;
    switch (type) {
        case "aws:iam/role:Role":
            return { name: id, arn: `arn:aws:iam::${ACCOUNT}:role/${id}` };
        case "aws:kms/key:Key":
            return { keyId: id, arn: arn("kms", `key/${id}`) };
        case "aws:cloudwatch/logGroup:LogGroup":
            return { arn: arn("logs", `log-group:${(inputs["name"] as string) ?? id}`) };
        case "aws:ec2/launchTemplate:LaunchTemplate":
            return { latestVersion: 1 };
        case "aws:eks/cluster:Cluster":
            return {
                arn: arn("eks", `cluster/${id}`),
                endpoint: `https://${id}.${REGION}.eks.amazonaws.com`,
                vpcConfig: {
                    ...(inputs["vpcConfig"] as object),
                    clusterSecurityGroupId: `sg-${id}`,
                },
            };
        case "aws:lb/targetGroup:TargetGroup":
            return { arn: arn("elasticloadbalancing", `targetgroup/${id}`) };
        case "aws:lb/loadBalancer:LoadBalancer":
            return {
                arn: arn("elasticloadbalancing", `loadbalancer/net/${id}`),
                dnsName: `${id}.elb.${REGION}.amazonaws.com`,
            };
        default:
            return {};
    }
}

/**
 * Properties that AWS can't change, so that another resource takes the place of the old one; only those that a change of
 * the stack's configuration, or of what it depends on, can reach. Pulumi's own provider knows them from its schema.
 */
const REPLACING: Readonly<Record<string, readonly string[]>> = {
    "aws:ec2/vpc:Vpc": ["cidrBlock"],
    "aws:ec2/subnet:Subnet": ["availabilityZone", "cidrBlock", "vpcId"],
    "aws:ec2/natGateway:NatGateway": ["allocationId", "subnetId"],
    "aws:ec2/routeTable:RouteTable": ["vpcId"],
    "aws:ec2/route:Route": ["destinationCidrBlock", "routeTableId"],
    "aws:ec2/routeTableAssociation:RouteTableAssociation": ["subnetId"],
    "aws:ec2/securityGroup:SecurityGroup": ["description", "vpcId"],
    "aws:ec2/vpcEndpoint:VpcEndpoint": ["serviceName", "vpcId"],
    "aws:ec2/flowLog:FlowLog": ["iamRoleArn", "logDestination", "trafficType", "vpcId"],
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": ["securityGroupId"],
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": ["securityGroupId"],
    "aws:eks/cluster:Cluster": ["name", "roleArn"],
    "aws:eks/addon:Addon": ["addonName", "clusterName"],
    "aws:eks/nodeGroup:NodeGroup": [
        "amiType",
        "clusterName",
        "instanceTypes",
        "nodeRoleArn",
        "subnetIds",
    ],
    "aws:eks/podIdentityAssociation:PodIdentityAssociation": [
        "clusterName",
        "namespace",
        "serviceAccount",
    ],
    "aws:iam/rolePolicy:RolePolicy": ["role"],
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": ["policyArn", "role"],
    "aws:cloudwatch/logGroup:LogGroup": ["name"],
    "aws:lb/loadBalancer:LoadBalancer": ["internal", "loadBalancerType", "name"],
    "aws:lb/listener:Listener": ["loadBalancerArn"],
    "aws:lb/targetGroup:TargetGroup": ["port", "protocol", "targetType", "vpcId"],
};

/** The changed properties of a resource that make AWS replace it. */
export function replacing(type: string, olds: Properties, news: Properties): string[] {
    return (REPLACING[type] ?? []).filter((key) => !covers(olds[key], news[key]));
}

/** Whether a resource has to change. The engine hands over all properties of the old one, computed ones included. */
export function changed(olds: Properties, news: Properties): boolean {
    return Object.entries(news).some(([key, value]) => !covers(olds[key], value));
}

/** Whether an old value has all that is wanted; AWS may have added to an object. */
function covers(old: unknown, wanted: unknown): boolean {
    if (typeof wanted !== "object" || wanted === null || Array.isArray(wanted)) {
        return isDeepStrictEqual(old, wanted);
    }
    return Object.entries(wanted).every(([key, value]) =>
        covers((old as Properties | undefined)?.[key], value),
    );
}

/** Kind and name in an URN. */
export function parseUrn(urn: string): { readonly type: string; readonly name: string } {
    const [, , types, name] = urn.split("::");
    return { type: types!.split("$").at(-1)!, name: name! };
}
