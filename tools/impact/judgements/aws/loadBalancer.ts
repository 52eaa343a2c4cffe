import { type FieldChange, valueAt } from "../../fields";
import type { Effect } from "../../finding";
import type { Judgement } from "../../judgement";
import { type Change, resourceName } from "../../preview";
import { addressOf } from "../service";
import { ON_INTERNET } from "../internet";
import { judgePart } from "../part";
import type { Consequence } from "../table";

const LOST: Consequence = {
    what: "clients that use this address lose it",
    severity: "clients-cut-off",
};

const INTERRUPTED: Consequence = {
    what: "for a moment it is not reached from outside",
    severity: "clients-cut-off",
};

const ACROSS_ZONES: Consequence = {
    what: "an address in one zone leads to brokers in others, or does not any more; AWS bills such traffic",
    severity: "dynamic",
};

/** Judges the load balancer that all brokers of a listener share. */
export const judgeLoadBalancer: Judgement = (change, context) => [
    ...judgeScheme(change),
    ...judgeLayout(change, context),
];

function judgeScheme({ urn, old, new: now }: Change): readonly Effect[] {
    const [before, after] = [old, now].map((state) => valueAt(state?.inputs, "internal"));
    const subject = subjectOf(urn);
    return subject !== undefined && before === true && now !== undefined && after !== true
        ? [{ subject, from: "internal", to: "internet-facing", ...ON_INTERNET }]
        : [];
}

const judgeLayout = judgePart(({ urn }) => ({
    subject: subjectOf(urn),
    gone: {
        what: "its DNS name goes: the bootstrap address of every client, and the address of every broker, on this listener",
        severity: "clients-cut-off",
    },
    fields: {
        enableCrossZoneLoadBalancing: ACROSS_ZONES,
        enableDeletionProtection: undefined,
        subnets: judgeSubnets,
    },
}));

function subjectOf(urn: string): string | undefined {
    const [, listener] = /^kafka-([a-z0-9]+)-nlb$/.exec(resourceName(urn)) ?? [];
    return listener && `load balancer of listener ${listener}`;
}

function judgeSubnets({ from, to }: FieldChange): Consequence {
    const isLarger = Array.isArray(from) && Array.isArray(to) && to.length > from.length;
    return isLarger
        ? {
              what: "gets an address in another zone; those that are there stay",
              severity: "dynamic",
          }
        : { what: "loses addresses that clients may be connected to", severity: "clients-cut-off" };
}

const ADDED: Consequence = {
    what: "is made; the addresses that are there stay",
    severity: "dynamic",
};

/** Judges the port of a broker, or of the bootstrap address, at a shared load balancer. */
export const judgeListener = judgePart((change) => ({
    subject: addressAt(change, "listener"),
    made: ADDED,
    gone: LOST,
    replaced: INTERRUPTED,
    fields: {
        port: { what: "clients that use the old port lose it", severity: "clients-cut-off" },
        defaultActions: INTERRUPTED,
    },
}));

/** Judges the group of pods behind such a port. */
export const judgeTargetGroup = judgePart((change) => ({
    subject: addressAt(change, "targets"),
    made: ADDED,
    gone: LOST,
    replaced: INTERRUPTED,
    fields: {
        loadBalancingCrossZoneEnabled: ACROSS_ZONES,
        healthCheck: { what: "how soon a restarted broker gets connections", severity: "dynamic" },
        deregistrationDelay: { what: "how long old connections are kept", severity: "dynamic" },
        preserveClientIp: {
            what: "whether brokers see the addresses of clients, for new connections",
            severity: "dynamic",
        },
    },
}));

/** Judges what tells the load balancer controller which pods are in such a group. */
export const judgeTargetGroupBinding = judgePart((change) => ({
    subject: addressAt(change, "binding"),
    made: ADDED,
    gone: LOST,
    replaced: INTERRUPTED,
    fields: {
        "metadata.labels": undefined,
        "spec.serviceRef": { what: "other pods are behind it", severity: "dynamic" },
    },
}));

/** Parts of an address are called as its Service, with their kind at the end. */
function addressAt({ urn }: Change, kind: string): string | undefined {
    const [, name] = new RegExp(`^(.+)-${kind}$`).exec(resourceName(urn)) ?? [];
    return name && addressOf(name);
}
