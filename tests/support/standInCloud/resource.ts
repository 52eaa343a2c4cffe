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
