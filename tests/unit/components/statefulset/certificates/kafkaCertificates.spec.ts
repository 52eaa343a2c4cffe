import assert from "node:assert/strict";
import * as k8s from "@pulumi/kubernetes";
import {
    KafkaCertificates,
    type KafkaCertificatesArgs,
} from "../../../components/statefulset/certificates/kafkaCertificates";
import type { Listener } from "../../../components/kafka/listeners";
import { knownHosts } from "../../../components/statefulset/certificates/certificates";
import type { ListenerEntry } from "../../../components/kafka/clientAccess";
import { register, type Registrations } from "../../support/mocks";

const COMPONENT = "kafka-eks:index:KafkaCertificates kafka";
const LABELS = {
    "app.kubernetes.io/name": "kafka",
    "app.kubernetes.io/part-of": "kafka-eks",
    "app.kubernetes.io/managed-by": "pulumi",
};

const INTERNAL: ListenerEntry = {
    name: "internal",
    type: "internal",
    tls: false,
    bootstrap: "kafka-bootstrap.streams.svc.cluster.local:9092",
    brokers: ["kafka-0.kafka-headless.streams.svc.cluster.local:9092"],
};
const EXTERNAL: ListenerEntry = {
    name: "external",
    type: "loadBalancer",
    tls: true,
    bootstrap: "192.0.2.9:9092",
    brokers: ["192.0.2.1:9094", "lb-1.example.com:9094"],
};
const NODES: ListenerEntry = {
    name: "nodes",
    type: "nodePort",
    tls: true,
    bootstrap: "a.example.com:30100,b.example.com:30100",
    brokers: ["a.example.com:30101", "b.example.com:30102"],
};

async function create(args: Partial<KafkaCertificatesArgs> = {}) {
    const { resources } = await register(
        () =>
            new KafkaCertificates(
                "kafka",
                {
                    namespace: "streams",
                    addresses: [INTERNAL, EXTERNAL, NODES],
                    domains: [],
                    ...args,
                },
                { provider: new k8s.Provider("cluster") },
            ),
    );
    return resources;
}

interface Placed {
    readonly kind: string;
    readonly metadata: { readonly name: string };
}

const place = ({ kind, metadata }: Placed) => `${kind} ${metadata.name}`;
const byPlace = (a: Placed, b: Placed) => (place(a) < place(b) ? -1 : 1);

/** The objects in an order of their own: they are registered as promises are resolved. */
function sorted(resources: Registrations) {
    return resources.objects.map(({ inputs }) => inputs as unknown as Placed).sort(byPlace);
}

const KEY = { algorithm: "ECDSA", size: 256, encoding: "PKCS8" };
const issuer = (name: string) => ({ name, kind: "Issuer", group: "cert-manager.io" });

/** An object of cert-manager's that Pulumi waits for. */
function object(kind: string, name: string, spec: object) {
    return {
        apiVersion: "cert-manager.io/v1",
        kind,
        metadata: {
            name,
            namespace: "streams",
            labels: LABELS,
            annotations: { "pulumi.com/waitFor": "condition=Ready" },
        },
        spec,
    };
}

const BROKERS_SPEC = {
    secretName: "kafka-brokers-tls",
    commonName: "kafka-brokers",
    dnsNames: [
        "*.kafka-headless.streams.svc.cluster.local",
        "kafka-headless",
        "kafka-headless.streams",
        "kafka-headless.streams.svc",
        "kafka-headless.streams.svc.cluster.local",
        "kafka-bootstrap",
        "kafka-bootstrap.streams",
        "kafka-bootstrap.streams.svc",
        "kafka-bootstrap.streams.svc.cluster.local",
        "kafka-service",
        "kafka-service.streams",
        "kafka-service.streams.svc",
        "kafka-service.streams.svc.cluster.local",
        "a.example.com",
        "b.example.com",
        "lb-1.example.com",
    ],
    ipAddresses: ["192.0.2.1", "192.0.2.9"],
    duration: "2160h",
    renewBefore: "720h",
    usages: ["digital signature", "server auth", "client auth"],
    privateKey: { ...KEY, rotationPolicy: "Always" },
    additionalOutputFormats: [{ type: "CombinedPEM" }],
    issuerRef: issuer("kafka-cluster-ca"),
};

const testCa = (name: string) =>
    object("Certificate", name, {
        secretName: name,
        commonName: name,
        isCA: true,
        duration: "87600h",
        renewBefore: "8760h",
        usages: ["cert sign", "crl sign"],
        privateKey: { ...KEY, rotationPolicy: "Never" },
        issuerRef: issuer("kafka-self-signed"),
    });

describe("KafkaCertificates", () => {
    it("has two CAs of its own, and the brokers' certificate with every name that they have", async () => {
        const resources = await create();
        assert.deepEqual(
            sorted(resources),
            [
                object("Issuer", "kafka-self-signed", { selfSigned: {} }),
                testCa("kafka-cluster-ca"),
                object("Issuer", "kafka-cluster-ca", { ca: { secretName: "kafka-cluster-ca" } }),
                testCa("kafka-clients-ca"),
                object("Issuer", "kafka-clients-ca", { ca: { secretName: "kafka-clients-ca" } }),
                object("Certificate", "kafka-brokers-tls", BROKERS_SPEC),
            ].sort(byPlace),
        );
        assert.equal(resources.childrenOf(COMPONENT).length, 6);
    });

    it("signs nothing before the CA is there", async () => {
        const resources = await create();
        const { dependencies } = resources.object("Certificate", "kafka-brokers-tls").options;
        assert.ok(
            dependencies.includes("kubernetes:cert-manager.io/v1:Issuer kafka-cluster-ca-issuer"),
        );
        assert.deepEqual(resources.object("Issuer", "kafka-cluster-ca").options.dependencies, [
            "kubernetes:cert-manager.io/v1:Certificate kafka-cluster-ca-certificate",
        ]);
    });

    it("has the brokers' certificate signed by a given issuer, and its own CA for clients only", async () => {
        const company = { name: "company", kind: "ClusterIssuer", group: "cert-manager.io" };
        const resources = await create({ issuer: company });
        assert.deepEqual(sorted(resources).map(place), [
            "Certificate kafka-brokers-tls",
            "Certificate kafka-clients-ca",
            "Issuer kafka-clients-ca",
            "Issuer kafka-self-signed",
        ]);
        assert.deepEqual(resources.object("Certificate", "kafka-brokers-tls").inputs.spec, {
            ...BROKERS_SPEC,
            issuerRef: company,
        });
    });

    it("names no addresses where there are none outside", async () => {
        const resources = await create({ addresses: [INTERNAL] });
        const { dnsNames, ipAddresses } = resources.object("Certificate", "kafka-brokers-tls")
            .inputs.spec as Record<string, string[]>;
        assert.deepEqual(dnsNames, BROKERS_SPEC.dnsNames.slice(0, 13));
        assert.equal(ipAddresses, undefined);
    });

    it("names whole domains, so that the names stay the same when brokers come and go", async () => {
        const named = (brokers: number): ListenerEntry => ({
            ...EXTERNAL,
            bootstrap: "bootstrap.kafka.example.com:9092",
            brokers: Array.from(
                { length: brokers },
                (_, n) => `broker-${n}.kafka.example.com:9094`,
            ),
        });
        const namesOf = async (addresses: ListenerEntry[]) => {
            const resources = await create({ addresses, domains: ["kafka.example.com"] });
            const { spec } = resources.object("Certificate", "kafka-brokers-tls").inputs;
            return (spec as { dnsNames: string[] }).dnsNames.slice(13);
        };
        assert.deepEqual(await namesOf([INTERNAL, named(3), NODES]), [
            "*.kafka.example.com",
            "a.example.com",
            "b.example.com",
        ]);
        assert.deepEqual(await namesOf([INTERNAL, named(5)]), await namesOf([INTERNAL, named(3)]));
    });

    it("keeps given certificates in the same Secrets, and takes no cert-manager", async () => {
        const pems = {
            certificate: "CERTIFICATE\n",
            key: "KEY\n",
            ca: "CA\n",
            clientsCa: "CLIENTS\n",
            subject: "CN=kafka-brokers",
            names: "DNS:kafka",
        };
        const resources = await create({ pems });
        const secret = (name: string, stringData: object) => ({
            apiVersion: "v1",
            kind: "Secret",
            metadata: { name, namespace: "streams", labels: LABELS },
            // How Pulumi marks what it keeps secret.
            stringData: {
                "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
                value: stringData,
            },
        });
        assert.deepEqual(sorted(resources), [
            secret("kafka-brokers-tls", {
                "tls.crt": "CERTIFICATE\n",
                "tls.key": "KEY\n",
                "tls-combined.pem": "KEY\n\nCERTIFICATE\n",
                "ca.crt": "CA\n",
            }),
            secret("kafka-clients-ca", { "tls.crt": "CLIENTS\n" }),
        ]);
        const { clientsCa, ...without } = pems;
        const names = (await create({ pems: without })).objects.map(
            ({ inputs }) => inputs.metadata.name,
        );
        assert.deepEqual(names, ["kafka-brokers-tls"]);
    });
});

describe("hosts of a given certificate", () => {
    const headless = "kafka-headless.streams.svc.cluster.local";
    const OWN = ["kafka-headless", `kafka-0.${headless}`, `kafka-1.${headless}`];
    const hostsOf = (...listeners: Listener[]) =>
        knownHosts({ namespace: "streams", brokers: 2, listeners });
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
