import { isLarger, show, textAt } from "../fields";
import {
    type FieldRule,
    type Judgement,
    judgeFields,
    LABELS,
    notJudged,
    WAITING,
} from "../judgement";
import { objectName, type Change } from "../preview";

/** Judges the claims of brokers and ZooKeeper members. */
export const judgeVolumeClaim: Judgement = (change) => {
    const name = objectName(change);
    const subject = subjectOf(name);
    if (subject === undefined) {
        return [notJudged(change, `volume ${name}`)];
    }
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
            return [{ subject, from: "in the stack", to: "-", ...leaves(change) }];
        case "replace":
            return [{ subject, from: "in the stack", to: "another one", ...leaves(change) }];
        case "update":
            return judgeFields(change, subject, rules(subject));
    }
};

/** Claims are called as the StatefulSets look for them. */
function subjectOf(name: string): string | undefined {
    const [, application, ordinal] = /^data-(kafka|zookeeper)-(\d+)$/.exec(name) ?? [];
    return application === undefined
        ? undefined
        : `volume of ${application === "kafka" ? "broker" : "ZooKeeper member"} ${ordinal}`;
}

/** What becomes of a claim that leaves the stack. */
function leaves(change: Change) {
    const { old, new: now } = change;
    const moves =
        now !== undefined &&
        (textAt(now.inputs, "metadata", "namespace") !==
            textAt(old?.inputs, "metadata", "namespace") ||
            textAt(now.inputs, "metadata", "name") !== objectName(change));
    return old?.retainOnDelete && (now === undefined || moves)
        ? { what: "is kept with its data, outside of the stack", severity: "nothing" as const }
        : { what: "is deleted with all its data", severity: "data-may-be-lost" as const };
}

function rules(subject: string): readonly FieldRule[] {
    return [
        LABELS,
        ...WAITING,
        {
            path: ["spec", "resources", "requests", "storage"],
            judge: ({ from, to }) => {
                return [
                    {
                        subject,
                        from: show(from),
                        to: show(to),
                        ...(isLarger(to, from)
                            ? { what: "grows in place; no pod restarts", severity: "data-moves" }
                            : {
                                  what: "refused: a volume can't shrink, and up fails",
                                  severity: "nothing",
                              }),
                    },
                ];
            },
        },
        {
            path: ["spec", "storageClassName"],
            judge: ({ from, to }) => [
                {
                    subject: `${subject}: storage class`,
                    from: show(from),
                    to: show(to),
                    what: "a claim keeps its class for life: only a new, empty volume can have another",
                    severity: "data-may-be-lost",
                },
            ],
        },
    ];
}
