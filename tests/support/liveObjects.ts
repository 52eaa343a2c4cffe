import type { KubernetesObject } from "@kubernetes/client-node";
import type { Kind, LiveObjects, ObjectRef } from "../../components/live/objects";

/** Objects of a cluster that is only in memory. */
export class ObjectsInMemory implements LiveObjects {
    /** @param objects What the cluster has; they are changed in place. */
    constructor(readonly objects: KubernetesObject[] = []) {}

    read<T extends KubernetesObject>({ name, ...ref }: ObjectRef): Promise<T | undefined> {
        return Promise.resolve(
            this.of(ref).find(({ metadata }) => metadata?.name === name) as T | undefined,
        );
    }

    list<T extends KubernetesObject>(kind: Kind, namespace: string, labels = ""): Promise<T[]> {
        const wanted = labels.split(",").filter((label) => label !== "");
        return Promise.resolve(
            this.of({ ...kind, namespace }).filter(({ metadata }) =>
                wanted.every((label) => {
                    const [key, value] = label.split("=");
                    return metadata?.labels?.[key!] === value;
                }),
            ) as T[],
        );
    }

    async remove(ref: ObjectRef): Promise<void> {
        const object = await this.read(ref);
        if (object !== undefined) {
            this.objects.splice(this.objects.indexOf(object), 1);
        }
    }

    create(): Promise<never> {
        return this.refuse();
    }

    merge(): Promise<never> {
        return this.refuse();
    }

    log(): Promise<never> {
        return this.refuse();
    }

    /** Names of all objects. */
    get names(): string[] {
        return this.objects.map(({ metadata }) => metadata!.name!);
    }

    private of({ apiVersion, kind, namespace }: Omit<ObjectRef, "name">): KubernetesObject[] {
        return this.objects.filter(
            (each) =>
                each.apiVersion === apiVersion &&
                each.kind === kind &&
                each.metadata?.namespace === namespace,
        );
    }

    private refuse(): Promise<never> {
        return Promise.reject(new Error("no test needs this of a cluster in memory"));
    }
}
