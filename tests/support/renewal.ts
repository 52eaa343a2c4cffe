import { connect } from "node:tls";
import { CustomObjectsApi } from "@kubernetes/client-node";
import { REPLICATION_PORT } from "../../components/kafka/listeners";
import { Cluster, waitFor } from "./cluster";

/** Longest time until brokers serve what is in a Secret: the kubelet looks at it once a minute, with some jitter. */
const PATIENCE_MS = 300_000;

const BROKERS = ["kafka-0", "kafka-1", "kafka-2"];

const CERTIFICATES = { group: "cert-manager.io", version: "v1", plural: "certificates" };

interface Certificate {
    readonly metadata: { readonly generation: number };
    readonly status: {
        readonly revision: number;
        readonly conditions: readonly { readonly type: string }[];
    };
}

/** Has cert-manager renew a certificate now, as `cmctl renew` does, and waits until it is done. */
export async function renew({ kubeConfig, namespace }: Cluster, name: string): Promise<void> {
    const api = kubeConfig.makeApiClient(CustomObjectsApi);
    const read = () =>
        api.getNamespacedCustomObject({ ...CERTIFICATES, namespace, name }) as Promise<Certificate>;
    const before = await read();
    const conditions = [
        ...before.status.conditions,
        {
            type: "Issuing",
            status: "True",
            reason: "ManuallyTriggered",
            message: "by a test",
            observedGeneration: before.metadata.generation,
            lastTransitionTime: new Date().toISOString(),
        },
    ];
    await api.replaceNamespacedCustomObjectStatus({
        ...CERTIFICATES,
        namespace,
        name,
        body: { ...before, status: { ...before.status, conditions } },
    });
    await waitFor(`the renewal of ${name}`, PATIENCE_MS, async () => {
        const { status } = await read();
        return (
            status.revision > before.status.revision &&
            !status.conditions.some(({ type }) => type === "Issuing")
        );
    });
}

/** Has cert-manager make a certificate anew, with another key, by deleting its Secret. */
export async function reissue({ core, namespace }: Cluster, name: string): Promise<void> {
    await core.deleteNamespacedSecret({ name, namespace });
    await waitFor(`another Secret ${name}`, PATIENCE_MS, async () => {
        const { items } = await core.listNamespacedSecret({ namespace });
        return items.some(({ metadata, data }) => metadata?.name === name && data?.["tls.crt"]);
    });
}

/** Makes a change, and waits until every broker shows the others another certificate than all that were shown before. */
export async function untilRenewed(cluster: Cluster, change: () => Promise<void>): Promise<void> {
    const before = await servedFingerprints(cluster);
    await change();
    await waitFor("the brokers' certificates", PATIENCE_MS, async () => {
        const now = await servedFingerprints(cluster);
        return now.every((each) => !before.includes(each));
    }).catch(async (error: unknown) => {
        const logs = await Promise.all(BROKERS.map((name) => loopLog(cluster, name)));
        throw new Error(logs.join("\n---\n"), { cause: error });
    });
}

/** Fingerprints of the certificates that the brokers serve each other, by broker. */
async function servedFingerprints(cluster: Cluster): Promise<string[]> {
    const pods = await cluster.podAddresses("kafka");
    return Promise.all(pods.map((host) => fingerprintOf(host, REPLICATION_PORT)));
}

/** Makes a change, and waits until every broker has read since whom it is to trust, as the loops beside them say. */
export async function untilTrusted(cluster: Cluster, change: () => Promise<void>): Promise<void> {
    const readings = async (name: string) =>
        (await loopLog(cluster, name)).split("has read again: trust").length;
    const before = await Promise.all(BROKERS.map(readings));
    await change();
    for (const [index, name] of BROKERS.entries()) {
        await waitFor(
            `${name} to read whom it is to trust`,
            PATIENCE_MS,
            async () => (await readings(name)) > before[index]!,
        );
    }
}

/** What the loop beside a broker has logged. */
function loopLog({ core, namespace }: Cluster, name: string): Promise<string> {
    return core.readNamespacedPodLog({ name, namespace, container: "certificate-reload" });
}

async function fingerprintOf(host: string, port: number): Promise<string> {
    return new Promise((settle, reject) => {
        // Whom to trust is not the question here, and there is no certificate to show.
        const socket = connect({ host, port, rejectUnauthorized: false }, () => {
            settle(socket.getPeerCertificate().fingerprint256);
            socket.destroy();
        });
        socket.once("error", reject);
    });
}
