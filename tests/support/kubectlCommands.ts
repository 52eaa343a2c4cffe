import { execFile } from "node:child_process";
import { delimiter, dirname } from "node:path";
import { promisify } from "node:util";
import { LAB, labBinaries } from "../../lab";

/**
 * Runs commands in a shell whose kubectl leads to the lab.
 *
 * @param cwd Where files that they write are.
 * @returns What they print.
 */
export async function kubectlCommands(commands: string, cwd: string): Promise<string> {
    const path = `${dirname(labBinaries().kubectl)}${delimiter}${process.env["PATH"]}`;
    const { stdout } = await promisify(execFile)("bash", ["-euo", "pipefail", "-c", commands], {
        cwd,
        env: { ...process.env, PATH: path, KUBECONFIG: LAB.kubeconfig },
    });
    return stdout;
}
