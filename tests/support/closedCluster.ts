import type { KubernetesObject } from "@kubernetes/client-node";
import type { Kind } from "../../components/live/objects";
import { AnsweringCluster } from "./answeringCluster";

/** A cluster that lists nothing of an API to this identity. */
export class ClosedCluster extends AnsweringCluster {
    constructor(
        private readonly apiVersion: string,
        objects: readonly object[],
    ) {
        super(objects);
    }

    override list<T extends KubernetesObject>(
        kind: Kind,
        ...rest: [string, string?]
    ): Promise<T[]> {
        return kind.apiVersion === this.apiVersion
            ? Promise.reject(new Error(`${kind.kind} is forbidden`, { cause: { code: 403 } }))
            : super.list(kind, ...rest);
    }
}
