const LONGEST = 300;

/** A message of others as a part of a sentence: on one line, without its full stop, of 300 characters at most. */
export function brief(message: string): string {
    const line = message.replace(/\s+/g, " ").trim().replace(/\.$/, "");
    return line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line;
}
