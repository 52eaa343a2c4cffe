import { type Check, shortList } from "../check";
import { faultsOf } from "./conditions";
import type { StrimziResource } from "./resources";

/** Judges all topics or all users as one: Kafka has each of them as its resource says. Nothing where there are none. */
export function judgeEntities(
    kind: "topic" | "user",
    resources: readonly StrimziResource[],
    namespace: string,
): Check[] {
    if (resources.length === 0) {
        return [];
    }
    const unready = resources
        .map((resource) => ({ name: resource.metadata.name, faults: faultsOf(resource) }))
        .filter(({ faults }) => faults.length > 0);
    const total = `${resources.length - unready.length} of ${resources.length} ready`;
    const [first] = unready;
    if (first === undefined) {
        return [{ area: "operator", name: `${kind}s`, ok: true, detail: total }];
    }
    const list = unready.map(({ name, faults }) => `${name} (${faults.join("; ")})`);
    return [
        {
            area: "operator",
            name: `${kind}s`,
            ok: false,
            detail: `${total}: ${shortList(list)}`,
            next: `kubectl describe kafka${kind} ${first.name} -n ${namespace}`,
        },
    ];
}
