import assert from "node:assert/strict";
import type { KubernetesObject } from "@kubernetes/client-node";
import { ConfigError } from "../../../../config";
import { fileName } from "../../../../tools/render/files";
import type { HelmRelease } from "../../../../tools/render/helmReleases";
import { renderStack } from "../../../../tools/render/renderStack";
import { holdsUnknown } from "../../../../tools/render/unknown";
import { useLightSdk } from "../../../support/lightSdk";

const CONFIG = {
    "kafka-eks:platform": "kubeconfig",
    "kafka-eks:kafkaDeploymentType": "statefulset",
    "kafka-eks:kafka": '{"replicas":1}',
    "kafka-eks:zookeeper": '{"replicas":1}',
    "kafka-eks:certificates": '{"installCertManager":false}',
};

const INTERNAL = { name: "internal", port: 9092, type: "internal" };

function withListener(listener: object): Record<string, string> {
    return { ...CONFIG, "kafka-eks:listeners": JSON.stringify([INTERNAL, listener]) };
}

/** Kinds and names; hashes in names are not what these tests are about. */
function names(objects: readonly KubernetesObject[]): string[] {
    return objects.map((object) => fileName(object).replace(/-([0-9a-f]{8}){1,2}\./, "."));
}

/** Position of the object whose file name contains a text. */
function position(objects: readonly KubernetesObject[], text: string): number {
    const found = names(objects).findIndex((name) => name.includes(text));
    assert.notEqual(found, -1, `no object ${text}`);
    return found;
}

describe("renderStack", () => {
    useLightSdk();
    it("returns every object of the program, without providers and components", async () => {
        const { objects } = await renderStack({ stack: "any", config: CONFIG });
        assert.deepEqual(names(objects).sort(), [
            "certificate-kafka-brokers-tls.yaml",
            "certificate-kafka-clients-ca.yaml",
            "certificate-kafka-cluster-ca.yaml",
            "configmap-kafka-accept-empty.yaml",
            "configmap-kafka-admin.yaml",
            "configmap-kafka-advertised.yaml",
            "configmap-kafka-config.yaml",
            "configmap-kafka-listeners.yaml",
            "configmap-zookeeper-config.yaml",
            "issuer-kafka-clients-ca.yaml",
            "issuer-kafka-cluster-ca.yaml",
            "issuer-kafka-self-signed.yaml",
            "namespace-kafka.yaml",
            "networkpolicy-default-deny.yaml",
            "networkpolicy-kafka-check.yaml",
            "networkpolicy-kafka-topics.yaml",
            "networkpolicy-kafka-users.yaml",
            "networkpolicy-kafka.yaml",
            "networkpolicy-zookeeper-update-check.yaml",
            "networkpolicy-zookeeper.yaml",
            "persistentvolumeclaim-data-kafka-0.yaml",
            "persistentvolumeclaim-data-zookeeper-0.yaml",
            "poddisruptionbudget-kafka.yaml",
            "poddisruptionbudget-zookeeper.yaml",
            "secret-zookeeper-auth.yaml",
            "service-kafka-bootstrap.yaml",
            "service-kafka-headless.yaml",
            "service-kafka-service.yaml",
            "service-zookeeper-headless.yaml",
            "service-zookeeper.yaml",
            "statefulset-kafka.yaml",
            "statefulset-zookeeper.yaml",
        ]);
    });

    it("puts what an object needs before it", async () => {
        const { objects } = await renderStack({ stack: "any", config: CONFIG });
        assert.equal(names(objects)[0], "namespace-kafka.yaml");
        assert.equal(names(objects).at(-1), "statefulset-kafka.yaml");
        for (const order of [
            [
                "networkpolicy-zookeeper.yaml",
                "networkpolicy-default-deny",
                "service-zookeeper-headless",
                "secret-zookeeper-auth",
                "data-zookeeper-0",
                "statefulset-zookeeper",
                "data-kafka-0",
                "statefulset-kafka",
            ],
            ["configmap-zookeeper-config", "statefulset-zookeeper"],
            ["configmap-kafka-config", "statefulset-kafka"],
            ["configmap-kafka-advertised", "statefulset-kafka"],
            ["configmap-kafka-accept-empty", "statefulset-kafka"],
            ["configmap-kafka-admin", "statefulset-kafka"],
            [
                "issuer-kafka-self-signed",
                "certificate-kafka-cluster-ca",
                "issuer-kafka-cluster-ca",
                "certificate-kafka-brokers-tls",
                "statefulset-kafka",
            ],
        ]) {
            const positions = order.map((text) => position(objects, text));
            assert.deepEqual(
                positions,
                positions.toSorted((a, b) => a - b),
            );
        }
    });

    it("is the same every time, whatever is rendered at the same time", async () => {
        const other = { ...CONFIG, "kafka-eks:namespace": "other" };
        const [first, between, second] = await Promise.all([
            renderStack({ stack: "a", config: CONFIG }),
            renderStack({ stack: "b", config: other }),
            renderStack({ stack: "c", config: CONFIG }),
        ]);
        assert.deepEqual(first, second);
        assert.ok(
            between.objects.slice(1).every(({ metadata }) => metadata?.namespace === "other"),
        );
    });

    it("begins each object with what identifies it", async () => {
        const { objects } = await renderStack({ stack: "any", config: CONFIG });
        const [, service] = objects;
        assert.deepEqual(Object.keys(service!).slice(0, 3), ["apiVersion", "kind", "metadata"]);
        assert.deepEqual(Object.keys(service!.metadata!).slice(0, 2), ["name", "namespace"]);
    });

    it("keeps what the annotations say about waiting", async () => {
        const { objects } = await renderStack({ stack: "any", config: CONFIG });
        const service = objects[position(objects, "service-kafka-headless")];
        assert.deepEqual(service?.metadata?.annotations, { "pulumi.com/skipAwait": "true" });
    });

    it("has stand-ins for addresses that only the cloud knows, and no others", async () => {
        const config = withListener({ name: "external", port: 9094, type: "loadBalancer" });
        const { objects } = await renderStack({ stack: "any", config });
        assert.deepEqual(names(objects.filter(holdsUnknown)).sort(), [
            "certificate-kafka-brokers-tls.yaml",
            "configmap-kafka-advertised.yaml",
            "configmap-kafka-listeners.yaml",
        ]);
    });

    it("renders what runs in a cluster that the stack makes, and counts the rest", async () => {
        const { objects, others, releases } = await renderStack({
            stack: "any",
            config: {
                "aws:region": "eu-west-1",
                "kafka-eks:kafkaDeploymentType": "statefulset",
                "kafka-eks:listeners": JSON.stringify([INTERNAL]),
            },
        });
        assert.ok(others > 20, `${others} resources of AWS`);
        assert.deepEqual(
            releases.map(({ name, values }) => [name, holdsUnknown(values)]),
            [
                ["aws-load-balancer-controller", true],
                ["cert-manager", false],
            ],
        );
        assert.deepEqual(names(objects.filter(holdsUnknown)), []);
        position(objects, "storageclass-gp3");
        position(objects, "statefulset-kafka");
    });

    it("tells what Helm installs", async () => {
        const config = { "kafka-eks:platform": "kubeconfig" };
        const { releases } = await renderStack({ stack: "any", config });
        const [{ values, ...release }] = releases as [HelmRelease];
        assert.equal(releases.length, 1);
        assert.equal(values["replicas"], 2);
        assert.deepEqual(release, {
            name: "strimzi-kafka-operator",
            namespace: "kafka",
            chart: "oci://quay.io/strimzi-helm/strimzi-kafka-operator",
            version: "1.2.0",
            skipCrds: true,
            crds: "https://github.com/strimzi/strimzi-kafka-operator/releases/download/1.2.0/strimzi-crds-1.2.0.yaml",
        });
    });

    it("renders what an operator runs that is there already", async () => {
        const config = {
            "kafka-eks:platform": "kubeconfig",
            "kafka-eks:strimzi": '{"installOperator":false}',
            "kafka-eks:topics": '[{"name":"Orders_v1","partitions":6}]',
            "kafka-eks:users": '[{"name":"alice","authentication":{"type":"scram-sha-512"}}]',
            "kafka-eks:listeners": JSON.stringify([
                { ...INTERNAL, authentication: { type: "scram-sha-512" } },
            ]),
        };
        const { objects } = await renderStack({ stack: "any", config });
        assert.deepEqual(names(objects).sort(), [
            "configmap-kafka-listeners.yaml",
            "kafka-kafka.yaml",
            "kafkanodepool-broker.yaml",
            "kafkanodepool-cluster-id.yaml",
            "kafkanodepool-controller.yaml",
            "kafkatopic-orders-v1.yaml",
            "kafkauser-alice.yaml",
            "kafkauser-kafka-eks-health-scram.yaml",
            "namespace-kafka.yaml",
        ]);
        const order = ["namespace", "controller", "broker", "kafka-kafka", "kafkatopic"].map(
            (text) => position(objects, text),
        );
        assert.deepEqual(
            order,
            [...order].sort((a, b) => a - b),
        );
        assert.ok(position(objects, "kafka-kafka") < position(objects, "kafkauser"));
        const kafka = objects[position(objects, "kafka-kafka")]!;
        assert.deepEqual(Object.keys(kafka), ["apiVersion", "kind", "metadata", "spec"]);
        assert.equal(kafka.apiVersion, "kafka.strimzi.io/v1");
    });

    it("accepts load balancers with a domain", async () => {
        const domain = "kafka.example.com";
        const config = withListener({ name: "external", port: 9094, type: "loadBalancer", domain });
        const { objects } = await renderStack({ stack: "any", config });
        const listeners = objects[position(objects, "configmap-kafka-listeners")];
        const text = (listeners as { data?: Record<string, string> }).data?.["listeners.json"];
        assert.match(text ?? "", /"bootstrap\.kafka\.example\.com:9092"/);
        position(objects, "service-kafka-external-0");
    });

    it("rejects with every problem of the configuration", async () => {
        const config = { "kafka-eks:kafka": '{"replicas":0}', "kafka-eks:typo": "1" };
        await assert.rejects(
            renderStack({ stack: "any", config }),
            (error) =>
                error instanceof ConfigError &&
                /typo/.test(error.message) &&
                /kafka\.replicas/.test(error.message),
        );
    });
});
