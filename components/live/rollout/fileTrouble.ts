import type { V1Pod } from "@kubernetes/client-node";
import { howMadeAgain } from "../missingFiles";
import { CONFIG_MAP } from "../objects";
import { keyOf, mountedFiles, neededFiles, type PodFile, podFiles } from "../podFiles";
import { nameOf } from "./pods";
import type { RolloutState } from "./state";
import { describe, type Trouble } from "./trouble";

/** What a pod needs that is not there: a ConfigMap or a Secret. Its node tries again and again to mount it. */
export function fileTrouble(pod: V1Pod, state: RolloutState): Trouble | undefined {
    const missing = neededFiles(pod.spec).find((file) => state.missingFiles.has(keyOf(file)));
    return (
        missing && {
            pod: nameOf(pod),
            situation: "config",
            reason: `${nameOf(pod)} waits for the ${keyOf(missing)}, which is not there`,
            ...endOf(pod, missing, state),
        }
    );
}

function endOf(pod: V1Pod, file: PodFile, state: RolloutState): Pick<Trouble, "kind" | "next"> {
    const { spec } = state.set?.spec?.template ?? {};
    const isAmong = (files: readonly PodFile[]) => files.map(keyOf).includes(keyOf(file));
    if (!isAmong(podFiles(spec))) {
        // Whoever has added it to the pod may make it, too.
        return { kind: "blocked", next: describe("pod", nameOf(pod), state) };
    }
    if (!isAmong(mountedFiles(spec))) {
        // The program mounts its own. Only the configuration's `env` names files for variables.
        return {
            kind: "blocked",
            next: `make the ${file.kind} ${file.name} in namespace ${state.wanted.namespace}; pulumi up waits for it`,
        };
    }
    // The program made a ConfigMap before the StatefulSet, and makes nothing more. cert-manager may be about to make a Secret.
    const kind = file.kind === CONFIG_MAP.kind ? "hopeless" : "blocked";
    return { kind, next: howMadeAgain(file) };
}
