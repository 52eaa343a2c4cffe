/** What is shown in a document and on a terminal. */
export interface Table {
    readonly head: readonly string[];
    readonly rows: readonly (readonly string[])[];
}

/** A table in Markdown, aligned as Prettier aligns it. */
export function markdownTable({ head, rows }: Table): string {
    const cells = [head, ...rows].map((row) => row.map(escaped));
    const widths = head.map((_, column) =>
        Math.max(3, ...cells.map((row) => widthOf(row[column] ?? ""))),
    );
    const line = (row: readonly string[]) =>
        `| ${widths.map((width, column) => padded(row[column] ?? "", width)).join(" | ")} |`;
    const rule = `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`;
    const [first, ...others] = cells.map(line);
    return [first, rule, ...others].join("\n");
}

function escaped(cell: string): string {
    return cell.replace(/[|_*]/g, "\\$&");
}

function widthOf(text: string): number {
    return [...text].length;
}

function padded(text: string, width: number): string {
    return text + " ".repeat(width - widthOf(text));
}
