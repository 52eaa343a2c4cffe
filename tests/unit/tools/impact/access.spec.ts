import assert from "node:assert/strict";
import { brokerProperties } from "../../../../components/statefulset/brokers/brokerProperties";
import { usersJob } from "../../../../components/statefulset/users/usersJob";
import type { Listener } from "../../../../components/kafka/listeners";
import type { Acl, Quotas } from "../../../../components/kafka/users";
import { INTERNAL_LOAD_BALANCER } from "../../../../components/kafka/internalLoadBalancer";
import { strimziListeners } from "../../../../components/strimzi/listeners";
import { userSpec } from "../../../../components/strimzi/users";
import { assess } from "../../../../tools/impact/assess";
import { parsePreview } from "../../../../tools/impact/preview";
import { verdictOf } from "../../../../tools/impact/verdict";
import { findingsOf, line, previewOf, step, type StepArgs, type TYPES } from "./changes";

const internal: Listener = { name: "internal", type: "internal", port: 9092, tls: false };
const tls: Listener = { ...internal, tls: true };
const mutual: Listener = { ...tls, authentication: { type: "tls" } };
const scram: Listener = { ...tls, authentication: { type: "scram-sha-512" } };
const external: Listener = {
    name: "external",
    type: "loadBalancer",
    port: 9094,
    tls: true,
    authentication: { type: "scram-sha-512" },
};
const nodePort: Listener = {
    name: "external",
    type: "nodePort",
    port: 9094,
    tls: false,
    advertisedHosts: ["a.example"],
    basePort: 31000,
};

/** Whom a change of listeners lets in or cuts off, and nothing else of it. */
const CHANGES: readonly (readonly [
    title: string,
    from: readonly Listener[],
    to: readonly Listener[],
    ...classes: string[],
])[] = [
    ["the last authentication that goes", [scram], [tls], "cluster-opens", "clients-cut-off"],
    ["certificates that nobody asks for any more", [mutual], [tls], "cluster-opens"],
    ["TLS that goes", [tls], [internal], "cluster-opens", "clients-cut-off"],
    [
        "TLS of an external listener",
        [tls, external],
        [tls, { ...external, tls: false }],
        "cluster-opens",
        "clients-cut-off",
    ],
    ["TLS that comes", [internal], [tls], "clients-cut-off"],
    ["a certificate instead of a password", [scram], [mutual], "clients-cut-off"],
    ["mutual TLS", [tls], [mutual], "clients-cut-off"],
    ["another port", [internal], [{ ...internal, port: 9093 }], "clients-cut-off"],
    ["a listener less", [internal, external], [internal], "clients-cut-off"],
    ["another name on the same port", [internal], [{ ...internal, name: "plain" }]],
    [
        "another name, and no authentication",
        [scram],
        [{ ...tls, name: "plain" }],
        "cluster-opens",
        "clients-cut-off",
    ],
    [
        "a listener without authentication beside one with it",
        [scram],
        [scram, { ...internal, name: "plain", port: 9093 }],
        "cluster-opens",
    ],
    [
        "a listener with authentication inside of the cluster",
        [internal],
        [internal, { ...scram, name: "secure", port: 9093 }],
    ],
];

const AZURE = "service.beta.kubernetes.io/azure-load-balancer-internal";

const ACCESS = /^(cluster-opens|clients-cut-off): listener/;
const classesOf = (findings: readonly string[]) =>
    findings.filter((finding) => ACCESS.test(finding)).map((finding) => finding.split(":")[0]);

const file = (listeners: readonly Listener[]) => ({
    metadata: { name: "kafka-config" },
    data: {
        "server.properties": Object.entries(
            brokerProperties({
                namespace: "kafka",
                clusterDomain: "cluster.local",
                brokers: 3,
                zookeeperMembers: 3,
                zookeeperAuthentication: "required",
                interBrokerProtocolVersion: "3.5",
                listeners,
                security: { encrypted: false },
                config: {},
            }),
        )
            .map(([key, value]) => `${key}=${value}\n`)
            .join(""),
    },
});
const kafka = (listeners: readonly Listener[]) => ({
    metadata: { name: "kafka" },
    spec: { kafka: { listeners: strimziListeners(listeners, 3) } },
});
const ofStrimzi = (from: readonly Listener[], to: readonly Listener[]) =>
    findingsOf("update", "Kafka", { old: kafka(from), new: kafka(to) });

describe("the impact of listeners on clients", () => {
    for (const [title, from, to, ...classes] of CHANGES) {
        it(`is known for ${title}, with both deployment types`, () => {
            const properties = findingsOf("update", "ConfigMap", {
                old: file(from),
                new: file(to),
            });
            assert.deepEqual(classesOf(properties), classes);
            assert.deepEqual(classesOf(ofStrimzi(from, to)), classes);
        });
    }

    it("names what differs", () => {
        const [opened, cutOff] = findingsOf("update", "ConfigMap", {
            old: file([scram]),
            new: file([internal]),
        });
        const values =
            "listener internal: port 9092, TLS, scram-sha-512 → port 9092, in clear, no authentication";
        assert.equal(opened, `cluster-opens: ${values}`);
        assert.equal(cutOff, `clients-cut-off: ${values}`);
    });

    it("is known for brokers that encrypt no more what they send each other", () => {
        const properties = (protocol: string) => ({
            metadata: { name: "kafka-config" },
            data: {
                "server.properties": `listener.security.protocol.map=REPLICATION:${protocol}\n`,
            },
        });
        assert.deepEqual(
            classesOf(
                findingsOf("update", "ConfigMap", {
                    old: properties("SSL"),
                    new: properties("PLAINTEXT"),
                }),
            ),
            ["cluster-opens"],
        );
        assert.deepEqual(
            classesOf(
                findingsOf("update", "ConfigMap", {
                    old: properties("PLAINTEXT"),
                    new: properties("SSL"),
                }),
            ),
            [],
        );
    });

    const STRIMZI: readonly (readonly [
        title: string,
        from: readonly Listener[],
        to: readonly Listener[],
        ...classes: string[],
    ])[] = [
        ["the first one outside", [scram], [scram, external], "cluster-opens"],
        [
            "the second one outside",
            [external],
            [external, { ...external, name: "other", port: 9095 }],
        ],
        [
            "one that is outside from now on",
            [{ ...scram, name: "external", port: 9094 }],
            [external],
            "cluster-opens",
            "clients-cut-off",
        ],
        ["another name outside", [external], [{ ...external, name: "other" }], "clients-cut-off"],
        [
            "another host of the nodes",
            [nodePort],
            [{ ...nodePort, advertisedHosts: ["b.example"] }],
            "clients-cut-off",
        ],
        [
            "other ports of the nodes",
            [nodePort],
            [{ ...nodePort, basePort: 32000 }],
            "clients-cut-off",
        ],
        [
            "another domain",
            [{ ...external, domain: "a.example" }],
            [{ ...external, domain: "b.example" }],
            "clients-cut-off",
        ],
        ["a first domain", [external], [{ ...external, domain: "a.example" }]],
        ["another class", [external], [{ ...external, class: "nlb" }], "clients-cut-off"],
        ...Object.entries(INTERNAL_LOAD_BALANCER).map(
            ([name, inside]) =>
                [
                    `the internet by ${name}`,
                    [{ ...external, annotations: { [name]: inside } }],
                    [{ ...external, annotations: { [name]: "else" } }],
                    "cluster-opens",
                    "clients-cut-off",
                ] as const,
        ),
        [
            "the inside of a network",
            [{ ...external, annotations: { [AZURE]: "false" } }],
            [{ ...external, annotations: { [AZURE]: "true" } }],
            "clients-cut-off",
        ],
    ];
    for (const [title, from, to, ...classes] of STRIMZI) {
        it(`is known for ${title}, with the operator`, () => {
            assert.deepEqual(classesOf(ofStrimzi(from, to)), classes);
        });
    }

    it("does not count a broker more, or less, as another address", () => {
        const of = (brokers: number) => ({
            spec: { kafka: { listeners: strimziListeners([nodePort], brokers) } },
        });
        for (const [from, to] of [
            [3, 4],
            [4, 3],
        ] as const) {
            const findings = findingsOf("update", "Kafka", { old: of(from), new: of(to) });
            assert.deepEqual(
                findings.map((finding) => finding.split(":")[0]),
                ["rolling-restart"],
            );
        }
    });
});

const RANGES: readonly (readonly [
    from: readonly string[] | undefined,
    to: readonly string[] | undefined,
    ...classes: string[],
])[] = [
    [["10.0.0.0/8"], ["0.0.0.0/0"], "cluster-opens"],
    [["10.0.0.0/8"], ["0.0.0.0/1", "128.0.0.0/1"], "cluster-opens"],
    [["10.0.0.0/8"], undefined, "cluster-opens"],
    [undefined, ["10.0.0.0/8"], "clients-cut-off"],
    [["10.0.0.0/8"], ["10.1.0.0/16"], "clients-cut-off"],
    [["10.0.0.0/8"], ["192.168.0.0/16"], "cluster-opens", "clients-cut-off"],
    [["10.0.0.0/8"], ["10.0.0.0/9", "10.128.0.0/9"], "nothing"],
    [["10.0.0.0/8", "10.1.0.0/16"], ["10.0.0.0/8"], "nothing"],
];

const pods = (matchLabels: object) => ({ podSelector: { matchLabels } });
const namespaces = (matchLabels: object) => ({ namespaceSelector: { matchLabels } });
const expressed = (operator: string, ...values: string[]) => ({
    podSelector: {
        matchExpressions: [{ key: "app", operator, ...(values.length > 0 && { values }) }],
    },
});
const NARROWER = "clients-cut-off";
const WIDER = "cluster-opens";

/** Peers by labels, before and after, and which way that goes. Each pair is looked at the other way round, too. */
const PEERS: readonly (readonly [
    title: string,
    from: readonly object[],
    to: readonly object[],
    ...classes: string[],
])[] = [
    ["one label more", [pods({ a: "1" })], [pods({ a: "1", b: "2" })], NARROWER],
    ["one label less", [pods({ a: "1", b: "2" })], [pods({ a: "1" })], WIDER],
    ["another label", [pods({ a: "1" })], [pods({ b: "1" })], WIDER, NARROWER],
    ["another value", [pods({ a: "1" })], [pods({ a: "2" })], WIDER, NARROWER],
    ["some namespaces of all", [namespaces({})], [namespaces({ a: "1" })], NARROWER],
    [
        "some pods of a namespace",
        [namespaces({ a: "1" })],
        [{ ...namespaces({ a: "1" }), ...pods({ b: "1" }) }],
        NARROWER,
    ],
    ["pods of one namespace of all", [namespaces({})], [pods({ a: "1" })], NARROWER],
    ["pods of all namespaces", [pods({ a: "1" })], [{ ...namespaces({}), ...pods({}) }], WIDER],
    ["one of two values", [expressed("In", "a", "b")], [pods({ app: "a" })], NARROWER],
    [
        "two values one by one",
        [expressed("In", "a", "b")],
        [pods({ app: "b" }), pods({ app: "a" })],
        "dynamic",
    ],
    ["a value of a label that is there", [expressed("Exists")], [pods({ app: "a" })], NARROWER],
    ["another value than one", [expressed("NotIn", "a")], [pods({ app: "b" })], NARROWER],
    ["the very value", [expressed("NotIn", "a")], [pods({ app: "a" })], WIDER, NARROWER],
    [
        "one value less that is not let in",
        [expressed("NotIn", "a", "b")],
        [expressed("NotIn", "a")],
        WIDER,
    ],
    ["pods without a label", [expressed("NotIn", "a")], [expressed("DoesNotExist")], NARROWER],
    [
        "labels instead of addresses",
        [{ ipBlock: { cidr: "0.0.0.0/0" } }],
        [pods({})],
        WIDER,
        NARROWER,
    ],
    ["one peer of two", [pods({ a: "1" }), pods({ a: "2" })], [pods({ a: "2" })], NARROWER],
];

describe("the impact of networks", () => {
    const service = (ranges: readonly string[] | undefined) => ({
        metadata: { name: "kafka-external-bootstrap" },
        spec: { type: "LoadBalancer", ...(ranges && { loadBalancerSourceRanges: ranges }) },
    });
    const listener = (sourceRanges: readonly string[] | undefined): Listener => ({
        ...external,
        ...(sourceRanges && { sourceRanges }),
    });
    const severities = (findings: readonly string[]) =>
        findings.map((finding) => finding.split(":")[0]);

    for (const [from, to, ...classes] of RANGES) {
        it(`is known from ${from?.join() ?? "all"} to ${to?.join() ?? "all"}`, () => {
            const services = { old: service(from), new: service(to) };
            assert.deepEqual(severities(findingsOf("update", "Service", services)), classes);
            const operator = ofStrimzi([listener(from)], [listener(to)]);
            assert.deepEqual(severities(operator), classes);
        });
    }

    for (const [from, to, ...classes] of RANGES.filter(([, now]) => now !== undefined)) {
        it(`is known for peers from ${from?.join() ?? "all"} to ${to!.join()}`, () => {
            const policy = (ranges: readonly string[] | undefined) => ({
                metadata: { name: "kafka" },
                spec: {
                    ingress: [
                        {
                            ports: [{ protocol: "TCP", port: 9092 }],
                            ...(ranges && { from: ranges.map((cidr) => ({ ipBlock: { cidr } })) }),
                        },
                    ],
                },
            });
            assert.deepEqual(
                severities(
                    findingsOf("update", "NetworkPolicy", { old: policy(from), new: policy(to) }),
                ),
                classes.map((each) => (each === "nothing" ? "dynamic" : each)),
            );
        });
    }

    for (const [title, from, to, ...classes] of PEERS) {
        it(`is known for ${title}`, () => {
            const policy = (peers: readonly object[]) => ({
                metadata: { name: "kafka" },
                spec: { ingress: [{ ports: [{ protocol: "TCP", port: 9092 }], from: peers }] },
            });
            const operated = (networkPolicyPeers: readonly object[]) => ({
                metadata: { name: "kafka" },
                spec: { kafka: { listeners: [{ name: "a", port: 9092, networkPolicyPeers }] } },
            });
            const policies = { old: policy(from), new: policy(to) };
            assert.deepEqual(severities(findingsOf("update", "NetworkPolicy", policies)), classes);
            const listeners = { old: operated(from), new: operated(to) };
            assert.deepEqual(severities(findingsOf("update", "Kafka", listeners)), classes);
        });
    }

    const rule = (op: string, range: string, other = range) =>
        step(op, "IngressRule", {
            name: `kafka-external-from-${range}`,
            ...(op !== "create" && { old: { cidrIpv4: range } }),
            ...(op !== "delete" && { new: { cidrIpv4: other } }),
        });
    const linesOf = (...steps: object[]) =>
        assess(parsePreview(previewOf(...steps))).findings.map(line);

    it("counts the rules of a shared load balancer together", () => {
        assert.deepEqual(linesOf(rule("delete", "10.0.0.0/8"), rule("create", "0.0.0.0/0")), [
            "cluster-opens: clients of listener external from 0.0.0.0/0: - → new",
            "nothing: clients of listener external from 10.0.0.0/8: in the stack → -",
        ]);
        assert.deepEqual(linesOf(rule("same", "10.0.0.0/8"), rule("create", "10.1.0.0/16")), [
            "dynamic: clients of listener external from 10.1.0.0/16: - → new",
        ]);
        assert.deepEqual(linesOf(rule("update", "10.0.0.0/8", "10.1.0.0/16")), [
            "clients-cut-off: clients of listener external from 10.0.0.0/8: 10.0.0.0/8 → 10.1.0.0/16",
        ]);
    });

    it("is known for the API server", () => {
        const cluster = (...publicAccessCidrs: string[]) => ({ vpcConfig: { publicAccessCidrs } });
        const change = (from: object, to: object) =>
            findingsOf("update", "EksCluster", { old: from, new: to });
        assert.deepEqual(change(cluster("10.0.0.0/8"), cluster("0.0.0.0/0")), [
            "cluster-opens: EKS cluster: 10.0.0.0/8 → 0.0.0.0/0",
        ]);
        assert.deepEqual(change(cluster("0.0.0.0/0"), cluster("10.0.0.0/8")), [
            "nothing: EKS cluster: 0.0.0.0/0 → 10.0.0.0/8",
        ]);
        const endpoint = (isPublic: boolean) => ({ vpcConfig: { endpointPublicAccess: isPublic } });
        assert.deepEqual(change(endpoint(false), endpoint(true)), [
            "cluster-opens: EKS cluster: nobody from the internet → all",
        ]);
        // What the stack has for a list without blocks, and for one with some.
        const closed = endpoint(false);
        const open = {
            vpcConfig: { ...cluster("10.0.0.0/8").vpcConfig, endpointPublicAccess: true },
        };
        assert.deepEqual(change(closed, open), [
            "cluster-opens: EKS cluster: nobody from the internet → 10.0.0.0/8",
        ]);
        assert.deepEqual(change(open, closed), [
            "nothing: EKS cluster: 10.0.0.0/8 → nobody from the internet",
        ]);
        // AWS opens an endpoint without blocks to all.
        for (const all of [endpoint(true), cluster()]) {
            assert.deepEqual(change(open, all), ["cluster-opens: EKS cluster: 10.0.0.0/8 → all"]);
            assert.deepEqual(change(all, open), ["nothing: EKS cluster: all → 10.0.0.0/8"]);
        }
        assert.deepEqual(change(endpoint(true), cluster()), []);
        assert.deepEqual(
            findingsOf("create", "IngressRule", {
                name: "eks-api-from-10.9.0.0/16",
                new: { cidrIpv4: "10.9.0.0/16" },
            }),
            ["cluster-opens: who reaches the API server: 10.9.0.0/16: - → new"],
        );
    });

    const POLICIES: readonly (readonly [
        title: string,
        op: string,
        kind: keyof typeof TYPES,
        args: StepArgs,
        ...findings: string[],
    ])[] = [
        [
            "policies that refuse nothing any more in one direction",
            "update",
            "NetworkPolicy",
            {
                old: {
                    metadata: { name: "default-deny" },
                    spec: { policyTypes: ["Ingress", "Egress"] },
                },
                new: { metadata: { name: "default-deny" }, spec: { policyTypes: ["Egress"] } },
            },
            'cluster-opens: connections in the namespace: what it is about: ["Ingress","Egress"] → ["Egress"]',
        ],
        [
            "policies of the other direction",
            "update",
            "NetworkPolicy",
            {
                old: { metadata: { name: "default-deny" }, spec: { policyTypes: ["Ingress"] } },
                new: { metadata: { name: "default-deny" }, spec: { policyTypes: ["Egress"] } },
            },
            'cluster-opens: connections in the namespace: what it is about: ["Ingress"] → ["Egress"]',
            'clients-cut-off: connections in the namespace: what it is about: ["Ingress"] → ["Egress"]',
        ],
        [
            "the same peers on another port",
            "update",
            "NetworkPolicy",
            {
                old: {
                    metadata: { name: "kafka" },
                    spec: { ingress: [{ ports: [{ protocol: "TCP", port: 9092 }] }] },
                },
                new: {
                    metadata: { name: "kafka" },
                    spec: { ingress: [{ ports: [{ protocol: "TCP", port: 9093 }] }] },
                },
            },
            "clients-cut-off: connections of kafka: ingress: TCP 9092 anybody → TCP 9093 anybody",
        ],
        [
            "ZooKeeper's clients, which are the brokers",
            "update",
            "NetworkPolicy",
            {
                old: {
                    metadata: { name: "zookeeper" },
                    spec: {
                        ingress: [{ from: [{ a: 1 }], ports: [{ protocol: "TCP", port: 2181 }] }],
                    },
                },
                new: { metadata: { name: "zookeeper" }, spec: { ingress: [] } },
            },
            'cluster-stops: connections of zookeeper: ingress: TCP 2181 {"a":1} → -',
        ],
        [
            "a bootstrap address outside",
            "create",
            "Service",
            {
                new: {
                    metadata: { name: "kafka-external-bootstrap" },
                    spec: { type: "NodePort", ports: [{ port: 9094, nodePort: 31000 }] },
                },
            },
            "cluster-opens: bootstrap address on listener external: NodePort 9094 (node port 31000) → -",
        ],
    ];
    for (const [title, op, kind, args, ...findings] of POLICIES) {
        it(`is known for ${title}`, () => {
            const found = findingsOf(op, kind, args);
            assert.deepEqual(
                found.map((each) => each.split(":")[0]),
                findings.map((each) => each.split(":")[0]),
            );
            if (op === "update") {
                assert.deepEqual(found, findings);
            }
        });
    }
});

describe("the impact of permissions", () => {
    const all = (resource: Acl["resource"], operations: Acl["operations"] = ["All"]): Acl => ({
        type: "allow",
        resource,
        operations,
        host: "*",
    });
    const orders = all({ type: "topic", name: "orders" }, ["Read"]);
    const user = (acls: readonly Acl[], quotas: Quotas = {}) => ({
        name: "alice",
        authentication: { type: "tls" as const },
        acls,
        quotas,
    });
    const job = (acls?: readonly Acl[], quotas?: Quotas) => {
        const users = acls === undefined ? [] : [user(acls, quotas)];
        const security = { encrypted: false, superUsers: ["User:CN=kafka-brokers"] };
        const { name, spec } = usersJob({ namespace: "kafka", image: "kafka:1", users, security });
        return { metadata: { name }, spec };
    };
    const resource = (acls: readonly Acl[], quotas?: Quotas) => ({
        metadata: { name: "alice" },
        spec: userSpec(user(acls, quotas), true),
    });

    const CASES: readonly (readonly [
        title: string,
        from: readonly Acl[],
        to: readonly Acl[],
        ...findings: string[],
    ])[] = [
        [
            "everything on every topic",
            [orders],
            [all({ type: "topic", name: "*" })],
            "cluster-opens: permissions of user alice: - → All on topic *",
        ],
        [
            "everything on the cluster",
            [],
            [all({ type: "cluster" })],
            "cluster-opens: permissions of user alice: - → All on cluster",
        ],
        [
            "every topic to be read",
            [],
            [all({ type: "topic", name: "*" }, ["Read", "Describe"])],
            "cluster-opens: permissions of user alice: - → Read on topic *",
            "dynamic: permissions of user alice: - → Describe on topic *",
        ],
        [
            "what producers need",
            [],
            [all({ type: "cluster" }, ["IdempotentWrite"])],
            "dynamic: permissions of user alice: - → IdempotentWrite on cluster",
        ],
        [
            "a topic instead of all of them",
            [all({ type: "topic", name: "*" })],
            [orders],
            "clients-cut-off: permissions of user alice: All on topic * → -",
        ],
        [
            "a prefix instead of one topic",
            [orders],
            [all({ type: "topic", name: "ord", patternType: "prefix" }, ["Read"])],
            "dynamic: permissions of user alice: - → Read on topic ord (prefix)",
        ],
        [
            "any host instead of one",
            [{ ...orders, host: "10.0.0.9" }],
            [orders],
            "dynamic: permissions of user alice: - → Read on topic orders",
        ],
        [
            "one host instead of any",
            [orders],
            [{ ...orders, host: "10.0.0.9" }],
            "clients-cut-off: permissions of user alice: Read on topic orders → -",
        ],
    ];
    for (const [title, from, to, ...findings] of CASES) {
        it(`is known for ${title}, by the Job and by the operator`, () => {
            assert.deepEqual(
                findingsOf("replace", "Job", { old: job(from), new: job(to) }),
                findings,
            );
            assert.deepEqual(
                findingsOf("update", "KafkaUser", { old: resource(from), new: resource(to) }),
                findings,
            );
        });
    }

    it("is known for a new user that may do everything", () => {
        const findings = [
            "cluster-opens: permissions of user alice: - → All on topic *",
            "dynamic: user alice: - → new",
        ];
        const everything = [all({ type: "topic", name: "*" })];
        assert.deepEqual(
            findingsOf("replace", "Job", { old: job(), new: job(everything) }),
            findings,
        );
        assert.deepEqual(
            findingsOf("create", "KafkaUser", { new: resource(everything) }),
            findings,
        );
    });

    it("does not count the program's own users, by whom only the health check connects", () => {
        const named = (name: string) => ({ metadata: { name } });
        const health = named("kafka-eks-health-scram");
        const secret = named("kafka-user-kafka-eks-health-scram");
        assert.deepEqual(findingsOf("delete", "KafkaUser", { old: health }), [
            "nothing: user kafka-eks-health-scram: in the stack → -",
        ]);
        assert.deepEqual(findingsOf("replace", "Secret", { old: secret, new: secret }), [
            "nothing: password of user kafka-eks-health-scram",
        ]);
    });

    it("tells a lower quota from a higher one", () => {
        const quotas = (from: Quotas, to: Quotas) =>
            findingsOf("replace", "Job", { old: job([], from), new: job([], to) }).map(
                (finding) => finding.split(":")[0],
            );
        assert.deepEqual(quotas({ producerByteRate: 2 }, { producerByteRate: 1 }), [
            "clients-cut-off",
        ]);
        assert.deepEqual(quotas({ producerByteRate: 1 }, { producerByteRate: 2 }), ["dynamic"]);
        assert.deepEqual(quotas({ producerByteRate: 1 }, {}), ["dynamic"]);
        assert.deepEqual(
            quotas({ producerByteRate: 1 }, { producerByteRate: 2, consumerByteRate: 1 }),
            ["clients-cut-off"],
        );
    });

    const properties = (...lines: string[]) => ({
        metadata: { name: "kafka-config" },
        data: { "server.properties": lines.map((each) => `${each}\n`).join("") },
    });
    for (const [from, to, ...severities] of [
        ["super.users=User:a", "super.users=User:a;User:b", "cluster-opens"],
        ["super.users=User:a", "super.users=User:b", "cluster-opens", "clients-cut-off"],
        ["super.users=User:a;User:b", "super.users=User:a", "clients-cut-off"],
        ["", "allow.everyone.if.no.acl.found=true", "cluster-opens"],
        ["allow.everyone.if.no.acl.found=true", "", "clients-cut-off"],
        ["allow.everyone.if.no.acl.found=false", "", "rolling-restart"],
        ["", "authorizer.class.name=a", "clients-cut-off"],
        ["authorizer.class.name=a", "", "cluster-opens"],
        ["", "max.connections.per.ip=5", "clients-cut-off"],
        ["zookeeper.set.acl=true", "", "cluster-opens"],
        ["", "zookeeper.set.acl=true", "rolling-restart"],
        ["max.connections=5", "max.connections=6", "rolling-restart"],
    ] as const) {
        it(`is known from ${from || "nothing"} to ${to || "nothing"}`, () => {
            assert.deepEqual(
                findingsOf("update", "ConfigMap", {
                    old: properties(from),
                    new: properties(to),
                }).map((finding) => finding.split(":")[0]),
                severities,
            );
        });
    }

    it("is known for what previews may see, and for what restrains them", () => {
        const name = { metadata: { name: "kafka-eks-preview-kafka" } };
        const role = (...verbs: string[]) => ({
            ...name,
            rules: [{ apiGroups: [""], resources: ["pods"], verbs }],
        });
        const OPENS = ["cluster-opens: permissions of previews"];
        const NOTHING = ["nothing: permissions of previews"];
        const update = (old: object, now: object) =>
            findingsOf("update", "ClusterRole", { old, new: now });
        assert.deepEqual(update(role("get"), role("get", "patch")), OPENS);
        assert.deepEqual(update(role("get", "patch"), role("get")), NOTHING);
        assert.deepEqual(findingsOf("create", "ClusterRole", { new: role("get") }), OPENS);
        assert.deepEqual(findingsOf("delete", "ClusterRole", { old: role("get") }), NOTHING);
        const policy = "ValidatingAdmissionPolicy";
        assert.deepEqual(findingsOf("create", policy, { new: name }), NOTHING);
        assert.deepEqual(findingsOf("delete", policy, { old: name }), OPENS);
        const both = previewOf(
            step("delete", policy, { old: name }),
            step("delete", "ClusterRoleBinding", { old: name, name: "binding" }),
        );
        assert.deepEqual(assess(parsePreview(both)).findings.map(line), [...NOTHING, ...NOTHING]);
    });
});

describe("the report", () => {
    const user = step("delete", "KafkaUser", { old: { metadata: { name: "a" } }, name: "user" });
    const policy = step("delete", "NetworkPolicy", { old: { metadata: { name: "kafka" } } });
    const topic = step("delete", "KafkaTopic", { old: { spec: { topicName: "t" } }, name: "t" });
    const foreign = step("delete", "Release", { old: {}, name: "other", foreign: true });

    it("has who gets in and who is cut off first, and names the other classes that fail the check", () => {
        const assessment = assess(parsePreview(previewOf(user, policy, topic, foreign)));
        assert.deepEqual(assessment.findings.map(line), [
            "cluster-opens: connections of kafka: in the stack → -",
            "clients-cut-off: user a: in the stack → -",
            "not judged: other",
            "data-may-be-lost: topic t: in the stack → -",
        ]);
        assert.equal(
            verdictOf(assessment),
            "cluster-opens: connections of kafka: all of them are open, once the default deny is gone, too; " +
                "clients-cut-off: user a: clients of that user are refused; " +
                "data-may-be-lost: topic t: is deleted with all its messages; 1 change is not judged",
        );
    });

    it("does not count clients that lose Kafka with Kafka itself", () => {
        const all = step("delete", "Kafka", { old: { metadata: { name: "kafka" } }, name: "k" });
        const assessment = assess(parsePreview(previewOf(user, policy, all)));
        assert.deepEqual(assessment.findings.map(line), [
            "cluster-stops: Kafka cluster: in the stack → -",
            "cluster-stops: user a: in the stack → -",
            "dynamic: connections of kafka: in the stack → -",
        ]);
    });

    it("does not hide behind a Kafka that is replaced what stays so after it", () => {
        const named = { metadata: { name: "kafka" } };
        const service = { metadata: { name: "kafka-service" } };
        const all = step("replace", "Kafka", { old: named, new: named, name: "k" });
        const address = step("replace", "Service", { old: service, new: service, name: "s" });
        const narrower = step("update", "KafkaUser", {
            old: { metadata: { name: "b" }, spec: { authentication: { type: "tls" } } },
            new: { metadata: { name: "b" }, spec: { authentication: { type: "scram-sha-512" } } },
            name: "b",
        });
        const assessment = assess(parsePreview(previewOf(narrower, policy, all, address)));
        assert.deepEqual(assessment.findings.map(line), [
            "cluster-opens: connections of kafka: in the stack → -",
            "clients-cut-off: user b: tls → scram-sha-512",
            "cluster-stops: Kafka cluster: in the stack → deleted and made again",
            "cluster-stops: bootstrap address kafka-service: ClusterIP  → deleted and made again",
        ]);
    });

    it("counts the address of a broker that goes with the broker", () => {
        const set = (replicas: number) => ({ metadata: { name: "kafka" }, spec: { replicas } });
        const address = (broker: number) =>
            step("delete", "Service", {
                old: { metadata: { name: `kafka-external-${broker}` } },
                name: `address-${broker}`,
            });
        const servers = step("update", "StatefulSet", { old: set(3), new: set(2), name: "set" });
        const { findings } = assess(parsePreview(previewOf(servers, address(1), address(2))));
        assert.deepEqual(
            findings.map(({ severity, subject }) => `${severity}: ${subject}`),
            [
                "clients-cut-off: address on listener external of broker 1",
                "data-may-be-lost: number of brokers",
                "cluster-stops: address on listener external of broker 2",
            ],
        );
    });
});
