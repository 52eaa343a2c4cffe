import assert from "node:assert/strict";
import type { types } from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { Listener } from "../../../../../components/kafka/listeners";
import { KafkaServices } from "../../../../../components/statefulset/services/kafkaServices";
import {
    type KubernetesObject,
    loadBalancerIp,
    register,
    Registrations,
    RunOptions,
    valueOf,
} from "../../../../support/mocks";
import { failuresOf } from "../../../../support/rejections";

const COMPONENT = "kafka-eks:index:KafkaServices kafka";
const NO_WAIT = { "pulumi.com/skipAwait": "true" };
const WAIT_FOR_ADDRESS = { "pulumi.com/waitFor": "jsonpath={.status.loadBalancer.ingress}" };

const ACCESS = { trust: [{ secret: "kafka-brokers-tls", key: "ca.crt" }], users: [] };

const INTERNAL: Listener = { name: "internal", port: 9092, type: "internal", tls: false };
const EXTERNAL: Listener = { name: "external", port: 9094, type: "loadBalancer", tls: false };
const NAMED: Listener = {
    ...EXTERNAL,
    domain: "kafka.example.com",
    annotations: { "example.com/scheme": "internal" },
    sourceRanges: ["10.0.0.0/8"],
};
const NODES: Listener = {
    name: "nodes",
    port: 9095,
    type: "nodePort",
    tls: false,
    advertisedHosts: ["a.example.com", "b.example.com"],
    basePort: 30100,
};

async function create(
    listeners: readonly Listener[],
    options?: RunOptions,
    hooks?: pulumi.ResourceHookBinding,
) {
    const { resources, result } = await register(
        () =>
            new KafkaServices("kafka", {
                namespace: "streams",
                clusterDomain: "cluster.local",
                brokers: 3,
                listeners,
                access: ACCESS,
                hooks,
            }),
        options,
    );
    return { resources, entries: result.listeners };
}

interface Service {
    readonly annotations: Readonly<Record<string, string>>;
    readonly spec: types.output.core.v1.ServiceSpec;
}

/** Every Service, by name. */
function servicesOf(resources: Registrations): Record<string, Service> {
    return Object.fromEntries(
        resources.objects
            .filter(({ inputs }) => inputs.kind === "Service")
            .map(({ inputs: { metadata, spec } }) => {
                const { name, annotations, ...rest } = metadata;
                assert.deepEqual(rest, {
                    namespace: "streams",
                    labels: {
                        "app.kubernetes.io/name": "kafka",
                        "app.kubernetes.io/part-of": "kafka-eks",
                        "app.kubernetes.io/managed-by": "pulumi",
                    },
                });
                return [name, { annotations, spec } as Service];
            }),
    );
}

/** Every Service as a line: its type, the brokers that it leads to, and its ports. */
function waysOf(resources: Registrations): Record<string, string> {
    const services = Object.entries(servicesOf(resources));
    return Object.fromEntries(services.map(([name, { spec }]) => [name, wayOf(spec)]));
}

function wayOf({ type, clusterIP, selector, publishNotReadyAddresses, ports }: Service["spec"]) {
    const { "app.kubernetes.io/name": application, ...more } = selector;
    assert.equal(application, "kafka");
    const { "statefulset.kubernetes.io/pod-name": pod = "brokers", ...others } = more;
    assert.deepEqual(others, {});
    const brokers = publishNotReadyAddresses === true ? pod : `ready ${pod}`;
    const listed = ports.map(({ name, nodePort, port, targetPort }) => {
        const numbers = [nodePort, port, targetPort].filter((each) => each !== undefined);
        return `${name} ${numbers.join(" > ")}`;
    });
    const inside = clusterIP === "None" ? "headless" : "ClusterIP";
    return `${type ?? inside} to ${brokers}: ${listed.join(", ")}`;
}

const podAddresses = (port: number) =>
    [0, 1, 2].map((n) => `kafka-${n}.kafka-headless.streams.svc.cluster.local:${port}`);

/** The Services inside the cluster that are there whatever is outside. */
const INSIDE = {
    "kafka-headless": "headless to brokers: replication 9091, internal 9092",
    "kafka-bootstrap": "ClusterIP to ready brokers: internal 9092 > internal",
};

const INTERNAL_ENTRY = {
    name: "internal",
    type: "internal",
    tls: false,
    bootstrap: "kafka-bootstrap.streams.svc.cluster.local:9092",
    brokers: podAddresses(9092),
};

describe("KafkaServices", () => {
    describe("with an internal listener only", () => {
        it("has three Services and the ConfigMap of the listeners", async () => {
            const { resources } = await create([INTERNAL]);
            assert.deepEqual(resources.childrenOf(COMPONENT).sort(), [
                "kubernetes:core/v1:ConfigMap kafka-listeners",
                "kubernetes:core/v1:Service kafka-bootstrap",
                "kubernetes:core/v1:Service kafka-headless",
                "kubernetes:core/v1:Service kafka-service",
            ]);
            assert.equal(resources.all.length, 1 + 4);
        });

        it("gives names to brokers that are not ready: they find each other by them", async () => {
            const { resources } = await create([INTERNAL]);
            const { spec } = servicesOf(resources)["kafka-headless"]!;
            assert.equal(spec.publishNotReadyAddresses, true);
            assert.equal(spec.clusterIP, "None");
        });

        it("reaches it by kafka-service as well, on the port that clients know", async () => {
            const more: Listener = { ...INTERNAL, name: "more", port: 9096 };
            for (const [listeners, names, ways] of [
                [[INTERNAL], "internal 9092", "internal 9092 > internal"],
                [[{ ...INTERNAL, port: 9100 }], "internal 9100", "internal 9100 > internal"],
                [
                    [INTERNAL, more],
                    "internal 9092, more 9096",
                    "internal 9092 > internal, more 9096 > more",
                ],
            ] as const) {
                const { resources } = await create(listeners);
                assert.deepEqual(waysOf(resources), {
                    "kafka-headless": `headless to brokers: replication 9091, ${names}`,
                    "kafka-bootstrap": `ClusterIP to ready brokers: ${ways}`,
                    "kafka-service": "ClusterIP to ready brokers: internal 9092 > internal",
                });
            }
        });

        it("waits for no pods behind them: brokers come after their Services", async () => {
            const services = Object.values(servicesOf((await create([INTERNAL])).resources));
            for (const { annotations } of services) {
                assert.deepEqual(annotations, NO_WAIT);
            }
        });

        it("advertises the names of the pods", async () => {
            const { entries } = await create([INTERNAL]);
            assert.deepEqual(await valueOf(entries), [INTERNAL_ENTRY]);
        });
    });

    describe("with load balancers", () => {
        it("changes kafka-service in place when the first external listener comes or goes", async () => {
            const service = "kubernetes:core/v1:Service kafka-service";
            for (const listeners of [[INTERNAL], [INTERNAL, EXTERNAL]]) {
                const { resources } = await create(listeners);
                const children = resources.childrenOf(COMPONENT);
                assert.equal(children.filter((child) => child === service).length, 1);
            }
        });

        it("has one for each broker and kafka-service for the bootstrap address", async () => {
            const { resources } = await create([INTERNAL, EXTERNAL]);
            assert.deepEqual(waysOf(resources), {
                ...INSIDE,
                "kafka-service": "LoadBalancer to ready brokers: external 9092 > 9094",
                "kafka-external-0": "LoadBalancer to kafka-0: external 9094 > 9094",
                "kafka-external-1": "LoadBalancer to kafka-1: external 9094 > 9094",
                "kafka-external-2": "LoadBalancer to kafka-2: external 9094 > 9094",
            });
            assert.deepEqual(resources.childrenOf(COMPONENT).sort(), [
                "kubernetes:core/v1:ConfigMap kafka-listeners",
                "kubernetes:core/v1:Service kafka-bootstrap",
                "kubernetes:core/v1:Service kafka-external-0",
                "kubernetes:core/v1:Service kafka-external-1",
                "kubernetes:core/v1:Service kafka-external-2",
                "kubernetes:core/v1:Service kafka-headless",
                "kubernetes:core/v1:Service kafka-service",
            ]);
        });

        it("reaches brokers that are not ready: they may lead partitions already", async () => {
            const services = servicesOf((await create([INTERNAL, EXTERNAL])).resources);
            for (const n of [0, 1, 2]) {
                const { spec } = services[`kafka-external-${n}`]!;
                assert.equal(spec.publishNotReadyAddresses, true);
            }
            assert.equal(services["kafka-service"]!.spec.publishNotReadyAddresses, undefined);
        });

        it("waits for an address of each, and for nothing of the others", async () => {
            const services = servicesOf((await create([INTERNAL, EXTERNAL])).resources);
            for (const [name, { annotations, spec }] of Object.entries(services)) {
                const expected = spec.type === "LoadBalancer" ? WAIT_FOR_ADDRESS : NO_WAIT;
                assert.deepEqual(annotations, expected, name);
            }
        });

        it("lets in everybody that the cloud lets in, unless ranges are given", async () => {
            const { resources } = await create([INTERNAL, EXTERNAL]);
            for (const { spec } of Object.values(servicesOf(resources))) {
                assert.equal(spec.loadBalancerSourceRanges, undefined);
            }
        });

        it("advertises the addresses that they get", async () => {
            const { entries } = await create([INTERNAL, EXTERNAL]);
            const brokers = [0, 1, 2].map((n) => `${loadBalancerIp(`kafka-external-${n}`)}:9094`);
            assert.deepEqual(await valueOf(entries), [
                INTERNAL_ENTRY,
                {
                    name: "external",
                    type: "loadBalancer",
                    tls: false,
                    bootstrap: `${loadBalancerIp("kafka-service")}:9092`,
                    brokers,
                },
            ]);
            assert.equal(new Set(brokers).size, 3);
        });

        it("advertises the names of a domain and publishes them", async () => {
            const { resources, entries } = await create([INTERNAL, NAMED]);
            assert.deepEqual((await valueOf(entries))![1], {
                name: "external",
                type: "loadBalancer",
                tls: false,
                bootstrap: "bootstrap.kafka.example.com:9092",
                brokers: [0, 1, 2].map((n) => `broker-${n}.kafka.example.com:9094`),
            });
            const services = servicesOf(resources);
            for (const [service, host] of [
                ["kafka-service", "bootstrap.kafka.example.com"],
                ["kafka-external-0", "broker-0.kafka.example.com"],
                ["kafka-external-1", "broker-1.kafka.example.com"],
                ["kafka-external-2", "broker-2.kafka.example.com"],
            ] as const) {
                assert.deepEqual(services[service]!.annotations, {
                    ...WAIT_FOR_ADDRESS,
                    "external-dns.alpha.kubernetes.io/hostname": host,
                    "example.com/scheme": "internal",
                });
                const { loadBalancerSourceRanges } = services[service]!.spec;
                assert.deepEqual(loadBalancerSourceRanges, ["10.0.0.0/8"]);
            }
        });

        it("knows a domain's names in a preview, and no addresses", async () => {
            const named = await create([INTERNAL, NAMED], { preview: true });
            assert.equal((await valueOf(named.entries))?.length, 2);
            const assigned = await create([INTERNAL, EXTERNAL], { preview: true });
            assert.equal(await valueOf(assigned.entries), undefined);
        });

        it("knows no addresses in a preview where a Service is to become a load balancer", async () => {
            const { entries } = await create([INTERNAL, EXTERNAL], {
                preview: true,
                loadBalancers: false,
            });
            assert.equal(await valueOf(entries), undefined);
        });

        it("fails where one has no address", async () => {
            const failures = await failuresOf(
                create([INTERNAL, EXTERNAL], { loadBalancers: false }),
            );
            assert.ok(failures.length > 0);
            for (const failure of failures) {
                assert.match(
                    String(failure),
                    /expected an address in the status of the load balancer's Service, found none/,
                );
            }
        });
    });

    describe("with node ports", () => {
        it("has a Service with its own node port for each broker, and waits for none", async () => {
            const { resources } = await create([INTERNAL, NODES]);
            assert.deepEqual(waysOf(resources), {
                ...INSIDE,
                "kafka-service": "NodePort to ready brokers: nodes 30100 > 9092 > nodes",
                "kafka-nodes-0": "NodePort to kafka-0: nodes 30101 > 9095 > nodes",
                "kafka-nodes-1": "NodePort to kafka-1: nodes 30102 > 9095 > nodes",
                "kafka-nodes-2": "NodePort to kafka-2: nodes 30103 > 9095 > nodes",
            });
            for (const { annotations } of Object.values(servicesOf(resources))) {
                assert.deepEqual(annotations, NO_WAIT);
            }
        });

        it("advertises the nodes in turn", async () => {
            const { entries } = await create([INTERNAL, NODES]);
            assert.deepEqual((await valueOf(entries))![1], {
                name: "nodes",
                type: "nodePort",
                tls: false,
                bootstrap: "a.example.com:30100,b.example.com:30100",
                brokers: ["a.example.com:30101", "b.example.com:30102", "a.example.com:30103"],
            });
        });
    });

    it("gives kafka-service to the first external listener, and the next one its own", async () => {
        const { resources, entries } = await create([INTERNAL, NODES, NAMED]);
        const services = servicesOf(resources);
        assert.deepEqual(Object.keys(services).sort(), [
            "kafka-bootstrap",
            "kafka-external-0",
            "kafka-external-1",
            "kafka-external-2",
            "kafka-external-bootstrap",
            "kafka-headless",
            "kafka-nodes-0",
            "kafka-nodes-1",
            "kafka-nodes-2",
            "kafka-service",
        ]);
        assert.equal(services["kafka-service"]!.spec.type, "NodePort");
        assert.deepEqual(
            (await valueOf(entries))!.map(({ bootstrap }) => bootstrap),
            [
                "kafka-bootstrap.streams.svc.cluster.local:9092",
                "a.example.com:30100,b.example.com:30100",
                "bootstrap.kafka.example.com:9094",
            ],
        );
    });

    it("has its hooks on all Services, and on nothing else", async () => {
        const beforeUpdate = [() => Promise.resolve()];
        const { resources } = await create([INTERNAL, EXTERNAL], { hooks: true }, { beforeUpdate });
        const hooked = resources.all.filter(({ hooks }) => hooks.beforeUpdate.length === 1);
        assert.deepEqual(
            hooked.map(({ inputs }) => (inputs as KubernetesObject["inputs"]).metadata.name).sort(),
            Object.keys(servicesOf(resources)).sort(),
        );
        assert.ok(resources.all.every(({ hooks }) => hooks.beforeCreate.length === 0));
        assert.equal("hooks" in resources.resource(COMPONENT).inputs, false);
    });

    it("tells clients in the cluster how each listener is reached", async () => {
        const { resources, entries } = await create([
            INTERNAL,
            { ...NODES, authentication: { type: "scram-sha-512" }, tls: true },
        ]);
        const { inputs } = resources.object("ConfigMap", "kafka-listeners");
        const data = inputs.data as Record<string, string>;
        assert.deepEqual(Object.keys(data), ["listeners.json", "security.json"]);
        assert.deepEqual(JSON.parse(data["security.json"]!), ACCESS);
        const listed = JSON.parse(data["listeners.json"]!) as unknown[];
        assert.deepEqual(listed, await valueOf(entries));
        assert.deepEqual(listed[1], {
            name: "nodes",
            type: "nodePort",
            tls: true,
            authentication: { type: "scram-sha-512" },
            bootstrap: "a.example.com:30100,b.example.com:30100",
            brokers: ["a.example.com:30101", "b.example.com:30102", "a.example.com:30103"],
        });
    });
});
