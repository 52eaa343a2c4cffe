import assert from "node:assert/strict";
import fc from "fast-check";
import { renderProperties } from "../../../../components/kubernetes/files";

/** What Java's `Properties.load` reads: the format's own description, and nothing of our renderer. */
function readProperties(text: string): Record<string, string> {
    const unescape = (escaped: string) =>
        escaped.replace(/\\(u[0-9a-fA-F]{4}|[^])/g, (_, code: string) => {
            if (code.length === 5) {
                return String.fromCharCode(parseInt(code.slice(1), 16));
            }
            return { t: "\t", n: "\n", r: "\r", f: "\f" }[code] ?? code;
        });
    const logicalLines = text
        // Any of the three ends a line.
        .split(/\r\n|\n|\r/)
        .reduce<{ lines: string[]; open: boolean }>(
            ({ lines, open }, line) => {
                const start = line.replace(/^[ \t\f]+/, "");
                const isComment = !open && (start === "" || /^[#!]/.test(start));
                const continues = !isComment && /(?<!\\)(\\\\)*\\$/.test(start);
                const part = continues ? start.slice(0, -1) : start;
                if (open) {
                    lines.push(`${lines.pop()}${part}`);
                } else if (!isComment) {
                    lines.push(part);
                }
                return { lines, open: continues };
            },
            { lines: [], open: false },
        ).lines;
    return Object.fromEntries(
        logicalLines.map((line) => {
            const [, key, value] =
                /^((?:\\[^]|[^\\ \t\f=:])*)(?:[ \t\f]*[=:][ \t\f]*|[ \t\f]+|$)([^]*)$/.exec(line)!;
            return [unescape(key!), unescape(value!)];
        }),
    );
}

describe("properties files", () => {
    const key = fc.stringMatching(/^[a-zA-Z0-9][a-zA-Z0-9._-]{0,20}$/);
    /** Halves of characters, which are none by themselves: how many there are from U+D800 on. */
    const SURROGATES = 0x800;

    it("are read by Java as they were meant", () => {
        // All code points, like the unit `binary`, which makes a table of a million of them first: a second.
        const character = fc
            .integer({ min: 0, max: 0x10ffff - SURROGATES })
            .map((n) => String.fromCodePoint(n < 0xd800 ? n : n + SURROGATES));
        const value = fc.string({ unit: character });
        fc.assert(
            fc.property(fc.dictionary(key, value, { noNullPrototype: true }), (properties) => {
                assert.deepEqual(readProperties(renderProperties(properties)), properties);
            }),
        );
    });

    it("keep backslashes, line ends and what means something elsewhere in the format", () => {
        const properties = {
            "a.backslash": "C:\\temp\\new\\",
            "b.lines": "one\ntwo\n",
            "c.separators": "a=b:c #d !e",
            "d.empty": "",
            "e.trailing": "x  ",
            "f.hash": "#x",
            "g.equals": "=x",
        };
        const text = renderProperties(properties);
        assert.deepEqual(readProperties(text), properties);
        assert.equal(text.split("\n").length, Object.keys(properties).length + 1);
    });

    it("are sorted, one property a line", () => {
        assert.equal(
            renderProperties({ b: "2", a: "1", "a.b": "x\\y\nz" }),
            "a=1\na.b=x\\\\y\\u000az\nb=2\n",
        );
        assert.equal(renderProperties({}), "");
    });
});
