import type { KubernetesObject } from "@kubernetes/client-node";
import { isGenerated } from "../../tools/render/secrets";
import { type Engine, FIELD_MANAGER, isAppliedHere, type Report } from "./engine";
import { awaitHealthy } from "./health";
import type { Kubectl } from "./kubectl";
import { hasSyncOption, isHook, wavesOf } from "./syncOrder";

/** What {@link kubectlEngine} deploys, and where. */
export interface KubectlEngineArgs {
    readonly kubectl: Kubectl;
    readonly namespace: string;
    /** Renders what to deploy, as GitOps tools take it. */
    readonly render: () => Promise<readonly KubernetesObject[]>;
}

const DELETE_TIMEOUT = "--timeout=10m";
/** More than these are only counted in a report. */
const FEW = 3;
const LABEL = "app.kubernetes.io/part-of=kafka-eks";

/** What an earlier deployment may have left, by whatever engine: it is taken back, and stays when the rest goes. */
const DATA_KINDS = ["Namespace", "PersistentVolumeClaim"];

/** The other kinds of the program, in the order in which they go: brokers before ZooKeeper, as their names are. */
const KINDS = [
    "statefulsets.apps",
    "jobs.batch",
    "poddisruptionbudgets.policy",
    "services",
    "configmaps",
    "certificates.cert-manager.io",
    "issuers.cert-manager.io",
    "secrets",
    "networkpolicies.networking.k8s.io",
];
/** Those that not every cluster knows. */
const CERTIFICATE_KINDS = KINDS.filter((kind) => kind.endsWith("cert-manager.io"));

/** Deploys rendered objects without Pulumi's CLI, by the rules of Argo CD: its phases, hooks, waves, health and pruning. */
export function kubectlEngine({ kubectl, namespace, render }: KubectlEngineArgs): Engine {
    return {
        deploy: async (report) => {
            const objects = await render();
            for (const wave of wavesOf(objects)) {
                await apply(kubectl, wave.objects, report);
                for (const object of wave.objects) {
                    await awaitHealthy(kubectl, object, report);
                }
            }
            const wanted = new Set(objects.map(titleOf));
            const applied = await findApplied(kubectl, namespace);
            const stale = applied.filter(
                (object) => !wanted.has(titleOf(object)) && !hasSyncOption(object, "Prune=false"),
            );
            await remove(kubectl, stale, report);
        },
        destroy: async (report) => {
            const applied = await findApplied(kubectl, namespace);
            const gone = applied.filter((object) => !hasSyncOption(object, "Delete=false"));
            await remove(kubectl, gone, report);
        },
    };
}

async function apply(
    kubectl: Kubectl,
    wave: readonly KubernetesObject[],
    report: Report,
): Promise<void> {
    const live = new Map(
        (await get(kubectl, ["-f", "-"], wave)).map((object) => [titleOf(object), object]),
    );
    const isLive = (object: KubernetesObject) => live.has(titleOf(object));
    await remove(
        kubectl,
        wave.filter((object) => isHook(object) && isLive(object)),
        report,
    );
    // What is there was generated before, and is known to others.
    const objects = wave.filter((object) => !(isGenerated(object) && isLive(object)));
    const isData = ({ kind = "" }: KubernetesObject) => DATA_KINDS.includes(kind);
    const serverSide = ["apply", "--server-side", `--field-manager=${FIELD_MANAGER}`, "-f", "-"];
    for (const [part, more] of [
        [objects.filter(isData), ["--force-conflicts"]],
        [objects.filter((object) => !isData(object)), []],
    ] as const) {
        if (part.length > 0) {
            await kubectl([...serverSide, ...more], { input: listOf(part) });
        }
    }
}

/** What was applied from here, without the data, in the order in which it goes. */
async function findApplied(kubectl: Kubectl, namespace: string): Promise<KubernetesObject[]> {
    const crds = ["get", "crds", ...CERTIFICATE_KINDS, "--ignore-not-found", "--output=name"];
    const known = await kubectl(crds);
    const kinds = KINDS.filter((kind) => !CERTIFICATE_KINDS.includes(kind) || known.includes(kind));
    const what = [kinds.join(), "--namespace", namespace, "--selector", LABEL];
    return (await get(kubectl, [...what, "--show-managed-fields"])).filter(isAppliedHere);
}

/** Deletes objects and waits until they are gone: one StatefulSet after the other, then all the rest. */
async function remove(
    kubectl: Kubectl,
    objects: readonly KubernetesObject[],
    report: Report,
): Promise<void> {
    const isSet = ({ kind }: KubernetesObject) => kind === "StatefulSet";
    const rest = objects.filter((object) => !isSet(object));
    for (const part of [...objects.filter(isSet).map((set) => [set]), rest]) {
        if (part.length > 0) {
            const what =
                part.length > FEW ? `${part.length} objects` : part.map(titleOf).join(", ");
            report(`${what}: being deleted`);
            const wait = ["--ignore-not-found", "--cascade=foreground", DELETE_TIMEOUT];
            await kubectl(["delete", "-f", "-", ...wait], { input: listOf(part) });
        }
    }
}

/** The objects that kubectl finds; none where there are none. */
async function get(
    kubectl: Kubectl,
    what: readonly string[],
    input: readonly KubernetesObject[] = [],
): Promise<KubernetesObject[]> {
    const answer = await kubectl(["get", ...what, "--ignore-not-found", "--output=json"], {
        input: listOf(input),
    });
    const found = JSON.parse(answer || '{"items":[]}') as { items?: KubernetesObject[] };
    return found.items ?? [found as KubernetesObject];
}

function listOf(items: readonly KubernetesObject[]): string {
    return JSON.stringify({ apiVersion: "v1", kind: "List", items });
}

function titleOf({ kind, metadata }: KubernetesObject): string {
    return `${kind} ${metadata?.name}`;
}
