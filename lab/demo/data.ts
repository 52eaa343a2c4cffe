import type { CoreV1Api } from "@kubernetes/client-node";
import { CLUSTER, CLUSTER_LABEL } from "../../components/strimzi/names";
import { waitFor } from "../wait";
import type { Report } from "./engine";

const PROGRAM = "app.kubernetes.io/part-of=kafka-eks";
/** Labels of claims: the program's, and the operator's for those that it makes. */
const CLAIMS = [PROGRAM, `${CLUSTER_LABEL}=${CLUSTER}`];
const LIMIT_SECONDS = 600;

/** What outlives a Kafka, whatever deployed it. */
export interface Data {
    /** Whether the program made the namespace; one that was there before is not deleted. */
    readonly namespaceIsOurs: boolean;
    /** Names of the claims. */
    readonly claims: readonly string[];
}

/** Finds the data in a namespace; `undefined` where there are none. */
export async function findData(
    core: Pick<CoreV1Api, "listNamespace" | "listNamespacedPersistentVolumeClaim">,
    namespace: string,
): Promise<Data | undefined> {
    const claims = await Promise.all(
        CLAIMS.map((labelSelector) =>
            core.listNamespacedPersistentVolumeClaim({ namespace, labelSelector }),
        ),
    );
    const namespaces = await core.listNamespace({
        fieldSelector: `metadata.name=${namespace}`,
        labelSelector: PROGRAM,
    });
    const data = {
        namespaceIsOurs: namespaces.items.length > 0,
        // One may have both labels.
        claims: [
            ...new Set(
                claims.flatMap(({ items }) => items.map(({ metadata }) => metadata?.name ?? "")),
            ),
        ],
    };
    return data.namespaceIsOurs || data.claims.length > 0 ? data : undefined;
}

/** Deletes the data in a namespace and waits until they are gone. */
export async function deleteData(
    core: CoreV1Api,
    namespace: string,
    report: Report,
): Promise<void> {
    const data = await findData(core, namespace);
    for (const name of data?.claims ?? []) {
        report(`PersistentVolumeClaim ${name}: being deleted`);
        await core.deleteNamespacedPersistentVolumeClaim({ name, namespace });
    }
    if (data?.namespaceIsOurs) {
        report(`Namespace ${namespace}: being deleted`);
        await core.deleteNamespace({ name: namespace });
    }
    await waitFor(
        `the end of the data in namespace ${namespace}`,
        LIMIT_SECONDS,
        async () => (await findData(core, namespace)) === undefined,
    );
}
