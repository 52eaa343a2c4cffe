import type { KubernetesObject } from "@kubernetes/client-node";
import type { Report } from "./engine";
import { DemoError } from "./errors";
import type { Kubectl } from "./kubectl";

const TIMEOUT = "--timeout=20m";

/** Kinds that are healthy when they say so, with what they say, in the words of `kubectl wait --for`. */
const CONDITIONS: Readonly<Record<string, string>> = {
    PersistentVolumeClaim: "jsonpath={.status.phase}=Bound",
    Issuer: "condition=Ready",
    Certificate: "condition=Ready",
};

/**
 * Waits until an object is healthy, as Argo CD judges it: a StatefulSet is rolled out, a Job is complete, a claim is bound, a
 * certificate is issued. Most kinds are healthy when they are there.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/health/
 * @throws {@link DemoError} when a Job fails, or time is up.
 */
export async function awaitHealthy(
    kubectl: Kubectl,
    { kind = "", metadata }: KubernetesObject,
    report: Report,
): Promise<void> {
    const { name = "", namespace = "" } = metadata ?? {};
    const what = ["--namespace", namespace, `${kind}/${name}`];
    const waitFor = CONDITIONS[kind];
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
