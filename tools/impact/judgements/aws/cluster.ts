import type { Effect } from "../../finding";
import { type FieldChange, showChange, valueAt } from "../../fields";
import { covers, EVERYWHERE, type Network } from "../../networks";
import type { Change } from "../../preview";
import { judgePart } from "../part";
import type { Consequence } from "../table";

/** Judges the control plane. */
export const judgeCluster = judgePart((change) => ({
    subject: SUBJECT,
    together: () => judgePublicAccess(change),
    gone: {
        what: "everything in it goes, Kafka too; of the data only the volumes of a class that retains them stay in EBS",
        severity: "data-may-be-lost",
    },
    fields: {
        version: judgeVersion,
        "vpcConfig.endpointPublicAccess": undefined,
        "vpcConfig.publicAccessCidrs": undefined,
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
}));

const SUBJECT = "EKS cluster";

const API_OPENS = {
    what: "the API server is reached from more networks: whoever has permissions there can stop Kafka",
    severity: "cluster-opens",
} as const;

/** Judges who reaches the API server from the internet. */
function judgePublicAccess({ old, new: now }: Change): readonly Effect[] {
    const [from, to] = [old, now].map((state) => publicAccess(state?.inputs));
    if (showNetworks(from!) === showNetworks(to!)) {
        return [];
    }
    return [
        {
            subject: SUBJECT,
            ...showChange(showNetworks(from!), showNetworks(to!)),
            ...(covers(from!, to!) === true
                ? {
                      what: "fewer networks reach the API server; Kafka's clients don't use it",
                      severity: "nothing",
                  }
                : API_OPENS),
        },
    ];
}

/** Networks that reach the API server from the internet. AWS opens it to all where no block is named. */
function publicAccess(inputs: unknown): readonly Network[] {
    if (valueAt(inputs, "vpcConfig", "endpointPublicAccess") === false) {
        return [];
    }
    const cidrs = valueAt(inputs, "vpcConfig", "publicAccessCidrs");
    return Array.isArray(cidrs) && cidrs.length > 0
        ? cidrs.map((cidr) => ({ cidr: String(cidr) }))
        : EVERYWHERE;
}

function showNetworks(networks: readonly Network[]): string {
    return networks === EVERYWHERE
        ? "all"
        : networks.map(({ cidr }) => cidr).join(", ") || "nobody from the internet";
}

const ACCESS_GIVEN = {
    what: "somebody may do more there, such as stop Kafka",
    severity: "cluster-opens",
} as const;

/** Judges who may use the Kubernetes API. */
export const judgeAccess = judgePart({
    subject: "who may use the Kubernetes API",
    made: ACCESS_GIVEN,
    gone: { what: "people and previews lose it; Kafka does not use it", severity: "nothing" },
    replaced: ACCESS_GIVEN,
    fields: Object.fromEntries(
        ["kubernetesGroups", "accessScope", "policyArn", "userName"].map((field) => [
            field,
            ACCESS_GIVEN,
        ]),
    ),
});

function judgeVersion({ from, to }: FieldChange): Consequence {
    const [before, after] = [minor(from), minor(to)];
    if (after < before) {
        return { what: "refused: EKS does not go back to an older version", severity: "nothing" };
    }
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
