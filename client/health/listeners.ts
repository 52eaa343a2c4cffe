import { withDeadline } from "../deadline";
import { describeError } from "../errors";
import type { ListenerEntry } from "../listenerDirectory";
import type { Tunnel } from "../tunnel";
import { isOpen, kafkaOf, wantsOf } from "./access";
import { checkAddresses } from "./addresses";
import type { Check } from "./check";
import { roundTrip, type RoundTrip } from "./roundTrip";

const RETRY_MS = 10_000;
const ROUND_TRIP_TIMEOUT_MS = 45_000;

/** Judges a round trip: every message came back, and the brokers advertise what the program meant them to. */
export function judgeRoundTrip(
    { name, brokers }: ListenerEntry,
    { trips, advertised, milliseconds }: RoundTrip,
    namespace: string,
): Check[] {
    const failed = trips.filter(({ fault }) => fault !== undefined);
    const logs = `kubectl logs -n ${namespace} -l app.kubernetes.io/name=kafka --tail 50 --prefix`;
    const ok = failed.length === 0 && trips.length > 0;
    // What the cloud assigned is expected nowhere.
    const unexpected =
        brokers.length === 0 ? [] : advertised.filter((address) => !brokers.includes(address));
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
    const [addresses, messages] = await Promise.all([
        listener.type === "internal" ? undefined : checkAddresses(listener, tunnel, namespace),
        isOpen(listener) ? checkRoundTrip(listener, tunnel, namespace) : [closedListener(listener)],
    ]);
    return [...(addresses ? [addresses] : []), ...messages];
}

async function checkRoundTrip(
    listener: ListenerEntry,
    tunnel: Tunnel,
    namespace: string,
): Promise<Check[]> {
    try {
        const trip = await withDeadline(
            roundTrip(kafkaOf(listener, tunnel), RETRY_MS),
            ROUND_TRIP_TIMEOUT_MS,
            "the round trip",
        );
        return judgeRoundTrip(listener, trip, namespace);
    } catch (error) {
        return [failedRoundTrip(listener, error, namespace)];
    }
}

/** What is said about a listener that asks for more than the health check has: a fact, no verdict on messages. */
function closedListener(listener: ListenerEntry): Check {
    return {
        area: "listeners",
        name: `${listener.name}: round trip`,
        ok: true,
        skipped: true,
        detail: `not tried: the listener asks for ${wantsOf(listener)}, which this check does not have`,
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
