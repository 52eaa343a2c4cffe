import type { Finding } from "../finding";
import { valueAt } from "../fields";
import type { Change } from "../preview";

const NAMESPACE_COMPONENT = "kafka-eks:index:KafkaNamespace";

/**
 * Judges the switch `deleteDataOnDestroy`. A preview shows it as a field of the namespace's component and, with
 * `--show-sames`, at every resource that it protects, which does not change otherwise.
 */
export function judgeRetention(changes: readonly Change[]): readonly Finding[] {
    const flips = changes.flatMap((change) => {
        const [before, after] = retentions(change);
        return before === after ? [] : [{ urn: change.urn, isLost: before }];
    });
    return [true, false].flatMap((isLost): Finding[] => {
        const found = flips.filter((flip) => flip.isLost === isLost);
        const [first] = found;
        return first === undefined
            ? []
            : [
                  {
                      urn: first.urn,
                      subject: "deleteDataOnDestroy",
                      from: String(!isLost),
                      to: String(isLost),
                      ...(isLost
                          ? {
                                what: "nothing goes now; from now on destroy, and scaling in, delete the data, too",
                                severity: "data-may-be-lost",
                            }
                          : {
                                what: "from now on destroy keeps the namespace and the volumes",
                                severity: "nothing",
                            }),
                  },
              ];
    });
}

/** Whether the data of a resource is kept, before and after; the same twice where the change does not say. */
function retentions({ type, action, old, new: now }: Change): readonly [boolean, boolean] {
    if ((action !== "same" && action !== "update") || old === undefined || now === undefined) {
        return [false, false];
    }
    const isKept = (state: typeof old) =>
        type === NAMESPACE_COMPONENT
            ? valueAt(state.inputs, "deleteDataOnDestroy") !== true
            : state.retainOnDelete;
    return [isKept(old), isKept(now)];
}
