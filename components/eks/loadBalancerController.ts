import * as pulumi from "@pulumi/pulumi";
import type { Tags } from "./tags";

/** Where the AWS Load Balancer Controller runs. */
export const CONTROLLER_NAMESPACE = "kube-system";
/** Service account of the AWS Load Balancer Controller. */
export const CONTROLLER_SERVICE_ACCOUNT = "aws-load-balancer-controller";

/**
 * Label of namespaces whose pods become ready only when their load balancers send them connections; a roll waits for that.
 *
 * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/pod_readiness_gate/
 */
export const READINESS_GATES = { "elbv2.k8s.aws/pod-readiness-gate-inject": "enabled" };

/** Values of the controller's chart. */
export function controllerValues(args: {
    readonly clusterName: pulumi.Input<string>;
    readonly region: string;
    readonly vpcId: pulumi.Input<string>;
    readonly tags: Tags;
}): Record<string, unknown> {
    return {
        clusterName: args.clusterName,
        // It would ask the instance metadata, which pods can't reach.
        region: args.region,
        vpcId: args.vpcId,
        serviceAccount: { name: CONTROLLER_SERVICE_ACCOUNT },
        replicaCount: 2,
        resources: {
            requests: { cpu: "50m", memory: "128Mi" },
            limits: { memory: "256Mi" },
        },
        podDisruptionBudget: { maxUnavailable: 1 },
        defaultTags: args.tags,
        // Services name their class. The webhook would make every new Service of the cluster wait for this controller.
        enableServiceMutatorWebhook: false,
        // A new certificate at each upgrade would cut off the webhooks for a moment.
        keepTLSSecret: true,
        // No ingresses here.
        createIngressClassResource: false,
        ingressClassParams: { create: false },
    };
}
