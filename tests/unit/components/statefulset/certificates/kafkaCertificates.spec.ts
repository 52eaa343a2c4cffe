import assert from "node:assert/strict";
import * as k8s from "@pulumi/kubernetes";
import {
    KafkaCertificates,
    type KafkaCertificatesArgs,
} from "../../../../../components/statefulset/certificates/kafkaCertificates";
import {
    brokersSpec,
    caSpec,
    ownIssuer,
} from "../../../../../components/statefulset/certificates/certificates";
import {
    type KubernetesObject,
    type PlainObject,
    register,
    type Registrations,
} from "../../../../support/mocks";
import { EXTERNAL, INTERNAL, NODES } from "./listenerEntries";

const COMPONENT = "kafka-eks:index:KafkaCertificates kafka";
const LABELS = {
    "app.kubernetes.io/name": "kafka",
    "app.kubernetes.io/part-of": "kafka-eks",
    "app.kubernetes.io/managed-by": "pulumi",
};

async function create(args: Partial<KafkaCertificatesArgs> = {}) {
    const { resources } = await register(
        () =>
            new KafkaCertificates(
                "kafka",
                {
                    namespace: "streams",
                    clusterDomain: "cluster.local",
                    addresses: [INTERNAL, EXTERNAL, NODES],
                    domains: [],
                    ...args,
                },
                { provider: new k8s.Provider("cluster") },
            ),
    );
    return resources;
}

const place = ({ inputs: { kind, metadata } }: KubernetesObject) => `${kind} ${metadata.name}`;

/** Its order is not that of registration, which depends on which promise is resolved first. */
const placesOf = (resources: Registrations) => resources.objects.map(place).sort();

describe("KafkaCertificates", () => {
    it("has two CAs of its own, one for brokers and one for clients, and the brokers' certificate", async () => {
        const resources = await create();
        assert.deepEqual(placesOf(resources), [
            "Certificate kafka-brokers-tls",
            "Certificate kafka-clients-ca",
            "Certificate kafka-cluster-ca",
            "Issuer kafka-clients-ca",
            "Issuer kafka-cluster-ca",
            "Issuer kafka-self-signed",
        ]);
        assert.equal(resources.childrenOf(COMPONENT).length, 6);
        for (const ca of ["kafka-clients-ca", "kafka-cluster-ca"]) {
            const { spec } = resources.object("Certificate", ca).inputs;
            assert.deepEqual(spec, caSpec(ca));
            const issuer = resources.object("Issuer", ca).inputs;
            assert.deepEqual(issuer.spec, { ca: { secretName: ca } });
        }
        const { spec } = resources.object("Issuer", "kafka-self-signed").inputs;
        assert.deepEqual(spec, { selfSigned: {} });
    });

    it("has the brokers' certificate signed by their CA, for the addresses of all listeners", async () => {
        const { inputs } = (await create()).object("Certificate", "kafka-brokers-tls");
        const expected = brokersSpec({
            namespace: "streams",
            clusterDomain: "cluster.local",
            listeners: [INTERNAL, EXTERNAL, NODES],
            domains: [],
            issuer: ownIssuer("kafka-cluster-ca"),
        });
        assert.deepEqual(inputs.spec, expected);
    });

    it("is waited for: brokers need what cert-manager makes of it", async () => {
        for (const { inputs, key } of (await create()).objects) {
            const { annotations, labels, namespace } = inputs.metadata;
            assert.deepEqual(annotations, { "pulumi.com/waitFor": "condition=Ready" }, key);
            assert.deepEqual(labels, LABELS, key);
            assert.equal(namespace, "streams", key);
        }
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
        assert.deepEqual(placesOf(resources), [
            "Certificate kafka-brokers-tls",
            "Certificate kafka-clients-ca",
            "Issuer kafka-clients-ca",
            "Issuer kafka-self-signed",
        ]);
        const { spec } = resources.object("Certificate", "kafka-brokers-tls").inputs;
        assert.deepEqual((spec as { issuerRef: unknown }).issuerRef, company);
    });

    it("names whole domains", async () => {
        const resources = await create({ domains: ["kafka.example.com"] });
        const { spec } = resources.object("Certificate", "kafka-brokers-tls").inputs;
        const { dnsNames } = spec as { dnsNames: string[] };
        assert.ok(dnsNames.includes("*.kafka.example.com"));
    });

    describe("that are given", () => {
        const pems = {
            certificate: "CERTIFICATE\n",
            key: "KEY\n",
            ca: "CA\n",
            clientsCa: "CLIENTS\n",
            subject: "CN=kafka-brokers",
            names: "DNS:kafka",
        };
        /** The files in a Secret, which has to be a secret to Pulumi. */
        const filesOf = (resources: Registrations, name: string) => {
            const { stringData } = resources.object("Secret", name).inputs;
            const { "4dabf18193072939515e22adb298388d": signature, value } =
                stringData as PlainObject;
            assert.equal(signature, "1b47061264138c4ac30d75fd1eb44270");
            return value;
        };

        it("are in the same Secrets, and take no cert-manager", async () => {
            const resources = await create({ pems });
            assert.deepEqual(placesOf(resources), [
                "Secret kafka-brokers-tls",
                "Secret kafka-clients-ca",
            ]);
            assert.deepEqual(filesOf(resources, "kafka-brokers-tls"), {
                "tls.crt": "CERTIFICATE\n",
                "tls.key": "KEY\n",
                "tls-combined.pem": "KEY\n\nCERTIFICATE\n",
                "ca.crt": "CA\n",
            });
            assert.deepEqual(filesOf(resources, "kafka-clients-ca"), { "tls.crt": "CLIENTS\n" });
        });

        it("need no CA of clients where none has a certificate", async () => {
            const { clientsCa, ...without } = pems;
            assert.deepEqual(placesOf(await create({ pems: without })), [
                "Secret kafka-brokers-tls",
            ]);
        });

        it("lie in Kafka's namespace, with its labels", async () => {
            for (const { inputs } of (await create({ pems })).objects) {
                const { name, ...metadata } = inputs.metadata;
                assert.deepEqual(metadata, { namespace: "streams", labels: LABELS }, name);
            }
        });
    });
});
