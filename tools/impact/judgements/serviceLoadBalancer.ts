import { NLB_ANNOTATION } from "../../../components/eks/listeners";
import type { Effect } from "../finding";
import { type FieldChange, show, textAt } from "../fields";
import type { Change } from "../preview";
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

function judgeScheme({ from, to }: FieldChange, subject: string): readonly Effect[] {
    const values = { subject, from: show(from), to: show(to) };
    return [
        ...(to === "internet-facing" ? [{ ...values, ...ON_INTERNET }] : []),
        { ...values, ...ANOTHER },
    ];
}

/** What is said of a load balancer that was inside of the VPC. */
export const ON_INTERNET = {
    what: "the internet reaches it",
    severity: "cluster-opens",
} as const;

/** What AWS's load balancer controller reads of a Service. */
export function loadBalancerFields({ old, new: now }: Change, subject: string): Fields {
    const isAnotherType =
        textAt(old?.inputs, "spec", "type") !== textAt(now?.inputs, "spec", "type");
    const fields: Fields = {
        ...FIELDS,
        [`${ANNOTATION}scheme`]: (field) => judgeScheme(field, subject),
    };
    return Object.fromEntries(
        Object.entries(fields).map(([field, consequence]) => [
            field,
            // Another type of Service has none of this; the change of the type is judged by itself.
            isAnotherType ? undefined : consequence,
        ]),
    );
}
