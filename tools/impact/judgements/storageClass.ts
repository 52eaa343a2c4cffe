import { GP3 } from "../../../components/eks/storageClass";
import type { Effect } from "../finding";
import { changedFields, type FieldChange, show } from "../fields";
import { type Judgement, judgeFields, LABELS, notJudged } from "../judgement";
import { resourceName, objectName } from "../preview";

const SUBJECT = "class of the volumes (gp3)";

/** Judges the class that new volumes are made of; Kubernetes replaces it for almost any change. */
export const judgeStorageClass: Judgement = (change) => {
    const { action, old, new: now, urn } = change;
    if (objectName(change) !== GP3) {
        return [notJudged(change, `StorageClass ${resourceName(urn)}`)];
    }
    switch (action) {
        case "create":
            return [
                { subject: SUBJECT, from: "-", to: "new", what: "is made", severity: "nothing" },
            ];
        case "delete":
            return [
                {
                    subject: SUBJECT,
                    from: "in the stack",
                    to: "-",
                    what: "no volume can be made or grow; those that are there stay attached",
                    severity: "cluster-stops",
                },
            ];
        case "replace":
            return changedFields(old?.inputs, now?.inputs).flatMap(judgeField);
        case "update":
            return judgeFields(change, SUBJECT, [
                LABELS,
                {
                    path: ["allowVolumeExpansion"],
                    judge: ({ from, to }) => [
                        {
                            subject: `${SUBJECT}: allowVolumeExpansion`,
                            from: show(from),
                            to: show(to),
                            what: to === true ? "volumes can grow" : "no volume can grow any more",
                            severity: to === true ? "nothing" : "cluster-stops",
                        },
                    ],
                },
            ]);
    }
};

/** What another class means: volumes keep what they were made with. */
function judgeField(field: FieldChange): Effect[] {
    const name = field.path.at(-1)!;
    if (field.path[0] === "metadata" || name.startsWith("tagSpecification_")) {
        return [];
    }
    const isUnprotected = name === "reclaimPolicy" && field.to === "Delete";
    return [
        {
            subject: `${SUBJECT}: ${name}`,
            from: show(field.from),
            to: show(field.to),
            what: isUnprotected
                ? "weaker protection: new volumes go with their claims; those that are there keep what they have"
                : "for new volumes only; those that are there keep what they have",
            severity: isUnprotected ? "data-may-be-lost" : "nothing",
        },
    ];
}
