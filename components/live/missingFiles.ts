import { CONFIG_MAP, type LiveObjects } from "./objects";
import { keyOf, type PodFile } from "./podFiles";

/** Those of some files that are not there, each once. What may not be read counts as there. */
export async function findMissing(
    live: Pick<LiveObjects, "read">,
    namespace: string,
    files: readonly PodFile[],
): Promise<PodFile[]> {
    const each = [...new Map(files.map((file) => [keyOf(file), file])).values()];
    const isMissing = await Promise.all(
        each.map(({ apiVersion, kind, name }) =>
            live.read({ apiVersion, kind, namespace, name }).then(
                (file) => file === undefined,
                () => false,
            ),
        ),
    );
    return each.filter((_, index) => isMissing[index]);
}

/** How a file of the program's is made again, as it follows the word "Next". */
export function howMadeAgain({ kind }: PodFile): string {
    return kind === CONFIG_MAP.kind
        ? "pulumi up --refresh makes it again"
        : // A generated password would be another one.
          "docs/operations.md#a-configmap-or-a-secret-is-missing says how it is made again";
}
