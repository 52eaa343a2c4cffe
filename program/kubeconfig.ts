import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { parse } from "yaml";

/**
 * The context that kubectl would use now, by the usual kubeconfig rules; `undefined` where there is none. Recorded in the
 * stack, it keeps a later `destroy` on the same cluster whatever context is current then.
 *
 * @param kubeconfig Path of the one file to look at; without it `KUBECONFIG` or `~/.kube/config`.
 */
export function currentContext(kubeconfig?: string): string | undefined {
    const files = kubeconfig ?? process.env.KUBECONFIG ?? join(homedir(), ".kube", "config");
    return files
        .split(delimiter)
        .filter((file) => file !== "")
        .map(contextIn)
        .find((context) => context !== undefined);
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
