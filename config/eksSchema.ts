import { z } from "zod";
import { INSTANCE_TYPES, type InstanceType } from "../components/eks/instanceTypes";
import { EKS_VERSIONS } from "../components/eks/versions";
import { IF_RIGHT } from "./everyFault";
import { cidr, distinct, oneOf, string, integer } from "./primitives";

/** Paths and names as IAM has them. */
const roleArn = z
    .string("the ARN of an IAM role")
    .regex(
        /^arn:aws[a-z-]*:iam::\d{12}:role\/([!-~]+\/)?[\w+=,.@-]{1,64}$/,
        "the ARN of an IAM role",
    )
    .refine((arn) => arn.startsWith("arn:aws:"), {
        error: "the ARN of an IAM role in AWS's public partition (arn:aws:…), as the region is",
        ...IF_RIGHT,
    })
    .meta({ shownType: "role ARN" });
const instanceType = oneOf(Object.keys(INSTANCE_TYPES) as [InstanceType, ...InstanceType[]]).meta({
    shownType: "[EC2 instance type](../components/eks/instanceTypes.ts)",
});
const boolean = z.boolean("true or false");
const TAG_VALUE = "up to 256 letters, digits, blanks and any of _.:/=+-@";
const tagValue = z
    .string(TAG_VALUE)
    .regex(/^[\p{L}\p{N} _.:/=+@-]{1,256}$/u, TAG_VALUE)
    .meta({ shownType: "up to 256 characters" });
const eksVersion = oneOf(Object.keys(EKS_VERSIONS) as [string, ...string[]]);

/** Pulumi's own key `aws:region`. */
export const REGION = z
    .string('an AWS region such as "eu-west-1"')
    .regex(/^[a-z]{2}(-[a-z]+)+-\d+$/, 'an AWS region such as "eu-west-1"')
    .refine((region) => !/^(cn|us-gov|us-iso)/.test(region), "a region of AWS's public partition");

const LOAD_BALANCERS = {
    layout: oneOf(["perBroker", "shared"])
        .default("perBroker")
        .describe(
            "A load balancer for each broker and the bootstrap address, or one for up to 49 brokers.",
        ),
    scheme: oneOf(["internal", "internet-facing"])
        .default("internal")
        .describe("Whether load balancers have addresses of the VPC or public ones."),
    crossZone: boolean
        .default(false)
        .describe("Lets load balancers forward to brokers in other zones. AWS bills that traffic."),
};

/** Fields of `eks`. */
export const EKS_FIELDS = {
    environment: oneOf(["dev", "prod"])
        .default("prod")
        .describe("What the stack is for. Other defaults follow it."),
    owner: tagValue.optional().describe("Value of the tag `owner` of every AWS resource."),
    costCenter: tagValue
        .optional()
        .describe("Value of the tag `cost-center` of every AWS resource."),
    zones: z
        .array(
            z
                .string("an availability zone")
                .regex(/^[a-z]{2}(-[a-z]+)+-\d+[a-z]$/, 'an availability zone such as "eu-west-1a"')
                .meta({ shownType: "availability zone" }),
            "a list of availability zones",
        )
        .min(2, "at least two availability zones, which an EKS cluster needs")
        .max(6, "at most six availability zones")
        .optional()
        .meta({
            description:
                "Availability zones of the VPC, at least as many as a partition has replicas.",
            shownDefault: "the region's zones a, b and c",
        }),
    vpcCidr: cidr.default("10.0.0.0/16").describe("Addresses of the VPC, from `/16` to `/20`."),
    serviceCidr: cidr
        .default("172.20.0.0/16")
        .describe("Addresses of Services, from `/12` to `/24`. They may not overlap with the VPC."),
    // Without a default: neither the whole internet nor an unreachable cluster is what somebody meant.
    publicAccessCidrs: distinct(
        z
            .array(cidr, "the CIDR blocks that may reach the cluster's API server, or [] for none")
            .max(40, "at most 40 CIDR blocks"),
    ).describe(
        "Networks that reach the Kubernetes API from the internet. With `[]` only the VPC and `privateAccessCidrs` reach it.",
    ),
    privateAccessCidrs: z
        .array(cidr, "a list of CIDR blocks of connected networks")
        .max(40, "at most 40 CIDR blocks")
        .default([])
        .describe("Private networks that reach the Kubernetes API, besides the cluster's nodes."),
    adminRoleArns: z
        .array(roleArn, "a list of ARNs of IAM roles")
        .default([])
        .describe(
            "IAM roles that administer the cluster. The role that creates the cluster always does.",
        ),
    previewRoleArn: roleArn
        .optional()
        .describe("IAM role of previews. It may read and do dry runs, nothing else."),
    natGateways: oneOf(["single", "perZone"])
        .optional()
        .describe(
            "One NAT gateway, or one in each zone. A single one stops working with its zone.",
        ),
    logs: boolean
        .optional()
        .describe("Keeps VPC flow logs and the control plane's logs for 30 days."),
    nodeKubernetesVersion: eksVersion.optional().meta({
        description: "Kubernetes version of the nodes, at most three behind the control plane.",
        shownDefault: "`kubernetesVersion`",
    }),
    brokerNodes: z
        .strictObject(
            {
                instanceType: instanceType
                    .optional()
                    .describe("Instance type of the nodes that only Kafka and its quorum run on."),
                perZone: integer("a whole number from 1 to 20", 1, 20)
                    .default(1)
                    .describe("Number of these nodes in each zone."),
            },
            "an object with instanceType and perZone",
        )
        .prefault({}),
    systemNodes: z
        .strictObject(
            {
                instanceType: instanceType
                    .default("t4g.medium")
                    .describe("Instance type of the nodes for everything else."),
                count: integer("a whole number from 2 to 20", 2, 20)
                    .optional()
                    .describe("Number of these nodes, over all zones."),
            },
            "an object with instanceType and count",
        )
        .prefault({}),
    volumes: z
        .strictObject(
            {
                iops: integer("a whole number from 3000 to 16000", 3000, 16_000)
                    .default(3000)
                    .describe("Operations per second of each gp3 volume."),
                throughput: integer("a whole number of MiB/s from 125 to 1000", 125, 1000)
                    .default(125)
                    .describe(
                        "Throughput of each gp3 volume, in MiB/s: at most a quarter of `iops`.",
                    ),
            },
            "an object with iops and throughput",
        )
        .prefault({}),
    loadBalancers: z
        .strictObject(LOAD_BALANCERS, "an object with layout, scheme and crossZone")
        .prefault({}),
    installLoadBalancerController: boolean
        .default(true)
        .describe(
            "Installs the AWS Load Balancer Controller. `false` where the cluster has one already.",
        ),
    loadBalancerControllerChart: string(
        "the path of the Helm chart of the AWS Load Balancer Controller",
    )
        .optional()
        .meta({
            description: "Helm chart of the AWS Load Balancer Controller.",
            shownType: "path",
            shownDefault: "the project's own",
        }),
};

const cidrsWithGaps = z.array(cidr.optional().catch(undefined));

/** The fields of `eks` of which a part is enough for further checks: entries that could not be read are missing. */
export const RIGHT_PARTS_OF_EKS = {
    adminRoleArns: z.array(roleArn.optional().catch(undefined)),
    publicAccessCidrs: cidrsWithGaps,
    privateAccessCidrs: cidrsWithGaps,
    loadBalancers: z.object({
        layout: LOAD_BALANCERS.layout.optional().catch(undefined),
        scheme: LOAD_BALANCERS.scheme.optional().catch(undefined),
        crossZone: LOAD_BALANCERS.crossZone.optional().catch(undefined),
    }),
};
