import assert from "node:assert/strict";
import type { DeployedListener, Listener } from "../../../../components/kafka/listeners";
import { strimziListeners } from "../../../../components/strimzi/listeners";

const INTERNAL: Listener = { name: "internal", port: 9092, type: "internal", tls: false };
const EXTERNAL: Listener = { name: "external", port: 9094, type: "loadBalancer", tls: true };
const NAMED: Listener = { ...EXTERNAL, domain: "kafka.example.com" };
const SHARED: DeployedListener = { ...EXTERNAL, sharedHost: "nlb.example.com" };
const NODES: Listener = {
    name: "nodes",
    port: 9095,
    type: "nodePort",
    tls: false,
    advertisedHosts: ["a.example.com", "b.example.com"],
    basePort: 30100,
};
const HOSTNAME = "external-dns.alpha.kubernetes.io/hostname";
const BOOTSTRAP = "bootstrap.kafka.example.com";
const BROKER = "broker-{nodeId}.kafka.example.com";
const SCHEME = { "example.com/scheme": "internal" };

function strimziListener(listener: DeployedListener) {
    const [only, ...more] = strimziListeners([listener], 3);
    assert.deepEqual(more, []);
    return only!;
}

describe("listeners of the Kafka resource", () => {
    it("keep their order", () => {
        const names = strimziListeners([NODES, INTERNAL, EXTERNAL], 1).map(({ name }) => name);
        assert.deepEqual(names, ["nodes", "internal", "external"]);
    });

    it("keep their names, ports and encryption, under the operator's words for their types", () => {
        for (const [listener, type] of [
            [INTERNAL, "internal"],
            [EXTERNAL, "loadbalancer"],
            [SHARED, "cluster-ip"],
            [NODES, "nodeport"],
        ] as const) {
            const { configuration, ...listed } = strimziListener(listener);
            const { name, port, tls } = listener;
            assert.deepEqual(listed, { name, port, type, tls });
        }
    });

    it("have their authentication", () => {
        const authentication = { type: "tls" } as const;
        const listed = strimziListener({ ...INTERNAL, tls: true, authentication });
        assert.deepEqual(listed.authentication, authentication);
    });

    it("name the peers of the operator's network policy", () => {
        const networkPolicyPeers = [{ namespaceSelector: {} }];
        const listed = strimziListener({ ...EXTERNAL, networkPolicyPeers });
        assert.deepEqual(listed.networkPolicyPeers, networkPolicyPeers);
    });

    for (const [what, listener, expected] of [
        [
            "inside the cluster have the whole names of the pods",
            INTERNAL,
            { useServiceDnsDomain: true },
        ],
        [
            "on load balancers without a domain advertise what the cloud assigns",
            EXTERNAL,
            { bootstrap: { annotations: {} }, perBrokerAnnotationsTemplate: {} },
        ],
        [
            "on load balancers with a domain advertise and publish its names",
            NAMED,
            {
                bootstrap: {
                    alternativeNames: [BOOTSTRAP],
                    annotations: { [HOSTNAME]: BOOTSTRAP },
                },
                advertisedHostTemplate: BROKER,
                perBrokerAnnotationsTemplate: { [HOSTNAME]: BROKER },
            },
        ],
        [
            "annotate every load balancer, and let in only whom they name",
            { ...EXTERNAL, annotations: SCHEME, sourceRanges: ["10.0.0.0/8", "192.0.2.0/24"] },
            {
                bootstrap: { annotations: SCHEME },
                perBrokerAnnotationsTemplate: SCHEME,
                loadBalancerSourceRanges: ["10.0.0.0/8", "192.0.2.0/24"],
            },
        ],
        [
            "have annotations beside the names of a domain",
            { ...NAMED, annotations: SCHEME },
            {
                bootstrap: {
                    alternativeNames: [BOOTSTRAP],
                    annotations: { [HOSTNAME]: BOOTSTRAP, ...SCHEME },
                },
                advertisedHostTemplate: BROKER,
                perBrokerAnnotationsTemplate: { [HOSTNAME]: BROKER, ...SCHEME },
            },
        ],
        [
            "on a shared load balancer advertise its name, with a port of their own for each broker",
            SHARED,
            {
                bootstrap: { alternativeNames: ["nlb.example.com"] },
                brokers: [9095, 9096, 9097].map((advertisedPort, broker) => ({
                    broker,
                    advertisedHost: "nlb.example.com",
                    advertisedPort,
                })),
            },
        ],
        [
            "on node ports have a port of their own for each broker, on the hosts in turn",
            NODES,
            {
                bootstrap: {
                    nodePort: 30100,
                    alternativeNames: ["a.example.com", "b.example.com"],
                },
                brokers: [
                    { broker: 0, advertisedHost: "a.example.com", nodePort: 30101 },
                    { broker: 1, advertisedHost: "b.example.com", nodePort: 30102 },
                    { broker: 2, advertisedHost: "a.example.com", nodePort: 30103 },
                ],
            },
        ],
    ] as const satisfies readonly (readonly [string, DeployedListener, object])[]) {
        it(what, () => assert.deepEqual(strimziListener(listener).configuration, expected));
    }
});
