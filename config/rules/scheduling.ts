import type { V1NodeSelectorRequirement, V1PodAffinityTerm } from "@kubernetes/client-node";
import { ZONE_LABEL } from "../../components/kubernetes/labels";
import { selects } from "../../components/kubernetes/labelSelector";
import { type ConfigProblem, show } from "../problems";
import type { ParsedConfig } from "../schema";
import { type Servers, serversOf } from "./servers";

const HOST_LABEL = "kubernetes.io/hostname";

/** Labels of nodes whose values are hosts or zones: who chooses one value has all servers there. */
const SPREAD_LABELS: Readonly<Record<string, string>> = {
    [HOST_LABEL]: "host",
    [ZONE_LABEL]: "zone",
    "failure-domain.beta.kubernetes.io/zone": "zone",
    "topology.ebs.csi.aws.com/zone": "zone",
};

/** On EKS each zone has node groups of its own. */
const EKS_NODE_GROUP = { "eks.amazonaws.com/nodegroup": "zone" };

const ALWAYS = "requiredDuringSchedulingIgnoredDuringExecution";
const IF_POSSIBLE = "preferredDuringSchedulingIgnoredDuringExecution";

/** The taint of a node that is being drained. */
const DRAINED = "node.kubernetes.io/unschedulable";

/** Where pods may run: what takes their spread away, and what Kubernetes would refuse. */
export function schedulingConflicts(config: ParsedConfig): ConfigProblem[] {
    const places =
        config.platform === "eks" ? { ...SPREAD_LABELS, ...EKS_NODE_GROUP } : SPREAD_LABELS;
    return serversOf(config).flatMap((servers) => [
        ...tolerationConflicts(servers, config),
        ...((servers.fields.replicas ?? 0) > 1
            ? [...placeConflicts(servers, places), ...podAffinityConflicts(servers, config)]
            : []),
    ]);
}

function tolerationConflicts(
    { key: owner, fields }: Servers,
    { wrong }: ParsedConfig,
): ConfigProblem[] {
    return (fields.tolerations ?? []).flatMap((toleration, index): ConfigProblem[] => {
        if (toleration === undefined) {
            return [];
        }
        const key = `${owner}.tolerations[${index}]`;
        const { key: taint, operator, value, effect, tolerationSeconds } = toleration;
        // What is missing may be what is wrong.
        const isWrong = [...wrong].some((each) => each.startsWith(`${key}.`));
        const problems: ConfigProblem[] = [];
        if (taint === DRAINED || (taint === undefined && !isWrong)) {
            const expected =
                `a taint in key other than ${DRAINED}: ` +
                "a pod would come back to the node that is being drained";
            problems.push({ key, expected, given: show(toleration) });
        }
        if (operator === "Exists" && value !== undefined) {
            const expected = 'nothing with operator "Exists", which takes any value';
            problems.push({ key: `${key}.value`, expected, given: show(value) });
        }
        const isLasting = effect === undefined ? !isWrong : effect !== "NoExecute";
        if (tolerationSeconds !== undefined && isLasting) {
            const expected = 'nothing without effect "NoExecute"';
            const given = show(tolerationSeconds);
            problems.push({ key: `${key}.tolerationSeconds`, expected, given });
        }
        return problems;
    });
}

/** Node selectors and affinities that keep all servers to one zone, or to fewer hosts than there are servers. */
function placeConflicts(
    { key: owner, what, fields, spread }: Servers,
    places: Readonly<Record<string, string>>,
): ConfigProblem[] {
    const { nodeSelector = {}, affinity = {} } = fields;
    const { [ALWAYS]: required, [IF_POSSIBLE]: allPreferred = [] } = affinity.nodeAffinity ?? {};
    const preferred = allPreferred.filter((each) => each !== undefined);
    const together = (place: string) =>
        `it would take the spread of the ${what} over ${place}s away`;
    return Object.entries(places).flatMap(([label, place]): ConfigProblem[] => {
        const hosts = place === "host" && spread === "required" ? fields.replicas! : 2;
        const selected = nodeSelector[label];
        const chosen = chosenValues(label, required?.nodeSelectorTerms ?? []);
        const isPreferred = ({ preference }: (typeof preferred)[number]) =>
            (chosenValues(label, [preference])?.size ?? hosts) < hosts;
        return [
            ...(selected === undefined
                ? []
                : [
                      {
                          key: `${owner}.nodeSelector.${label}`,
                          expected: `nothing: ${together(place)}`,
                          given: show(selected),
                      },
                  ]),
            ...(chosen === undefined || chosen.size >= hosts
                ? []
                : [
                      {
                          key: `${owner}.affinity.nodeAffinity.${ALWAYS}`,
                          expected: `at least ${hosts} values of ${label}, or none: ${together(place)}`,
                          given: show([...chosen]),
                      },
                  ]),
            // A required spread goes before what is only preferred.
            ...(spread === "required" ? [] : preferred).filter(isPreferred).map((each) => ({
                key: `${owner}.affinity.nodeAffinity.${IF_POSSIBLE}`,
                expected: `at least ${hosts} values of ${label}, or none: ${together(place)}`,
                given: show([...chosenValues(label, [each.preference])!]),
            })),
        ];
    });
}

/** The values of a label that nodes may have, where each of the terms names some. */
function chosenValues(
    label: string,
    terms: readonly { readonly matchExpressions?: V1NodeSelectorRequirement[] }[],
): ReadonlySet<string> | undefined {
    const named = terms.map(({ matchExpressions = [] }) =>
        matchExpressions.find(({ key, operator }) => key === label && operator === "In"),
    );
    return named.length > 0 && named.every((each) => each !== undefined)
        ? new Set(named.flatMap(({ values = [] }) => values))
        : undefined;
}

/** Pods that want to be where pods of their own kind are. */
function podAffinityConflicts(
    { key: owner, what, fields, labels }: Servers,
    { namespace }: ParsedConfig,
): ConfigProblem[] {
    const { [ALWAYS]: required = [], [IF_POSSIBLE]: preferred = [] } =
        fields.affinity?.podAffinity ?? {};
    const terms = [...required, ...preferred.map((each) => each?.podAffinityTerm)];
    return terms
        .filter((term) => term !== undefined)
        .filter(
            (term) => meansNamespace(term, namespace) && selects(term.labelSelector ?? {}, labels),
        )
        .map((term) => ({
            key: `${owner}.affinity.podAffinity`,
            expected: `terms that don't select the ${what} themselves: it would take their spread away`,
            given: show(term),
        }));
}

/** Whether a term is about pods of a namespace; its own, where it says nothing. */
function meansNamespace(
    { namespaces, namespaceSelector }: V1PodAffinityTerm,
    namespace = "kafka",
): boolean {
    return namespaces === undefined && namespaceSelector === undefined
        ? true
        : namespaces?.includes(namespace) === true ||
              (namespaceSelector !== undefined &&
                  selects(namespaceSelector, { "kubernetes.io/metadata.name": namespace }));
}
