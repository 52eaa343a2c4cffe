import { DEFAULT_DENY } from "../../../components/statefulset/networkPolicies";
import { isObject, valueAt } from "../fields";
import { type Judgement, judgeFields, LABELS } from "../judgement";
import { objectName, type State } from "../preview";
import { ANYBODY, judgeAllowed, peersOf, REFUSED } from "./peers";

/** Judges who may connect to whom. */
export const judgeNetworkPolicy: Judgement = (change) => {
    const name = objectName(change);
    const subject =
        name === DEFAULT_DENY ? "connections in the namespace" : `connections of ${name}`;
    switch (change.action) {
        case "create":
            return [{ subject, from: "-", to: "new", what: REFUSED, severity: "cluster-stops" }];
        case "delete":
            return [
                {
                    subject,
                    from: "in the stack",
                    to: "-",
                    what: "all of them are open, once the default deny is gone, too",
                    severity: "dynamic",
                },
            ];
        case "replace":
            return [
                {
                    subject,
                    from: "in the stack",
                    to: "deleted and made again",
                    what: `while it is missing, ${REFUSED}`,
                    severity: "cluster-stops",
                },
            ];
        case "update":
            return [
                ...(["ingress", "egress"] as const).flatMap((direction) =>
                    judgeAllowed(
                        `${subject}: ${direction}`,
                        allowedBy(change.old, direction),
                        allowedBy(change.new, direction),
                        allows,
                    ),
                ),
                ...judgeFields(change, subject, [
                    LABELS,
                    // Judged above, as a whole.
                    { path: ["spec", "ingress"], judge: () => [] },
                    { path: ["spec", "egress"], judge: () => [] },
                ]),
            ];
    }
};

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
