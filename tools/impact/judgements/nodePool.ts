import { isObject } from "../../../config/everyFault";
import { ordinals } from "../../../components/kafka/names";
import { BROKER_POOL, CLUSTER_ID_POOL, CONTROLLER_POOL } from "../../../components/strimzi/names";
import type { Restart } from "../finding";
import { type FieldChange, numberAt, show, valueAt } from "../fields";
import type { JudgedChange } from "../judgement";
import { type Change, objectName } from "../preview";
import { addedText } from "./addedBrokers";
import { clusterIdPool } from "./clusterIdPool";
import { OPERATOR_ROLL } from "./operatorRoll";
import { judgeSize } from "./size";
import { type Consequence, type Fields, judgeBy, LABELS, type Table, unknownField } from "./table";

const NODES: Readonly<Record<string, Restart["of"]>> = {
    [BROKER_POOL]: "brokers",
    [CONTROLLER_POOL]: "controllers",
};

/** Judges the node pools of a Strimzi cluster. */
export const judgeNodePool = judgeBy((change, { changes }) => {
    const name = objectName(change);
    const nodes = NODES[name];
    return name === CLUSTER_ID_POOL
        ? clusterIdPool(change)
        : nodes && poolOf(nodes, change, changes);
}, "node pool");

function poolOf(nodes: Restart["of"], change: JudgedChange, changes: readonly Change[]): Table {
    const from = numberAt(change.old?.inputs, "spec", "replicas");
    const to = numberAt(change.new?.inputs, "spec", "replicas");
    const restarted = ({ path }: FieldChange): Consequence => ({
        subject: `${nodes}: ${path.slice(1).join(".")}`,
        what: OPERATOR_ROLL,
        severity: "rolling-restart",
        restarts: [{ of: nodes, count: Math.min(from ?? 0, to ?? 0), by: "operator" }],
    });
    return {
        subject: nodes,
        made: { to: show(to), what: `new ${nodes} start`, severity: "nothing" },
        gone: deletesClaims(change)
            ? {
                  from: show(from),
                  to: "-",
                  what: "all of them stop, and their volumes are deleted",
                  severity: "data-may-be-lost",
              }
            : {
                  from: show(from),
                  what: "all of them stop; their volumes are kept",
                  severity: "cluster-stops",
              },
        fields: {
            ...LABELS,
            "spec.replicas": (field) =>
                typeof field.to === "number"
                    ? judgeReplicas(nodes, from ?? 0, field.to, isOfQuorum(change), changes)
                    : unknownField(nodes, field),
            "spec.roles": {
                subject: `roles of the ${nodes}`,
                what: "the quorum of the controllers changes, which can't be done in place",
                severity: "data-may-be-lost",
            },
            ...volumesOf(nodes),
            "spec.resources": restarted,
            "spec.jvmOptions": restarted,
            // Labels and annotations of Services and claims.
            "spec.template.perPodService": undefined,
            "spec.template.persistentVolumeClaim": undefined,
            "spec.template": restarted,
        },
    };
}

function volumesOf(nodes: Restart["of"]): Fields {
    const subject = `volumes of the ${nodes}`;
    return {
        "spec.storage.volumes.*.size": (field) => ({
            subject,
            ...judgeSize(subject, field, {
                larger: {
                    what: "grow in place; pods restart where the volume's driver asks for it",
                    severity: "data-moves",
                },
                smaller: {
                    what: "ignored by the operator, with a warning: a volume can't shrink",
                    severity: "nothing",
                },
            }),
        }),
        "spec.storage.volumes.*.class": {
            subject: `${subject}: storage class`,
            what: "ignored by the operator, with a warning: a claim keeps its class for life",
            severity: "nothing",
        },
        "spec.storage.volumes.*.deleteClaim": ({ to }) => ({
            subject: `${subject}: deleted with the cluster`,
            ...(to === true
                ? {
                      what: "from now on the volumes go with their nodes",
                      severity: "data-may-be-lost",
                  }
                : { what: "from now on the volumes stay", severity: "nothing" }),
        }),
    };
}

function deletesClaims({ old }: JudgedChange): boolean {
    const volumes = valueAt(old?.inputs, "spec", "storage", "volumes");
    return (Array.isArray(volumes) ? volumes : []).some(
        (volume) => isObject(volume) && volume["deleteClaim"] === true,
    );
}

/** Whether the nodes are controllers, be they brokers, too, or not. */
function isOfQuorum({ old, new: now }: JudgedChange): boolean {
    const roles = [old, now].map((state) => valueAt(state?.inputs, "spec", "roles"));
    return roles.some((each) => Array.isArray(each) && each.includes("controller"));
}

function judgeReplicas(
    nodes: Restart["of"],
    from: number,
    to: number,
    areOfQuorum: boolean,
    changes: readonly Change[],
): Consequence {
    const effect = { subject: `number of ${nodes}`, from: String(from), to: String(to) };
    if (nodes === "controllers" || areOfQuorum) {
        return {
            ...effect,
            what: "a quorum can't be resized in place: controllers that don't agree on who belongs to it can lose the metadata",
            severity: "data-may-be-lost",
        };
    }
    return to > from
        ? {
              ...effect,
              what: addedText(ordinals(to).slice(from), changes),
              severity: "data-moves",
          }
        : {
              ...effect,
              what:
                  `gone: broker ${ordinals(from).slice(to).reverse().join(", ")}, with the partitions there; ` +
                  "while it has any the operator keeps it, unless it was told to skip that check, and up only warns",
              severity: "data-may-be-lost",
          };
}
