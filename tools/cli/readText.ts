import { readFileSync } from "node:fs";
import { decodeText } from "./decodeText";
import { userPath } from "./userPath";

/**
 * Text of a file that a user named, from where the user stands, in UTF-8 or UTF-16.
 *
 * @param failed Makes the error that is thrown where it can't be read, of the system's code, such as `ENOENT`.
 */
export function readText(path: string, failed: (code: string, cause: unknown) => Error): string {
    try {
        return decodeText(readFileSync(userPath(path)));
    } catch (cause) {
        throw failed(String((cause as NodeJS.ErrnoException).code), cause);
    }
}
