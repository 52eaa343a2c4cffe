import { CoreV1Api, PatchStrategy, setHeaderOptions } from "@kubernetes/client-node";
import { LAB } from "../../../lab";
import { loadKubeConfig } from "../cluster";

type Labels = Readonly<Record<string, string>>;

/**
 * Labels the node of the zone that a group's name ends in. The lab has one node in each zone and none beside them, so they
 * get no taint: the pods of everything else would have nowhere to go.
 */
export async function joinNodes(group: string, labels: Labels = {}): Promise<void> {
    await label(group, labels);
}

/** Takes the labels away again. */
export async function leaveNodes(group: string, labels: Labels = {}): Promise<void> {
    await label(group, Object.fromEntries(Object.keys(labels).map((key) => [key, null])));
}

async function label(
    group: string,
    labels: Readonly<Record<string, string | null>>,
): Promise<void> {
    const node = LAB.nodes.find(({ zone }) => group.endsWith(zone));
    if (node === undefined || Object.keys(labels).length === 0) {
        return;
    }
    await loadKubeConfig(LAB.kubeconfig)
        .makeApiClient(CoreV1Api)
        .patchNode(
            { name: node.name, body: { metadata: { labels } } },
            setHeaderOptions("Content-Type", PatchStrategy.MergePatch),
        );
}
