import type { KubernetesObject, V1Job } from "@kubernetes/client-node";
import type { Kind, LiveObjects, ObjectRef } from "../../components/live/objects";
import { mergePatch } from "./mergePatch";

/** A cluster in memory, which records what is done to it. */
export class AnsweringCluster implements LiveObjects {
    /** What was done, in that order, as `merge Namespace kafka`. */
    readonly done: string[] = [];
    readonly objects: KubernetesObject[];
    /** The Jobs that were made, whether or not they are still there. */
    readonly jobs: V1Job[] = [];

    /** @param answers What pods of Jobs say, by the beginning of the Job's name: exit code and text. */
    constructor(
        objects: readonly object[] = [],
        private readonly answers: Readonly<Record<string, readonly [number, string]>> = {},
    ) {
        this.objects = objects.map((each) => structuredClone(each) as KubernetesObject);
    }

    /** Names of all objects. */
    get names(): string[] {
        return this.objects.map(({ metadata }) => metadata!.name!);
    }

    read<T extends KubernetesObject>(ref: ObjectRef): Promise<T | undefined> {
        return Promise.resolve(structuredClone(this.find(ref)) as T | undefined);
    }

    list<T extends KubernetesObject>(kind: Kind, namespace: string, labels?: string): Promise<T[]> {
        const wanted = labels?.split(",").map((label) => label.split("=")) ?? [];
        const found = this.objects.filter(
            (each) =>
                each.kind === kind.kind &&
                each.metadata?.namespace === namespace &&
                wanted.every(([key, value]) => each.metadata!.labels?.[key!] === value),
        );
        return Promise.resolve(structuredClone(found) as T[]);
    }

    create<T extends KubernetesObject>(object: T): Promise<T> {
        const { metadata = {} } = object;
        const name = metadata.name ?? `${metadata.generateName}${this.jobs.length + 1}`;
        const made = { ...structuredClone(object), metadata: { ...metadata, name } };
        this.done.push(`create ${made.kind} ${name}`);
        this.objects.push(made);
        if (made.kind === "Job") {
            this.jobs.push(made);
            this.objects.push(this.podOf(name, metadata.namespace!));
        }
        return Promise.resolve(structuredClone(made));
    }

    merge(ref: ObjectRef, patch: object): Promise<void> {
        this.done.push(`merge ${ref.kind} ${ref.name}`);
        const found = this.find(ref);
        if (found !== undefined) {
            this.objects[this.objects.indexOf(found)] = mergePatch(found, patch);
        }
        return Promise.resolve();
    }

    remove(ref: ObjectRef): Promise<void> {
        this.done.push(`remove ${ref.kind} ${ref.name}`);
        const at = this.objects.findIndex((each) => isAt(each, ref));
        if (at >= 0) {
            this.objects.splice(at, 1);
        }
        return Promise.resolve();
    }

    log(_namespace: string, pod: string): Promise<string> {
        return Promise.resolve(this.answerOf(pod)[1]);
    }

    private find(ref: ObjectRef): KubernetesObject | undefined {
        return this.objects.find((each) => isAt(each, ref));
    }

    private answerOf(name: string): readonly [number, string] {
        const [, answer] =
            Object.entries(this.answers).find(([beginning]) => name.startsWith(beginning)) ?? [];
        if (answer === undefined) {
            throw new Error(`unexpected question: ${name}`);
        }
        return answer;
    }

    private podOf(job: string, namespace: string): KubernetesObject {
        const [exitCode, message] = this.answerOf(job);
        const pod = {
            apiVersion: "v1",
            kind: "Pod",
            metadata: {
                name: `${job}-pod`,
                namespace,
                labels: { "batch.kubernetes.io/job-name": job },
            },
            status: { containerStatuses: [{ state: { terminated: { exitCode, message } } }] },
        };
        return pod;
    }
}

function isAt({ kind, metadata }: KubernetesObject, ref: ObjectRef): boolean {
    return kind === ref.kind && metadata?.name === ref.name && metadata.namespace === ref.namespace;
}
