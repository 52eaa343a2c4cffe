import { Listener, LoadBalancerListener } from "../kafka/listeners";

/** How load balancers are made. */
export interface LoadBalancerSettings {
    /** One for each broker and one for the bootstrap address, or a single one with a port for each of them. */
    readonly layout: "perBroker" | "shared";
    /** Whether they have addresses of the VPC or of the internet. */
    readonly scheme: "internal" | "internet-facing";
    /** Whether a load balancer's address in one zone leads to targets in another; AWS bills that traffic. */
    readonly crossZone: boolean;
}

/** Beginning of the annotations that the AWS Load Balancer Controller reads. */
export const NLB_ANNOTATION = "service.beta.kubernetes.io/aws-load-balancer-";
const SCHEME = `${NLB_ANNOTATION}scheme`;

/** Class of the Services that the AWS Load Balancer Controller looks after. */
export const NLB_CLASS = "service.k8s.aws/nlb";

/**
 * A listener as it is on EKS: load balancers are made by the AWS Load Balancer Controller, with the pods as their targets.
 * The listener's own annotations win.
 *
 * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/
 */
export function awsListener(
    listener: Listener,
    { loadBalancers }: { readonly loadBalancers: LoadBalancerSettings },
): Listener {
    if (listener.type !== "loadBalancer") {
        return listener;
    }
    if (loadBalancers.layout === "shared") {
        // The stack makes it, and it belongs to no Service.
        return listener;
    }
    return {
        ...listener,
        class: NLB_CLASS,
        annotations: { ...annotationsOf(loadBalancers), ...listener.annotations },
    };
}

/** Where a listener's load balancers have their addresses, as {@link awsListener} made it. */
export function schemeOf(
    { annotations }: Pick<LoadBalancerListener, "annotations">,
    { loadBalancers }: { readonly loadBalancers: Pick<LoadBalancerSettings, "scheme"> },
): string {
    return annotations?.[SCHEME] ?? loadBalancers.scheme;
}

function annotationsOf({ scheme, crossZone }: LoadBalancerSettings): Record<string, string> {
    return {
        [SCHEME]: scheme,
        // Straight to the pod: no second hop, and the pod's readiness gate knows its own target.
        [`${NLB_ANNOTATION}nlb-target-type`]: "ip",
        [`${NLB_ANNOTATION}attributes`]: `load_balancing.cross_zone.enabled=${crossZone}`,
        // The fewest and fastest checks that AWS allows: a restarted broker is waited for in a roll.
        [`${NLB_ANNOTATION}healthcheck-interval`]: "5",
        // Ten seconds without it, which AWS refuses beside that interval.
        [`${NLB_ANNOTATION}healthcheck-timeout`]: "4",
        [`${NLB_ANNOTATION}healthcheck-healthy-threshold`]: "2",
        [`${NLB_ANNOTATION}healthcheck-unhealthy-threshold`]: "2",
    };
}
