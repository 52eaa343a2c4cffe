import assert from "node:assert/strict";
import type { Severity } from "../../../../tools/impact/severity";
import { assessChange } from "./programChange";

const TYPES = {
    statefulset: {
        platform: "kubeconfig",
        kafkaDeploymentType: "statefulset",
        certificates: { source: "cert-manager" },
    },
    strimzi: { platform: "kubeconfig", kafkaDeploymentType: "strimzi" },
};

const plain = { name: "internal", type: "internal", port: 9092 };
const tls = { ...plain, tls: true };
const scram = { ...tls, authentication: { type: "scram-sha-512" } };
const mutual = { ...tls, authentication: { type: "tls" } };
const external = { name: "external", type: "loadBalancer", port: 9094, domain: "a.example.com" };
const secured = { ...external, authentication: { type: "scram-sha-512" } };
const nodePort = {
    name: "external",
    type: "nodePort",
    port: 9094,
    advertisedHosts: ["a.example.com"],
    basePort: 31000,
};

const read = { resource: { type: "topic", name: "orders" }, operations: ["Read"] };
const everything = { resource: { type: "topic", name: "*" }, operations: ["All"] };
const user = (name: string, acl: object = read, type = "scram-sha-512") => ({
    name,
    authentication: { type },
    acls: [acl],
});
const users = [user("alice")];
const peers = (cidr: string) => ({ networkPolicyPeers: [{ ipBlock: { cidr } }] });
const broker = (memory: string) => ({
    replicas: 1,
    resources: { requests: { cpu: "1", memory } },
});

const AZURE = "service.beta.kubernetes.io/azure-load-balancer-internal";

const OPENS = "cluster-opens";
const CUT_OFF = "clients-cut-off";
const STOPS = "cluster-stops";

/** What of a configuration changes, and the classes that fail the check, of both deployment types. */
const CHANGES: readonly (readonly [
    title: string,
    from: object,
    to: object,
    ...classes: Severity[],
])[] = [
    [
        "the last authentication removed",
        { listeners: [scram], users },
        { listeners: [tls] },
        OPENS,
        CUT_OFF,
    ],
    [
        "allowAnonymous",
        { listeners: [scram, secured], users },
        { listeners: [scram, { ...external, allowAnonymous: true }], users },
        OPENS,
        CUT_OFF,
    ],
    [
        "TLS of an external listener off",
        { listeners: [plain, { ...external, tls: true }] },
        { listeners: [plain, { ...external, tls: false, allowInsecure: true }] },
        OPENS,
        CUT_OFF,
    ],
    [
        "networkPolicies off",
        { listeners: [plain], networkPolicies: true },
        { listeners: [plain], networkPolicies: false },
        OPENS,
    ],
    [
        "networkPolicies on",
        { listeners: [plain], networkPolicies: false },
        { listeners: [plain], networkPolicies: true },
        CUT_OFF,
    ],
    [
        "everything on every topic",
        { listeners: [scram], users },
        { listeners: [scram], users: [user("alice", everything)] },
        OPENS,
    ],
    [
        "wider sourceRanges",
        { listeners: [plain, { ...external, sourceRanges: ["10.0.0.0/8"] }] },
        { listeners: [plain, { ...external, sourceRanges: ["0.0.0.0/0"] }] },
        OPENS,
    ],
    [
        "narrower sourceRanges",
        { listeners: [plain, { ...external, sourceRanges: ["10.0.0.0/8"] }] },
        { listeners: [plain, { ...external, sourceRanges: ["10.0.0.0/9"] }] },
        CUT_OFF,
    ],
    [
        "the same sourceRanges in two halves",
        { listeners: [plain, { ...external, sourceRanges: ["10.0.0.0/8"] }] },
        { listeners: [plain, { ...external, sourceRanges: ["10.0.0.0/9", "10.128.0.0/9"] }] },
    ],
    [
        "wider peers",
        { listeners: [{ ...plain, ...peers("10.0.0.0/8") }] },
        { listeners: [{ ...plain, ...peers("0.0.0.0/0") }] },
        OPENS,
    ],
    [
        "a load balancer on the internet",
        { listeners: [plain, external] },
        { listeners: [plain, { ...external, annotations: { [AZURE]: "false" } }] },
        OPENS,
        CUT_OFF,
    ],
    ["TLS inside on", { listeners: [plain] }, { listeners: [tls] }, CUT_OFF],
    [
        "certificates instead of passwords",
        { listeners: [scram], users },
        { listeners: [mutual], users: [user("alice", read, "tls")] },
        CUT_OFF,
    ],
    ["the first authentication", { listeners: [tls] }, { listeners: [scram], users }, CUT_OFF],
    [
        "a user removed",
        { listeners: [scram], users: [...users, user("bob")] },
        { listeners: [scram], users },
        CUT_OFF,
    ],
    [
        "a user added",
        { listeners: [scram], users },
        { listeners: [scram], users: [...users, user("bob")] },
    ],
    [
        "a quota",
        { listeners: [scram], users },
        {
            listeners: [scram],
            users: [{ ...user("alice"), quotas: { producerByteRate: 1024 } }],
        },
        CUT_OFF,
    ],
    [
        "another host of the nodes",
        { listeners: [plain, nodePort] },
        { listeners: [plain, { ...nodePort, advertisedHosts: ["b.example.com"] }] },
        CUT_OFF,
    ],
    [
        "other ports of the nodes",
        { listeners: [plain, nodePort] },
        { listeners: [plain, { ...nodePort, basePort: 31100 }] },
        CUT_OFF,
    ],
    [
        "another domain",
        { listeners: [plain, external] },
        { listeners: [plain, { ...external, domain: "b.example.com" }] },
        CUT_OFF,
    ],
    [
        "another name of an external listener",
        { listeners: [plain, nodePort] },
        { listeners: [plain, { ...nodePort, name: "outside" }] },
        CUT_OFF,
    ],
    [
        "another port inside",
        { listeners: [plain] },
        { listeners: [{ ...plain, port: 9093 }] },
        CUT_OFF,
    ],
    [
        "another domain of the Kubernetes cluster",
        { listeners: [plain] },
        { listeners: [plain], clusterDomain: "other.local" },
        CUT_OFF,
    ],
    ["the first listener outside", { listeners: [plain] }, { listeners: [plain, nodePort] }, OPENS],
    [
        "a broker more",
        { listeners: [plain, nodePort] },
        { listeners: [plain, nodePort], kafka: { replicas: 4 } },
    ],
    [
        "a restart of the only broker",
        { listeners: [plain], kafka: broker("2Gi") },
        { listeners: [plain], kafka: broker("3Gi") },
        STOPS,
    ],
    [
        "a restart of several brokers",
        { listeners: [plain], kafka: { ...broker("2Gi"), replicas: 3 } },
        { listeners: [plain], kafka: { ...broker("3Gi"), replicas: 3 } },
    ],
];

const MIN_ISR = "min.insync.replicas";
/** What is said of the min ISR where brokers are added. */
const STAYS = /min\.insync\.replicas stays as it is/;

const PASSING: readonly string[] = ["nothing", "dynamic", "rolling-restart", "data-moves"];

describe("the impact of a change of the configuration", () => {
    for (const [type, base] of Object.entries(TYPES)) {
        it(`says that the min ISR stays where it does, and only there, with ${type}`, async () => {
            const of = (replicas: number, config: object) => ({
                ...base,
                kafka: { replicas, config },
            });
            const said = async (from: object, to: object) =>
                (await assessChange(of(1, from), of(3, to))).findings.some(({ what }) =>
                    STAYS.test(what),
                );
            assert.equal(await said({ [MIN_ISR]: 1 }, { [MIN_ISR]: 1 }), true);
            assert.equal(await said({ [MIN_ISR]: 1 }, { [MIN_ISR]: 2 }), false);
        });
    }

    for (const [title, from, to, ...classes] of CHANGES) {
        for (const [type, base] of Object.entries(TYPES)) {
            it(`is known for ${title}, with ${type}`, async () => {
                const { findings } = await assessChange({ ...base, ...from }, { ...base, ...to });
                const failing = findings
                    .map(({ severity }) => severity)
                    .filter((severity) => !PASSING.includes(severity));
                assert.deepEqual([...new Set(failing)], classes);
            });
        }
    }
});
