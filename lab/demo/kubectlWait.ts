import type { KubernetesObject } from "@kubernetes/client-node";
import type { Report } from "./engine";
import { DemoError } from "./errors";
import type { Kubectl } from "./kubectl";

/** Annotation by which the program tells what to wait for, in the words of `kubectl wait --for`. */
const WAIT_FOR = "pulumi.com/waitFor";
const TIMEOUT = "--timeout=20m";

/** Whether what comes after an object needs it to be ready, and not only there. */
export function isAwaited({ kind, metadata }: KubernetesObject): boolean {
    return (
        kind === "StatefulSet" || kind === "Job" || metadata?.annotations?.[WAIT_FOR] !== undefined
    );
}

/**
 * Waits until an object is ready: a StatefulSet is rolled out, a Job is complete, another has what its annotation says.
 *
 * @throws {@link DemoError} when a Job fails, or time is up.
 */
export async function awaitReady(
    kubectl: Kubectl,
    { kind, metadata }: KubernetesObject,
    report: Report,
): Promise<void> {
    const { name = "", namespace = "", annotations } = metadata ?? {};
    const what = ["--namespace", namespace, `${kind}/${name}`];
    const waitFor = annotations?.[WAIT_FOR];
    if (kind === "StatefulSet") {
        await kubectl(["rollout", "status", ...what, TIMEOUT], {
            onLine: (line) => report(`${kind} ${name}: ${line}`),
        });
    } else if (kind === "Job") {
        report(`${kind} ${name}: waiting for condition=Complete`);
        await awaitJob(kubectl, what);
    } else if (waitFor !== undefined) {
        report(`${kind} ${name}: waiting for ${waitFor}`);
        await kubectl(["wait", `--for=${waitFor}`, ...what, TIMEOUT]);
    }
}

/** Waits until a Job is complete or has failed, whichever comes first. */
async function awaitJob(kubectl: Kubectl, job: readonly string[]): Promise<void> {
    const decided = new AbortController();
    const until = async (condition: string) => {
        const { signal } = decided;
        await kubectl(["wait", `--for=condition=${condition}`, ...job, TIMEOUT], { signal });
        return condition;
    };
    try {
        if ((await Promise.race([until("Complete"), until("Failed")])) === "Complete") {
            return;
        }
    } finally {
        decided.abort();
    }
    const message = '--output=jsonpath={.status.conditions[?(@.type=="Failed")].message}';
    const why = await kubectl(["get", ...job, message]);
    // Why it failed is known; its pod may be gone.
    const log = (await kubectl(["logs", ...job, "--tail=5"]).catch(() => "")).trim();
    throw new DemoError(
        `${job.at(-1)} failed: ${why}` +
            (log === ""
                ? ""
                : `; its log ends with: ${log.replaceAll("\n", " / ").replace(/\.$/, "")}`),
        `look at it with kubectl describe ${job.join(" ")}`,
    );
}
