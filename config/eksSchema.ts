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
    });
const instanceType = oneOf(Object.keys(INSTANCE_TYPES) as [InstanceType, ...InstanceType[]]);
const boolean = z.boolean("true or false");
const TAG_VALUE = "up to 256 letters, digits, blanks and any of _.:/=+-@";
const tagValue = z.string(TAG_VALUE).regex(/^[\p{L}\p{N} _.:/=+@-]{1,256}$/u, TAG_VALUE);
const eksVersion = oneOf(Object.keys(EKS_VERSIONS) as [string, ...string[]]);

/** Pulumi's own key `aws:region`. */
export const REGION = z
    .string('an AWS region such as "eu-west-1"')
    .regex(/^[a-z]{2}(-[a-z]+)+-\d+$/, 'an AWS region such as "eu-west-1"')
    .refine((region) => !/^(cn|us-gov|us-iso)/.test(region), "a region of AWS's public partition");

/** Fields of `eks`. */
export const EKS_FIELDS = {
    environment: oneOf(["dev", "prod"]).default("prod"),
    owner: tagValue.optional(),
    costCenter: tagValue.optional(),
    zones: z
        .array(
            z
                .string("an availability zone")
                .regex(
                    /^[a-z]{2}(-[a-z]+)+-\d+[a-z]$/,
                    'an availability zone such as "eu-west-1a"',
                ),
            "a list of availability zones",
        )
        .min(2, "at least two availability zones, which an EKS cluster needs")
        .max(6, "at most six availability zones")
        .optional(),
    vpcCidr: cidr.default("10.0.0.0/16"),
    serviceCidr: cidr.default("172.20.0.0/16"),
    // Without a default: neither the whole internet nor an unreachable cluster is what somebody meant.
    publicAccessCidrs: distinct(
        z
            .array(cidr, "the CIDR blocks that may reach the cluster's API server, or [] for none")
            .max(40, "at most 40 CIDR blocks"),
    ),
    privateAccessCidrs: z
        .array(cidr, "a list of CIDR blocks of connected networks")
        .max(40, "at most 40 CIDR blocks")
        .default([]),
    adminRoleArns: z.array(roleArn, "a list of ARNs of IAM roles").default([]),
    previewRoleArn: roleArn.optional(),
    natGateways: oneOf(["single", "perZone"]).optional(),
    logs: boolean.optional(),
    nodeKubernetesVersion: eksVersion.optional(),
    brokerNodes: z
        .strictObject(
            {
                instanceType: instanceType.optional(),
                perZone: integer("a whole number from 1 to 20", 1, 20).default(1),
            },
            "an object with instanceType and perZone",
        )
        .prefault({}),
    systemNodes: z
        .strictObject(
            {
                instanceType: instanceType.default("t4g.medium"),
                count: integer("a whole number from 2 to 20", 2, 20).optional(),
            },
            "an object with instanceType and count",
        )
        .prefault({}),
    volumes: z
        .strictObject(
            {
                iops: integer("a whole number from 3000 to 16000", 3000, 16_000).default(3000),
                throughput: integer("a whole number of MiB/s from 125 to 1000", 125, 1000).default(
                    125,
                ),
            },
            "an object with iops and throughput",
        )
        .prefault({}),
    loadBalancers: z
        .strictObject(
            {
                layout: oneOf(["perBroker", "shared"]).default("perBroker"),
                scheme: oneOf(["internal", "internet-facing"]).default("internal"),
                crossZone: boolean.default(false),
            },
            "an object with layout, scheme and crossZone",
        )
        .prefault({}),
    installLoadBalancerController: boolean.default(true),
    loadBalancerControllerChart: string(
        "the path of the Helm chart of the AWS Load Balancer Controller",
    ).optional(),
};

const cidrsWithGaps = z.array(cidr.optional().catch(undefined));

/** The fields of `eks` of which a part is enough for further checks: entries that could not be read are missing. */
export const RIGHT_PARTS_OF_EKS = {
    adminRoleArns: z.array(roleArn.optional().catch(undefined)),
    publicAccessCidrs: cidrsWithGaps,
    privateAccessCidrs: cidrsWithGaps,
};
