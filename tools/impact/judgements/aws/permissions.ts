import { resourceName } from "../../preview";
import type { Severity } from "../../severity";
import { judgePart } from "../part";

/** Who has permissions, and what stops without them. */
interface Holder {
    /** Part of the resources' names. */
    readonly name: RegExp;
    readonly subject: string;
    readonly lost: string;
    readonly severity: Severity;
}

const HOLDERS: readonly Holder[] = [
    {
        name: /-ebs-csi-/,
        subject: "permissions of the driver of the volumes",
        lost: "no volume can be attached, made or grown: a broker that moves does not start",
        severity: "cluster-stops",
    },
    {
        name: /-load-balancer-controller-/,
        subject: "permissions of the load balancer controller",
        lost: "nobody puts pods behind the load balancers: a broker that moves is not reached from outside",
        severity: "cluster-stops",
    },
    {
        name: /-nodes-/,
        subject: "permissions of the nodes",
        lost: "nodes can't join the cluster, give pods addresses or fetch images",
        severity: "cluster-stops",
    },
    {
        name: /-eksRole-/,
        subject: "permissions of the control plane",
        lost: "the control plane can't manage its network",
        severity: "cluster-stops",
    },
    {
        name: /-flow-log-/,
        subject: "permissions of the flow logs",
        lost: "no more logs of the network; Kafka does not notice it",
        severity: "nothing",
    },
];

/** Judges roles, their policies, and which pods have them. */
export const judgeRights = judgePart(({ urn }) => {
    const holder = HOLDERS.find(({ name }) => name.test(resourceName(urn)));
    if (holder === undefined) {
        return undefined;
    }
    const changed = {
        what: "whether what is missing now was in use, this tool does not know",
        severity: "not judged" as const,
    };
    return {
        subject: holder.subject,
        gone: { what: holder.lost, severity: holder.severity },
        fields: { policy: changed, description: undefined, roleArn: changed },
    };
});
