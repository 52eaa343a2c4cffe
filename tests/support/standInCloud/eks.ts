// A stand-in for Pulumi's provider for EKS clusters: it makes the component with some of the resources that the real one
// makes, and hands out the lab's kubeconfig as the cluster's.
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import * as provider from "@pulumi/pulumi/provider";
import { LAB } from "../../../lab";
import { loadKubeConfig } from "../cluster";

class StandInCluster extends pulumi.ComponentResource {
    readonly kubeconfigJson: pulumi.Output<string>;
    readonly clusterSecurityGroupId: pulumi.Output<string>;

    constructor(name: string, inputs: pulumi.Inputs, opts: pulumi.ComponentResourceOptions) {
        super("eks:index:Cluster", name, inputs, opts);
        const cluster = new aws.eks.Cluster(
            `${name}-eksCluster`,
            {
                name: inputs["name"] as pulumi.Input<string>,
                version: inputs["version"] as pulumi.Input<string>,
                roleArn: "arn:aws:iam::123456789012:role/cluster",
                vpcConfig: {
                    subnetIds: inputs["privateSubnetIds"] as pulumi.Input<string[]>,
                    endpointPublicAccess: inputs["endpointPublicAccess"] as pulumi.Input<boolean>,
                    publicAccessCidrs: inputs["publicAccessCidrs"] as pulumi.Input<string[]>,
                },
            },
            { parent: this },
        );
        const addons = {
            "vpc-cni": optionOf(inputs["vpcCniOptions"], "addonVersion"),
            "kube-proxy": optionOf(inputs["kubeProxyAddonOptions"], "version"),
        };
        for (const [addonName, addonVersion] of Object.entries(addons)) {
            new aws.eks.Addon(
                `${name}-${addonName}`,
                { addonName, addonVersion, clusterName: cluster.name },
                { parent: this },
            );
        }
        // As with the real one, a preview of a new cluster does not know how to reach it, and that of a changed one does:
        // nothing but its id is known in both cases.
        this.kubeconfigJson = pulumi.secret(
            cluster.id.apply(() => loadKubeConfig(LAB.kubeconfig).exportConfig()),
        );
        this.clusterSecurityGroupId = pulumi.interpolate`sg-${cluster.id}`;
        this.registerOutputs();
    }
}

/** One of the options of an add-on. */
function optionOf(options: unknown, key: string): pulumi.Output<string> {
    const known = pulumi.output(options as pulumi.Input<Record<string, string>>);
    return known.apply((values) => values[key]!);
}

class Eks implements provider.Provider {
    readonly version = "4.3.0";

    async construct(
        name: string,
        type: string,
        inputs: pulumi.Inputs,
        options: pulumi.ComponentResourceOptions,
    ): Promise<provider.ConstructResult> {
        if (type !== "eks:index:Cluster") {
            throw new Error(`the stand-in makes no ${type}`);
        }
        const { urn, kubeconfigJson, clusterSecurityGroupId } = new StandInCluster(
            name,
            inputs,
            options,
        );
        return Promise.resolve({ urn, state: { kubeconfigJson, clusterSecurityGroupId } });
    }
}

void provider.main(new Eks(), process.argv.slice(2));
