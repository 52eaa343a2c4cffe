import { isObject } from "../../config/everyFault";
import { textsAt, valueAt } from "./fields";

/** What a label has to be, as in `matchExpressions`. */
interface Requirement {
    readonly key: string;
    readonly operator: string;
    readonly values: readonly string[];
}

/** More alternatives of a peer are not told apart. */
const MOST_ALTERNATIVES = 100;

/**
 * Tells whether the pods of a peer of a network policy are all among those of others, by the labels that they ask for. Who has
 * which labels is not known: what may be outside counts as outside.
 */
export function coverPods(peers: readonly unknown[], one: unknown): boolean {
    const others = peers.filter(isByLabels);
    return (
        isByLabels(one) &&
        alternativesOf(one).every((each) => others.some((peer) => includesPods(peer, each)))
    );
}

function includesPods(outer: unknown, inner: unknown): boolean {
    return (
        includesNamespaces(valueAt(outer, NAMESPACES), valueAt(inner, NAMESPACES)) &&
        includesLabels(valueAt(outer, PODS), valueAt(inner, PODS))
    );
}

const NAMESPACES = "namespaceSelector";
const PODS = "podSelector";

/** Whether a peer is known by labels only, and not by its addresses. */
function isByLabels(peer: unknown): boolean {
    const fields = Object.keys(isObject(peer) ? peer : {});
    return fields.length > 0 && fields.every((field) => field === NAMESPACES || field === PODS);
}

/** Without a selector it is the policy's own namespace, whose labels are not known. */
function includesNamespaces(outer: unknown, inner: unknown): boolean {
    return inner === undefined
        ? outer === undefined || requirementsOf(outer).length === 0
        : outer !== undefined && includesLabels(outer, inner);
}

function includesLabels(outer: unknown, inner: unknown): boolean {
    const known = requirementsOf(inner);
    return requirementsOf(outer).every((wanted) =>
        known.some((each) => each.key === wanted.key && implies(each, wanted)),
    );
}

/** Whether a label that is as one requirement says is also as another one of the same key says. */
function implies(known: Requirement, wanted: Requirement): boolean {
    const isAmong = (value: string) => wanted.values.includes(value);
    switch (wanted.operator) {
        case "In":
            return known.operator === "In" && known.values.every(isAmong);
        case "Exists":
            return known.operator === "In" || known.operator === "Exists";
        case "NotIn":
            return (
                known.operator === "DoesNotExist" ||
                (known.operator === "In" && !known.values.some(isAmong)) ||
                (known.operator === "NotIn" &&
                    wanted.values.every((value) => known.values.includes(value)))
            );
        default:
            return known.operator === wanted.operator;
    }
}

function requirementsOf(selector: unknown): Requirement[] {
    const labels = textsAt(isObject(selector) ? selector : undefined, "matchLabels");
    const expressions = valueAt(selector, "matchExpressions");
    return [
        ...Object.entries(labels).map(([key, value]) => ({ key, operator: "In", values: [value] })),
        ...(Array.isArray(expressions) ? expressions : []).filter(isObject).map((expression) => ({
            key: String(expression["key"]),
            operator: String(expression["operator"]),
            values: listOf(expression["values"]),
        })),
    ];
}

function listOf(value: unknown): string[] {
    return Array.isArray(value) ? value.map(String) : [];
}

/** A peer as several of which each has one value of every label: others may have them one by one. */
function alternativesOf(peer: unknown): readonly unknown[] {
    const alternatives = [NAMESPACES, PODS].reduce<readonly object[]>(
        (all, name) => {
            const selector = valueAt(peer, name);
            return selector === undefined
                ? all
                : all.flatMap((each) =>
                      oneByOne(requirementsOf(selector)).map((matchExpressions) => ({
                          ...each,
                          [name]: { matchExpressions },
                      })),
                  );
        },
        [{}],
    );
    return alternatives.length > MOST_ALTERNATIVES ? [peer] : alternatives;
}

function oneByOne(requirements: readonly Requirement[]): readonly (readonly Requirement[])[] {
    return requirements.reduce<readonly (readonly Requirement[])[]>(
        (all, requirement) =>
            all.flatMap((each) =>
                requirement.operator === "In"
                    ? requirement.values.map((value) => [
                          ...each,
                          { ...requirement, values: [value] },
                      ])
                    : [[...each, requirement]],
            ),
        [[]],
    );
}
