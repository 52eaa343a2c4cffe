import { objectName } from "../preview";
import { judgeBy, LABELS } from "./table";

/** Judges the budgets that keep a drain from stopping more than one pod of a kind. */
export const judgeDisruptionBudget = judgeBy((change) => ({
    subject: `protection of ${objectName(change)} from drains`,
    gone: {
        what: "while it is missing, a drain of several nodes can stop several pods",
        severity: "nothing",
    },
    fields: LABELS,
}));
