import { setTimeout as delay } from "node:timers/promises";
import {
    ApiextensionsV1Api,
    AppsV1Api,
    BatchV1Api,
    CoreV1Api,
    CustomObjectsApi,
    Exec,
    KubeConfig,
    KubernetesObject,
    NetworkingV1Api,
    PolicyV1Api,
    V1Node,
    V1Pod,
    V1PodSecurityContext,
    V1SecurityContext,
} from "@kubernetes/client-node";
import { CONTAINER_SECURITY_CONTEXT, POD_SECURITY_CONTEXT } from "../../components/kubernetes/pods";
import { EXTERNAL_DNS_HOSTNAME } from "../../components/kafka/addresses";
import { ADVERTISED, KAFKA_CHECK, UPDATE_CHECK } from "../../components/kafka/names";
import { FILES_OF_LABEL } from "../../components/kubernetes/labels";
import { STRIMZI_API } from "../../components/strimzi/names";
import { podExec } from "../../tools/client/podExec";

/** The longest that a script in a pod may take: moving all replicas is one. */
const SCRIPT_MS = 15 * 60_000;

/** What a stack leaves in its namespace when it is destroyed. */
export const CLAIMS = ["kafka", "zookeeper"].flatMap((application) =>
    [0, 1, 2].map((ordinal) => `PersistentVolumeClaim/data-${application}-${ordinal}`),
);

/** The Secrets of cert-manager's that a stack of StatefulSets leaves, so that clients know its CA when it comes again. */
export const CERTIFICATE_SECRETS = ["brokers-tls", "clients-ca", "cluster-ca"].map(
    (name) => `Secret/kafka-${name}`,
);

const QUESTION_PODS = [KAFKA_CHECK, UPDATE_CHECK].map((name) => `Pod/${name}-`);

/** The parts of a Kubernetes cluster that the integration tests look at. */
export class Cluster {
    readonly core: CoreV1Api;

    constructor(
        readonly kubeConfig: KubeConfig,
        readonly namespace: string,
    ) {
        this.core = kubeConfig.makeApiClient(CoreV1Api);
    }

    /** The UIDs of an application's pods by their names; a pod that was replaced has another one. */
    async podUids(application: "kafka" | "zookeeper"): Promise<Record<string, string>> {
        const { items } = await this.core.listNamespacedPod({
            namespace: this.namespace,
            labelSelector: `app.kubernetes.io/name=${application}`,
        });
        return Object.fromEntries(items.map(({ metadata }) => [metadata!.name!, metadata!.uid!]));
    }

    /** Addresses of an application's pods, by their names. */
    async podAddresses(application: "kafka" | "zookeeper"): Promise<string[]> {
        const { items } = await this.core.listNamespacedPod({
            namespace: this.namespace,
            labelSelector: `app.kubernetes.io/name=${application}`,
        });
        return items
            .toSorted((a, b) => (a.metadata!.name! < b.metadata!.name! ? -1 : 1))
            .map(({ status }) => status!.podIP!);
    }

    /**
     * `Kind/name` of everything in the namespace that the program makes or that comes from it, sorted. The files of revisions
     * are left out: how many there are depends on what was changed before.
     */
    async contents(): Promise<string[]> {
        const { kubeConfig, namespace } = this;
        const apps = kubeConfig.makeApiClient(AppsV1Api);
        const batch = kubeConfig.makeApiClient(BatchV1Api);
        const policy = kubeConfig.makeApiClient(PolicyV1Api);
        const networking = kubeConfig.makeApiClient(NetworkingV1Api);
        const lists: [string, { items: KubernetesObject[] }][] = [
            [
                "ConfigMap",
                await this.core.listNamespacedConfigMap({
                    namespace,
                    labelSelector: `!${FILES_OF_LABEL}`,
                }),
            ],
            ["Job", await batch.listNamespacedJob({ namespace })],
            [
                "PersistentVolumeClaim",
                await this.core.listNamespacedPersistentVolumeClaim({ namespace }),
            ],
            ["NetworkPolicy", await networking.listNamespacedNetworkPolicy({ namespace })],
            ["Pod", await this.core.listNamespacedPod({ namespace })],
            ["Secret", await this.core.listNamespacedSecret({ namespace })],
            ["PodDisruptionBudget", await policy.listNamespacedPodDisruptionBudget({ namespace })],
            ["Service", await this.core.listNamespacedService({ namespace })],
            ["StatefulSet", await apps.listNamespacedStatefulSet({ namespace })],
            ["Deployment", await apps.listNamespacedDeployment({ namespace })],
            ...(await this.strimziLists()),
        ];
        return (
            lists
                .flatMap(([kind, { items }]) =>
                    items.map(({ metadata }) => `${kind}/${metadata!.name}`),
                )
                .filter((object) => object !== "ConfigMap/kube-root-ca.crt")
                // A question's pod goes a moment after its Job.
                .filter((object) => !QUESTION_PODS.some((prefix) => object.startsWith(prefix)))
                .sort()
        );
    }

    /** Specifications of all Services and network policies in the namespace, by `Kind/name`. */
    async connections(): Promise<Record<string, unknown>> {
        const { kubeConfig, namespace } = this;
        const networking = kubeConfig.makeApiClient(NetworkingV1Api);
        const { items: services } = await this.core.listNamespacedService({ namespace });
        const { items: policies } = await networking.listNamespacedNetworkPolicy({ namespace });
        return Object.fromEntries([
            ...services.map(({ metadata, spec }) => [`Service/${metadata!.name}`, spec]),
            ...policies.map(({ metadata, spec }) => [`NetworkPolicy/${metadata!.name}`, spec]),
        ]) as Record<string, unknown>;
    }

    /** What brokers advertise, by the names of the ConfigMaps: there is one for each revision with other listeners. */
    async advertised(): Promise<Record<string, Record<string, string>>> {
        const { items } = await this.core.listNamespacedConfigMap({
            namespace: this.namespace,
            labelSelector: FILES_OF_LABEL,
        });
        return Object.fromEntries(
            items
                .map(({ metadata, data = {} }) => [metadata!.name!, data] as const)
                .filter(([name]) => name.startsWith(`${ADVERTISED}-`)),
        );
    }

    /** Strimzi's resources in the namespace, by kind; none where its CRDs are not installed. */
    private async strimziLists(): Promise<[string, { items: KubernetesObject[] }][]> {
        const custom = this.kubeConfig.makeApiClient(CustomObjectsApi);
        const { namespace } = this;
        const plurals = (await this.strimziCrds())
            .filter((name) => name.endsWith(`.${STRIMZI_API.group}`))
            .map((name) => name.split(".", 1)[0]!);
        return Promise.all(
            plurals.map(async (plural): Promise<[string, { items: KubernetesObject[] }]> => {
                const list = (await custom.listNamespacedCustomObject({
                    ...STRIMZI_API,
                    namespace,
                    plural,
                })) as { kind: string; items: KubernetesObject[] };
                return [list.kind.replace(/List$/, ""), list];
            }),
        );
    }

    /** Names of the installed CRDs of Strimzi. */
    async strimziCrds(): Promise<string[]> {
        const extensions = this.kubeConfig.makeApiClient(ApiextensionsV1Api);
        const { items } = await extensions.listCustomResourceDefinition({
            labelSelector: "app=strimzi",
        });
        return items.map(({ metadata }) => metadata!.name!);
    }

    /** The columns in which kubectl lists a custom resource; without `columns` they stay as they are. */
    async printerColumns(crd: string, columns?: object[]): Promise<object[]> {
        const extensions = this.kubeConfig.makeApiClient(ApiextensionsV1Api);
        if (columns !== undefined) {
            const path = "/spec/versions/0/additionalPrinterColumns";
            await extensions.patchCustomResourceDefinition({
                name: crd,
                body: [{ op: "replace", path, value: columns }],
            });
        }
        const { spec } = await extensions.readCustomResourceDefinition({ name: crd });
        return spec.versions[0]!.additionalPrinterColumns ?? [];
    }

    /** Sizes that the namespace's claims ask for, by their names. */
    async claimSizes(): Promise<Record<string, string>> {
        const { items } = await this.core.listNamespacedPersistentVolumeClaim({
            namespace: this.namespace,
        });
        return Object.fromEntries(
            items.map(({ metadata, spec }) => [
                metadata!.name!,
                spec!.resources!.requests!["storage"]!,
            ]),
        );
    }

    /** Names of the namespace's volumes, by the claims that have them or had them. */
    async volumes(): Promise<Record<string, string>> {
        const { items } = await this.core.listPersistentVolume();
        return Object.fromEntries(
            items
                .filter(({ spec }) => spec?.claimRef?.namespace === this.namespace)
                .map(({ metadata, spec }) => [spec!.claimRef!.name!, metadata!.name!] as const)
                .sort(([a], [b]) => (a < b ? -1 : 1)),
        );
    }

    /** Waits until every volume of the namespace is free for the claim of its name. */
    async waitUntilVolumesAreFree(): Promise<void> {
        await waitFor("volumes without a claim", 60_000, async () => {
            const { items } = await this.core.listPersistentVolume();
            return items
                .filter(({ spec }) => spec?.claimRef?.namespace === this.namespace)
                .every(({ status }) => status?.phase === "Available");
        });
    }

    /** Deletes the namespace's volumes as objects; what is on those that are retained stays on their disks. */
    async forgetVolumes(): Promise<void> {
        for (const name of Object.values(await this.volumes())) {
            await this.core.deletePersistentVolume({ name });
        }
        await this.waitUntilVolumesAreGone();
    }

    /** Waits until the namespace has no volumes left. */
    async waitUntilVolumesAreGone(): Promise<void> {
        await waitFor("the end of the volumes", 60_000, async () => {
            return Object.keys(await this.volumes()).length === 0;
        });
    }

    /** Name of the node that a pod runs on. */
    async nodeOf(pod: string): Promise<string> {
        const { spec } = await this.core.readNamespacedPod({
            name: pod,
            namespace: this.namespace,
        });
        return spec!.nodeName!;
    }

    /** Deletes a pod and keeps it from coming back to its node; returns the node's name. */
    async evict(pod: string): Promise<string> {
        const node = await this.nodeOf(pod);
        await this.setUnschedulable(node, true);
        await this.core.deleteNamespacedPod({ name: pod, namespace: this.namespace });
        return node;
    }

    /** Lets pods on a node again. */
    async uncordon(node: string): Promise<void> {
        await this.setUnschedulable(node, false);
    }

    /** Deletes a broker's pod and waits until all brokers are ready again, which the new one is when it is in sync. */
    async restart(name: string): Promise<void> {
        const before = await this.podUids("kafka");
        const { [name]: uid = "" } = before;
        await this.core.deleteNamespacedPod({ name, namespace: this.namespace });
        await this.waitForOthers("kafka", { [name]: uid });
        await this.waitUntilReady("kafka", Object.keys(before).length);
    }

    /** Stops all brokers, as `kubectl scale` does, and waits until they are gone. */
    async stopBrokers(): Promise<void> {
        const body = [{ op: "replace", path: "/spec/replicas", value: 0 }];
        const apps = this.kubeConfig.makeApiClient(AppsV1Api);
        const { namespace } = this;
        await apps.patchNamespacedStatefulSetScale({ name: "kafka", namespace, body });
        await waitFor("the end of all brokers", 300_000, async () => {
            return Object.keys(await this.podUids("kafka")).length === 0;
        });
    }

    /** Addresses of the namespace's load balancers by the names that external-dns is to publish. */
    async publishedNames(): Promise<Record<string, string>> {
        const { items } = await this.core.listNamespacedService({ namespace: this.namespace });
        return Object.fromEntries(
            items.flatMap(({ metadata, status }) => {
                const name = metadata?.annotations?.[EXTERNAL_DNS_HOSTNAME];
                return name === undefined ? [] : [[name, status!.loadBalancer!.ingress![0]!.ip!]];
            }),
        );
    }

    /** Gives a load balancer another address, as a cloud may; the old one leads nowhere then. */
    async moveLoadBalancer(name: string, ip: string): Promise<void> {
        const body = [
            { op: "replace", path: "/status/loadBalancer/ingress", value: [{ ip, ipMode: "VIP" }] },
        ];
        await this.core.patchNamespacedServiceStatus({ name, namespace: this.namespace, body });
    }

    private async setUnschedulable(name: string, unschedulable: boolean): Promise<void> {
        const body = [{ op: "add", path: "/spec/unschedulable", value: unschedulable }];
        await this.core.patchNode({ name, body });
    }

    /** Waits until every StatefulSet has all its pods, ready and of its newest revision. */
    async waitUntilRolledOut(): Promise<void> {
        const apps = this.kubeConfig.makeApiClient(AppsV1Api);
        await waitFor("the end of all rolling updates", 600_000, async () => {
            const { items } = await apps.listNamespacedStatefulSet({ namespace: this.namespace });
            return items.every(
                ({ metadata, spec, status }) =>
                    status?.observedGeneration === metadata?.generation &&
                    status?.updateRevision === status?.currentRevision &&
                    status?.readyReplicas === spec?.replicas,
            );
        });
    }

    /** Waits until so many pods of an application are ready, on nodes that are. */
    async waitUntilReady(application: "kafka" | "zookeeper", count: number): Promise<void> {
        await waitFor(`${count} ready pods of ${application}`, 180_000, async () => {
            const { items: nodes } = await this.core.listNode();
            const readyNodes = nodes.filter(isReady).map(({ metadata }) => metadata!.name);
            const { items } = await this.core.listNamespacedPod({
                namespace: this.namespace,
                labelSelector: `app.kubernetes.io/name=${application}`,
            });
            const ready = items.filter(
                (pod) => isReady(pod) && readyNodes.includes(pod.spec?.nodeName),
            );
            return ready.length === count;
        });
    }

    /** Waits until all pods of an application are others than these, and ready. */
    async waitUntilReplaced(
        application: "kafka" | "zookeeper",
        before: Readonly<Record<string, string>>,
    ): Promise<void> {
        await this.waitForOthers(application, before);
        await this.waitUntilReady(application, Object.keys(before).length);
    }

    private async waitForOthers(
        application: "kafka" | "zookeeper",
        before: Readonly<Record<string, string>>,
    ): Promise<void> {
        await waitFor(`other pods of ${application}`, 180_000, async () => {
            const now = await this.podUids(application);
            return Object.entries(before).every(
                ([pod, uid]) => ![undefined, uid].includes(now[pod]),
            );
        });
    }

    /** Runs a pod that has nothing and does nothing but sleep, with no more permissions than the namespace allows. */
    async runIdle(name: string, image: string): Promise<void> {
        const { namespace } = this;
        await this.core.createNamespacedPod({
            namespace,
            body: {
                metadata: { name },
                spec: {
                    terminationGracePeriodSeconds: 0,
                    automountServiceAccountToken: false,
                    securityContext: POD_SECURITY_CONTEXT as V1PodSecurityContext,
                    containers: [
                        {
                            name,
                            image,
                            command: ["sleep", "infinity"],
                            securityContext: CONTAINER_SECURITY_CONTEXT as V1SecurityContext,
                        },
                    ],
                },
            },
        });
        await waitFor(`the pod ${name}`, 60_000, async () =>
            isReady(await this.core.readNamespacedPod({ name, namespace })),
        );
    }

    /** Deletes the namespace, if it is there, and waits until it is gone. Pods get ten seconds to stop. */
    async deleteNamespace(): Promise<void> {
        const { namespace } = this;
        if (await this.exists()) {
            await this.core.deleteNamespace({ name: namespace });
            // Brokers would wait for a ZooKeeper that goes as well, up to their five minutes.
            await this.core.deleteCollectionNamespacedPod({ namespace, gracePeriodSeconds: 10 });
        }
        await waitFor(`the end of ${this.namespace}`, 300_000, async () => !(await this.exists()));
    }

    /** Whether the namespace exists. */
    async exists(): Promise<boolean> {
        const { items } = await this.core.listNamespace();
        return items.some(({ metadata }) => metadata!.name === this.namespace);
    }

    /** Runs a script in a pod's container and returns what it prints. */
    run(pod: string, container: string, script: string): Promise<string> {
        const exec = podExec(new Exec(this.kubeConfig), this.namespace);
        return exec({ pod, container, command: ["bash", "-c", script], timeoutMs: SCRIPT_MS });
    }
}

function isReady({ status }: V1Pod | V1Node): boolean {
    return (
        status?.conditions?.some((each) => each.type === "Ready" && each.status === "True") ?? false
    );
}

/** Waits until something is so; what fails on the way ends it. */
export async function waitFor(
    what: string,
    timeoutMs: number,
    isTrue: () => Promise<boolean>,
): Promise<void> {
    const deadline = Date.now() + timeoutMs;
    while (!(await isTrue())) {
        if (Date.now() > deadline) {
            throw new Error(`waited ${timeoutMs / 1000} s in vain for ${what}`);
        }
        await delay(500);
    }
}

/** Loads a kubeconfig file. */
export function loadKubeConfig(path: string): KubeConfig {
    const kubeConfig = new KubeConfig();
    kubeConfig.loadFromFile(path);
    return kubeConfig;
}
