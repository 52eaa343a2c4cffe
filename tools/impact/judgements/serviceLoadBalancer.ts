import { NLB_ANNOTATION } from "../../../components/eks/listeners";
import type { Effect } from "../finding";
import { show, textAt } from "../fields";
import type { FieldRule } from "../judgement";
import type { Change } from "../preview";

const ANOTHER: Pick<Effect, "what" | "severity"> = {
    what: "another load balancer with another DNS name takes its place: clients that use the old one lose it",
    severity: "cluster-stops",
};

/** What a changed setting of a load balancer does, by the end of its annotation. */
const SETTINGS: Readonly<Record<string, Pick<Effect, "what" | "severity">>> = {
    scheme: ANOTHER,
    "nlb-target-type": {
        what: "the pods behind it are registered anew, and for a moment it leads nowhere",
        severity: "cluster-stops",
    },
    attributes: {
        what: "an address in one zone leads to brokers in others, or does not any more; AWS bills such traffic",
        severity: "dynamic",
    },
    ...Object.fromEntries(
        ["interval", "healthy-threshold", "unhealthy-threshold"].map((check) => [
            `healthcheck-${check}`,
            { what: "how soon a restarted broker gets connections", severity: "dynamic" },
        ]),
    ),
};

/** Rules for what AWS's load balancer controller reads of a Service. */
export function loadBalancerRules(change: Change, subject: string): readonly FieldRule[] {
    const type = (side: "old" | "new") => textAt(change[side]?.inputs, "spec", "type");
    // Another type of Service has none of this; the change of the type is judged by itself.
    const isAnother = type("old") !== type("new");
    const judge =
        (effect: Pick<Effect, "what" | "severity">): FieldRule["judge"] =>
        ({ from, to }) =>
            isAnother ? [] : [{ subject, from: show(from), to: show(to), ...effect }];
    return [
        ...Object.entries(SETTINGS).map(([setting, effect]) => ({
            path: ["metadata", "annotations", NLB_ANNOTATION + setting],
            judge: judge(effect),
        })),
        { path: ["spec", "loadBalancerClass"], judge: judge(ANOTHER) },
    ];
}
