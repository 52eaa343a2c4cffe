import {
    CoreV1Api,
    type KubeConfig,
    type KubernetesObject,
    KubernetesObjectApi,
    PatchStrategy,
    type V1Pod,
} from "@kubernetes/client-node";

/** What the API server notes as the owner of the fields that it is given here. */
export const FIELD_MANAGER = "kafka-eks";

/** The part of the Kubernetes API that applying and deleting need. */
export interface ObjectApi {
    /** The object as it is now; `undefined` when there is none. */
    read(object: KubernetesObject): Promise<KubernetesObject | undefined>;
    /**
     * Creates an object or changes it to what is given, as {@link FIELD_MANAGER}.
     *
     * @param force Whether fields that another owner has set to something else are taken over, and not refused.
     */
    apply(object: KubernetesObject, force: boolean): Promise<void>;
    /** Starts the deletion of an object; one that is gone already is fine. */
    delete(object: KubernetesObject, propagation: "Foreground" | "Background"): Promise<void>;
    /** The objects of a kind with all these labels; none where the cluster does not know the kind. */
    list(
        kind: { readonly apiVersion: string; readonly kind: string },
        namespace: string,
        labels: Readonly<Record<string, string>>,
    ): Promise<KubernetesObject[]>;
    /** The pods with all these labels. */
    pods(namespace: string, labels: Readonly<Record<string, string>>): Promise<V1Pod[]>;
    /** The end of a pod's log. */
    logTail(pod: V1Pod): Promise<string>;
}

/** The API of a cluster. */
export function objectApi(kubeConfig: KubeConfig): ObjectApi {
    const objects = KubernetesObjectApi.makeApiClient(kubeConfig);
    const core = kubeConfig.makeApiClient(CoreV1Api);
    return {
        read: (object) => ignoreMissing(objects.read(header(object))),
        apply: async (object, force) => {
            await objects.patch(
                object,
                undefined,
                undefined,
                FIELD_MANAGER,
                force,
                PatchStrategy.ServerSideApply,
            );
        },
        delete: async (object, propagation) => {
            await ignoreMissing(
                objects.delete(
                    header(object),
                    undefined,
                    undefined,
                    undefined,
                    undefined,
                    propagation,
                ),
            );
        },
        list: async ({ apiVersion, kind }, namespace, labels) => {
            const list = await ignoreMissing(
                objects.list(
                    apiVersion,
                    kind,
                    namespace,
                    undefined,
                    undefined,
                    undefined,
                    undefined,
                    selector(labels),
                ),
            );
            // The items of a list do not say what they are.
            return (list?.items ?? []).map((item) => ({ ...item, apiVersion, kind }));
        },
        pods: async (namespace, labels) => {
            const labelSelector = selector(labels);
            return (await core.listNamespacedPod({ namespace, labelSelector })).items;
        },
        logTail: (pod) =>
            core.readNamespacedPodLog({
                name: pod.metadata!.name!,
                namespace: pod.metadata!.namespace!,
                tailLines: 5,
            }),
    };
}

function selector(labels: Readonly<Record<string, string>>): string {
    return Object.entries(labels)
        .map(([key, value]) => `${key}=${value}`)
        .join();
}

function header({ apiVersion, kind, metadata }: KubernetesObject) {
    const { name = "", namespace } = metadata ?? {};
    return { apiVersion, kind, metadata: { name, namespace } };
}

async function ignoreMissing<T>(request: Promise<T>): Promise<T | undefined> {
    try {
        return await request;
    } catch (error) {
        if ((error as { code?: unknown }).code === 404) {
            return undefined;
        }
        throw error;
    }
}
