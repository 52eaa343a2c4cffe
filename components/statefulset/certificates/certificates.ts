import { isIP } from "node:net";
import type { IssuerReference } from "./sources";
import type { Listener } from "../../kafka/listeners";
import { knownStatefulSetAddresses } from "../services/addresses";
import { bootstrapAddresses, type ListenerEntry } from "../../kafka/clientAccess";
import {
    KAFKA,
    KAFKA_BOOTSTRAP,
    KAFKA_HEADLESS,
    KAFKA_SERVICE,
    type NamespaceDns,
    ordinals,
    podHost,
    serviceHost,
} from "../../kafka/names";

/** Common name of the brokers' certificate, the same for all of them. */
export const BROKERS_COMMON_NAME = "kafka-brokers";
/** Secret with the brokers' certificate. */
export const BROKERS_TLS = "kafka-brokers-tls";
/** CA that signs it, unless another issuer is given: a Certificate, its Secret and an Issuer. */
export const CLUSTER_CA = "kafka-cluster-ca";
/** CA that signs the certificates of clients: a Certificate, its Secret and an Issuer. */
export const CLIENTS_CA = "kafka-clients-ca";
/** Issuer of the two CAs, each of which signs itself. */
export const SELF_SIGNED = "kafka-self-signed";
/** Key of {@link BROKERS_TLS} with the private key and the certificate after it, as Kafka reads them from one file. */
export const COMBINED_PEM = "tls-combined.pem";

/** Specification of a `Certificate` of cert-manager, as far as the program uses it. */
export interface CertificateSpec {
    readonly secretName: string;
    readonly commonName: string;
    readonly dnsNames?: readonly string[];
    readonly ipAddresses?: readonly string[];
    readonly isCA?: boolean;
    /** Validity as a Go duration. */
    readonly duration: string;
    readonly renewBefore: string;
    readonly usages: readonly string[];
    readonly privateKey: {
        readonly algorithm: "ECDSA";
        readonly size: 256;
        readonly encoding: "PKCS8";
        /** Whether a renewal makes a new key. */
        readonly rotationPolicy: "Always" | "Never";
    };
    readonly additionalOutputFormats?: readonly { readonly type: "CombinedPEM" }[];
    readonly issuerRef: IssuerReference;
}

/** An issuer of cert-manager's in Kafka's namespace. */
export function ownIssuer(name: string): IssuerReference {
    return { name, kind: "Issuer", group: "cert-manager.io" };
}

const YEAR = 365 * 24;

const KEY = {
    algorithm: "ECDSA",
    size: 256,
    // Kafka reads no other encoding.
    encoding: "PKCS8",
} as const;

/** The certificate of a CA of the stack's own. */
export function caSpec(name: string): CertificateSpec {
    return {
        secretName: name,
        commonName: name,
        isCA: true,
        duration: `${10 * YEAR}h`,
        renewBefore: `${YEAR}h`,
        usages: ["cert sign", "crl sign"],
        // With the same key the renewed CA vouches for what the old one has signed.
        privateKey: { ...KEY, rotationPolicy: "Never" },
        issuerRef: ownIssuer(SELF_SIGNED),
    };
}

/** Validity of what the CAs sign, and what of it is left when it is renewed: a month to notice that it isn't. */
const LEAF = { duration: `${90 * 24}h`, renewBefore: `${30 * 24}h` };

/** The certificate of all brokers. */
export function brokersSpec(
    args: BrokerHostsArgs & { readonly issuer: IssuerReference },
): CertificateSpec {
    const hosts = brokerHosts(args);
    const ipAddresses = hosts.filter((host) => isIP(host) !== 0);
    return {
        secretName: BROKERS_TLS,
        commonName: BROKERS_COMMON_NAME,
        dnsNames: hosts.filter((host) => isIP(host) === 0),
        ...(ipAddresses.length > 0 && { ipAddresses }),
        ...LEAF,
        usages: ["digital signature", "server auth", "client auth"],
        privateKey: { ...KEY, rotationPolicy: "Always" },
        additionalOutputFormats: [{ type: "CombinedPEM" }],
        issuerRef: args.issuer,
    };
}

/** The certificate of a client. */
export function clientSpec(args: {
    readonly secretName: string;
    readonly commonName: string;
}): CertificateSpec {
    return {
        ...args,
        ...LEAF,
        usages: ["digital signature", "client auth"],
        privateKey: { ...KEY, rotationPolicy: "Always" },
        issuerRef: ownIssuer(CLIENTS_CA),
    };
}

/** What the brokers are reached by follows from this. */
interface BrokerHostsArgs extends NamespaceDns {
    readonly listeners: readonly ListenerEntry[];
    /** DNS domains that addresses of brokers are in. */
    readonly domains: readonly string[];
}

/**
 * Every name and address under which clients and brokers reach a broker: of a domain all names, so that they stay the same
 * when brokers come and go. A running broker refuses to read a certificate with fewer names than it has.
 */
export function brokerHosts({ listeners, domains, ...dns }: BrokerHostsArgs): string[] {
    const services = [KAFKA_HEADLESS, KAFKA_BOOTSTRAP, KAFKA_SERVICE];
    const addresses = listeners
        .filter(({ type }) => type !== "internal")
        .flatMap((listener) => [...bootstrapAddresses(listener), ...listener.brokers])
        .map(hostOf)
        .filter((host) => !domains.includes(host.slice(host.indexOf(".") + 1)));
    return [
        ...new Set([
            `*.${serviceHost(KAFKA_HEADLESS, dns)}`,
            ...services.flatMap((service) => serviceNames(service, dns)),
            ...domains.map((domain) => `*.${domain}`),
            ...addresses.sort(),
        ]),
    ];
}

/** Names and addresses that a given certificate needs, as far as they are known before anything is deployed. */
export function knownHosts(
    args: NamespaceDns & { readonly listeners: readonly Listener[]; readonly brokers: number },
): string[] {
    const ofClients = args.listeners.flatMap((listener) => {
        const known = listener.tls ? knownStatefulSetAddresses(listener, args) : undefined;
        return known === undefined ? [] : [...bootstrapAddresses(known), ...known.brokers];
    });
    const ofBrokers = ordinals(args.brokers).map((id) =>
        podHost(`${KAFKA}-${id}`, KAFKA_HEADLESS, args),
    );
    // The Jobs for topics and users know the brokers by the Service's short name.
    return [...new Set([KAFKA_HEADLESS, ...ofBrokers, ...ofClients.map(hostOf)])];
}

function hostOf(address: string): string {
    return address.slice(0, address.lastIndexOf(":"));
}

/** The names of a Service, as pods of its namespace and of others may write them. */
function serviceNames(service: string, dns: NamespaceDns): string[] {
    return [
        service,
        `${service}.${dns.namespace}`,
        `${service}.${dns.namespace}.svc`,
        serviceHost(service, dns),
    ];
}
