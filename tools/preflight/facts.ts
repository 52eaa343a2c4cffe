import { lookup } from "node:dns/promises";
import {
    ApiextensionsV1Api,
    ApisApi,
    AppsV1Api,
    CoreV1Api,
    DiscoveryV1Api,
    type KubeConfig,
    RbacAuthorizationV1Api,
    SchedulingV1Api,
    StorageV1Api,
    type V1CustomResourceDefinition,
    type V1Node,
    VersionApi,
} from "@kubernetes/client-node";
import { ask, askForOne, type Known } from "./known";
import { DNS_NAMESPACE, DNS_SELECTOR, domainOfCorefile, domainOfKubelet } from "./nameResolution";

/** What is asked of a cluster: each question at once and by itself. */
export type ClusterFacts = ReturnType<typeof askCluster>;

/** Asks a cluster for all that is judged. Nothing is made or changed. */
export function askCluster(kubeConfig: KubeConfig, namespace: string) {
    const core = kubeConfig.makeApiClient(CoreV1Api);
    const storage = kubeConfig.makeApiClient(StorageV1Api);
    const discovery = kubeConfig.makeApiClient(DiscoveryV1Api);
    const nodes = itemsOf(core.listNode(), "the nodes");
    return {
        version: ask(kubeConfig.makeApiClient(VersionApi).getCode(), "the server's version"),
        groups: ask(
            kubeConfig
                .makeApiClient(ApisApi)
                .getAPIVersions()
                .then(({ groups }) => groups),
            "the APIs",
        ),
        nodes,
        /** Of all namespaces. */
        pods: itemsOf(core.listPodForAllNamespaces(), "the pods"),
        services: itemsOf(core.listServiceForAllNamespaces(), "the Services"),
        deployments: itemsOf(
            kubeConfig.makeApiClient(AppsV1Api).listDeploymentForAllNamespaces(),
            "the Deployments",
        ),
        /** Kafka's, if it is there. */
        namespace: askForOne(core.readNamespace({ name: namespace }), "the namespace"),
        /** Of that namespace. */
        claims: itemsOf(core.listNamespacedPersistentVolumeClaim({ namespace }), "the claims"),
        quotas: itemsOf(core.listNamespacedResourceQuota({ namespace }), "the quotas"),
        ranges: itemsOf(core.listNamespacedLimitRange({ namespace }), "the limit ranges"),
        volumes: itemsOf(core.listPersistentVolume(), "the volumes"),
        classes: itemsOf(storage.listStorageClass(), "the storage classes"),
        drivers: itemsOf(storage.listCSIDriver(), "the CSI drivers"),
        roles: itemsOf(
            kubeConfig.makeApiClient(RbacAuthorizationV1Api).listClusterRole(),
            "the ClusterRoles",
        ),
        priorities: itemsOf(
            kubeConfig.makeApiClient(SchedulingV1Api).listPriorityClass(),
            "the priority classes",
        ),
        nameServers: itemsOf(
            core.listNamespacedService({ namespace: DNS_NAMESPACE, labelSelector: DNS_SELECTOR }),
            "the name servers",
        ),
        nameServerSlices: itemsOf(
            discovery.listNamespacedEndpointSlice({ namespace: DNS_NAMESPACE }),
            "the name servers' endpoints",
        ),
        domain: askDomain(core, nodes),
    };
}

/** Asks for one CRD. */
export function askDefinition(
    kubeConfig: KubeConfig,
    name: string,
): Promise<Known<V1CustomResourceDefinition | undefined>> {
    const api = kubeConfig.makeApiClient(ApiextensionsV1Api);
    return askForOne(api.readCustomResourceDefinition({ name }), `the CRD ${name}`);
}

/** The DNS domain of the cluster: CoreDNS has it, and so has each kubelet. */
async function askDomain(
    core: CoreV1Api,
    nodes: Promise<Known<readonly V1Node[]>>,
): Promise<Known<string | undefined>> {
    const config = await askForOne(
        core.readNamespacedConfigMap({ name: "coredns", namespace: DNS_NAMESPACE }),
        "the configuration of CoreDNS",
    );
    const domain = "value" in config ? domainOfCorefile(config.value) : undefined;
    if (domain !== undefined) {
        return { value: domain };
    }
    const all = await nodes;
    const name = "value" in all ? all.value[0]?.metadata?.name : undefined;
    if (name === undefined) {
        return config as Known<undefined>;
    }
    const kubelet = await ask(
        core.connectGetNodeProxyWithPath({ name, path: "configz" }),
        "the configuration of a kubelet",
    );
    return "value" in kubelet ? { value: domainOfKubelet(kubelet.value) } : kubelet;
}

/** Those of some names that do not resolve from here. */
export async function unresolvedOf(hosts: readonly string[]): Promise<string[]> {
    const found = await Promise.all(
        [...new Set(hosts)].map((host) =>
            lookup(host).then(
                () => [],
                () => [host],
            ),
        ),
    );
    return found.flat();
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
