import { readFileSync } from "node:fs";
import { userPath } from "./userPath";

/**
 * Text of a file that a user named, from where the user stands.
 *
 * @param failed Makes the error that is thrown where it can't be read, of the system's code, such as `ENOENT`.
 */
export function readText(path: string, failed: (code: string, cause: unknown) => Error): string {
    try {
        return readFileSync(userPath(path), "utf8");
    } catch (cause) {
        throw failed(String((cause as NodeJS.ErrnoException).code), cause);
    }
}
