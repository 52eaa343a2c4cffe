import type * as aws from "@pulumi/aws";

type PolicyDocument = aws.types.input.iam.PolicyDocument;
type Statement = aws.types.input.iam.PolicyStatement;

/** Lets pods have a role by EKS Pod Identity, which tags each session with the pod that it belongs to. */
export const POD_IDENTITY_TRUST: PolicyDocument = {
    Version: "2012-10-17",
    Statement: [
        {
            Effect: "Allow",
            Principal: { Service: "pods.eks.amazonaws.com" },
            Action: ["sts:AssumeRole", "sts:TagSession"],
        },
    ],
};

/** ARN of a policy that AWS keeps. */
export function managedPolicy(name: string): string {
    return `arn:aws:iam::aws:policy/${name}`;
}

const allow = (
    service: string,
    actions: readonly string[],
    more: Pick<Statement, "Resource" | "Condition"> = {},
): Statement => ({
    Effect: "Allow",
    Action: actions.map((action) => `${service}:${action}`),
    Resource: "*",
    ...more,
});

/** Tag of everything that a load balancer controller makes. */
const OWN = "elbv2.k8s.aws/cluster";

/** True of a resource that carries the tag, or of a request that sets it. */
const ownsResource = { Null: { [`aws:ResourceTag/${OWN}`]: "false" } };
const ownsRequest = { Null: { [`aws:RequestTag/${OWN}`]: "false" } };

/**
 * What the AWS Load Balancer Controller may do here: network load balancers and their security groups, and of those only its
 * own; no application load balancers, firewalls or certificates.
 *
 * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/installation/
 */
export const LOAD_BALANCER_CONTROLLER_POLICY: PolicyDocument = {
    Version: "2012-10-17",
    Statement: [
        allow("iam", ["CreateServiceLinkedRole"], {
            Condition: {
                StringEquals: { "iam:AWSServiceName": "elasticloadbalancing.amazonaws.com" },
            },
        }),
        allow("ec2", [
            "DescribeAccountAttributes",
            "DescribeAddresses",
            "DescribeAvailabilityZones",
            "DescribeInstances",
            "DescribeInternetGateways",
            "DescribeNetworkInterfaces",
            "DescribeRouteTables",
            "DescribeSecurityGroups",
            "DescribeSubnets",
            "DescribeTags",
            "DescribeVpcPeeringConnections",
            "DescribeVpcs",
            "GetSecurityGroupsForVpc",
        ]),
        allow("elasticloadbalancing", [
            "DescribeCapacityReservation",
            "DescribeListenerAttributes",
            "DescribeListenerCertificates",
            "DescribeListeners",
            "DescribeLoadBalancerAttributes",
            "DescribeLoadBalancers",
            "DescribeRules",
            "DescribeSSLPolicies",
            "DescribeTags",
            "DescribeTargetGroupAttributes",
            "DescribeTargetGroups",
            "DescribeTargetHealth",
            "DescribeTrustStores",
        ]),
        allow("ec2", ["CreateSecurityGroup"]),
        // The nodes' own group lets the load balancers in; it does not carry the controller's tag.
        allow("ec2", ["AuthorizeSecurityGroupIngress", "RevokeSecurityGroupIngress"]),
        allow("ec2", ["DeleteSecurityGroup"], { Condition: ownsResource }),
        allow("ec2", ["CreateTags"], {
            Resource: "arn:aws:ec2:*:*:security-group/*",
            Condition: {
                StringEquals: { "ec2:CreateAction": "CreateSecurityGroup" },
                ...ownsRequest,
            },
        }),
        allow("ec2", ["CreateTags", "DeleteTags"], {
            Resource: "arn:aws:ec2:*:*:security-group/*",
            // Its own, and never the tag that says so.
            Condition: {
                Null: { ...ownsResource.Null, [`aws:RequestTag/${OWN}`]: "true" },
            },
        }),
        allow("elasticloadbalancing", ["CreateLoadBalancer", "CreateTargetGroup"], {
            Condition: ownsRequest,
        }),
        allow("elasticloadbalancing", ["AddTags"], {
            Resource: [
                "arn:aws:elasticloadbalancing:*:*:targetgroup/*/*",
                "arn:aws:elasticloadbalancing:*:*:loadbalancer/net/*/*",
            ],
            Condition: {
                StringEquals: {
                    "elasticloadbalancing:CreateAction": [
                        "CreateTargetGroup",
                        "CreateLoadBalancer",
                    ],
                },
                ...ownsRequest,
            },
        }),
        allow("elasticloadbalancing", ["AddTags", "RemoveTags"], {
            Resource: [
                "arn:aws:elasticloadbalancing:*:*:targetgroup/*/*",
                "arn:aws:elasticloadbalancing:*:*:loadbalancer/net/*/*",
            ],
            Condition: {
                Null: { ...ownsResource.Null, [`aws:RequestTag/${OWN}`]: "true" },
            },
        }),
        allow("elasticloadbalancing", ["AddTags", "RemoveTags"], {
            Resource: "arn:aws:elasticloadbalancing:*:*:listener/net/*/*/*",
        }),
        allow("elasticloadbalancing", ["CreateListener", "DeleteListener", "ModifyListener"]),
        allow(
            "elasticloadbalancing",
            [
                "DeleteLoadBalancer",
                "DeleteTargetGroup",
                "ModifyCapacityReservation",
                "ModifyIpPools",
                "ModifyListenerAttributes",
                "ModifyLoadBalancerAttributes",
                "ModifyTargetGroup",
                "ModifyTargetGroupAttributes",
                "SetIpAddressType",
                "SetSecurityGroups",
                "SetSubnets",
            ],
            { Condition: ownsResource },
        ),
        // Target groups of a shared load balancer are the stack's and not the controller's.
        allow("elasticloadbalancing", ["RegisterTargets", "DeregisterTargets"], {
            Resource: "arn:aws:elasticloadbalancing:*:*:targetgroup/*/*",
        }),
    ],
};
