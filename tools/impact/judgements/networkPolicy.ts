import { DEFAULT_DENY } from "../../../components/kafka/networkPolicies";
import { isObject, valueAt } from "../fields";
import { objectName, type State } from "../preview";
import { ANYBODY, judgeAllowed, peersOf, REFUSED } from "./peers";
import { judgeBy, LABELS } from "./table";

/** Judges who may connect to whom. */
export const judgeNetworkPolicy = judgeBy((change) => {
    const name = objectName(change);
    const subject =
        name === DEFAULT_DENY ? "connections in the namespace" : `connections of ${name}`;
    return {
        subject,
        made: { what: REFUSED, severity: "cluster-stops" },
        gone: {
            what: "all of them are open, once the default deny is gone, too",
            severity: "dynamic",
        },
        replaced: { what: `while it is missing, ${REFUSED}`, severity: "cluster-stops" },
        together: () =>
            (["ingress", "egress"] as const).flatMap((direction) =>
                judgeAllowed(
                    `${subject}: ${direction}`,
                    allowedBy(change.old, direction),
                    allowedBy(change.new, direction),
                    allows,
                ),
            ),
        fields: { ...LABELS, "spec.ingress": undefined, "spec.egress": undefined },
    };
});

/** `protocol port peer` for each port and peer of the rules. */
function allowedBy(state: State | undefined, direction: "ingress" | "egress"): string[] {
    const peers = direction === "ingress" ? "from" : "to";
    return objects(valueAt(state?.inputs, "spec", direction)).flatMap((rule) =>
        objects(rule["ports"]).flatMap(({ protocol, port }) =>
            peersOf(rule[peers]).map((peer) => `${String(protocol)} ${String(port)} ${peer}`),
        ),
    );
}

function allows(list: readonly string[], one: string): boolean {
    const [protocol, port] = one.split(" ");
    return list.includes(one) || list.includes(`${protocol} ${port} ${ANYBODY}`);
}

function objects(value: unknown) {
    return (Array.isArray(value) ? value : []).filter(isObject);
}
