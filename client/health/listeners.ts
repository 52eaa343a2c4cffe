import { withDeadline } from "../deadline";
import { describeError } from "../errors";
import { createKafka, type KafkaClient, parseAddress } from "../kafka";
import type { ListenerEntry } from "../listenerDirectory";
import { probe } from "../probe";
import type { Tunnel } from "../tunnel";
import type { Check } from "./check";
import { roundTrip, type RoundTrip } from "./roundTrip";

const RETRY_MS = 10_000;
const ROUND_TRIP_TIMEOUT_MS = 45_000;
const REQUEST_TIMEOUT_MS = 10_000;

/** An address of a listener, and why it can't be reached. */
export interface ProbedAddress {
    readonly address: string;
    readonly fault?: string;
}

/** Whether the health check can talk to a listener: it has no certificates and no users. */
export function isOpen({ tls, authentication }: ListenerEntry): boolean {
    return !tls && authentication === undefined;
}

/** A client for an open listener: through the tunnel for addresses that only exist inside the cluster. */
export function kafkaOf({ type, bootstrap, brokers }: ListenerEntry, tunnel: Tunnel): KafkaClient {
    return type === "internal"
        ? createKafka({
              // The bootstrap is a Service, and a tunnel leads to pods.
              bootstrap: brokers,
              socketFactory: tunnel.socketFactory,
              timeoutMs: REQUEST_TIMEOUT_MS,
          })
        : createKafka({ bootstrap, timeoutMs: REQUEST_TIMEOUT_MS });
}

/** Judges an external listener's addresses: each of them resolves and accepts connections from here. */
export function judgeAddresses(
    { name, type, brokers }: ListenerEntry,
    probed: readonly ProbedAddress[],
    namespace: string,
): Check {
    const failed = probed.filter(({ fault }) => fault !== undefined);
    const list = failed.map(({ address, fault }) => {
        const broker = brokers.indexOf(address);
        return `${broker < 0 ? "bootstrap" : `broker ${broker}`} ${address}: ${fault}`;
    });
    const ok = failed.length === 0;
    return {
        area: "listeners",
        name: `${name}: addresses`,
        ok,
        detail: ok
            ? `${type}, all ${probed.length} addresses answer: ${probed.map(({ address }) => address).join(", ")}`
            : `${failed.length} of ${probed.length} can't be reached from here: ${list.join("; ")}`,
        ...(!ok && { next: `kubectl get services -n ${namespace} -o wide` }),
    };
}

/** Judges a round trip: every message came back, and the brokers advertise what the program meant them to. */
export function judgeRoundTrip(
    { name, brokers }: ListenerEntry,
    { trips, advertised, milliseconds }: RoundTrip,
    namespace: string,
): Check[] {
    const failed = trips.filter(({ fault }) => fault !== undefined);
    const logs = `kubectl logs -n ${namespace} -l app.kubernetes.io/name=kafka --tail 50 --prefix`;
    const ok = failed.length === 0 && trips.length > 0;
    const unexpected = advertised.filter((address) => !brokers.includes(address));
    return [
        {
            area: "listeners",
            name: `${name}: round trip`,
            ok,
            detail: ok
                ? `${trips.length} of ${trips.length} partitions in ${milliseconds} ms`
                : `${failed.length} of ${trips.length} partitions failed: ` +
                  failed.map(({ partition, fault }) => `${partition}: ${fault}`).join("; "),
            ...(!ok && { next: logs }),
        },
        // Silent when all is well: the round trip went through these addresses.
        ...(unexpected.length === 0
            ? []
            : [
                  {
                      area: "listeners" as const,
                      name: `${name}: advertised addresses`,
                      ok: false,
                      detail: `brokers advertise ${unexpected.join(", ")}, expected ${brokers.join(", ")}`,
                      next: logs,
                  },
              ]),
    ];
}

/** Checks one listener as far as it can be reached. */
export async function checkListener(
    listener: ListenerEntry,
    tunnel: Tunnel,
    namespace: string,
): Promise<Check[]> {
    const checks: Check[] = [];
    if (listener.type !== "internal") {
        const addresses = [...new Set([...listener.bootstrap, ...listener.brokers])];
        const probed = await Promise.all(
            addresses.map(async (address): Promise<ProbedAddress> => {
                // The directory's schema lets nothing but addresses through.
                const fault = await probe(parseAddress(address)!);
                return { address, ...(fault !== undefined && { fault }) };
            }),
        );
        checks.push(judgeAddresses(listener, probed, namespace));
    }
    if (!isOpen(listener)) {
        return [...checks, closedListener(listener)];
    }
    try {
        const trip = await withDeadline(
            roundTrip(kafkaOf(listener, tunnel), RETRY_MS),
            ROUND_TRIP_TIMEOUT_MS,
            "the round trip",
        );
        return [...checks, ...judgeRoundTrip(listener, trip, namespace)];
    } catch (error) {
        return [...checks, failedRoundTrip(listener, error, namespace)];
    }
}

/** What is said about a listener that asks for more than the health check has: a fact, no verdict on messages. */
function closedListener({ name, tls, authentication }: ListenerEntry): Check {
    const wants = [...(tls ? ["TLS"] : []), ...(authentication ? ["credentials"] : [])].join(
        " and ",
    );
    return {
        area: "listeners",
        name: `${name}: round trip`,
        ok: true,
        skipped: true,
        detail: `not tried: the listener asks for ${wants}, which this check does not have`,
    };
}

function failedRoundTrip({ name }: ListenerEntry, error: unknown, namespace: string): Check {
    return {
        area: "listeners",
        name: `${name}: round trip`,
        ok: false,
        detail: describeError(error).message,
        next: `kubectl get pods -n ${namespace} -l app.kubernetes.io/name=kafka`,
    };
}
