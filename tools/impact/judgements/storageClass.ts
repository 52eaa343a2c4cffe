import { GP3 } from "../../../components/eks/storageClass";
import type { Effect } from "../finding";
import { changedFields, type FieldChange, showChange } from "../fields";
import { type Judgement, notJudged } from "../judgement";
import { objectName, resourceName } from "../preview";
import { judgeBy, LABELS } from "./table";

const SUBJECT = "class of the volumes (gp3)";

/** Judges the class that new volumes are made of; Kubernetes replaces it for almost any change. */
export const judgeStorageClass: Judgement = (change, context) =>
    objectName(change) === GP3
        ? judgeGp3(change, context)
        : [notJudged(change, `StorageClass ${resourceName(change.urn)}`)];

const judgeGp3 = judgeBy(({ old, new: now }) => ({
    subject: SUBJECT,
    gone: {
        what: "no volume can be made or grow; those that are there stay attached",
        severity: "cluster-stops",
    },
    // What is made or deleted has only one of them.
    replaced: old && now && changedFields(old.inputs, now.inputs).flatMap(judgeField),
    fields: {
        ...LABELS,
        allowVolumeExpansion: ({ to }) => ({
            subject: `${SUBJECT}: allowVolumeExpansion`,
            what: to === true ? "volumes can grow" : "no volume can grow any more",
            severity: to === true ? "nothing" : "cluster-stops",
        }),
    },
}));

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
            ...showChange(field.from, field.to),
            what: isUnprotected
                ? "weaker protection: new volumes go with their claims; those that are there keep what they have"
                : "for new volumes only; those that are there keep what they have",
            severity: isUnprotected ? "data-may-be-lost" : "nothing",
        },
    ];
}
