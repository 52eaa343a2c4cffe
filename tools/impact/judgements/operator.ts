import type { Effect } from "../finding";
import { show, textAt } from "../fields";
import { type Judgement, judgeFields, removed } from "../judgement";

const OPERATOR = "Strimzi operator";

/** Judges the Helm release of the Strimzi operator. */
export const judgeOperator: Judgement = (change, context) => {
    switch (change.action) {
        case "create":
            return [
                {
                    subject: OPERATOR,
                    from: "-",
                    to: "new",
                    what: "is installed",
                    severity: "nothing",
                },
            ];
        case "delete":
        case "replace":
            return [
                {
                    subject: OPERATOR,
                    from: "in the stack",
                    to: removed(change.action),
                    what: "Kafka runs on, but nobody repairs or changes it: a node that stops may stay away",
                    severity: "cluster-stops",
                },
            ];
        case "update":
            return judgeFields(change, OPERATOR, [
                ...["version", "chart"].map((part) => ({
                    path: [part],
                    judge: ({ from, to }: { from: unknown; to: unknown }): Effect[] => [
                        {
                            subject: `${OPERATOR}: ${part}`,
                            from: show(from),
                            to: show(to),
                            what: "the new operator may restart all nodes, one by one, for its own images",
                            severity: "rolling-restart",
                            restarts: [
                                { of: "brokers", count: context.brokers, by: "operator" },
                                { of: "controllers", count: context.controllers, by: "operator" },
                            ],
                        },
                    ],
                })),
                {
                    path: ["values", "resources"],
                    judge: ({ path, from, to }) => [
                        {
                            subject: `${OPERATOR}: ${path.slice(1).join(".")}`,
                            from: show(from),
                            to: show(to),
                            what: "the operator restarts; Kafka does not",
                            severity: "dynamic",
                        },
                    ],
                },
                {
                    path: ["values", "watchNamespaces"],
                    judge: ({ from, to }) => [
                        {
                            subject: `${OPERATOR}: namespaces that it watches`,
                            from: show(from),
                            to: show(to),
                            what: "a Kafka in a namespace that is not watched any more runs on, and nobody repairs or changes it",
                            severity: lists(from).every((each) => lists(to).includes(each))
                                ? "dynamic"
                                : "cluster-stops",
                        },
                    ],
                },
            ]);
    }
};

function lists(value: unknown): readonly unknown[] {
    return Array.isArray(value) ? value : [];
}

/** Judges Strimzi's CRDs: with one, every object of its kind goes, in the whole Kubernetes cluster. */
export const judgeCrd: Judgement = ({ action, old, new: now }) => {
    const kind = textAt((old ?? now)?.inputs, "spec", "names", "kind") ?? "";
    const subject = `CRD of ${kind}`;
    const isKept = old?.retainOnDelete === true && action === "delete";
    switch (action) {
        case "create":
            return [
                {
                    subject,
                    from: "-",
                    to: "new",
                    what: "is made, or taken over",
                    severity: "nothing",
                },
            ];
        case "delete":
        case "replace":
            return [
                isKept
                    ? {
                          subject,
                          from: "in the stack",
                          to: "-",
                          what: "is kept",
                          severity: "nothing",
                      }
                    : {
                          subject,
                          from: "in the stack",
                          to: removed(action),
                          what: `every ${kind} of the Kubernetes cluster is deleted with it`,
                          severity: "data-may-be-lost",
                      },
            ];
        case "update":
            return [
                {
                    subject,
                    from: "before",
                    to: "now",
                    what: "resources may have other fields; Kafka is not touched",
                    severity: "dynamic",
                },
            ];
    }
};
