import { judgePart } from "./part";

const UPDATED = {
    what: "the controller restarts; a pod that becomes ready meanwhile waits for its load balancer",
    severity: "dynamic",
} as const;

/** Judges the Helm release of the AWS Load Balancer Controller. */
export const judgeLoadBalancerController = judgePart({
    subject: "load balancer controller",
    gone: {
        what: "where clients come through load balancers, a broker that moves is not reached from outside any more",
        severity: "cluster-stops",
    },
    fields: {
        "values.defaultTags": undefined,
        // A failed update leaves the old controller in place.
        atomic: undefined,
        timeout: undefined,
        version: UPDATED,
        chart: UPDATED,
        values: UPDATED,
    },
});
