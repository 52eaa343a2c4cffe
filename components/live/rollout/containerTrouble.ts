import type {
    V1ContainerStateTerminated,
    V1ContainerStateWaiting,
    V1ContainerStatus,
    V1Pod,
} from "@kubernetes/client-node";
import { brief } from "../brief";
import { isWarning, newestEvent } from "../events";
import { isUnreachable, lastWords } from "./lastWords";
import { nameOf, uidOf } from "./pods";
import type { RolloutState } from "./state";
import { describe, type Trouble } from "./trouble";

/** Restarts of a container until it counts as one that crashes again and again: any server may fail once. */
const RESTARTS = 2;

const IMAGE_REASONS = [
    "ErrImageNeverPull",
    "ErrImagePull",
    "ImageInspectError",
    "ImagePullBackOff",
    "RegistryUnavailable",
    "SignatureValidationFailed",
];

/** What keeps a container from running; `undefined` where it runs, or has been tried too little to say. */
export function containerTrouble(
    pod: V1Pod,
    container: V1ContainerStatus,
    state: RolloutState,
): Trouble | undefined {
    const waiting = container.state?.waiting;
    switch (waiting?.reason) {
        case undefined:
        case "ContainerCreating":
        case "PodInitializing":
            return undefined;
        case "CrashLoopBackOff":
            return container.restartCount < RESTARTS
                ? undefined
                : crashTrouble(pod, container, state);
        case "InvalidImageName":
            return {
                pod: nameOf(pod),
                kind: "hopeless",
                situation: "image",
                reason: `${nameOf(pod)} can't get its image: ${messageOf(waiting)}`,
                next: "correct the image, and run pulumi up",
            };
        case "CreateContainerConfigError":
            return {
                pod: nameOf(pod),
                kind: "hopeless",
                situation: "config",
                reason: `${containerOf(pod, container)} can't be made: ${messageOf(waiting)}`,
                next: "correct what the message names, and run pulumi up",
            };
        default:
            return IMAGE_REASONS.includes(waiting?.reason ?? "")
                ? imageTrouble(pod, waiting!, state)
                : {
                      pod: nameOf(pod),
                      kind: "blocked",
                      situation: "container",
                      reason: `${containerOf(pod, container)} does not start: ${messageOf(waiting!)}`,
                      next: describe("pod", nameOf(pod), state),
                  };
    }
}

function imageTrouble(
    pod: V1Pod,
    waiting: V1ContainerStateWaiting,
    { events }: RolloutState,
): Trouble {
    // Between two tries older kubelets tell only in events why the last one failed.
    const failure = newestEvent(
        events,
        uidOf(pod),
        (event) => isWarning(event) && event.message?.startsWith("Failed to pull image") === true,
    );
    return {
        pod: nameOf(pod),
        kind: "blocked",
        situation: "image",
        reason: `${nameOf(pod)} can't get its image: ${brief(failure?.message ?? messageOf(waiting))}`,
        next: "correct the image, or let the nodes reach its registry, and run pulumi up",
    };
}

function crashTrouble(pod: V1Pod, container: V1ContainerStatus, state: RolloutState): Trouble {
    const { name, restartCount, lastState } = container;
    const { words, advice } = withAdvice(lastWords(lastState?.terminated?.message));
    const reason =
        `${containerOf(pod, container)} ${endOf(lastState?.terminated)}` +
        (words === undefined ? "" : `: ${words}`);
    const log = `kubectl logs ${nameOf(pod)} -n ${state.wanted.namespace} -c ${name} --previous`;
    if (words !== undefined && isUnreachable(words)) {
        return {
            pod: nameOf(pod),
            kind: "blocked",
            situation: "unreachable",
            reason,
            next: `let it reach what it needs; ${log}`,
        };
    }
    // One that was found so may be about to start well: what it lacked may have come since its last try.
    const restartsAtFirst = state.histories.get(uidOf(pod))?.restartsAtFirst[name] ?? 0;
    return {
        pod: nameOf(pod),
        kind: restartCount > restartsAtFirst ? "hopeless" : "waiting",
        situation: "crash",
        reason,
        next: `${advice ?? "correct what the message names, and run pulumi up"}; ${log}`,
    };
}

/** What a server's last words say, and what they advise: those of our own scripts do. */
function withAdvice(text: string | undefined): { words?: string; advice?: string } {
    const [words, advice] = text?.split(". Next: ") ?? [];
    return { words, advice };
}

function endOf(terminated: V1ContainerStateTerminated | undefined): string {
    return terminated?.reason === "OOMKilled"
        ? "was killed because its memory limit was too low (OOMKilled)"
        : `ended with exit code ${terminated?.exitCode ?? "unknown"}`;
}

/** A container by its pod, and by its own name where the pod has others. */
function containerOf(pod: V1Pod, { name }: V1ContainerStatus): string {
    return (pod.spec?.containers.length ?? 1) > 1 ? `${name} in ${nameOf(pod)}` : nameOf(pod);
}

function messageOf({ message, reason }: V1ContainerStateWaiting): string {
    return brief(message ?? reason ?? "no reason given");
}
