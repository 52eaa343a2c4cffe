import { show, textAt } from "../fields";
import { type Judgement, judgeFields, LABELS } from "../judgement";

/** Judges the namespace, in which everything else is. */
export const judgeNamespace: Judgement = (change) => {
    const { action, old, new: now } = change;
    const from = textAt(old?.inputs, "metadata", "name");
    const to = textAt(now?.inputs, "metadata", "name");
    const names = { subject: "namespace", from: show(from), to: show(to) };
    const isKept = old?.retainOnDelete === true;
    switch (action) {
        case "create":
            return [{ ...names, what: "is made, or taken back", severity: "nothing" }];
        case "delete":
            return [
                isKept
                    ? {
                          ...names,
                          what: "is kept, with the volumes in it",
                          severity: "nothing",
                      }
                    : {
                          ...names,
                          what: "is deleted with everything in it, the volumes too",
                          severity: "data-may-be-lost",
                      },
            ];
        case "replace":
            return [
                isKept
                    ? {
                          ...names,
                          what: "another, empty Kafka is made; the old one stops, its namespace and volumes are kept",
                          severity: "cluster-stops",
                      }
                    : {
                          ...names,
                          what: "another, empty Kafka is made; the old one is deleted with its volumes",
                          severity: "data-may-be-lost",
                      },
            ];
        case "update":
            return judgeFields(change, "namespace", [
                {
                    path: ["metadata", "labels", "pod-security.kubernetes.io/enforce"],
                    judge: (field) => [
                        {
                            subject: "namespace: pods that it admits",
                            from: show(field.from),
                            to: show(field.to),
                            what: "this tool does not know whether Kafka's pods still pass when they are made anew",
                            severity: "not judged",
                        },
                    ],
                },
                LABELS,
            ]);
    }
};
