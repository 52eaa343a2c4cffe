import { accessSync, constants } from "node:fs";
import { STATE } from "../paths";

const REFUSALS = ["EACCES", "EPERM"];

/**
 * Makes sure that this user may see what the lab has written. Whoever may not would find it neither up nor down.
 *
 * @param access Throws where this user may not read a directory.
 * @throws Error that says who may.
 */
export function requireAccess(
    access = (directory: string) => accessSync(directory, constants.R_OK | constants.X_OK),
): void {
    try {
        access(STATE);
    } catch (error) {
        if (REFUSALS.includes(String((error as NodeJS.ErrnoException).code))) {
            throw new Error(
                `the lab is root's: expected a user who may read ${STATE}, got user ${process.getuid?.()}. ` +
                    "Next: run it as root, such as with sudo",
                { cause: error },
            );
        }
    }
}
