import { existsSync } from "node:fs";
import { delimiter } from "node:path";
import type { KubeConfig } from "@kubernetes/client-node";

/**
 * Loads the kubeconfig that kubectl would take: of the files in `KUBECONFIG` all that there are, and of two entries of one name
 * the first. The library takes the last file's current context, and refuses a missing file and a name that is there twice.
 *
 * @param make Makes an empty kubeconfig; the library takes long to load, so whoever asks has it already.
 * @param pathOf Where a file of the list is.
 * @throws Error when none of the files is there, or one can't be read.
 */
export function loadByRules(
    make: () => KubeConfig,
    pathOf: (file: string) => string = (file) => file,
): KubeConfig {
    const listed = listedFiles();
    const merged = make();
    if (listed.length === 0) {
        merged.loadFromDefault();
        return merged;
    }
    const files = listed.map(pathOf).filter((file) => existsSync(file));
    if (files.length === 0) {
        throw new Error("there is no such file");
    }
    const parts = files.map((file) => {
        const part = make();
        part.loadFromFile(file);
        return part;
    });
    merged.loadFromOptions({
        clusters: firstOfEachName(parts.flatMap(({ clusters }) => clusters)),
        users: firstOfEachName(parts.flatMap(({ users }) => users)),
        contexts: firstOfEachName(parts.flatMap(({ contexts }) => contexts)),
        currentContext: parts.find(({ currentContext }) => currentContext)?.currentContext,
    });
    return merged;
}

/** The files that `KUBECONFIG` lists, whether they are there or not. */
export function listedFiles(): string[] {
    return (process.env.KUBECONFIG ?? "").split(delimiter).filter((file) => file !== "");
}

function firstOfEachName<T extends { readonly name: string }>(entries: readonly T[]): T[] {
    return [...new Map(entries.toReversed().map((entry) => [entry.name, entry])).values()];
}
