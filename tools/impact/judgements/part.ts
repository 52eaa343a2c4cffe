import { changedFields, isKnown, showChange } from "../fields";
import type { Judgement } from "../judgement";
import type { Change } from "../preview";
import {
    type Consequence,
    type Fields,
    judgeBy,
    type Table,
    tableFor,
    type TableOf,
} from "./table";

/** The decisions on a part of what is around Kafka. */
export interface Part extends Table {
    readonly gone: Consequence;
    readonly replaced?: Consequence;
}

const MADE: Consequence = { what: "is made; what is there stays", severity: "nothing" };

/** Tags, which nothing in Kafka reads. */
const TAGS: Fields = { tags: undefined, tagsAll: undefined };

/** A judgement that follows from a table. What replaces a part is another one, and the line says why. */
export function judgePart(part: TableOf<Part>): Judgement {
    return judgeBy((change, context) => {
        const table = tableFor(part, change, context);
        return (
            table && {
                made: MADE,
                ...table,
                replaced: { ...reasonOf(change), ...(table.replaced ?? table.gone) },
                fields: { ...TAGS, ...table.fields },
            }
        );
    });
}

/** What a resource is replaced for, where that is known before it is made. */
function reasonOf({ old, new: now, reasons }: Change): {
    readonly from: string;
    readonly to: string;
} {
    const fields = changedFields(old?.inputs, now?.inputs).filter(({ path: [field] }) =>
        reasons.includes(field!),
    );
    if (fields.length === 0 || !fields.every(({ to }) => isKnown(to))) {
        return { from: "in the stack", to: "another one" };
    }
    const shown = fields.map(({ from, to }) => showChange(from, to));
    const all = (side: "from" | "to") => shown.map((each) => each[side]).join(", ");
    return { from: all("from"), to: all("to") };
}
