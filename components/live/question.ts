import type { CoreV1Event, V1Job, V1Pod } from "@kubernetes/client-node";
import { setTimeout as delay } from "node:timers/promises";
import { brief } from "./brief";
import { isWarning, newestEvent } from "./events";
import { findMissing, howMadeAgain } from "./missingFiles";
import { CONFIG_MAP, EVENT, JOB, type LiveObjects, POD } from "./objects";
import { keyOf, neededFiles, type PodFile } from "./podFiles";

/** The longest that a question may take once its pod runs, in seconds. */
const ANSWER_SECONDS = 120;
/** The longest until its pod runs, in seconds: its node may have to pull the image. */
const START_SECONDS = 180;
/** Where a killed `up` left a Job, Kubernetes deletes it after this time, in seconds. */
const KEPT_SECONDS = 600;
const POLL_MS = 500;

/** Reasons for which a container never starts, whoever waits. */
const HOPELESS = ["InvalidImageName", "CreateContainerConfigError", "CreateContainerError"];

/** What a Job inside the cluster said. */
export interface Answer {
    /** `undefined` where it could not run. */
    readonly exitCode: number | undefined;
    /** All that it printed, when it succeeded; else its last lines, or why it could not run. */
    readonly text: string;
}

/**
 * Runs a Job inside the cluster, where Kafka is reached whatever its listeners are, and returns what it said. Each
 * question is a new Job, which is gone afterwards.
 *
 * @param job A Job with a `generateName` and one container.
 */
export async function ask(live: LiveObjects, namespace: string, job: V1Job): Promise<Answer> {
    let name: string;
    let uid: string | undefined;
    try {
        const { metadata } = await live.create<V1Job>({
            ...job,
            spec: {
                ...job.spec!,
                backoffLimit: 0,
                activeDeadlineSeconds: START_SECONDS + ANSWER_SECONDS,
                ttlSecondsAfterFinished: KEPT_SECONDS,
            },
        });
        name = metadata!.name!;
        uid = metadata!.uid;
    } catch (error) {
        return cannotRun(`a Job ${job.metadata!.generateName}…`, (error as Error).message);
    }
    try {
        return await answerOf(live, namespace, { name, uid }, neededFiles(job.spec?.template.spec));
    } finally {
        await live.remove({ ...JOB, namespace, name });
    }
}

async function answerOf(
    live: LiveObjects,
    namespace: string,
    job: { readonly name: string; readonly uid: string | undefined },
    needed: readonly PodFile[],
): Promise<Answer> {
    const began = performance.now();
    const ofJob = `batch.kubernetes.io/job-name=${job.name}`;
    for (;;) {
        const [pod] = await live.list<V1Pod>(POD, namespace, ofJob);
        const status = pod?.status?.containerStatuses?.[0];
        const ended = status?.state?.terminated;
        if (ended !== undefined) {
            const { exitCode } = ended;
            const text =
                exitCode === 0
                    ? await live.log(namespace, pod!.metadata!.name!)
                    : (ended.message ?? `it ended with ${ended.reason ?? `exit code ${exitCode}`}`);
            return { exitCode, text: text.trim() };
        }
        const missing = status?.state?.running ? [] : await findMissing(live, namespace, needed);
        const isHopeless =
            HOPELESS.includes(status?.state?.waiting?.reason ?? "") ||
            // Nobody makes it in this `up`. Of a Secret cert-manager may.
            missing.some(({ kind }) => kind === CONFIG_MAP.kind);
        const seconds = (performance.now() - began) / 1000;
        const limit = status?.state?.running ? START_SECONDS + ANSWER_SECONDS : START_SECONDS;
        if (seconds > limit || isHopeless) {
            const event = pod === undefined ? await noPod(live, namespace, job.uid) : undefined;
            return cannotRun(`the Job ${job.name}`, whyNot(pod, missing, event));
        }
        await delay(POLL_MS);
    }
}

function cannotRun(job: string, why: string): Answer {
    return { exitCode: undefined, text: `expected ${job} to run, got "${brief(why)}"` };
}

function whyNot(
    pod: V1Pod | undefined,
    [missing]: readonly PodFile[],
    noPodBecause = "it got no pod, and no event says why",
): string {
    if (missing !== undefined) {
        return `its pod waits for the ${keyOf(missing)}, which is not there: ${howMadeAgain(missing)}`;
    }
    const waiting = pod?.status?.containerStatuses?.[0]?.state?.waiting;
    const unscheduled = pod?.status?.conditions?.find(
        ({ type, status }) => type === "PodScheduled" && status === "False",
    );
    return (
        waiting?.message ??
        unscheduled?.message ??
        waiting?.reason ??
        (pod === undefined
            ? noPodBecause
            : `it gave no answer within ${START_SECONDS + ANSWER_SECONDS} s`)
    );
}

/** Why Kubernetes makes no pod, such as a quota. The Job is deleted afterwards, so nobody could look for it then. */
async function noPod(
    live: LiveObjects,
    namespace: string,
    job: string | undefined,
): Promise<string | undefined> {
    // What only explains may be nobody's business who deploys.
    const events = await live.list<CoreV1Event>(EVENT, namespace).catch(() => []);
    return newestEvent(events, job, isWarning)?.message;
}
