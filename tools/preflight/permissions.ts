import type { KubernetesObject } from "@kubernetes/client-node";
import type { StackConfig } from "../../config/stackConfig";
import type { HelmRelease } from "../render/helmReleases";
import type { RenderedStack } from "../render/renderStack";
import { fails, type Judgement, listOf, notKnown, ok, warning } from "./finding";
import { chartObjects, type Resource } from "./helm";
import type { Known } from "./known";
import { questionsOfUp } from "./questionsOfUp";

/** A thing that somebody may be allowed to do. */
export interface Permission extends Resource {
    readonly verb: string;
    readonly subresource?: string;
    /** Absent for what belongs to the whole cluster. */
    readonly namespace?: string;
}

/** A permission that is needed, and what for. */
export interface Need {
    readonly permission: Permission;
    /** What goes without it: `up`, what comes after it, or an explanation. */
    readonly for: "up" | "later changes" | "explanations";
}

/** Everything at all. Whoever has it need not be asked for more. */
export const EVERYTHING: Permission = { verb: "*", group: "*", resource: "*" };

/** What `up` does with an object: Pulumi's provider reads it, makes it by a patch, and waits for it. */
const MAKING = ["get", "create", "patch"];
/** Kinds that stay when the stack goes. */
const KEPT = ["Namespace", "PersistentVolumeClaim"];
const CLUSTER_WIDE = ["Namespace"];

/**
 * All that `up` needs for a stack: for its objects, for the objects of charts, and for its questions to the cluster.
 *
 * @param hasNamespace Whether Kafka's namespace is there already, and need not be made.
 */
export function neededPermissions(
    { objects, releases, config }: Pick<RenderedStack, "objects" | "releases" | "config">,
    hasNamespace: boolean,
): Need[] {
    const needs = [
        ...objects
            .flatMap(needsOfObject)
            .filter(
                ({ permission: { verb, resource } }) =>
                    !(hasNamespace && verb === "create" && resource === "namespaces"),
            ),
        ...releases.flatMap(needsOfRelease),
        ...needsOfQuestions(config),
    ];
    // Sorted before by how much goes without it, so that of two with one text the first counts.
    const order = ["up", "later changes", "explanations"];
    const sorted = needs.toSorted((a, b) => order.indexOf(a.for) - order.indexOf(b.for));
    return [
        ...new Map(
            sorted.toReversed().map((need) => [textOf(need.permission), need] as const),
        ).values(),
    ].toReversed();
}

/** The name of a kind in the API, as Kubernetes guesses it, too. */
export function resourceOf({ apiVersion, kind }: KubernetesObject): Resource {
    const [group, version] = apiVersion!.split("/");
    const name = kind!.toLowerCase();
    const plural = name.endsWith("s")
        ? `${name}es`
        : name.endsWith("y")
          ? `${name.slice(0, -1)}ies`
          : `${name}s`;
    return { group: version === undefined ? "" : group!, resource: plural };
}

function needsOfObject(object: KubernetesObject): Need[] {
    const resource = resourceOf(object);
    const kind = object.kind!;
    const where = CLUSTER_WIDE.includes(kind) ? {} : { namespace: object.metadata!.namespace };
    const need = (verb: string, what: Need["for"]): Need => ({
        permission: { ...resource, ...where, verb },
        for: what,
    });
    return [
        ...MAKING.map((verb) => need(verb, "up")),
        ...(KEPT.includes(kind) ? [] : [need("delete", "later changes")]),
    ];
}

function needsOfRelease(release: HelmRelease): Need[] {
    const { namespaced, clusterWide } = chartObjects(release);
    const { namespace } = release;
    // A revision of Helm's is a Secret.
    const revisions = ["list", "get", "create", "update", "delete"].map((verb): Permission => ({
        group: "",
        resource: "secrets",
        namespace,
        verb,
    }));
    const inNamespace = namespaced.flatMap((resource) =>
        MAKING.map((verb): Permission => ({ ...resource, namespace, verb })),
    );
    const crds: Resource[] = release.skipCrds
        ? [{ group: "apiextensions.k8s.io", resource: "customresourcedefinitions" }]
        : [];
    const inCluster = [...clusterWide, ...crds].flatMap((resource) =>
        MAKING.map((verb): Permission => ({ ...resource, verb })),
    );
    return [...revisions, ...inNamespace, ...inCluster].map((permission) => ({
        permission,
        for: "up",
    }));
}

function needsOfQuestions({ kafkaDeploymentType, namespace }: StackConfig): Need[] {
    return questionsOfUp(kafkaDeploymentType).map(
        ({ group, resource, subresource, verb, isClusterWide, isOptional }) => ({
            permission: {
                group,
                resource,
                verb,
                ...(subresource !== undefined && { subresource }),
                ...(isClusterWide ? {} : { namespace }),
            },
            for: isOptional ? "explanations" : "up",
        }),
    );
}

/** A permission for a person, such as `create statefulsets.apps in kafka`. */
export function textOf({ verb, group, resource, subresource, namespace }: Permission): string {
    const name = `${resource}${subresource === undefined ? "" : `/${subresource}`}`;
    const full = group === "" ? name : `${name}.${group}`;
    return `${verb} ${full}${namespace === undefined ? "" : ` in ${namespace}`}`;
}

/** A need, and whether it is met. */
export type Answer = Need & { readonly allowed: Known<boolean> };

const KEY = "kubeconfig's user";

/** Judges the answers: `up` fails without what it needs for itself. */
export function judgePermissions(answers: readonly Answer[]): Judgement[] {
    const refused = answers.filter(({ allowed }) => "value" in allowed && !allowed.value);
    const unknown = answers.flatMap(({ allowed }) =>
        "unknown" in allowed ? [allowed.unknown] : [],
    );
    const missing = (what: Need["for"]) => refused.filter((answer) => answer.for === what);
    const judgements = [
        ...missingFor(missing("up"), fails, "all that up does"),
        ...missingFor(missing("later changes"), warning, "what later changes and destroy do, too"),
        ...missingFor(missing("explanations"), warning, "what up explains failures with"),
        ...(unknown.length === 0 ? [] : [notKnown(KEY, unknown[0]!)]),
    ];
    return judgements.length === 0
        ? [ok(KEY, `may do all of ${answers.length} things that up does`)]
        : judgements;
}

function missingFor(missing: readonly Answer[], judge: typeof fails, what: string): Judgement[] {
    const [first] = missing;
    if (first === undefined) {
        return [];
    }
    const { verb, resource, namespace } = first.permission;
    const scope = namespace === undefined ? "" : ` --namespace ${namespace}`;
    return [
        judge(KEY, {
            expected: what,
            got: `no permission for ${listOf(byResource(missing))}`,
            next: `grant it; ask again with kubectl auth can-i ${verb} ${resource}${scope}`,
        }),
    ];
}

/** Permissions for a person, by what they are for, such as `statefulsets.apps in kafka (get, patch)`. */
function byResource(missing: readonly Answer[]): string[] {
    const verbs = new Map<string, string[]>();
    for (const { permission } of missing) {
        const [verb = "", ...rest] = textOf(permission).split(" ");
        const resource = rest.join(" ");
        verbs.set(resource, [...(verbs.get(resource) ?? []), verb]);
    }
    return [...verbs].map(([resource, all]) => `${resource} (${all.join(", ")})`);
}

/** What lets somebody grant more than they have themselves. Charts make ClusterRoles, which nobody else may. */
export const GRANTING: readonly Permission[] = ["escalate", "bind"].map((verb) => ({
    group: "rbac.authorization.k8s.io",
    resource: "clusterroles",
    verb,
}));

/** Judges whether the ClusterRoles of charts can be made. */
export function judgeGranting(answers: readonly Known<boolean>[]): Judgement[] {
    const isRefused = answers.some((answer) => "value" in answer && !answer.value);
    return isRefused
        ? [
              warning("ClusterRoles", {
                  expected:
                      "permission to escalate and bind clusterroles, since Helm charts make some",
                  got: "none: up fails unless the user has each permission in them itself",
                  next: "let an administrator of the cluster install the operator, and turn its installation off",
              }),
          ]
        : [];
}
