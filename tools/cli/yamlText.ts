import { type Document, type ErrorCode, LineCounter, parseDocument, visit } from "yaml";

/** What is wrong where, as it follows "got"; what is not listed is no YAML in another way. */
const FAULTS: Partial<Record<ErrorCode, string>> = {
    BAD_DQ_ESCAPE: "a backslash that stands for nothing",
    BAD_INDENT: "an indentation that fits no line above, or a bracket that is not closed",
    BAD_SCALAR_START: "a text that has to be in quotes",
    BLOCK_AS_IMPLICIT_KEY: "a second colon, whose text has to be in quotes",
    DUPLICATE_KEY: "a key that stands there twice",
    MISSING_CHAR: "a quote, a bracket or a colon that is missing",
    MULTILINE_IMPLICIT_KEY: "a line without a colon",
    MULTIPLE_DOCS: "a second document",
    TAB_AS_INDENT: "a tab, where YAML takes blanks only",
    TAG_RESOLVE_FAILED: "a tag (!…), which has no meaning here",
};

/** Deeper than this nothing is meant, and what walks through it would fail. */
const DEEPEST = 100;

/** Texts without quotes that Pulumi reads otherwise than YAML 1.2, and so than everybody else. */
const AMBIGUOUS: readonly (readonly [got: string, isOne: (plain: string) => boolean])[] = [
    [
        "a number that begins with a zero, which Pulumi takes for one in base 8",
        (plain) => /^[-+]?0[\d_]+$/.test(plain),
    ],
    [
        "a number with underscores or in base 2, which only Pulumi takes for one",
        (plain) =>
            /^[-+]?(\d\w*_|0b)[\w.]*$/i.test(plain) &&
            Number.isFinite(Number(plain.replace(/^[-+]|_/g, ""))),
    ],
    [
        "a date without quotes, to which Pulumi adds a time",
        (plain) => /^\d{4}-\d{1,2}-\d{1,2}([Tt ]\d{1,2}:\d{1,2}:\d{1,2}.*)?$/.test(plain),
    ],
];

/** What is wrong with a text that should be one document of YAML: what was found, and what to do. */
export interface YamlFault {
    readonly got: string;
    readonly next: string;
}

/**
 * The value of a text in YAML. Whole numbers are `bigint`, so that all of their digits stay. What `<<` names is merged into the
 * object beside it, as Pulumi does.
 *
 * @param failed Makes the error that is thrown where it can't be read.
 */
export function readYaml(text: string, failed: (fault: YamlFault) => Error): unknown {
    const lineCounter = new LineCounter();
    const document = parseDocument(text, {
        intAsBigInt: true,
        merge: true,
        logLevel: "error",
        lineCounter,
    });
    const [first] = [...document.errors, ...document.warnings];
    if (first !== undefined) {
        const { line, col } = first.linePos?.[0] ?? { line: 1, col: 1 };
        const got = `${FAULTS[first.code] ?? "something else"} (line ${line}, column ${col})`;
        throw failed({ got, next: "correct that line" });
    }
    const ambiguous = findAmbiguous(document);
    if (ambiguous !== undefined) {
        const { line, col } = lineCounter.linePos(ambiguous.at);
        const next = "write a number in plain digits, and a text in quotes";
        throw failed({ got: `${ambiguous.got} (line ${line}, column ${col})`, next });
    }
    let value: unknown;
    try {
        value = document.toJS();
    } catch {
        throw failed({
            got: "an alias (*…) without its anchor, or too many of them",
            next: "write out what it stands for",
        });
    }
    if (depthOf(value) > DEEPEST) {
        throw failed({
            got: `values that are nested more than ${DEEPEST} deep, or an alias inside of what it stands for`,
            next: "write out what it stands for",
        });
    }
    return value;
}

/** The first text that is read in more than one way, and where it is. */
function findAmbiguous(document: Document): { got: string; at: number } | undefined {
    let found: { got: string; at: number } | undefined;
    visit(document, {
        Scalar: (_, { type, source, range }) => {
            const [got] =
                type === "PLAIN" ? (AMBIGUOUS.find(([, isOne]) => isOne(source!)) ?? []) : [];
            if (got === undefined) {
                return undefined;
            }
            found = { got, at: range![0] };
            return visit.BREAK;
        },
    });
    return found;
}

/** How deep a value is nested; what holds itself is deeper than {@link DEEPEST}. */
function depthOf(value: unknown, above = 0): number {
    if (typeof value !== "object" || value === null || above > DEEPEST) {
        return above;
    }
    return Math.max(above, ...Object.values(value).map((each) => depthOf(each, above + 1)));
}
