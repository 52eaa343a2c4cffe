/** How a file tells its encoding at its beginning, as PowerShell writes what is redirected into one. */
const MARKS = [
    { encoding: "utf-8", bytes: [0xef, 0xbb, 0xbf] },
    { encoding: "utf-16le", bytes: [0xff, 0xfe] },
    { encoding: "utf-16be", bytes: [0xfe, 0xff] },
];

/**
 * The text of some bytes: UTF-8, or UTF-16 where they say so. ASCII in UTF-16 is known without that, as every other byte is
 * zero. A mark at the beginning is no part of the text.
 */
export function decodeText(bytes: Uint8Array): string {
    const marked = MARKS.find((mark) => mark.bytes.every((byte, index) => bytes[index] === byte));
    return new TextDecoder(marked?.encoding ?? unmarked(bytes)).decode(bytes);
}

function unmarked([first, second]: Uint8Array): string {
    if (first === 0 && second !== 0) {
        return "utf-16be";
    }
    return first !== 0 && second === 0 ? "utf-16le" : "utf-8";
}
