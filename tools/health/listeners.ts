import { withDeadline } from "../cli/deadline";
import { describeFault } from "../client/describeFault";
import type { ListenerEntry } from "../../components/kafka/clientAccess";
import { findSecurityFault } from "../client/securityFault";
import type { Tunnel } from "../client/tunnel";
import { kafkaOf, type ListenerAccess, type Obstacle } from "./access";
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
    access: ListenerAccess,
    tunnel: Tunnel,
    namespace: string,
): Promise<Check[]> {
    const { listener, obstacle } = access;
    // An open port of a pod says nothing yet, and without an identity Kafka gives no answer.
    const isShown = listener.type !== "internal" || !obstacle;
    const [addresses, messages] = await Promise.all([
        isShown ? checkAddresses(access, tunnel, namespace) : undefined,
        obstacle ? [closedListener(listener, obstacle)] : checkRoundTrip(access, tunnel, namespace),
    ]);
    return [...(addresses ? [addresses] : []), ...messages];
}

async function checkRoundTrip(
    access: ListenerAccess,
    tunnel: Tunnel,
    namespace: string,
): Promise<Check[]> {
    const { listener } = access;
    const kafka = kafkaOf(access, tunnel);
    try {
        const trip = await withDeadline(
            roundTrip(kafka, RETRY_MS),
            ROUND_TRIP_TIMEOUT_MS,
            "the round trip",
        );
        return judgeRoundTrip(listener, trip, namespace);
    } catch (error) {
        const found = await findSecurityFault(kafka, error).catch(() => undefined);
        return [failedRoundTrip(listener, found ?? error, namespace)];
    }
}

/** What is said about a listener that there is no identity for: a failure only if Kafka's deployment should have it. */
function closedListener({ name }: ListenerEntry, { reason, isFault, next }: Obstacle): Check {
    const base = { area: "listeners", name: `${name}: round trip` } as const;
    return isFault
        ? { ...base, ok: false, detail: reason, ...(next && { next }) }
        : {
              ...base,
              ok: true,
              skipped: true,
              detail: `not tried: ${reason}${next ? `; ${next}` : ""}`,
          };
}

function failedRoundTrip({ name }: ListenerEntry, error: unknown, namespace: string): Check {
    return {
        area: "listeners",
        name: `${name}: round trip`,
        ok: false,
        detail: describeFault(error).message,
        next: `kubectl get pods -n ${namespace} -l app.kubernetes.io/name=kafka`,
    };
}
