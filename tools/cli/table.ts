import Table from "cli-table3";

/** A table for people. */
export interface TableArgs {
    readonly head: readonly string[];
    readonly rows: readonly (readonly (string | number)[])[];
    /**
     * Alignment of each column.
     *
     * @default - All to the left.
     */
    readonly align?: readonly ("left" | "right")[];
    /**
     * Width of each column in characters; longer texts continue on the next line.
     *
     * @default - As wide as the longest text.
     */
    readonly widths?: readonly number[];
}

/** Draws a table for a terminal, without lines between the rows: more of it fits on a screen. */
export function drawTable({ head, rows, align, widths }: TableArgs): string {
    const table = new Table({
        head: [...head],
        style: { head: [], border: [] },
        chars: { mid: "", "left-mid": "", "mid-mid": "", "right-mid": "" },
        ...(align !== undefined && { colAligns: [...align] }),
        ...(widths !== undefined && { colWidths: [...widths], wordWrap: true }),
    });
    table.push(...rows.map((row) => [...row]));
    return table.toString();
}
