import { type FieldChange, show, textAt, valueAt } from "../../fields";
import { covers, EVERYWHERE } from "../../networks";
import { type Change, objectName, resourceName, type State } from "../../preview";
import type { Judgement } from "../../judgement";
import { judgePart } from "../part";
import type { Consequence } from "../table";

/** Judges the group that says who reaches a shared load balancer. */
export const judgeSecurityGroup = judgePart(({ urn }) => {
    const [, listener] = /^kafka-([a-z0-9]+)-security-group$/.exec(resourceName(urn)) ?? [];
    return {
        subject: listener && `who reaches listener ${listener} from outside`,
        gone: { what: "clients outside are cut off", severity: "clients-cut-off" },
    };
});

/** Judges its rules, and those of who reaches the API server. */
export const judgeSecurityRule: Judgement = (change, context) =>
    API_RULE.test(resourceName(change.urn))
        ? judgeApiRule(change, context)
        : judgeClientRule(change, context);

/** Rules of the cluster's API server are called `eks-api-from-<range>`. Kafka's clients don't need it. */
const API_RULE = /^eks-api-from-(.+)$/;

const judgeApiRule = judgePart((change, { changes }) => ({
    subject: `who reaches the API server: ${API_RULE.exec(resourceName(change.urn))?.[1]}`,
    made: isCovered(change.new, rangesOf("old", API_RULE, changes))
        ? { what: "is let in, as before", severity: "nothing" }
        : { what: "reaches the API server of the Kubernetes cluster", severity: "cluster-opens" },
    gone: { what: "is refused; Kafka's clients don't use it", severity: "nothing" },
}));

/** Clients into the load balancer, and the load balancer to the pods. */
const judgeClientRule = judgePart((change, { changes }) => {
    const rules = rulesOfListener(change);
    const before = [...rangesOf("old", rules, changes), ...rangesOfServices(change, changes)];
    const after = rangesOf("new", rules, changes);
    const [isLetIn, isStillLetIn] = [isCovered(change.new, before), isCovered(change.old, after)];
    const gone = goneFrom(isStillLetIn);
    return {
        subject: clientsOf(change),
        // What is not for clients comes with the load balancer.
        made:
            (!rules.test(resourceName(change.urn)) && !namesNetworks(change.new)) ||
            isCovered(change.new, before)
                ? { what: "are let in", severity: "dynamic" }
                : { what: "are let in that were refused", severity: "cluster-opens" },
        gone,
        fields: {
            fromPort: judgeFirst,
            toPort: judgeLast,
            cidrIpv4: ({ from, to }) => [
                ...(isLetIn
                    ? []
                    : [
                          {
                              subject: clientsOf(change) ?? resourceName(change.urn),
                              from: show(from),
                              to: show(to),
                              what: "are let in that were refused",
                              severity: "cluster-opens" as const,
                          },
                      ]),
                ...(isStillLetIn && !isLetIn
                    ? []
                    : [
                          {
                              subject: clientsOf(change) ?? resourceName(change.urn),
                              from: show(from),
                              to: show(to),
                              ...gone,
                          },
                      ]),
            ],
        },
    };
});

function goneFrom(isStillLetIn: boolean): Consequence {
    return isStillLetIn
        ? { what: "are let in by another rule", severity: "nothing" }
        : { what: "are refused", severity: "clients-cut-off" };
}

/** Names of the rules for the same listener. */
function rulesOfListener({ urn }: Change): RegExp {
    const [, listener] = /^kafka-([a-z0-9]+)-/.exec(resourceName(urn)) ?? [];
    return new RegExp(`^kafka-${listener}-from-`);
}

/** The ranges that rules let in, before or after the change; those that stay are there with `--show-sames` only. */
function rangesOf(side: "old" | "new", rules: RegExp, changes: readonly Change[]): string[] {
    return changes
        .filter(({ type, urn }) => type === INGRESS_RULE && rules.test(resourceName(urn)))
        .flatMap((change) => rangeOf(change[side]) ?? []);
}

/** The ranges that the Services of the same listener let in, where these had load balancers of their own. */
function rangesOfServices({ urn }: Change, changes: readonly Change[]): string[] {
    const [, listener] = /^kafka-([a-z0-9]+)-/.exec(resourceName(urn)) ?? [];
    return changes
        .filter(
            (change) =>
                change.type === SERVICE &&
                objectName(change).startsWith(`kafka-${listener}-`) &&
                textAt(change.old?.inputs, "spec", "type") === "LoadBalancer",
        )
        .flatMap(({ old }) => {
            const ranges = valueAt(old?.inputs, "spec", "loadBalancerSourceRanges");
            return Array.isArray(ranges) ? ranges.map(String) : EVERYWHERE.map(({ cidr }) => cidr);
        });
}

const SERVICE = "kubernetes:core/v1:Service";
const INGRESS_RULE = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";

/** Whether a rule says from where, and not from whom. */
function namesNetworks(state: State | undefined): boolean {
    return ["cidrIpv4", "cidrIpv6", "prefixListId"].some((field) => field in (state?.inputs ?? {}));
}

/** A list of AWS's, or of somebody else, is no range of which anything is known. */
function rangeOf(state: State | undefined): string | undefined {
    return textAt(state?.inputs, "cidrIpv4") ?? textAt(state?.inputs, "cidrIpv6");
}

/** Whether whom a rule lets in by TCP may come by others as well. */
function isCovered(rule: State | undefined, others: readonly string[]): boolean {
    const range = rangeOf(rule);
    return (
        range !== undefined &&
        (textAt(rule?.inputs, "ipProtocol") ?? "tcp") === "tcp" &&
        covers(
            others.map((cidr) => ({ cidr })),
            [{ cidr: range }],
        ) === true
    );
}

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
        : { what: "ports are closed to them", severity: "clients-cut-off" };
}
