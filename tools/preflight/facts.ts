import {
    ApisApi,
    CoreV1Api,
    type KubeConfig,
    type V1APIGroup,
    type V1Node,
    type V1PersistentVolume,
    type V1PersistentVolumeClaim,
    type V1Pod,
    VersionApi,
    type VersionInfo,
} from "@kubernetes/client-node";
import { ask, type Known } from "./known";

/** What is asked of a cluster, each question at once and by itself. */
export interface ClusterFacts {
    readonly version: Promise<Known<VersionInfo>>;
    readonly groups: Promise<Known<readonly V1APIGroup[]>>;
    readonly nodes: Promise<Known<readonly V1Node[]>>;
    /** Of all namespaces. */
    readonly pods: Promise<Known<readonly V1Pod[]>>;
    /** Of the stack's namespace. */
    readonly claims: Promise<Known<readonly V1PersistentVolumeClaim[]>>;
    readonly volumes: Promise<Known<readonly V1PersistentVolume[]>>;
}

/** Asks a cluster for all that is judged. Nothing is made or changed. */
export function askCluster(kubeConfig: KubeConfig, namespace: string): ClusterFacts {
    const core = kubeConfig.makeApiClient(CoreV1Api);
    return {
        version: ask(kubeConfig.makeApiClient(VersionApi).getCode(), "the server's version"),
        groups: itemsOf(
            kubeConfig
                .makeApiClient(ApisApi)
                .getAPIVersions()
                .then(({ groups }) => ({ items: groups })),
            "the APIs",
        ),
        nodes: itemsOf(core.listNode(), "the nodes"),
        pods: itemsOf(core.listPodForAllNamespaces(), "the pods"),
        claims: itemsOf(core.listNamespacedPersistentVolumeClaim({ namespace }), "the claims"),
        volumes: itemsOf(core.listPersistentVolume(), "the volumes"),
    };
}

function itemsOf<T>(
    list: Promise<{ readonly items: readonly T[] }>,
    what: string,
): Promise<Known<readonly T[]>> {
    return ask(
        list.then(({ items }) => items),
        what,
    );
}
