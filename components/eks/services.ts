import * as aws from "@pulumi/aws";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { interruptible } from "../live/helmRelease";
import type { LiveObjects } from "../live/objects";
import { LOAD_BALANCER_CONTROLLER_POLICY, POD_IDENTITY_TRUST } from "./iam";
import {
    CONTROLLER_NAMESPACE,
    CONTROLLER_SERVICE_ACCOUNT,
    controllerValues,
} from "./loadBalancerController";
import { gp3StorageClass, VolumePerformance } from "./storageClass";
import { LOAD_BALANCER_CONTROLLER } from "./versions";
import type { Tags } from "./tags";

/** Arguments of {@link EksServices}. */
export interface EksServicesArgs {
    /** Name of the cluster. */
    readonly clusterName: pulumi.Input<string>;
    /** Region of the cluster. */
    readonly region: string;
    readonly vpcId: pulumi.Input<string>;
    /** What the volumes of the class `gp3` can do. */
    readonly volumes: VolumePerformance;
    /** Whether volumes outlive their claims. */
    readonly retainVolumes: boolean;
    /** Whether to install the AWS Load Balancer Controller; there can be one in a cluster. */
    readonly installLoadBalancerController: boolean;
    /**
     * Path of its Helm chart.
     *
     * @default - The project's own, from its repository.
     */
    readonly loadBalancerControllerChart?: string;
    /** The objects of the cluster as they are now. */
    readonly live?: LiveObjects;
    /** Whose Helm release the controller is; Helm notes it. */
    readonly owner: pulumi.Input<string>;
    /** Tags of the volumes and load balancers that Kubernetes makes. */
    readonly tags: Tags;
}

/**
 * What Kafka needs inside an EKS cluster: the StorageClass `gp3` and the AWS Load Balancer Controller. Whatever makes
 * volumes or load balancers depends on this component, so that those who take them away again are there until the end.
 */
export class EksServices extends pulumi.ComponentResource {
    constructor(name: string, args: EksServicesArgs, opts: pulumi.ComponentResourceOptions) {
        super("kafka-eks:index:EksServices", name, {}, opts);
        new k8s.storage.v1.StorageClass(
            `${name}-gp3`,
            gp3StorageClass(
                args.volumes,
                args.retainVolumes,
                Object.entries(args.tags).map(
                    ([key, value]) => pulumi.interpolate`${key}=${value}`,
                ),
            ),
            {
                parent: this,
                // Kubernetes refuses to change it, which Pulumi's provider does not know; there can be one of a name.
                replaceOnChanges: ["reclaimPolicy"],
                deleteBeforeReplace: true,
            },
        );
        if (args.installLoadBalancerController) {
            this.createLoadBalancerController(`${name}-load-balancer-controller`, args);
        }
        this.registerOutputs();
    }

    private createLoadBalancerController(name: string, args: EksServicesArgs): void {
        const { tags, loadBalancerControllerChart: path } = args;
        const role = new aws.iam.Role(
            `${name}-role`,
            { assumeRolePolicy: POD_IDENTITY_TRUST, tags },
            { parent: this },
        );
        const permissions = new aws.iam.RolePolicy(
            `${name}-policy`,
            { role: role.name, policy: LOAD_BALANCER_CONTROLLER_POLICY },
            { parent: this },
        );
        const association = new aws.eks.PodIdentityAssociation(
            `${name}-association`,
            {
                clusterName: args.clusterName,
                namespace: CONTROLLER_NAMESPACE,
                serviceAccount: CONTROLLER_SERVICE_ACCOUNT,
                roleArn: role.arn,
                tags,
            },
            { parent: this },
        );
        const release = `${name}-release`;
        new k8s.helm.v3.Release(
            release,
            {
                name: LOAD_BALANCER_CONTROLLER.chart,
                namespace: CONTROLLER_NAMESPACE,
                ...(path === undefined
                    ? {
                          chart: LOAD_BALANCER_CONTROLLER.chart,
                          repositoryOpts: { repo: LOAD_BALANCER_CONTROLLER.repository },
                      }
                    : { chart: path }),
                version: LOAD_BALANCER_CONTROLLER.version,
                description: args.owner,
                // A new controller that does not start leaves the old one in place.
                atomic: true,
                timeout: 600,
                values: controllerValues(args),
            },
            {
                parent: this,
                // Its pods get their role when they start, and never later.
                dependsOn: [permissions, association],
                ...interruptible(
                    release,
                    args.live,
                    "set eks.installLoadBalancerController to false",
                ),
            },
        );
    }
}
