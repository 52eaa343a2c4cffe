import type { KubernetesObject } from "@kubernetes/client-node";
import type { Kind } from "../../components/live/objects";
import { AnsweringCluster } from "./answeringCluster";

/** A cluster that lists nothing of an API to this identity, or by another code to nobody. */
export class ClosedCluster extends AnsweringCluster {
    constructor(
        private readonly apiVersion: string,
        objects: readonly object[],
        private readonly code = 403,
    ) {
        super(objects);
    }

    override list<T extends KubernetesObject>(
        kind: Kind,
        ...rest: [string, string?]
    ): Promise<T[]> {
        return kind.apiVersion === this.apiVersion
            ? Promise.reject(new Error(`${kind.kind} is closed`, { cause: { code: this.code } }))
            : super.list(kind, ...rest);
    }
}
