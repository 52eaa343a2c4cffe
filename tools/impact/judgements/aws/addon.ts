import { textAt } from "../../fields";
import { resourceName } from "../../preview";
import { judgePart } from "../part";

/** What an add-on is for. */
interface Purpose {
    readonly subject: string;
    /** What is not there for a moment when it is updated. */
    readonly moment: string;
    /** What is not there any more when it is gone. */
    readonly lost: string;
}

const PURPOSES: Readonly<Record<string, Purpose>> = {
    "vpc-cni": {
        subject: "network of the pods (vpc-cni)",
        moment: "a pod that starts waits for its address; those that run keep theirs",
        lost: "a pod that starts gets no address",
    },
    coredns: {
        subject: "names in the cluster (coredns)",
        moment: "its pods restart one by one; a name may be found later",
        lost: "names are not found: brokers and clients can't connect anew",
    },
    "kube-proxy": {
        subject: "addresses of Services (kube-proxy)",
        moment: "a pod that comes or goes is noticed later",
        lost: "Services lead to pods that are gone",
    },
    "eks-pod-identity-agent": {
        subject: "permissions of pods (eks-pod-identity-agent)",
        moment: "the drivers of volumes and load balancers may wait for their permissions",
        lost: "the drivers of volumes and load balancers lose their permissions",
    },
    "aws-ebs-csi-driver": {
        subject: "driver of the volumes (aws-ebs-csi-driver)",
        moment: "attaching a volume waits; those that are attached stay",
        lost: "no volume can be attached, made or grown: a broker that moves does not start",
    },
};

/** Judges the managed add-ons of EKS. */
export const judgeAddon = judgePart(({ old, new: now, urn }) => {
    const name = textAt((old ?? now)?.inputs, "addonName") ?? resourceName(urn);
    const purpose = PURPOSES[name];
    if (purpose === undefined) {
        return undefined;
    }
    const updated = { what: purpose.moment, severity: "dynamic" as const };
    return {
        subject: purpose.subject,
        gone: { what: purpose.lost, severity: "cluster-stops" },
        fields: {
            addonVersion: updated,
            configurationValues: updated,
            podIdentityAssociations: updated,
            resolveConflictsOnCreate: undefined,
            resolveConflictsOnUpdate: undefined,
        },
    };
});
