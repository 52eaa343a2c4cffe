import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { managedPolicy } from "./iam";
import { InstanceType } from "./instanceTypes";
import { amiType, BROKER_NODES, ROOT_VOLUME } from "./nodes";
import type { Tags } from "./tags";

/** Arguments of {@link EksNodeGroups}. */
export interface EksNodeGroupsArgs {
    /** Name of the cluster. */
    readonly clusterName: pulumi.Input<string>;
    /** Kubernetes version of the nodes. */
    readonly nodeKubernetesVersion: string;
    /** Availability zones. */
    readonly zones: readonly string[];
    /** Private subnet of each zone. */
    readonly subnetIds: readonly pulumi.Input<string>[];
    /** Nodes of the brokers and their quorum, as many in each zone. */
    readonly brokerNodes: { readonly instanceType: InstanceType; readonly perZone: number };
    /** Nodes of everything else, over all zones. */
    readonly systemNodes: { readonly instanceType: InstanceType; readonly count: number };
    readonly tags: Tags;
}

/** What a group of nodes differs in. */
interface Group {
    readonly role: string;
    readonly instanceType: InstanceType;
    readonly count: number;
    readonly subnetIds: pulumi.Input<string>[];
    readonly labels?: Record<string, string>;
    readonly taints?: aws.types.input.eks.NodeGroupTaint[];
}

const NODE_POLICIES = [
    "AmazonEKSWorkerNodePolicy",
    "AmazonEKS_CNI_Policy",
    "AmazonEC2ContainerRegistryPullOnly",
];

/**
 * The nodes: a group for each zone that only Kafka and its quorum run on, because their volumes can't leave their zone, and
 * one group for the rest.
 */
export class EksNodeGroups extends pulumi.ComponentResource {
    constructor(name: string, args: EksNodeGroupsArgs, opts?: pulumi.ComponentResourceOptions) {
        super("kafka-eks:index:EksNodeGroups", name, {}, opts);
        const role = new aws.iam.Role(
            `${name}-role`,
            {
                assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({
                    Service: "ec2.amazonaws.com",
                }),
                tags: args.tags,
            },
            { parent: this },
        );
        const permissions = NODE_POLICIES.map(
            (policy) =>
                new aws.iam.RolePolicyAttachment(
                    `${name}-${policy}`,
                    { role: role.name, policyArn: managedPolicy(policy) },
                    { parent: this },
                ),
        );
        const template = this.createTemplate(`${name}-template`, args.tags);
        const create = (
            { role: part, instanceType, count, ...group }: Group,
            before?: aws.eks.NodeGroup,
        ) =>
            new aws.eks.NodeGroup(
                `${name}-${part}`,
                {
                    ...group,
                    clusterName: args.clusterName,
                    version: args.nodeKubernetesVersion,
                    nodeRoleArn: role.arn,
                    amiType: amiType(instanceType),
                    instanceTypes: [instanceType],
                    launchTemplate: {
                        id: template.id,
                        version: template.latestVersion.apply(String),
                    },
                    scalingConfig: { minSize: count, desiredSize: count, maxSize: count },
                    updateConfig: { maxUnavailable: 1 },
                    tags: { ...args.tags, Name: `${name}-${part}` },
                },
                {
                    parent: this,
                    // A node without its permissions can neither join nor leave.
                    dependsOn: before === undefined ? permissions : [...permissions, before],
                    // A drained broker hands over its partitions, and the next one waits until it has caught up.
                    customTimeouts: { create: "30m", update: "4h", delete: "1h" },
                },
            );
        let before: aws.eks.NodeGroup | undefined;
        args.zones.forEach((zone, i) => {
            // One zone after the other: EKS waits 15 minutes for a pod that may not go, as others are away, and then fails.
            before = create(
                {
                    role: `brokers-${zone}`,
                    instanceType: args.brokerNodes.instanceType,
                    count: args.brokerNodes.perZone,
                    subnetIds: [args.subnetIds[i]!],
                    labels: { [BROKER_NODES.key]: BROKER_NODES.value },
                    taints: [{ ...BROKER_NODES, effect: "NO_SCHEDULE" }],
                },
                before,
            );
        });
        create({ role: "system", ...args.systemNodes, subnetIds: [...args.subnetIds] });
        this.registerOutputs();
    }

    private createTemplate(name: string, tags: Tags): aws.ec2.LaunchTemplate {
        return new aws.ec2.LaunchTemplate(
            name,
            {
                updateDefaultVersion: true,
                // IMDSv2 only, and out of the reach of pods: those have roles of their own.
                metadataOptions: {
                    httpEndpoint: "enabled",
                    httpTokens: "required",
                    httpPutResponseHopLimit: 1,
                },
                blockDeviceMappings: [
                    {
                        deviceName: "/dev/xvda",
                        ebs: {
                            volumeType: "gp3",
                            volumeSize: ROOT_VOLUME,
                            encrypted: "true",
                            deleteOnTermination: "true",
                        },
                    },
                ],
                tagSpecifications: ["instance", "volume", "network-interface"].map(
                    (resourceType) => ({ resourceType, tags }),
                ),
                tags,
            },
            { parent: this },
        );
    }
}
