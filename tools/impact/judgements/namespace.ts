import { show, textAt } from "../fields";
import { judgeBy, LABELS } from "./table";

/** Judges the namespace, in which everything else is. */
export const judgeNamespace = judgeBy(({ old, new: now }) => {
    const names = {
        from: show(textAt(old?.inputs, "metadata", "name")),
        to: show(textAt(now?.inputs, "metadata", "name")),
    };
    const isKept = old?.retainOnDelete === true;
    return {
        subject: "namespace",
        made: { ...names, what: "is made, or taken back", severity: "nothing" },
        gone: isKept
            ? { ...names, what: "is kept, with the volumes in it", severity: "nothing" }
            : {
                  ...names,
                  what: "is deleted with everything in it, the volumes too",
                  severity: "data-may-be-lost",
              },
        replaced: isKept
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
        fields: {
            "metadata.labels.pod-security.kubernetes.io/enforce": {
                subject: "namespace: pods that it admits",
                what: "this tool does not know whether Kafka's pods still pass when they are made anew",
                severity: "not judged",
            },
            ...LABELS,
        },
    };
});
