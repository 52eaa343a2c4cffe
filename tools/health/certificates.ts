import type { X509Certificate } from "node:crypto";
import tls from "node:tls";
import { parseAddress } from "../../components/kafka/addresses";
import { serverCertificate, type ServerCertificate } from "../client/serverCertificate";
import { day, namesOfCertificate, oneLine, tlsFault } from "../client/tlsFaults";
import type { Tunnel } from "../client/tunnel";
import { ListenerAccess } from "./access";
import { addressesOf, type ListenerAddress } from "./addresses";
import { type Check, type HealthContext, shortList } from "./check";

const DAY_MS = 24 * 60 * 60 * 1000;
/** What is renewed in time has more than this left. */
const LEAST_DAYS = 7;
const NAME_FAULT = "ERR_TLS_CERT_ALTNAME_INVALID";
const EXPIRED = "CERT_HAS_EXPIRED";

/** The certificate at an address, or why there is none. */
export interface SeenCertificate extends ListenerAddress {
    readonly seen: ServerCertificate | string;
}

/** Checks the certificates of all listeners with TLS; nothing where there are none. */
export async function checkCertificates(
    accesses: readonly ListenerAccess[],
    { tunnel, namespace }: HealthContext,
): Promise<Check[]> {
    const encrypted = accesses.filter(({ listener }) => listener.tls);
    return Promise.all(
        encrypted.map(async (access) => {
            const { addresses } = await addressesOf(access, tunnel);
            const seen = await Promise.all(addresses.map((each) => look(each, access, tunnel)));
            return judgeCertificates(access, seen, new Date(), namespace);
        }),
    );
}

async function look(
    each: ListenerAddress,
    { listener, security }: ListenerAccess,
    tunnel: Tunnel,
): Promise<SeenCertificate> {
    const parsed = parseAddress(each.address);
    const socketFactory = listener.type === "internal" ? tunnel.socketFactory : undefined;
    const seen = parsed
        ? await serverCertificate(parsed, security.tls ?? {}, socketFactory)
        : "it is no address host:port";
    return { ...each, seen };
}

/** Judges a listener's certificates: they are valid for some days, for the address, and from a trusted CA. */
export function judgeCertificates(
    { listener, trustUnknown }: Pick<ListenerAccess, "listener" | "trustUnknown">,
    certificates: readonly SeenCertificate[],
    now: Date,
    namespace: string,
): Check {
    const base = { area: "certificates", name: listener.name } as const;
    const shown = certificates.filter(({ seen }) => typeof seen !== "string");
    const hidden = certificates.filter(({ seen }) => typeof seen === "string");
    const rest = [
        ...(hidden.length > 0
            ? [
                  `not seen: ${shortList(hidden.map(({ owner, address, seen }) => `${owner} ${address} (${seen as string})`))}`,
              ]
            : []),
        ...(trustUnknown ? [`not compared with a CA: ${trustUnknown}`] : []),
    ];
    if (shown.length === 0) {
        // Why is for the listeners' area to say, where it is a failure.
        return { ...base, ok: true, skipped: true, detail: rest.join("; ") };
    }
    const faults = shown.flatMap(({ owner, address, seen }) => {
        const found = faultsOf(seen as ServerCertificate, address, !trustUnknown, now);
        return found.length > 0 ? [`${owner} ${address}: ${found.join(", ")}`] : [];
    });
    if (faults.length > 0) {
        return {
            ...base,
            ok: false,
            detail: [`${faults.length} of ${shown.length}: ${faults.join("; ")}`, ...rest].join(
                "; ",
            ),
            next: `kubectl get secrets -n ${namespace}`,
        };
    }
    const ends = shown.map(({ seen }) => (seen as ServerCertificate).certificate.validToDate);
    const first = new Date(Math.min(...ends.map(Number)));
    const detail = `${shown.length} of ${certificates.length} addresses, the first expires ${until(first, now)}`;
    return { ...base, ok: true, detail: [detail, ...rest].join("; ") };
}

/** What is wrong with a certificate. */
function faultsOf(
    { certificate, fault }: ServerCertificate,
    address: string,
    isTrustKnown: boolean,
    now: Date,
): string[] {
    const days = (certificate.validToDate.getTime() - now.getTime()) / DAY_MS;
    const isExpired = days < 0;
    const [host] = address.split(":", 1);
    const wrongName = tls.checkServerIdentity(host!, certificate.toLegacyObject());
    // Node names one fault only, and these two are seen here anyway.
    const isOther =
        fault !== undefined && fault !== NAME_FAULT && !(isExpired && fault === EXPIRED);
    return [
        ...(isExpired ? [`expired on ${day(certificate.validToDate)}`] : []),
        ...(!isExpired && days < LEAST_DAYS
            ? [`expires ${until(certificate.validToDate, now)}`]
            : []),
        ...(wrongName
            ? [`is not for this name: it is ${namesOfCertificate(wrongName.message)}`]
            : []),
        ...(isTrustKnown && isOther ? [untrusted(certificate, fault)] : []),
    ];
}

function untrusted(certificate: X509Certificate, fault: string): string {
    const issuer = oneLine(certificate.issuer);
    return fault === EXPIRED
        ? `the CA ${issuer} has expired`
        : `is not trusted: ${issuer} issued it (${tlsFault(fault) ? "an unknown CA" : fault})`;
}

function until(date: Date, now: Date): string {
    const days = Math.floor((date.getTime() - now.getTime()) / DAY_MS);
    return `on ${day(date)} (in ${days} ${days === 1 ? "day" : "days"})`;
}
