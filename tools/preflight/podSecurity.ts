import type { V1Namespace, V1Pod } from "@kubernetes/client-node";
import { fails, type Judgement, listOf, ok, warning } from "./finding";
import { judgeKnown, type Known, valueOr } from "./known";
import { isOfGroup, type PodGroup } from "./podGroup";
import { violations } from "./restricted";

const PREFIX = "pod-security.kubernetes.io/";
/** The strictest level, which the program sets on the namespace that it makes. */
const RESTRICTED = "restricted";

/** What is known of the namespace. */
export interface NamespaceFacts {
    readonly namespace: Known<V1Namespace | undefined>;
    /** Pods of all namespaces. */
    readonly pods: Known<readonly V1Pod[]>;
}

/** Judges whether the namespace admits the pods of a stack, and what becomes of others in it. */
export function judgePodSecurity(
    name: string,
    groups: readonly PodGroup[],
    facts: NamespaceFacts,
): Judgement[] {
    const own = groups.filter(({ namespace }) => namespace === name);
    return [
        judgeOwn(name, own),
        ...judgeKnown(facts.namespace, `namespace ${name}`, (found) =>
            judgeLabels(name, own, found, valueOr(facts.pods, [])),
        ),
    ];
}

function judgeOwn(name: string, groups: readonly PodGroup[]): Judgement {
    const refused = groups.flatMap(({ what, spec }) =>
        violations(spec).map((text) => `${what}: ${text}`),
    );
    const key = `pods in ${name}`;
    return refused.length === 0
        ? ok(key, `all fit the level ${RESTRICTED}, which the namespace will enforce`)
        : fails(key, {
              expected: `pods of the level ${RESTRICTED}, which the namespace enforces`,
              got: listOf(refused),
              next: "take out of the configuration what adds it, such as strimzi.overlay",
          });
}

function judgeLabels(
    name: string,
    groups: readonly PodGroup[],
    found: V1Namespace | undefined,
    pods: readonly V1Pod[],
): Judgement[] {
    const key = `namespace ${name}`;
    if (found === undefined) {
        return [ok(key, "not there yet: up makes it")];
    }
    const level = found.metadata?.labels?.[`${PREFIX}enforce`];
    const text = level === undefined ? "the API server's own level" : `the level ${level}`;
    if (level === RESTRICTED) {
        return [ok(key, `there, with ${text}`)];
    }
    const stricken = pods
        .filter(({ metadata }) => metadata?.namespace === name)
        .filter((pod) => !groups.some((group) => isOfGroup(group, pod)))
        .filter(({ spec }) => spec !== undefined && violations(spec).length > 0)
        .map(({ metadata }) => metadata?.name ?? "");
    return stricken.length === 0
        ? [ok(key, `there, with ${text}; up makes it ${RESTRICTED}`)]
        : [
              warning(key, {
                  expected: `only pods of the level ${RESTRICTED} in it, which up makes it enforce`,
                  got: `${listOf(stricken)}: they will not start again`,
                  next: "set namespace to another one, or move those pods",
              }),
          ];
}
