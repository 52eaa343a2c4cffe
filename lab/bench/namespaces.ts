import { CoreV1Api, type KubeConfig } from "@kubernetes/client-node";
import { waitFor } from "../wait";

const LIMIT_SECONDS = 300;

/**
 * Deletes a namespace with everything in it, if it is there, and waits until it is gone. Its pods end at once: a broker
 * without its ZooKeeper would take all of its 300 s.
 */
export async function deleteNamespace(kubeConfig: KubeConfig, name: string): Promise<void> {
    const core = kubeConfig.makeApiClient(CoreV1Api);
    const find = async () =>
        (await core.listNamespace()).items.some(({ metadata }) => metadata?.name === name);
    if (await find()) {
        await core.deleteNamespace({ name });
        await core.deleteCollectionNamespacedPod({ namespace: name, gracePeriodSeconds: 0 });
        await waitFor(`the end of namespace ${name}`, LIMIT_SECONDS, async () => !(await find()));
    }
}
