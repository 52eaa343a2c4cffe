import { brief } from "../brief";

/** Lines of a stack trace. */
const FRAME = /^(at |\.\.\. \d+ more)/;

/** From the best line to the worst: Java's exceptions, whose causes come last; what calls itself an error; anything. */
const TELLING = [
    /^(Caused by: )?[\w.$]+(Exception|Error)\b/,
    /\b(ERROR|FATAL)\b|(Exception|Error)\b/,
    /./,
];

/** The line of a log's end that says best why the container ended; `undefined` where there is none. */
export function lastWords(log = ""): string | undefined {
    const lines = log
        .split("\n")
        .map((line) => line.trim())
        .filter((line) => line !== "" && !FRAME.test(line));
    const line = TELLING.map((pattern) => lines.findLast((each) => pattern.test(each))).find(
        (found) => found !== undefined,
    );
    return line && brief(line);
}

/** What ends a server that does not reach another one, which may come back by itself. */
const UNREACHABLE = [
    /\btimed out\b/i,
    /TimeoutException\b/,
    /UnknownHostException\b/,
    /\bconnection refused\b/i,
    /\bno route to host\b/i,
    /\bnetwork is unreachable\b/i,
    /\btemporary failure in name resolution\b/i,
    /\bname or service not known\b/i,
];

/** Whether a line says that another server was not reached. */
export function isUnreachable(line: string): boolean {
    return UNREACHABLE.some((pattern) => pattern.test(line));
}
