import { readFileSync } from "node:fs";

/**
 * Text of a file that a user named.
 *
 * @param failed Makes the error that is thrown where it can't be read, of the system's code, such as `ENOENT`.
 */
export function readText(path: string, failed: (code: string, cause: unknown) => Error): string {
    try {
        return readFileSync(path, "utf8");
    } catch (cause) {
        throw failed(String((cause as NodeJS.ErrnoException).code), cause);
    }
}
