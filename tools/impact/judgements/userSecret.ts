import { changedFields } from "../fields";
import type { Effect } from "../finding";
import { type FieldRule, type JudgedChange, judgeFields, LABELS } from "../judgement";
import { passwordChanged } from "./users";

/** What tells that a password was generated, and nothing of it. It has no other annotations. */
export const GENERATION: FieldRule = {
    path: ["metadata", "annotations"],
    judge: () => [],
};

/** Judges the Secret with a user's password. A preview hides what is in it. */
export function judgeUserSecret(change: JudgedChange, user: string): readonly Effect[] {
    const subject = `password of user ${user}`;
    switch (change.action) {
        case "create":
            return [
                { subject, from: "-", to: "new", what: "is kept in a Secret", severity: "nothing" },
            ];
        case "delete":
            return [
                {
                    subject,
                    from: "in the stack",
                    to: "-",
                    what: "goes; what becomes of the user stands at the user",
                    severity: "nothing",
                },
            ];
        case "replace":
            return [passwordChanged(user)];
        case "update": {
            const others = judgeFields(change, subject, [
                LABELS,
                GENERATION,
                { path: ["data"], judge: () => [] },
            ]);
            const visible = changedFields(change.old?.inputs, change.new?.inputs);
            // Where nothing is seen, it is what is hidden.
            const isPassword =
                visible.length === 0 || visible.some(({ path }) => path[0] === "data");
            return [...(isPassword ? [passwordChanged(user)] : []), ...others];
        }
    }
}
