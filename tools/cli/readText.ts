import { readFileSync } from "node:fs";
import { decodeText } from "./decodeText";

/**
 * Text of a file that a user named, in UTF-8 or UTF-16.
 *
 * @param failed Makes the error that is thrown where it can't be read, of the system's code, such as `ENOENT`.
 */
export function readText(path: string, failed: (code: string, cause: unknown) => Error): string {
    try {
        return decodeText(readFileSync(path));
    } catch (cause) {
        throw failed(String((cause as NodeJS.ErrnoException).code), cause);
    }
}
