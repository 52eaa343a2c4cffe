import { NLB_ANNOTATION } from "../../../components/eks/listeners";
import { INTERNAL_LOAD_BALANCER } from "../../../components/kafka/internalLoadBalancer";
import type { Effect } from "../finding";
import { showChange, textAt, textsAt } from "../fields";
import type { Change, State } from "../preview";
import { changedSides, entersInternet, ON_INTERNET } from "./internet";
import type { Consequence, Fields } from "./table";

const ANOTHER: Consequence = {
    what: "another load balancer with another DNS name takes its place: clients that use the old one lose it",
    severity: "clients-cut-off",
};

const CHECKED: Consequence = {
    what: "how soon a restarted broker gets connections",
    severity: "dynamic",
};

const ANNOTATION = `metadata.annotations.${NLB_ANNOTATION}`;

const FIELDS: Readonly<Record<string, Consequence>> = {
    [`${ANNOTATION}nlb-target-type`]: {
        what: "the pods behind it are registered anew, and for a moment it leads nowhere",
        severity: "clients-cut-off",
    },
    [`${ANNOTATION}attributes`]: {
        what: "an address in one zone leads to brokers in others, or does not any more; AWS bills such traffic",
        severity: "dynamic",
    },
    [`${ANNOTATION}healthcheck-interval`]: CHECKED,
    [`${ANNOTATION}healthcheck-healthy-threshold`]: CHECKED,
    [`${ANNOTATION}healthcheck-unhealthy-threshold`]: CHECKED,
    "spec.loadBalancerClass": ANOTHER,
};

/** Judges on which side a load balancer is; another one takes its place. */
export function judgeSide(change: Change, subject: string): readonly Effect[] {
    const [before, after] = [annotationsOf(change.old), annotationsOf(change.new)];
    const changed = changedSides(before, after);
    if (changed.length === 0 || !hasLoadBalancer(change)) {
        return [];
    }
    const shown = changed.map((name) => showChange(before[name], after[name]));
    const all = (side: "from" | "to") => shown.map((each) => each[side]).join(", ");
    const values = { subject, from: all("from"), to: all("to") };
    return [
        ...(entersInternet(before, after) ? [{ ...values, ...ON_INTERNET }] : []),
        { ...values, ...ANOTHER },
    ];
}

function annotationsOf(state: State | undefined): Readonly<Record<string, string>> {
    return textsAt(state?.inputs, "metadata", "annotations");
}

/** Tells whether a Service has a load balancer that stays. Another type has none; the change of the type is judged by itself. */
export function hasLoadBalancer({ old, new: now }: Change): boolean {
    return [old, now].every((state) => textAt(state?.inputs, "spec", "type") === "LoadBalancer");
}

/** What a cloud reads of a Service, beside {@link judgeSide}. */
export function loadBalancerFields(change: Change): Fields {
    return {
        ...Object.fromEntries(
            Object.entries(FIELDS).map(([field, consequence]) => [
                field,
                hasLoadBalancer(change) ? consequence : undefined,
            ]),
        ),
        ...Object.fromEntries(
            Object.keys(INTERNAL_LOAD_BALANCER).map((name) => [
                `metadata.annotations.${name}`,
                undefined,
            ]),
        ),
    };
}
