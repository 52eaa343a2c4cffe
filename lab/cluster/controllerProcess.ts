import { dirname, join } from "node:path";
import { kill, startDetached } from "./processes";

/** The name under which the controller is recorded. */
export const CONTROLLER_PROCESS = "controller";

/** Starts `controller.ts` as a process that outlives this one. */
export function startController(): void {
    // By its full path: the process does not start in the folder of the project.
    const tsx = join(dirname(require.resolve("tsx/package.json")), "dist", "loader.mjs");
    startDetached(CONTROLLER_PROCESS, process.execPath, [
        ...["--import", tsx],
        join(__dirname, "controller.ts"),
    ]);
}

/** Ends the controller. */
export async function stopController(): Promise<void> {
    await kill(CONTROLLER_PROCESS);
}
