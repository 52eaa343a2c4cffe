import assert from "node:assert/strict";
import { readYaml } from "../../../../tools/cli/yamlText";

/** What is said of a text. */
function faultIn(text: string): string {
    try {
        readYaml(text, ({ got, next }) => new Error(`got ${got}. Next: ${next}`));
    } catch (error) {
        return (error as Error).message;
    }
    return assert.fail("read");
}

const LINE = "Next: correct that line";
const WRITE = "Next: write out what it stands for";

/** Each list doubles the one before. */
const LAUGHS = ["a: &x0 [1, 1]"]
    .concat(Array.from({ length: 20 }, (_, n) => `b${n}: &x${n + 1} [*x${n}, *x${n}]`))
    .join("\n");

describe("readYaml", () => {
    it("reads one document, with all digits of its numbers", () => {
        const read = (text: string) => readYaml(text, () => new Error());
        assert.deepEqual(read("---\na: &x [1, 1.5, true, null]\nb: *x\n...\n"), {
            a: [1n, 1.5, true, null],
            b: [1n, 1.5, true, null],
        });
        assert.equal(read(""), null);
    });

    for (const [what, text, message] of [
        ["two documents", "a: 1\n---\nb: 2", `a second document (line 2, column 1). ${LINE}`],
        ["a key twice", "a: 1\na: 2", `a key that stands there twice (line 2, column 1). ${LINE}`],
        ["a tab", "a:\n\tb: 1", `a tab, where YAML takes blanks only (line 2, column 1). ${LINE}`],
        [
            "an open quote",
            'a: "b',
            `a quote, a bracket or a colon that is missing (line 1, column 6). ${LINE}`,
        ],
        [
            "a second colon",
            "a: b: c",
            `a second colon, whose text has to be in quotes (line 1, column 4). ${LINE}`,
        ],
        ["an at sign", "a: @b", `a text that has to be in quotes (line 1, column 4). ${LINE}`],
        [
            "a bad indentation",
            "a:\n    b: 1\n  c: 2",
            `an indentation that fits no line above, or a bracket that is not closed (line 3, column 1). ${LINE}`,
        ],
        ["a tag", "a: !b c", `a tag (!…), which has no meaning here (line 1, column 4). ${LINE}`],
        [
            "an escape",
            'a: "\\q"',
            `a backslash that stands for nothing (line 1, column 5). ${LINE}`,
        ],
        ["too much", "{a: 1}}", `something else (line 1, column 7). ${LINE}`],
        [
            "an alias of nothing",
            "a: *b",
            `an alias (*…) without its anchor, or too many of them. ${WRITE}`,
        ],
        [
            "a bomb of aliases",
            LAUGHS,
            `an alias (*…) without its anchor, or too many of them. ${WRITE}`,
        ],
        [
            "what holds itself",
            "a: &b [*b]",
            `values that are nested more than 100 deep, or an alias inside of what it stands for. ${WRITE}`,
        ],
        [
            "what is too deep",
            `${"[".repeat(102)}${"]".repeat(102)}`,
            `values that are nested more than 100 deep, or an alias inside of what it stands for. ${WRITE}`,
        ],
    ] as const) {
        it(`refuses ${what}, in its own words`, () =>
            assert.equal(faultIn(text), `got ${message}`));
    }

    const PLAIN = "Next: write a number in plain digits, and a text in quotes";
    for (const [what, got, texts] of [
        [
            "a zero before a number",
            "a number that begins with a zero, which Pulumi takes for one in base 8",
            ["010", "-08", "+00", "0_7"],
        ],
        [
            "a number in Pulumi's own form",
            "a number with underscores or in base 2, which only Pulumi takes for one",
            ["1_000", "-1_0.5", "0b11", "0x1_0", "1_0e3"],
        ],
        [
            "a date",
            "a date without quotes, to which Pulumi adds a time",
            ["2026-01-31", "2026-1-1T00:00:00Z", "2026-01-31 12:30:00"],
        ],
    ] as const) {
        for (const text of texts) {
            it(`refuses ${what}: ${text}`, () =>
                assert.equal(
                    faultIn(`a:\n  b: [1, ${text}]`),
                    `got ${got} (line 2, column 10). ${PLAIN}`,
                ));
        }
    }

    it("reads what only looks like such a number or a date", () => {
        const texts = ["1_a", "0.5", "0", "10.0.0.0/8", "2026-01", "v1:0b1", "0b2", "010a"];
        const read = (text: string) => readYaml(text, () => new Error());
        assert.deepEqual(read(`["010", '1_000', "2026-01-31"]`), ["010", "1_000", "2026-01-31"]);
        assert.deepEqual(
            texts.map((text) => String(read(text))),
            texts,
        );
    });
});
