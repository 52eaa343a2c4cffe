import assert from "node:assert/strict";
import type { ListenerEntry } from "../../../../../components/kafka/clientAccess";
import type { Listener } from "../../../../../components/kafka/listeners";
import {
    brokersSpec,
    caSpec,
    type CertificateSpec,
    clientSpec,
    knownHosts,
} from "../../../../../components/statefulset/certificates/certificates";
import { EXTERNAL, INTERNAL, NODES } from "./listenerEntries";

const COMPANY = { name: "company", kind: "ClusterIssuer", group: "cert-manager.io" };

function brokers(args: Partial<Parameters<typeof brokersSpec>[0]> = {}): CertificateSpec {
    return brokersSpec({
        namespace: "streams",
        clusterDomain: "cluster.local",
        listeners: [INTERNAL, EXTERNAL, NODES],
        domains: [],
        issuer: COMPANY,
        ...args,
    });
}

/** Names inside the cluster, which do not depend on listeners. */
const INSIDE = [
    "*.kafka-headless.streams.svc.cluster.local",
    ...["kafka-headless", "kafka-bootstrap", "kafka-service"].flatMap((service) => [
        service,
        `${service}.streams`,
        `${service}.streams.svc`,
        `${service}.streams.svc.cluster.local`,
    ]),
];

const CLIENT = clientSpec({ secretName: "kafka-user-bob", commonName: "bob" });
const CA = caSpec("kafka-clients-ca");

describe("certificates of cert-manager's", () => {
    it("have keys in the form that Kafka reads", () => {
        for (const { privateKey } of [brokers(), CLIENT, CA]) {
            const { rotationPolicy, ...key } = privateKey;
            assert.deepEqual(key, { algorithm: "ECDSA", size: 256, encoding: "PKCS8" });
        }
    });

    it("of brokers and clients last 90 days and are renewed a month before, with another key", () => {
        for (const { duration, renewBefore, privateKey } of [brokers(), CLIENT]) {
            assert.deepEqual([duration, renewBefore], ["2160h", "720h"]);
            assert.equal(privateKey.rotationPolicy, "Always");
        }
    });

    it("of CAs last ten years and keep their key, so that what they signed stays valid", () => {
        assert.deepEqual([CA.duration, CA.renewBefore], ["87600h", "8760h"]);
        assert.equal(CA.privateKey.rotationPolicy, "Never");
        assert.equal(CA.isCA, true);
    });

    it("may be used for what they are, and for nothing else", () => {
        assert.deepEqual(CA.usages, ["cert sign", "crl sign"]);
        // Brokers connect to each other.
        assert.deepEqual(brokers().usages, ["digital signature", "server auth", "client auth"]);
        assert.deepEqual(CLIENT.usages, ["digital signature", "client auth"]);
        assert.deepEqual([brokers().isCA, CLIENT.isCA], [undefined, undefined]);
    });

    it("are signed: CAs by themselves, clients by their CA, brokers by the issuer that is given", () => {
        const own = (name: string) => ({ name, kind: "Issuer", group: "cert-manager.io" });
        assert.deepEqual(CA.issuerRef, own("kafka-self-signed"));
        assert.deepEqual(CLIENT.issuerRef, own("kafka-clients-ca"));
        assert.deepEqual(brokers().issuerRef, COMPANY);
    });

    it("have the names of who has them, in Secrets of their own", () => {
        const names = [brokers(), CLIENT, CA].map(({ secretName, commonName }) => [
            secretName,
            commonName,
        ]);
        assert.deepEqual(names, [
            ["kafka-brokers-tls", "kafka-brokers"],
            ["kafka-user-bob", "bob"],
            ["kafka-clients-ca", "kafka-clients-ca"],
        ]);
    });

    it("of brokers stand with their key in one file, as Kafka reads them", () => {
        assert.deepEqual(brokers().additionalOutputFormats, [{ type: "CombinedPEM" }]);
    });

    it("of brokers name every Service and every address outside", () => {
        const { dnsNames, ipAddresses } = brokers();
        assert.deepEqual(dnsNames, [
            ...INSIDE,
            "a.example.com",
            "b.example.com",
            "lb-1.example.com",
        ]);
        assert.deepEqual(ipAddresses, ["192.0.2.1", "192.0.2.9"]);
    });

    it("of brokers name no addresses where there are none outside", () => {
        const { dnsNames, ipAddresses } = brokers({ listeners: [INTERNAL] });
        assert.deepEqual(dnsNames, INSIDE);
        assert.equal(ipAddresses, undefined);
    });

    it("of brokers name whole domains: the names stay the same when brokers come and go", () => {
        const named = (count: number): ListenerEntry => ({
            ...EXTERNAL,
            bootstrap: "bootstrap.kafka.example.com:9092",
            brokers: Array.from({ length: count }, (_, n) => `broker-${n}.kafka.example.com:9094`),
        });
        const namesOf = (listeners: ListenerEntry[]) =>
            brokers({ listeners, domains: ["kafka.example.com"] }).dnsNames!.slice(INSIDE.length);
        assert.deepEqual(namesOf([INTERNAL, named(3), NODES]), [
            "*.kafka.example.com",
            "a.example.com",
            "b.example.com",
        ]);
        assert.deepEqual(namesOf([INTERNAL, named(5)]), namesOf([INTERNAL, named(3)]));
    });
});

describe("hosts of a given certificate", () => {
    const headless = "kafka-headless.streams.svc.cluster.local";
    const OWN = ["kafka-headless", `kafka-0.${headless}`, `kafka-1.${headless}`];
    const hostsOf = (...listeners: Listener[]) =>
        knownHosts({
            namespace: "streams",
            clusterDomain: "cluster.local",
            brokers: 2,
            listeners,
        });
    const internal: Listener = { name: "internal", type: "internal", port: 9092, tls: true };
    const balancer: Listener = { name: "external", type: "loadBalancer", port: 9094, tls: true };

    it("are those of the brokers among themselves, and of listeners that encrypt", () => {
        assert.deepEqual(hostsOf({ ...internal, tls: false }), OWN);
        assert.deepEqual(hostsOf(internal), [...OWN, "kafka-bootstrap.streams.svc.cluster.local"]);
        const nodes: Listener = {
            name: "nodes",
            type: "nodePort",
            port: 9095,
            tls: true,
            advertisedHosts: ["10.0.0.1", "b.example.com"],
            basePort: 30100,
        };
        assert.deepEqual(hostsOf(nodes), [...OWN, "10.0.0.1", "b.example.com"]);
    });

    it("are the names of a domain, and no addresses that a cloud assigns", () => {
        assert.deepEqual(hostsOf({ ...balancer, domain: "example.com" }), [
            ...OWN,
            "bootstrap.example.com",
            "broker-0.example.com",
            "broker-1.example.com",
        ]);
        assert.deepEqual(hostsOf(balancer), OWN);
    });
});
