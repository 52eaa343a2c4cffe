import assert from "node:assert/strict";
import { KafkaServices } from "../../../components/statefulset/services/kafkaServices";
import type { Listener } from "../../../components/kafka/listeners";
import { loadBalancerIp, register, Registrations, RunOptions, valueOf } from "../../support/mocks";
import { failuresOf } from "../../support/rejections";

const COMPONENT = "kafka-eks:index:KafkaServices kafka";
const SELECTOR = { "app.kubernetes.io/name": "kafka" };
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

async function create(listeners: readonly Listener[], options?: RunOptions) {
    const { resources, result } = await register(
        () =>
            new KafkaServices("kafka", {
                namespace: "streams",
                brokers: 3,
                listeners,
                access: ACCESS,
            }),
        options,
    );
    return { resources, entries: result.listeners };
}

/** Every Service, by name, as far as the Services differ. */
function servicesOf(resources: Registrations) {
    return Object.fromEntries(
        resources.objects
            .filter(({ inputs }) => inputs.kind === "Service")
            .map(({ inputs: { metadata, ...inputs } }) => {
                const { name, annotations, ...rest } = metadata;
                assert.deepEqual(rest, {
                    namespace: "streams",
                    labels: {
                        ...SELECTOR,
                        "app.kubernetes.io/part-of": "kafka-eks",
                        "app.kubernetes.io/managed-by": "pulumi",
                    },
                });
                return [name, { annotations, spec: inputs.spec }];
            }),
    );
}

function headless(...ports: { name: string; port: number }[]) {
    return {
        annotations: NO_WAIT,
        spec: {
            selector: SELECTOR,
            ports: [{ name: "replication", port: 9091 }, ...ports],
            clusterIP: "None",
            publishNotReadyAddresses: true,
        },
    };
}

function clusterIp(...ports: object[]) {
    return { annotations: NO_WAIT, spec: { selector: SELECTOR, ports } };
}

const podSelector = (ordinal: number) => ({
    ...SELECTOR,
    "statefulset.kubernetes.io/pod-name": `kafka-${ordinal}`,
});

const podAddresses = (port: number) =>
    [0, 1, 2].map((n) => `kafka-${n}.kafka-headless.streams.svc.cluster.local:${port}`);

const INTERNAL_PORT = { name: "internal", port: 9092 };
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

        it("reaches it by kafka-service as well, on the port that clients know", async () => {
            const more: Listener = { ...INTERNAL, name: "more", port: 9096 };
            for (const listeners of [[INTERNAL], [{ ...INTERNAL, port: 9100 }], [INTERNAL, more]]) {
                const { resources } = await create(listeners);
                const ports = listeners.map(({ name, port }) => ({ name, port }));
                assert.deepEqual(servicesOf(resources), {
                    "kafka-headless": headless(...ports),
                    "kafka-bootstrap": clusterIp(...ports),
                    "kafka-service": clusterIp({
                        name: "internal",
                        port: 9092,
                        targetPort: listeners[0]!.port,
                    }),
                });
            }
        });

        it("advertises the names of the pods", async () => {
            const { entries } = await create([INTERNAL]);
            assert.deepEqual(await valueOf(entries), [INTERNAL_ENTRY]);
        });
    });

    describe("with load balancers", () => {
        const balancer = (name: string, port: number, selector: object, ready: boolean) => ({
            annotations: WAIT_FOR_ADDRESS,
            spec: {
                type: "LoadBalancer",
                selector,
                ...(ready ? {} : { publishNotReadyAddresses: true }),
                ports: [{ name, port, targetPort: 9094 }],
            },
        });

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
            assert.deepEqual(servicesOf(resources), {
                "kafka-headless": headless(INTERNAL_PORT),
                "kafka-bootstrap": clusterIp(INTERNAL_PORT),
                "kafka-service": balancer("external", 9092, SELECTOR, true),
                "kafka-external-0": balancer("external", 9094, podSelector(0), false),
                "kafka-external-1": balancer("external", 9094, podSelector(1), false),
                "kafka-external-2": balancer("external", 9094, podSelector(2), false),
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
                const { loadBalancerSourceRanges } = services[service]!.spec as {
                    loadBalancerSourceRanges: unknown;
                };
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
        const nodePort = (port: object, selector: object, ready: boolean) => ({
            annotations: NO_WAIT,
            spec: {
                type: "NodePort",
                selector,
                ...(ready ? {} : { publishNotReadyAddresses: true }),
                ports: [{ name: "nodes", targetPort: 9095, ...port }],
            },
        });

        it("has a Service with its own node port for each broker", async () => {
            const { resources } = await create([INTERNAL, NODES]);
            assert.deepEqual(servicesOf(resources), {
                "kafka-headless": headless(INTERNAL_PORT),
                "kafka-bootstrap": clusterIp(INTERNAL_PORT),
                "kafka-service": nodePort({ port: 9092, nodePort: 30100 }, SELECTOR, true),
                "kafka-nodes-0": nodePort({ port: 9095, nodePort: 30101 }, podSelector(0), false),
                "kafka-nodes-1": nodePort({ port: 9095, nodePort: 30102 }, podSelector(1), false),
                "kafka-nodes-2": nodePort({ port: 9095, nodePort: 30103 }, podSelector(2), false),
            });
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
        assert.equal((services["kafka-service"]!.spec as { type: string }).type, "NodePort");
        assert.deepEqual(
            (await valueOf(entries))!.map(({ bootstrap }) => bootstrap),
            [
                "kafka-bootstrap.streams.svc.cluster.local:9092",
                "a.example.com:30100,b.example.com:30100",
                "bootstrap.kafka.example.com:9094",
            ],
        );
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
