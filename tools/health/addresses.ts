import { parseAddress } from "../../components/kafka/addresses";
import { withDeadline } from "../cli/deadline";
import { withDirectCluster } from "../client/directCluster";
import { describeFault } from "../client/describeFault";
import { bootstrapAddresses, type ListenerEntry } from "../../components/kafka/clientAccess";
import { probe } from "../client/probe";
import { findSecurityFault } from "../client/securityFault";
import type { Tunnel } from "../client/tunnel";
import { isOpen, kafkaOf, type ListenerAccess } from "./access";
import type { Check } from "./check";

const METADATA_TIMEOUT_MS = 30_000;

/** An address of a listener. */
export interface ListenerAddress {
    /** Whose it is. */
    readonly owner: string;
    readonly address: string;
}

/** An address of a listener, and why it can't be used. */
export interface ProbedAddress extends ListenerAddress {
    readonly fault?: string;
    /** What to do about it. */
    readonly next?: string;
}

/** Where a listener is reached. */
export interface ListenerAddresses {
    /** The bootstrap's, which is a Service inside the cluster and no address from here, and the brokers'. */
    readonly addresses: readonly ListenerAddress[];
    /** Why the brokers' own are not among them. */
    readonly unknown?: string;
}

/**
 * Judges a listener's addresses: each of them resolves, accepts connections from here, and lets the check in.
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
    const [next = `kubectl get services -n ${namespace} -o wide`] = failed.flatMap(
        (address) => address.next ?? [],
    );
    return {
        area: "listeners",
        name: `${name}: addresses`,
        ok,
        detail:
            unknown === undefined
                ? found
                : `${found}; the brokers' own addresses are not known: ${unknown}`,
        ...(!ok && { next }),
    };
}

/** Connects to every address of a listener, with its TLS and identity as far as these are known. */
export async function checkAddresses(
    access: ListenerAccess,
    tunnel: Tunnel,
    namespace: string,
): Promise<Check> {
    const { addresses, unknown } = await addressesOf(access, tunnel);
    const probed = await Promise.all(
        addresses.map(async (each) => ({ ...each, ...(await faultAt(each, access, tunnel)) })),
    );
    return judgeAddresses(access.listener, probed, unknown, namespace);
}

/** The addresses of a listener: as the ConfigMap says, else as the brokers advertise them. */
export async function addressesOf(
    access: ListenerAccess,
    tunnel: Tunnel,
): Promise<ListenerAddresses> {
    const { listener } = access;
    const own = listener.type === "internal" ? [] : bootstrapAddresses(listener);
    const { brokers, unknown } = await brokerAddresses(access, tunnel);
    const all = [...own.map((address) => ({ owner: "bootstrap", address })), ...brokers];
    // By address: a broker's may be a bootstrap address, too.
    const addresses = [...new Map(all.map((each) => [each.address, each])).values()];
    return { addresses, ...(unknown !== undefined && { unknown }) };
}

/** Why an address can't be used. */
async function faultAt(
    { address }: ListenerAddress,
    access: ListenerAccess,
    tunnel: Tunnel,
): Promise<Pick<ProbedAddress, "fault" | "next">> {
    const { listener, obstacle } = access;
    const parsed = parseAddress(address);
    if (parsed === undefined) {
        return { fault: "it is no address host:port" };
    }
    const fault = await probe(
        parsed,
        listener.type === "internal" ? tunnel.socketFactory : undefined,
    );
    if (fault !== undefined) {
        return { fault };
    }
    return isOpen(listener) || obstacle ? {} : refusalAt(address, access, tunnel);
}

/** Why an address does not let the check in: TLS, or who the check is. */
async function refusalAt(
    address: string,
    access: ListenerAccess,
    tunnel: Tunnel,
): Promise<Pick<ProbedAddress, "fault" | "next">> {
    const kafka = kafkaOf(access, tunnel, { bootstrap: [address], retries: 1 });
    try {
        await withDeadline(
            withDirectCluster(kafka, (cluster) => cluster.metadata()),
            METADATA_TIMEOUT_MS,
            "the broker's answer",
        );
        return {};
    } catch (error) {
        const found = await findSecurityFault(kafka, error).catch(() => undefined);
        const { message, next } = describeFault(found ?? error);
        // The report names the address already.
        const fault = message.replace(`cannot connect to broker ${address}: `, "");
        return { fault, ...(next && { next }) };
    }
}

async function brokerAddresses(
    access: ListenerAccess,
    tunnel: Tunnel,
): Promise<{ brokers: readonly ListenerAddress[]; unknown?: string }> {
    const { listener, obstacle } = access;
    if (listener.brokers.length > 0) {
        const brokers = listener.brokers.map((address, id) => ({ owner: `broker ${id}`, address }));
        return { brokers };
    }
    if (obstacle !== undefined) {
        return { brokers: [], unknown: obstacle.reason };
    }
    try {
        const { brokers } = await withDeadline(
            withDirectCluster(kafkaOf(access, tunnel), (cluster) => cluster.metadata()),
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
        return { brokers: [], unknown: describeFault(error).message };
    }
}
