import { type FieldChange, textAt } from "../../fields";
import { type Change, resourceName } from "../../preview";
import type { Judgement } from "../../judgement";
import { judgePart } from "../part";
import type { Consequence } from "../table";

/** Judges the group that says who reaches a shared load balancer. */
export const judgeSecurityGroup = judgePart(({ urn }) => {
    const [, listener] = /^kafka-([a-z0-9]+)-security-group$/.exec(resourceName(urn)) ?? [];
    return {
        subject: listener && `who reaches listener ${listener} from outside`,
        gone: { what: "clients outside are cut off", severity: "cluster-stops" },
    };
});

/** Judges its rules, and those of who reaches the API server. */
export const judgeSecurityRule: Judgement = (change, context) =>
    API_RULE.test(resourceName(change.urn))
        ? judgeApiRule(change, context)
        : judgeClientRule(change, context);

/** Rules of the cluster's API server are called `eks-api-from-<range>`. Kafka's clients don't need it. */
const API_RULE = /^eks-api-from-(.+)$/;

const judgeApiRule = judgePart(({ urn }) => ({
    subject: `who reaches the API server: ${API_RULE.exec(resourceName(urn))?.[1]}`,
    made: { what: "is let in; Kafka's clients don't use it", severity: "nothing" },
    gone: { what: "is refused; Kafka's clients don't use it", severity: "nothing" },
}));

/** Clients into the load balancer, and the load balancer to the pods. */
const judgeClientRule = judgePart((change) => ({
    subject: clientsOf(change),
    made: { what: "are let in", severity: "dynamic" },
    gone: { what: "are refused", severity: "cluster-stops" },
    fields: {
        fromPort: judgeFirst,
        toPort: judgeLast,
        cidrIpv4: { what: "clients outside of it are refused", severity: "cluster-stops" },
    },
}));

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
