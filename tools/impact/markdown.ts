const CUT = "\n… cut here: too long for a comment";

/** A text of which nothing is taken for Markdown. */
export function escapeMarkdown(text: string): string {
    return text.replace(/[\\|<>`*_]/g, "\\$&");
}

/** The lines of a block that shows a text as it is. */
export function fenced(text: string, language = ""): string[] {
    // A fence ends at one that is as long, and the text may hold one.
    const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
    const fence = "`".repeat(longest + 1);
    return [`${fence}${language}`, text.trimEnd(), fence];
}

/** A text, cut where it is longer than that. */
export function shorten(text: string, length: number): string {
    return text.length <= length ? text : text.slice(0, Math.max(0, length - CUT.length)) + CUT;
}
