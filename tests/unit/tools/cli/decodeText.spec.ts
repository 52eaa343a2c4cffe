import assert from "node:assert/strict";
import { decodeText } from "../../../../tools/cli/decodeText";

const TEXT = '{"steps": "ä → 漢"}';

const big = (text: string) => Buffer.from(text, "utf16le").swap16();

describe("a text of a file", () => {
    for (const [title, bytes, text] of [
        ["UTF-8", Buffer.from(TEXT), TEXT],
        ["UTF-8 with a mark", Buffer.from(`\ufeff${TEXT}`), TEXT],
        ["UTF-16 with a mark, little end first", Buffer.from(`\ufeff${TEXT}`, "utf16le"), TEXT],
        ["UTF-16 with a mark, big end first", big(`\ufeff${TEXT}`), TEXT],
        ["UTF-16, little end first", Buffer.from(TEXT, "utf16le"), TEXT],
        ["UTF-16, big end first", big(TEXT), TEXT],
        ["nothing", Buffer.alloc(0), ""],
        ["one letter", Buffer.from("a"), "a"],
    ] as const) {
        it(`is read in ${title}`, () => assert.equal(decodeText(bytes), text));
    }
});
