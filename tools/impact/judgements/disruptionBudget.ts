import { type Judgement, judgeFields, LABELS, removed } from "../judgement";
import { objectName } from "../preview";

/** Judges the budgets that keep a drain from stopping more than one pod of a kind. */
export const judgeDisruptionBudget: Judgement = (change) => {
    const name = objectName(change);
    const subject = `protection of ${name} from drains`;
    switch (change.action) {
        case "create":
            return [{ subject, from: "-", to: "new", what: "is made", severity: "nothing" }];
        case "delete":
        case "replace":
            return [
                {
                    subject,
                    from: "in the stack",
                    to: removed(change.action),
                    what: "while it is missing, a drain of several nodes can stop several pods",
                    severity: "nothing",
                },
            ];
        case "update":
            return judgeFields(change, subject, [LABELS]);
    }
};
