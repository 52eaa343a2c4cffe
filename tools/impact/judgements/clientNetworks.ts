import type { Effect } from "../finding";
import { covers, EVERYWHERE, type Network } from "../networks";

/** Judges from which networks clients are let in, by what these cover together. */
export function judgeNetworks(
    subject: string,
    before: readonly string[] | undefined,
    after: readonly string[] | undefined,
): readonly Effect[] {
    const [old, now] = [networksOf(before), networksOf(after)];
    const values = { subject, from: textOf(before), to: textOf(after) };
    const effects: Effect[] = [
        ...(covers(old, now) === true
            ? []
            : [{ ...values, what: MORE_LET_IN, severity: "cluster-opens" as const }]),
        ...(covers(now, old) === true
            ? []
            : [{ ...values, what: OUTSIDE_REFUSED, severity: "clients-cut-off" as const }]),
    ];
    return effects.length > 0
        ? effects
        : [{ ...values, what: "the same addresses, in other words", severity: "nothing" }];
}

const MORE_LET_IN = "clients are let in that were refused";
const OUTSIDE_REFUSED = "clients outside of these ranges are refused";

/** Kubernetes and Strimzi take an empty list for one that is not there. */
function networksOf(cidrs: readonly string[] | undefined): readonly Network[] {
    return cidrs === undefined || cidrs.length === 0 ? EVERYWHERE : cidrs.map((cidr) => ({ cidr }));
}

function textOf(cidrs: readonly string[] | undefined): string {
    return cidrs?.join(", ") || "all";
}
