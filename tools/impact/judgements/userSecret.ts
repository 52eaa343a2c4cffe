import { changedFields } from "../fields";
import type { JudgedChange } from "../judgement";
import { type Fields, LABELS, type Table } from "./table";
import { passwordChanged } from "./users";

/** What tells that a password was generated, and nothing of it. It has no other annotations. */
export const GENERATION: Fields = { "metadata.annotations": undefined };

/** The decisions on the Secret with a user's password. A preview hides what is in it. */
export function userSecret({ old, new: now }: JudgedChange, user: string): Table {
    return {
        subject: `password of user ${user}`,
        made: { what: "is kept in a Secret", severity: "nothing" },
        gone: { what: "goes; what becomes of the user stands at the user", severity: "nothing" },
        replaced: [passwordChanged(user)],
        together: () => {
            const visible = changedFields(old?.inputs, now?.inputs);
            // Where nothing is seen, it is what is hidden.
            return visible.length === 0 || visible.some(({ path }) => path[0] === "data")
                ? [passwordChanged(user)]
                : [];
        },
        fields: { ...LABELS, ...GENERATION, data: undefined },
    };
}
