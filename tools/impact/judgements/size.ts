import { compareQuantities, type FieldChange } from "../fields";
import { type Consequence, unknownField } from "./table";

/** What a volume of another size means. */
export interface SizesArgs {
    readonly larger: Consequence;
    readonly smaller: Consequence;
}

/** Judges the size of volumes. */
export function judgeSize(
    subject: string,
    field: FieldChange,
    { larger, smaller }: SizesArgs,
): Consequence {
    const difference = compareQuantities(field.to, field.from);
    if (difference === 0) {
        return { what: "is the same size in another unit", severity: "nothing" };
    }
    return difference > 0 ? larger : difference < 0 ? smaller : unknownField(subject, field);
}
