import { parseAddress } from "../../components/kafka/addresses";
import { HEALTH } from "../../components/kafka/names";
import { withDeadline } from "../cli/deadline";
import { TimeoutError } from "../cli/errors";
import { withDirectCluster } from "../client/directCluster";
import { describeFault } from "../client/describeFault";
import { faultOf } from "../client/errorFields";
import { SilentPortError } from "../client/errors";
import { bootstrapAddresses, type ListenerEntry } from "../../components/kafka/clientAccess";
import { probe } from "../client/probe";
import { findSecurityFault } from "../client/securityFault";
import { podOfHost, type Tunnel } from "../client/tunnel";
import { kafkaOf, type ListenerAccess } from "./access";
import type { Check } from "./check";
import { endSooner } from "./pods";

const METADATA_TIMEOUT_MS = 30_000;
/** kafkajs alone waits 10 s for each of its steps. */
const LIMITS: Limits = { answerMs: 15_000 };

/** How long is waited for a broker. */
export interface Limits {
    /** How long it may take to answer. */
    readonly answerMs: number;
    /** How long its port may take then to show what it speaks; by default as for every client. */
    readonly silenceMs?: number;
}

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

/**
 * Connects to every address of a listener, with its TLS and identity as far as these are known, and asks who answers.
 */
export async function checkAddresses(
    access: ListenerAccess,
    tunnel: Tunnel,
    namespace: string,
    limits = LIMITS,
): Promise<Check> {
    const { addresses, unknown } = await addressesOf(access, tunnel);
    const probed = await Promise.all(
        addresses.map(async (each) => ({
            ...each,
            ...(await faultAt(each, access, { tunnel, namespace, limits })),
        })),
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

/** How brokers are asked. */
interface Way {
    readonly tunnel: Tunnel;
    readonly namespace: string;
    readonly limits: Limits;
}

/** Why an address can't be used. */
async function faultAt(
    { address }: ListenerAddress,
    access: ListenerAccess,
    way: Way,
): Promise<Pick<ProbedAddress, "fault" | "next">> {
    const { listener, obstacle } = access;
    const parsed = parseAddress(address);
    if (parsed === undefined) {
        return { fault: "it is no address host:port" };
    }
    const fault = await probe(
        parsed,
        listener.type === "internal" ? way.tunnel.socketFactory : undefined,
    );
    if (fault !== undefined) {
        return { fault };
    }
    return obstacle ? {} : refusalAt(address, access, way);
}

/** Why an address does not let the check in: TLS, who the check is, or a broker that hangs. */
async function refusalAt(
    address: string,
    access: ListenerAccess,
    { tunnel, namespace, limits: { answerMs, silenceMs } }: Way,
): Promise<Pick<ProbedAddress, "fault" | "next">> {
    const kafka = kafkaOf(access, tunnel, { bootstrap: [address], retries: 1, silenceMs });
    try {
        await withDeadline(
            // Of one topic, which need not exist: the answer for all may be long.
            withDirectCluster(kafka, (cluster) => cluster.metadata([HEALTH])),
            answerMs,
            "the broker's answer",
        );
        return {};
    } catch (error) {
        const found = await findSecurityFault(kafka, error).catch(() => undefined);
        const isLate =
            error instanceof TimeoutError || faultOf(error).name === "KafkaJSRequestTimeoutError";
        if (isLate && (found === undefined || found instanceof SilentPortError)) {
            const isInternal = access.listener.type === "internal";
            return silent(isInternal ? podOfHost(address.split(":", 1)[0]!) : undefined, namespace);
        }
        const { message, next } = describeFault(found ?? error);
        // The report names the address already.
        const fault = message
            .replace(`cannot connect to broker ${address}: `, "")
            .replace(`broker ${address} `, "it ");
        return { fault, ...(next && { next }) };
    }
}

/**
 * What is said of an address that accepts a connection and then nothing.
 *
 * @param pod Whose address it is, where only one pod can be behind it.
 */
function silent(pod: string | undefined, namespace: string): Pick<ProbedAddress, "fault" | "next"> {
    return {
        fault: "it accepts connections and answers nothing: its process hangs, or has too much to do",
        ...(pod !== undefined && {
            next: `kubectl logs ${pod} -n ${namespace}; ${endSooner(pod, namespace)} starts it anew`,
        }),
    };
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
