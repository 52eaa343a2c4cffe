import type {
    CoreV1Event,
    KubernetesObject,
    V1Node,
    V1PersistentVolumeClaim,
    V1Pod,
    V1StatefulSet,
} from "@kubernetes/client-node";
import { parseQuantity } from "../../kubernetes/quantity";
import { findMissing } from "../missingFiles";
import { CLAIM, EVENT, type Kind, type LiveObjects, NODE, POD, STATEFUL_SET } from "../objects";
import { keyOf, neededFiles } from "../podFiles";
import { cannotStart } from "./cannotStart";
import {
    cannotBeMade,
    containersOf,
    hasCondition,
    hasRun,
    hasStarted,
    isReady,
    ordinalOf,
    uidOf,
} from "./pods";

/** What a StatefulSet is to be. */
export interface WantedStatefulSet {
    readonly namespace: string;
    readonly name: string;
    /** Fields of its specification as the program sent them. Nobody else may have changed any of them. */
    readonly sent: { readonly replicas: number };
    /** The whole specification as the API server answered when it was sent: an output of the resource. */
    readonly accepted: object;
}

/** What single looks at a pod don't tell. */
export interface PodHistory {
    /** How often each container had restarted when the pod was first seen, or its volume was last seen to grow. */
    readonly restartsAtFirst: Readonly<Record<string, number>>;
    /** For how long the pod has been seen without being Ready. */
    readonly unreadySeconds: number;
}

/** A StatefulSet and all that says how it is. */
export interface RolloutState {
    readonly wanted: WantedStatefulSet;
    /** `undefined` when there is none. */
    readonly set?: V1StatefulSet;
    /** Its pods, by their ordinals. */
    readonly pods: readonly V1Pod[];
    /** By the pods' UIDs. */
    readonly histories: ReadonlyMap<string, PodHistory>;
    /** Claims of the namespace, where a pod has no node yet or fails; `undefined` where they may not be listed. */
    readonly claims?: readonly V1PersistentVolumeClaim[];
    /** Events of the namespace, where a pod is missing or has not started. */
    readonly events: readonly CoreV1Event[];
    /** Nodes of its pods that are gone or not ready. */
    readonly lostNodes: ReadonlySet<string>;
    /** ConfigMaps and Secrets that pods wait for and that are not there, each as `ConfigMap NAME`. */
    readonly missingFiles: ReadonlySet<string>;
}

/** Whether a pod is one of those that are to be. */
export function isWanted(pod: V1Pod, { wanted }: RolloutState): boolean {
    return ordinalOf(pod, wanted.name)! < wanted.sent.replicas;
}

/** Looks at a StatefulSet again and again, and remembers what single looks don't tell. */
export class RolloutWatch {
    private readonly firstSeen = new Map<string, Readonly<Record<string, number>>>();
    private readonly unreadySince = new Map<string, number>();

    /** @param now Time in milliseconds. */
    constructor(
        private readonly live: LiveObjects,
        private readonly wanted: WantedStatefulSet,
        private readonly now: () => number,
    ) {}

    /** How it is now. */
    async look(): Promise<RolloutState> {
        const { namespace, name, sent } = this.wanted;
        const set = await this.live.read<V1StatefulSet>({ ...STATEFUL_SET, namespace, name });
        const pods = set === undefined ? [] : await this.podsOf(set);
        const unready = pods.filter((pod) => !isReady(pod));
        const isMissing = set !== undefined && pods.length < sent.replicas;
        const [claims, events = [], lostNodes, missingFiles] = await Promise.all([
            unready.some((pod) => pod.spec?.nodeName === undefined || cannotStart(pod))
                ? this.listAsFarAsAllowed<V1PersistentVolumeClaim>(CLAIM)
                : [],
            // The events of one that runs have nothing to explain.
            isMissing || unready.some((pod) => !hasStarted(pod))
                ? this.listAsFarAsAllowed<CoreV1Event>(EVENT)
                : [],
            this.lostNodesOf(unready),
            this.missingFilesOf(unready),
        ]);
        const histories = new Map(pods.map((pod) => [uidOf(pod), this.remember(pod, claims)]));
        const { wanted } = this;
        return { wanted, set, pods, histories, claims, events, lostNodes, missingFiles };
    }

    private async podsOf({ spec }: V1StatefulSet): Promise<V1Pod[]> {
        const { namespace, name } = this.wanted;
        const labels = Object.entries(spec?.selector.matchLabels ?? {})
            .map(([key, value]) => `${key}=${value}`)
            .join(",");
        const ordinal = (pod: V1Pod) => ordinalOf(pod, name) ?? -1;
        return (await this.live.list<V1Pod>(POD, namespace, labels))
            .filter((pod) => ordinal(pod) >= 0)
            .sort((a, b) => ordinal(a) - ordinal(b));
    }

    /** What only explains may be nobody's business who deploys. */
    private listAsFarAsAllowed<T extends KubernetesObject>(kind: Kind): Promise<T[] | undefined> {
        return this.live.list<T>(kind, this.wanted.namespace).catch(() => undefined);
    }

    private async lostNodesOf(unready: readonly V1Pod[]): Promise<Set<string>> {
        const names = [...new Set(unready.flatMap(({ spec }) => spec?.nodeName ?? []))];
        const isLost = await Promise.all(
            names.map((name) =>
                this.live.read<V1Node>({ ...NODE, name }).then(
                    (node) => node === undefined || !hasCondition(node, "Ready"),
                    () => false,
                ),
            ),
        );
        return new Set(names.filter((_, index) => isLost[index]));
    }

    private async missingFilesOf(unready: readonly V1Pod[]): Promise<Set<string>> {
        const preparing = unready.filter(
            (pod) => pod.spec?.nodeName !== undefined && (!hasRun(pod) || cannotBeMade(pod)),
        );
        const needed = preparing.flatMap(({ spec }) => neededFiles(spec));
        const missing = await findMissing(this.live, this.wanted.namespace, needed);
        return new Set(missing.map(keyOf));
    }

    private remember(
        pod: V1Pod,
        claims: readonly V1PersistentVolumeClaim[] | undefined,
    ): PodHistory {
        const uid = uidOf(pod);
        const restarts = Object.fromEntries(
            containersOf(pod).map(({ name, restartCount }) => [name, restartCount]),
        );
        // What ends it may be the full volume, until that has grown and the container is tried again.
        const restartsAtFirst = hasGrowingVolume(pod, claims)
            ? restarts
            : (this.firstSeen.get(uid) ?? restarts);
        this.firstSeen.set(uid, restartsAtFirst);
        if (isReady(pod)) {
            this.unreadySince.delete(uid);
            return { restartsAtFirst, unreadySeconds: 0 };
        }
        const since = this.unreadySince.get(uid) ?? this.now();
        this.unreadySince.set(uid, since);
        return { restartsAtFirst, unreadySeconds: (this.now() - since) / 1000 };
    }
}

/** Whether a volume of a pod has still to get the size that its claim asks for. */
function hasGrowingVolume(
    { spec }: V1Pod,
    claims: readonly V1PersistentVolumeClaim[] = [],
): boolean {
    const names = (spec?.volumes ?? []).map((volume) => volume.persistentVolumeClaim?.claimName);
    return claims
        .filter(({ metadata }) => names.includes(metadata?.name))
        .some(({ spec: claim, status }) => {
            const [size, asked] = [
                status?.capacity?.["storage"],
                claim?.resources?.requests?.["storage"],
            ].map((text) => parseQuantity(text ?? ""));
            return size !== undefined && asked !== undefined && size < asked;
        });
}
