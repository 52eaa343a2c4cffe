import { type Change, objectName } from "../preview";
import { type Consequence, judgeBy, LABELS } from "./table";

const MISSING: Consequence = {
    what: "while it is missing, a drain of several nodes can stop several pods",
    severity: "nothing",
};

/** A StatefulSet that goes, and is called as its budget. */
function isOfItsPods(other: Change, name: string): boolean {
    const { type, action } = other;
    return (
        type === "kubernetes:apps/v1:StatefulSet" &&
        action === "delete" &&
        objectName(other) === name
    );
}

/** Judges the budgets that keep a drain from stopping more than one pod of a kind. */
export const judgeDisruptionBudget = judgeBy((change, { changes }) => ({
    subject: `protection of ${objectName(change)} from drains`,
    gone: changes.some((other) => isOfItsPods(other, objectName(change)))
        ? MISSING
        : {
              what: "from then on a drain of several nodes can stop all of them at once",
              severity: "cluster-stops",
          },
    replaced: MISSING,
    fields: LABELS,
}));
