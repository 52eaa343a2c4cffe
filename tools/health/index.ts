import { Exec, type KubeConfig } from "@kubernetes/client-node";
import { KAFKA, ordinals, ZOOKEEPER } from "../../components/kafka/names";
import { withDeadline } from "../cli/deadline";
import { describeFault } from "../client/describeFault";
import {
    kubernetesApis,
    type KubernetesOptions,
    loadKubeConfig,
    requireApiServer,
} from "../client/kubernetes";
import type { ListenerEntry } from "../../components/kafka/clientAccess";
import { fetchListeners } from "../client/listenersConfigMap";
import { fetchAccess } from "../client/access";
import type { ClientSecurity } from "../client/tls";
import { type ClusterDescription, describeCluster } from "../client/topics";
import { podExec } from "../client/podExec";
import { openTunnel, podOfHost, type Tunnel } from "../client/tunnel";
import { accessTo, kafkaOf, type ListenerAccess } from "./access";
import { judgeBrokers, judgeController } from "./brokers";
import { checkCertificates } from "./certificates";
import { type Area, AREAS, type Check, type HealthContext, type HealthReport } from "./check";
import { expectedBrokers, fetchExpectedSets } from "./expected";
import { checkListener } from "./listeners";
import { checkNeeded } from "./needed";
import { checkOperator } from "./operator";
import { judgePartitions } from "./partitions";
import { checkPods } from "./pods";
import { checkServices } from "./services";
import { checkSpace } from "./space";
import { checkVolumes } from "./volumes";
import { checkZookeeper } from "./zookeeper";

export type { Area, Check, HealthReport } from "./check";

/** What to check. */
export interface HealthOptions extends KubernetesOptions {
    /** A kubeconfig that is already loaded, instead of a file's. */
    readonly kubeConfig?: KubeConfig;
    readonly namespace: string;
    /**
     * Whom to trust and who to be on listeners that ask for it.
     *
     * @default - What the program left in the cluster: the brokers' CA, and a user of its own for this check.
     */
    readonly identity?: ClientSecurity;
    /**
     * Whether to trust the CAs that the system trusts where the identity names none.
     *
     * @default false, the brokers' CA is trusted
     */
    readonly trustSystem?: boolean;
    /** Called with the areas that are still being checked whenever one is done. */
    readonly onProgress?: (waitingFor: readonly Area[]) => void;
}

const AREA_TIMEOUT_MS = 90_000;
const DESCRIBE_TIMEOUT_MS = 30_000;

/**
 * Checks everything that Kafka needs, from its pods to messages through every listener. Faults of Kafka are part of
 * the report, whatever they are.
 *
 * @throws KubernetesAccessError when the cluster itself can't be asked.
 */
export async function checkHealth(options: HealthOptions): Promise<HealthReport> {
    const { namespace, onProgress } = options;
    const kubeConfig = options.kubeConfig ?? loadKubeConfig(options);
    await requireApiServer(kubeConfig, namespace);
    const tunnel = openTunnel({ kubeConfig, namespace });
    const context: HealthContext = {
        namespace,
        apis: kubernetesApis(kubeConfig),
        tunnel,
        exec: podExec(new Exec(kubeConfig), namespace),
    };
    const waitingFor = new Set<Area>(AREAS);

    /** Runs the check of one area; an error becomes a failed check, so that the other areas are still reported. */
    async function area(name: Area, run: () => Promise<Check[]>): Promise<Check[]> {
        try {
            return await withDeadline(run(), AREA_TIMEOUT_MS, `the check of ${name}`);
        } catch (error) {
            const { message, next } = describeFault(error);
            return [{ area: name, name, ok: false, detail: message, ...(next && { next }) }];
        } finally {
            waitingFor.delete(name);
            onProgress?.([...waitingFor]);
        }
    }

    try {
        const sets = fetchExpectedSets(context);
        const listeners = fetchListeners(context.apis.core, namespace);
        const accesses = listeners.then((found) => accessesTo(found, context, options));
        const cluster = accesses.then((found) => describeThrough(found, tunnel));
        // Without a way to the brokers, the area of the listeners says why, and once is enough.
        const known = listeners.catch(() => undefined);
        // Each of them is awaited in an area below; until then a rejection is not unhandled.
        for (const promise of [sets, listeners, accesses, cluster]) {
            promise.catch(() => undefined);
        }
        const results = await Promise.all([
            area("operator", async () => checkOperator(context, await sets)),
            area("pods", async () => {
                const found = [checkPods(context, await sets), checkNeeded(context)];
                return (await Promise.all(found)).flat();
            }),
            area("volumes", async () => {
                const found = [checkVolumes, checkSpace].map(async (check) =>
                    check(context, await sets),
                );
                return (await Promise.all(found)).flat();
            }),
            area("services", async () => checkServices(context, await sets)),
            area("zookeeper", async () => checkZookeeper(context, await sets)),
            area("brokers", async () => {
                const found = await known;
                if (found === undefined) {
                    return [];
                }
                const expected =
                    expectedBrokers(await sets) ??
                    // An internal listener has an address for each broker.
                    ordinals(Math.max(...found.map((listener) => listener.brokers.length)));
                const hasZookeeper = (await sets).some(({ name }) => name === ZOOKEEPER);
                const { brokers } = await cluster;
                return [
                    judgeBrokers(brokers, expected, podOfBroker(found), namespace),
                    ...(hasZookeeper ? [judgeController(brokers, namespace)] : []),
                ];
            }),
            area("partitions", async () => {
                const found = await known;
                if (found === undefined) {
                    return [];
                }
                const { topics } = await cluster;
                return judgePartitions(topics, podOfBroker(found), namespace);
            }),
            area("certificates", async () =>
                (await known) === undefined ? [] : checkCertificates(await accesses, context),
            ),
            area("listeners", async () => {
                const checks = (await accesses).map((access) =>
                    checkListener(access, tunnel, namespace),
                );
                return (await Promise.all(checks)).flat();
            }),
        ]);
        const checks = results.flat();
        return { healthy: checks.every(({ ok }) => ok), checks };
    } finally {
        tunnel.close();
    }
}

/** Finds an identity for each of the listeners. */
async function accessesTo(
    listeners: readonly ListenerEntry[],
    { apis: { core }, namespace }: HealthContext,
    { identity: given = {}, trustSystem }: HealthOptions,
): Promise<ListenerAccess[]> {
    const access = await fetchAccess(core, namespace);
    const sources = { core, namespace, access, given, trustSystem };
    return Promise.all(listeners.map((listener) => accessTo(listener, sources)));
}

/** Describes the cluster through the first listener that answers; the internal ones need the least. */
async function describeThrough(
    accesses: readonly ListenerAccess[],
    tunnel: Tunnel,
): Promise<ClusterDescription> {
    const usable = accesses
        .filter(({ obstacle }) => obstacle === undefined)
        .sort(
            (a, b) =>
                Number(b.listener.type === "internal") - Number(a.listener.type === "internal"),
        );
    let failure: unknown = new Error(
        `no listener lets this check in: ${accesses
            .map(({ listener, obstacle }) => `${listener.name}: ${obstacle?.reason}`)
            .join("; ")}`,
    );
    for (const access of usable) {
        try {
            return await withDeadline(
                describeCluster(kafkaOf(access, tunnel)),
                DESCRIBE_TIMEOUT_MS,
                `the brokers' answer through listener ${access.listener.name}`,
            );
        } catch (error) {
            failure = error;
        }
    }
    throw failure;
}

/** Finds the pod of a broker for the commands that are suggested. */
export function podOfBroker(listeners: readonly ListenerEntry[]): (id: number) => string {
    const internal = listeners.find(({ type }) => type === "internal");
    return (id) => {
        const address = internal?.brokers[id];
        return (address && podOfHost(address.split(":", 1)[0]!)) ?? `${KAFKA}-${id}`;
    };
}
