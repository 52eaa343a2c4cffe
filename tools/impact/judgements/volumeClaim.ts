import { textAt } from "../fields";
import { type Change, objectName } from "../preview";
import { judgeSize } from "./size";
import { type Consequence, judgeBy, LABELS, WAITING } from "./table";

/** Judges the claims of brokers and ZooKeeper members. */
export const judgeVolumeClaim = judgeBy((change) => {
    const subject = subjectOf(objectName(change));
    return {
        subject,
        made: { what: "is made, or taken back", severity: "nothing" },
        gone: leaves(change),
        replaced: { to: "another one", ...leaves(change) },
        fields: {
            ...LABELS,
            ...WAITING,
            "spec.resources.requests.storage": (field) =>
                judgeSize(subject ?? "", field, {
                    larger: { what: "grows in place; no pod restarts", severity: "data-moves" },
                    smaller: {
                        what: "refused: a volume can't shrink, and up fails",
                        severity: "nothing",
                    },
                }),
            "spec.storageClassName": {
                subject: `${subject}: storage class`,
                what: "a claim keeps its class for life: only a new, empty volume can have another",
                severity: "data-may-be-lost",
            },
        },
    };
}, "volume");

/** Claims are called as the StatefulSets look for them. */
function subjectOf(name: string): string | undefined {
    const [, application, ordinal] = /^data-(kafka|zookeeper)-(\d+)$/.exec(name) ?? [];
    return application === undefined
        ? undefined
        : `volume of ${application === "kafka" ? "broker" : "ZooKeeper member"} ${ordinal}`;
}

/** What becomes of a claim that leaves the stack. */
function leaves(change: Change): Consequence {
    const { old, new: now } = change;
    const moves =
        now !== undefined &&
        (textAt(now.inputs, "metadata", "namespace") !==
            textAt(old?.inputs, "metadata", "namespace") ||
            textAt(now.inputs, "metadata", "name") !== objectName(change));
    return old?.retainOnDelete && (now === undefined || moves)
        ? { what: "is kept with its data, outside of the stack", severity: "nothing" }
        : { what: "is deleted with all its data", severity: "data-may-be-lost" };
}
