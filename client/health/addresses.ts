import { withDeadline } from "../deadline";
import { withDirectCluster } from "../directCluster";
import { describeError } from "../errors";
import { parseAddress } from "../kafka";
import type { ListenerEntry } from "../listenerDirectory";
import { probe } from "../probe";
import type { Tunnel } from "../tunnel";
import { isOpen, kafkaOf, wantsOf } from "./access";
import type { Check } from "./check";

const METADATA_TIMEOUT_MS = 30_000;

/** An address of a listener. */
interface ListenerAddress {
    /** Whose it is. */
    readonly owner: string;
    readonly address: string;
}

/** An address of a listener, and why it can't be reached. */
export interface ProbedAddress extends ListenerAddress {
    readonly fault?: string;
}

/** Where a listener's brokers are reached. */
interface BrokerAddresses {
    readonly brokers: readonly ListenerAddress[];
    /** Why it is not known. */
    readonly unknown?: string;
}

/**
 * Judges an external listener's addresses: each of them resolves and accepts connections from here.
 *
 * @param unknown Why the brokers' own addresses are not among them.
 */
export function judgeAddresses(
    { name, type }: ListenerEntry,
    probed: readonly ProbedAddress[],
    unknown: string | undefined,
    namespace: string,
): Check {
    const failed = probed.filter(({ fault }) => fault !== undefined);
    const list = failed.map(({ owner, address, fault }) => `${owner} ${address}: ${fault}`);
    const ok = failed.length === 0;
    const found = ok
        ? `${type}, all ${probed.length} addresses answer: ${probed.map(({ address }) => address).join(", ")}`
        : `${failed.length} of ${probed.length} can't be reached from here: ${list.join("; ")}`;
    return {
        area: "listeners",
        name: `${name}: addresses`,
        ok,
        detail:
            unknown === undefined
                ? found
                : `${found}; the brokers' own addresses are not known: ${unknown}`,
        ...(!ok && { next: `kubectl get services -n ${namespace} -o wide` }),
    };
}

/** Connects to every address of an external listener. */
export async function checkAddresses(
    listener: ListenerEntry,
    tunnel: Tunnel,
    namespace: string,
): Promise<Check> {
    const { brokers, unknown } = await brokerAddresses(listener, tunnel);
    const bootstrap = listener.bootstrap.map((address) => ({ owner: "bootstrap", address }));
    // By address: a broker's may be a bootstrap address, too.
    const addresses = new Map([...bootstrap, ...brokers].map((each) => [each.address, each]));
    const probed = await Promise.all(
        [...addresses.values()].map(async ({ owner, address }): Promise<ProbedAddress> => {
            const parsed = parseAddress(address);
            const fault = parsed ? await probe(parsed) : "it is no address host:port";
            return { owner, address, ...(fault !== undefined && { fault }) };
        }),
    );
    return judgeAddresses(listener, probed, unknown, namespace);
}

/** Where an external listener's brokers are reached: as the directory says, else as they advertise it. */
async function brokerAddresses(listener: ListenerEntry, tunnel: Tunnel): Promise<BrokerAddresses> {
    if (listener.brokers.length > 0) {
        const brokers = listener.brokers.map((address, id) => ({ owner: `broker ${id}`, address }));
        return { brokers };
    }
    if (!isOpen(listener)) {
        return { brokers: [], unknown: `the listener asks for ${wantsOf(listener)}` };
    }
    try {
        const { brokers } = await withDeadline(
            withDirectCluster(kafkaOf(listener, tunnel), (cluster) => cluster.metadata()),
            METADATA_TIMEOUT_MS,
            "the brokers' answer",
        );
        return {
            brokers: [...brokers]
                .sort((a, b) => a.nodeId - b.nodeId)
                .map(({ nodeId, host, port }) => ({
                    owner: `broker ${nodeId}`,
                    address: `${host}:${port}`,
                })),
        };
    } catch (error) {
        return { brokers: [], unknown: describeError(error).message };
    }
}
