import { type FieldChange, textAt } from "../../fields";
import { type Change, resourceName } from "../../preview";
import { type Consequence, judgePart } from "./part";

/** Judges the group that says who reaches a shared load balancer. */
export const judgeSecurityGroup = judgePart({
    subject: ({ urn }) => {
        const [, listener] = /^kafka-([a-z0-9]+)-security-group$/.exec(resourceName(urn)) ?? [];
        return listener && `who reaches listener ${listener} from outside`;
    },
    gone: { what: "clients outside are cut off", severity: "cluster-stops" },
});

/** Judges its rules: clients into the load balancer, and the load balancer to the pods. */
export const judgeSecurityRule = judgePart({
    subject: clientsOf,
    made: { what: "are let in", severity: "dynamic" },
    gone: { what: "are refused", severity: "cluster-stops" },
    fields: {
        fromPort: judgeFirst,
        toPort: judgeLast,
        cidrIpv4: { what: "clients outside of it are refused", severity: "cluster-stops" },
    },
});

/** Rules are called `kafka-<listener>-from-<range>`, `-to-pods` and `-into-nodes`. */
function clientsOf(change: Change): string | undefined {
    const [, listener, range] =
        /^kafka-([a-z0-9]+)-(?:from-(.+)|to-pods|into-nodes)$/.exec(resourceName(change.urn)) ?? [];
    if (listener === undefined) {
        return undefined;
    }
    const { old, new: now } = change;
    return range === undefined
        ? `connections of listener ${listener} from the load balancer to pods`
        : `clients of listener ${listener} from ${textAt((old ?? now)?.inputs, "cidrIpv4") ?? range}`;
}

function judgeFirst({ from, to }: FieldChange): Consequence {
    return judgePorts(Number(to) < Number(from));
}

function judgeLast({ from, to }: FieldChange): Consequence {
    return judgePorts(Number(to) > Number(from));
}

function judgePorts(areMore: boolean): Consequence {
    return areMore
        ? { what: "more ports are open to them", severity: "dynamic" }
        : { what: "ports are closed to them", severity: "cluster-stops" };
}
