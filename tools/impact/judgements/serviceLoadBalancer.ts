import { NLB_ANNOTATION } from "../../../components/eks/listeners";
import { textAt } from "../fields";
import type { Change } from "../preview";
import type { Consequence, Fields } from "./table";

const ANOTHER: Consequence = {
    what: "another load balancer with another DNS name takes its place: clients that use the old one lose it",
    severity: "cluster-stops",
};

const CHECKED: Consequence = {
    what: "how soon a restarted broker gets connections",
    severity: "dynamic",
};

const ANNOTATION = `metadata.annotations.${NLB_ANNOTATION}`;

const FIELDS: Readonly<Record<string, Consequence>> = {
    [`${ANNOTATION}scheme`]: ANOTHER,
    [`${ANNOTATION}nlb-target-type`]: {
        what: "the pods behind it are registered anew, and for a moment it leads nowhere",
        severity: "cluster-stops",
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

/** What AWS's load balancer controller reads of a Service. */
export function loadBalancerFields({ old, new: now }: Change): Fields {
    const isAnotherType =
        textAt(old?.inputs, "spec", "type") !== textAt(now?.inputs, "spec", "type");
    return Object.fromEntries(
        Object.entries(FIELDS).map(([field, consequence]) => [
            field,
            // Another type of Service has none of this; the change of the type is judged by itself.
            isAnotherType ? undefined : consequence,
        ]),
    );
}
