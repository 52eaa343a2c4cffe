import type { KubernetesObject } from "@kubernetes/client-node";
import type { Kind, LiveObjects, ObjectRef } from "../../components/live/objects";
import { mergePatch } from "./mergePatch";

/** A cluster in memory, which records what was changed. */
export class FakeCluster implements LiveObjects {
    /** What was changed, in order, e.g. `remove Pod kafka-2`. */
    readonly actions: string[] = [];
    /** Kinds that the API server refuses to read, with its words. */
    readonly refused = new Map<string, string>();
    private readonly objects = new Map<string, KubernetesObject>();

    constructor(...objects: readonly KubernetesObject[]) {
        this.put(...objects);
    }

    /** Makes objects, or exchanges those with the same names. */
    put(...objects: readonly KubernetesObject[]): void {
        for (const object of objects) {
            this.objects.set(keyOf(object.kind!, object.metadata!.name!), object);
        }
    }

    /** Deletes an object without a record of it, as somebody else would. */
    drop({ kind }: Kind, name: string): void {
        this.objects.delete(keyOf(kind, name));
    }

    read<T extends KubernetesObject>({ kind, name }: ObjectRef): Promise<T | undefined> {
        return this.unlessRefused(kind, this.objects.get(keyOf(kind, name)) as T | undefined);
    }

    list<T extends KubernetesObject>({ kind }: Kind, _: string, labels = ""): Promise<T[]> {
        const wanted = labels.split(",").filter((label) => label !== "");
        const found = [...this.objects.values()].filter(
            (object) =>
                object.kind === kind &&
                wanted.every((label) => {
                    const [key, value] = label.split("=");
                    return object.metadata?.labels?.[key!] === value;
                }),
        );
        return this.unlessRefused(kind, found as T[]);
    }

    create<T extends KubernetesObject>(object: T): Promise<T> {
        this.actions.push(`create ${object.kind} ${object.metadata?.name}`);
        this.put(object);
        return Promise.resolve(object);
    }

    async merge({ kind, name }: ObjectRef, patch: object): Promise<void> {
        await this.act(`merge ${kind} ${name} ${JSON.stringify(patch)}`);
        const key = keyOf(kind, name);
        const found = this.objects.get(key);
        if (found !== undefined) {
            this.objects.set(key, mergePatch(found, patch));
        }
    }

    async remove({ kind, name }: ObjectRef): Promise<void> {
        await this.act(`remove ${kind} ${name}`);
        this.objects.delete(keyOf(kind, name));
    }

    log(): Promise<string> {
        return Promise.resolve("");
    }

    /** Refuses an action that `refused` has by its first words. */
    private act(action: string): Promise<void> {
        for (const [refused, words] of this.refused) {
            if (action.startsWith(refused)) {
                return Promise.reject(new Error(words));
            }
        }
        this.actions.push(action);
        return Promise.resolve();
    }

    private unlessRefused<T>(kind: string, answer: T): Promise<T> {
        const words = this.refused.get(kind);
        return words === undefined ? Promise.resolve(answer) : Promise.reject(new Error(words));
    }
}

function keyOf(kind: string, name: string): string {
    return `${kind} ${name}`;
}
