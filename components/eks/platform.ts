import * as aws from "@pulumi/aws";
import * as eks from "@pulumi/eks";
import * as pulumi from "@pulumi/pulumi";
import { EksAccess } from "./access";
import { EksAddons } from "./addons";
import { EksNetwork } from "./network";
import { EksNodeGroups } from "./nodeGroups";
import { CONTROL_PLANE_LOGS } from "./cluster";
import { InstanceType } from "./instanceTypes";
import { EKS_VERSIONS } from "./versions";
import type { Tags } from "./tags";

/** Arguments of {@link EksPlatform}. */
export interface EksPlatformArgs {
    /** Name of the cluster in the account and region. */
    readonly clusterName: pulumi.Input<string>;
    /** Kubernetes version of the control plane, one of `EKS_VERSIONS`. */
    readonly kubernetesVersion: string;
    /** Kubernetes version of the nodes: at most three minor versions older. */
    readonly nodeKubernetesVersion: string;
    /** Availability zones, two at least. */
    readonly zones: readonly string[];
    /** Block of the VPC, `/16` to `/20`. */
    readonly vpcCidr: string;
    /** Block of the addresses of Services; it does not overlap with the VPC. */
    readonly serviceCidr: string;
    /** Networks that reach the API server from the internet; with none of them it has a private endpoint only. */
    readonly publicAccessCidrs: readonly string[];
    /** Private networks that reach the API server by its private endpoint, beside the cluster's nodes. */
    readonly privateAccessCidrs: readonly string[];
    /** IAM roles that administer the cluster, beside the one that creates it. */
    readonly adminRoleArns: readonly string[];
    /**
     * IAM role of previews in pull requests.
     *
     * @default - None.
     */
    readonly previewRoleArn?: string;
    /** One NAT gateway for all zones or one in each. */
    readonly natGateways: "single" | "perZone";
    /** Whether the logs of the control plane and of the network are kept, for 30 days. */
    readonly logs: boolean;
    /** Nodes of the brokers and their quorum, as many in each zone. */
    readonly brokerNodes: { readonly instanceType: InstanceType; readonly perZone: number };
    /** Nodes of everything else. */
    readonly systemNodes: { readonly instanceType: InstanceType; readonly count: number };
    /** Whether AWS refuses to delete the cluster, and Pulumi to delete it, its key, its VPC or a subnet. */
    readonly protect: boolean;
    /** Tags of every resource. */
    readonly tags: Tags;
}

/**
 * An EKS cluster for Kafka: its network, the control plane, a group of nodes for the brokers in each zone, and the managed
 * add-ons. What is inside of it belongs to {@link EksServices}, which needs a provider that this cluster's kubeconfig makes.
 */
export class EksPlatform extends pulumi.ComponentResource {
    /** Kubeconfig that asks `aws eks get-token` for its credentials. */
    readonly kubeconfig: pulumi.Output<string>;
    /** Address of the API server; another cluster has another one. */
    readonly endpoint: pulumi.Output<string>;
    readonly vpcId: pulumi.Output<string>;
    /** Private subnet of each zone. */
    readonly privateSubnetIds: readonly pulumi.Output<string>[];
    /** Public subnet of each zone. */
    readonly publicSubnetIds: readonly pulumi.Output<string>[];
    /** Security group of the control plane and of all nodes. */
    readonly clusterSecurityGroupId: pulumi.Output<string>;

    constructor(name: string, args: EksPlatformArgs, opts?: pulumi.ComponentResourceOptions) {
        super("kafka-eks:index:EksPlatform", name, {}, opts);
        const network = new EksNetwork(`${name}-network`, args, { parent: this });
        const cluster = this.createCluster(name, args, network);
        new EksAccess(`${name}-access`, args, { parent: this, dependsOn: cluster });
        const nodeGroups = new EksNodeGroups(
            `${name}-nodes`,
            { ...args, subnetIds: network.privateSubnetIds },
            // The cluster's own add-ons, too: a node without a network does not become ready.
            { parent: this, dependsOn: [network, cluster] },
        );
        new EksAddons(
            `${name}-addons`,
            { ...args, versions: EKS_VERSIONS[args.kubernetesVersion]!.addons },
            { parent: this, dependsOn: nodeGroups },
        );
        args.privateAccessCidrs.forEach(
            (cidrIpv4) =>
                new aws.vpc.SecurityGroupIngressRule(
                    `${name}-api-from-${cidrIpv4}`,
                    {
                        securityGroupId: cluster.clusterSecurityGroupId,
                        cidrIpv4,
                        ipProtocol: "tcp",
                        fromPort: 443,
                        toPort: 443,
                        tags: args.tags,
                    },
                    { parent: this },
                ),
        );
        this.kubeconfig = pulumi.secret(cluster.kubeconfigJson);
        this.endpoint = pulumi.unsecret(cluster.kubeconfigJson).apply(endpointOf);
        this.vpcId = network.vpcId;
        this.privateSubnetIds = network.privateSubnetIds;
        this.publicSubnetIds = network.publicSubnetIds;
        this.clusterSecurityGroupId = cluster.clusterSecurityGroupId;
        this.registerOutputs({
            kubeconfig: this.kubeconfig,
            endpoint: this.endpoint,
            vpcId: this.vpcId,
            privateSubnetIds: this.privateSubnetIds,
            publicSubnetIds: this.publicSubnetIds,
            clusterSecurityGroupId: this.clusterSecurityGroupId,
        });
    }

    private createCluster(name: string, args: EksPlatformArgs, network: EksNetwork): eks.Cluster {
        const { clusterName, tags } = args;
        const key = new aws.kms.Key(
            `${name}-secrets-key`,
            {
                description: pulumi.interpolate`Secrets of the EKS cluster ${clusterName}`,
                enableKeyRotation: true,
                // The longest that AWS has: without the key every secret of the cluster is lost.
                deletionWindowInDays: 30,
                tags,
            },
            { parent: this, protect: args.protect },
        );
        const logs = args.logs
            ? [
                  new aws.cloudwatch.LogGroup(
                      `${name}-control-plane-logs`,
                      {
                          // EKS would make it by itself, keep everything for ever and leave it behind.
                          name: pulumi.interpolate`/aws/eks/${clusterName}/cluster`,
                          retentionInDays: 30,
                          tags,
                      },
                      { parent: this },
                  ),
              ]
            : [];
        const { addons } = EKS_VERSIONS[args.kubernetesVersion]!;
        return new eks.Cluster(
            `${name}-cluster`,
            {
                name: clusterName,
                version: args.kubernetesVersion,
                // EKS raises the version when standard support ends instead of charging six times the price.
                upgradePolicy: { supportType: "STANDARD" },
                authenticationMode: eks.AuthenticationMode.Api,
                vpcId: network.vpcId,
                privateSubnetIds: [...network.privateSubnetIds],
                publicSubnetIds: [...network.publicSubnetIds],
                kubernetesServiceIpAddressRange: args.serviceCidr,
                endpointPrivateAccess: true,
                endpointPublicAccess: args.publicAccessCidrs.length > 0,
                ...(args.publicAccessCidrs.length > 0 && {
                    publicAccessCidrs: [...args.publicAccessCidrs],
                }),
                encryptionConfigKeyArn: key.arn,
                ...(args.logs && { enabledClusterLogTypes: [...CONTROL_PLANE_LOGS] }),
                skipDefaultNodeGroup: true,
                // Managed nodes get the group that EKS makes; others would only be in the way of a destroy.
                skipDefaultSecurityGroups: true,
                vpcCniOptions: {
                    addonVersion: addons.vpcCni,
                    enableNetworkPolicy: true,
                    logLevel: "INFO",
                },
                kubeProxyAddonOptions: { enabled: true, version: addons.kubeProxy },
                // It waits for nodes, and the component knows none; EksAddons makes it when there are some.
                corednsAddonOptions: { enabled: false },
                deletionProtection: args.protect,
                clusterTags: tags,
                tags,
            },
            {
                parent: this,
                // An output of a subnet says nothing of the routes that lead out of it.
                dependsOn: [network, ...logs],
                protect: args.protect,
            },
        );
    }
}

/** Address of the API server in the kubeconfig of an EKS cluster, as the provider of EKS clusters writes it. */
function endpointOf(kubeconfig: string): string {
    const { clusters } = JSON.parse(kubeconfig) as {
        clusters: [{ cluster: { server: string } }];
    };
    return clusters[0].cluster.server;
}
