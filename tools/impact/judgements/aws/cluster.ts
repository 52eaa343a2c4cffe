import type { FieldChange } from "../../fields";
import { judgePart } from "../part";
import type { Consequence } from "../table";

/** Judges the control plane. */
export const judgeCluster = judgePart({
    subject: "EKS cluster",
    gone: {
        what: "everything in it goes, Kafka too; of the data only the volumes of a class that retains them stay in EBS",
        severity: "data-may-be-lost",
    },
    fields: {
        version: judgeVersion,
        "vpcConfig.endpointPublicAccess": {
            what: "says from where Pulumi and kubectl reach the API server; Kafka's clients don't use it",
            severity: "nothing",
        },
        "vpcConfig.publicAccessCidrs": {
            what: "says who reaches the API server from the internet; Kafka's clients don't use it",
            severity: "nothing",
        },
        "vpcConfig.subnetIds": {
            from: "some subnets",
            to: "others",
            what: "the control plane reaches the VPC through other subnets; EKS refuses those of another VPC",
            severity: "dynamic",
        },
        deletionProtection: ({ to }) => ({
            what:
                to === true
                    ? "AWS refuses to delete the cluster"
                    : "nothing goes now; AWS does not refuse any more to delete the cluster",
            severity: "nothing",
        }),
        enabledClusterLogTypes: { what: "only logs are kept or not", severity: "nothing" },
        upgradePolicy: { what: "says when EKS raises the version by itself", severity: "nothing" },
    },
});

/** Judges who may use the Kubernetes API. */
export const judgeAccess = judgePart({
    subject: "who may use the Kubernetes API",
    gone: { what: "people and previews lose it; Kafka does not use it", severity: "nothing" },
    fields: Object.fromEntries(
        ["kubernetesGroups", "accessScope", "policyArn", "userName"].map((field) => [
            field,
            { what: "is changed; Kafka does not notice it", severity: "nothing" as const },
        ]),
    ),
});

function judgeVersion({ from, to }: FieldChange): Consequence {
    const [before, after] = [minor(from), minor(to)];
    return after - before > 1
        ? { what: "refused: EKS goes up one minor version at a time", severity: "nothing" }
        : {
              what: "the control plane is updated while Kafka runs; there is no way back, and the nodes come after it",
              severity: "dynamic",
          };
}

function minor(version: unknown): number {
    return Number(String(version).split(".")[1]);
}
