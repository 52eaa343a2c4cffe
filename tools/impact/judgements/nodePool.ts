import { ordinals } from "../../../components/kafka/names";
import { BROKER_POOL, CLUSTER_ID_POOL, CONTROLLER_POOL } from "../../../components/strimzi/names";
import { type Effect, OPERATOR_ROLL, type Restart } from "../finding";
import { type FieldChange, isLarger, isObject, numberAt, show, valueAt } from "../fields";
import {
    type Judgement,
    type JudgedChange,
    judgeFields,
    LABELS,
    notJudged,
    removed,
} from "../judgement";
import { objectName } from "../preview";

const NODES: Readonly<Record<string, Restart["of"]>> = {
    [BROKER_POOL]: "brokers",
    [CONTROLLER_POOL]: "controllers",
};

/** Judges the node pools of a Strimzi cluster. */
export const judgeNodePool: Judgement = (change) => {
    const name = objectName(change);
    if (name === CLUSTER_ID_POOL) {
        return judgeClusterIdPool(change);
    }
    const nodes = NODES[name];
    return nodes === undefined
        ? [notJudged(change, `node pool ${name}`)]
        : judgeNodes(change, nodes);
};

/** The pool without nodes, without whose status the volumes are of no use. */
function judgeClusterIdPool(change: JudgedChange): readonly Effect[] {
    const subject = "identity of the cluster (pool cluster-id)";
    switch (change.action) {
        case "create":
            return [
                {
                    subject,
                    from: "-",
                    to: "new",
                    what: "is made, or taken back",
                    severity: "nothing",
                },
            ];
        case "delete":
        case "replace":
            return [
                change.old?.retainOnDelete && change.action === "delete"
                    ? {
                          subject,
                          from: "in the stack",
                          to: "-",
                          what: "is kept, so that the volumes can be used again",
                          severity: "nothing",
                      }
                    : {
                          subject,
                          from: "in the stack",
                          to: "-",
                          what: "is deleted: a Kafka that is made anew refuses volumes of another identity",
                          severity: "data-may-be-lost",
                      },
            ];
        case "update":
            return judgeFields(change, subject, [LABELS]);
    }
}

function judgeNodes(change: JudgedChange, nodes: Restart["of"]): readonly Effect[] {
    const from = numberAt(change.old?.inputs, "spec", "replicas");
    const to = numberAt(change.new?.inputs, "spec", "replicas");
    switch (change.action) {
        case "create":
            return [
                {
                    subject: nodes,
                    from: "-",
                    to: show(to),
                    what: `new ${nodes} start`,
                    severity: "nothing",
                },
            ];
        case "delete":
        case "replace":
            return [
                deletesClaims(change)
                    ? {
                          subject: nodes,
                          from: show(from),
                          to: "-",
                          what: "all of them stop, and their volumes are deleted",
                          severity: "data-may-be-lost",
                      }
                    : {
                          subject: nodes,
                          from: show(from),
                          to: removed(change.action),
                          what: "all of them stop; their volumes are kept",
                          severity: "cluster-stops",
                      },
            ];
        case "update":
            return judgeFields(change, nodes, [
                LABELS,
                {
                    path: ["spec", "replicas"],
                    judge: () => [judgeReplicas(nodes, from ?? 0, to ?? 0)],
                },
                { path: ["spec", "roles"], judge: (field) => [judgeRoles(nodes, field)] },
                {
                    path: ["spec", "storage", "volumes", "*", "size"],
                    judge: (field) => [judgeSize(nodes, field)],
                },
                {
                    path: ["spec", "storage", "volumes", "*", "class"],
                    judge: (field) => [
                        {
                            subject: `volumes of the ${nodes}: storage class`,
                            from: show(field.from),
                            to: show(field.to),
                            what: "ignored by the operator, with a warning: a claim keeps its class for life",
                            severity: "nothing",
                        },
                    ],
                },
                {
                    path: ["spec", "storage", "volumes", "*", "deleteClaim"],
                    judge: (field) => [
                        {
                            subject: `volumes of the ${nodes}: deleted with the cluster`,
                            from: show(field.from),
                            to: show(field.to),
                            ...(field.to === true
                                ? {
                                      what: "from now on the volumes go with their nodes",
                                      severity: "data-may-be-lost",
                                  }
                                : { what: "from now on the volumes stay", severity: "nothing" }),
                        },
                    ],
                },
                ...["resources", "jvmOptions", "template"].map((part) => ({
                    path: ["spec", part],
                    judge: (field: FieldChange) => [
                        {
                            subject: `${nodes}: ${field.path.slice(1).join(".")}`,
                            from: show(field.from),
                            to: show(field.to),
                            what: OPERATOR_ROLL,
                            severity: "rolling-restart" as const,
                            restarts: [
                                {
                                    of: nodes,
                                    count: Math.min(from ?? 0, to ?? 0),
                                    by: "operator" as const,
                                },
                            ],
                        },
                    ],
                })),
            ]);
    }
}

function deletesClaims({ old }: JudgedChange): boolean {
    const volumes = valueAt(old?.inputs, "spec", "storage", "volumes");
    return (Array.isArray(volumes) ? volumes : []).some(
        (volume) => isObject(volume) && volume["deleteClaim"] === true,
    );
}

function judgeReplicas(nodes: Restart["of"], from: number, to: number): Effect {
    const effect = { subject: `number of ${nodes}`, from: String(from), to: String(to) };
    if (nodes === "controllers") {
        return {
            ...effect,
            what: "a quorum can't be resized in place: controllers that don't agree on who belongs to it can lose the metadata",
            severity: "data-may-be-lost",
        };
    }
    return to > from
        ? {
              ...effect,
              what: `added: broker ${ordinals(to).slice(from).join(", ")}; existing partitions stay where they are until they are moved`,
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

function judgeRoles(nodes: Restart["of"], { from, to }: FieldChange): Effect {
    return {
        subject: `roles of the ${nodes}`,
        from: show(from),
        to: show(to),
        what: "the quorum of the controllers changes, which can't be done in place",
        severity: "data-may-be-lost",
    };
}

function judgeSize(nodes: Restart["of"], { from, to }: FieldChange): Effect {
    const effect = { subject: `volumes of the ${nodes}`, from: show(from), to: show(to) };
    return isLarger(to, from)
        ? {
              ...effect,
              what: "grow in place; pods restart where the volume's driver asks for it",
              severity: "data-moves",
          }
        : {
              ...effect,
              what: "ignored by the operator, with a warning: a volume can't shrink",
              severity: "nothing",
          };
}
