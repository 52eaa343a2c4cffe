import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { listedFiles } from "../components/live/kubeconfigFiles";

/**
 * The context that kubectl would use now, by the usual kubeconfig rules; `undefined` where there is none. Recorded in the
 * stack, it keeps a later `destroy` on the same cluster whatever context is current then.
 *
 * @param kubeconfig Path of the one file to look at; without it `KUBECONFIG` or `~/.kube/config`.
 */
export function currentContext(kubeconfig?: string): string | undefined {
    const listed = kubeconfig === undefined ? listedFiles() : [kubeconfig];
    const files = listed.length > 0 ? listed : [join(homedir(), ".kube", "config")];
    return files.map(contextIn).find((context) => context !== undefined);
}

function contextIn(file: string): string | undefined {
    try {
        const content = parse(readFileSync(file, "utf8")) as { "current-context"?: string } | null;
        return content?.["current-context"] || undefined;
    } catch {
        // A file that is missing or broken is the provider's to complain about.
        return undefined;
    }
}
