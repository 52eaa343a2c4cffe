import assert from "node:assert/strict";
import { KAFKA_CHECK, UPDATE_CHECK } from "../../components/kafka/names";
import { questionJob } from "../../components/statefulset/jobs";
import type { StrimziListener } from "../../components/strimzi/listeners";
import { KubernetesObject, runProgram } from "../support/mocks";
import { Connection, Endpoint, hasGo, judge } from "./cyclonus";
import { OPERATOR_PODS, operatorPolicies } from "./operatorPolicies";

const NAMESPACE = "kafka";

/** Who else there is: pods of other namespaces, and addresses that are no pods. */
const OTHERS = {
    orders: pod("shop", { app: "orders" }, "10.0.9.1"),
    cart: pod("shop", { app: "cart" }, "10.0.9.2"),
    monitoring: pod("monitoring", { app: "prometheus" }, "10.0.9.3"),
    nameServer: pod("kube-system", { "k8s-app": "kube-dns" }, "10.0.9.4"),
    loadBalancer: { ip: "10.0.1.5" },
    internet: { ip: "203.0.113.7" },
} as const satisfies Record<string, Endpoint>;

const OTHER_PODS = ["orders", "cart", "monitoring", "nameServer"];
const EVERYBODY_ELSE = Object.keys(OTHERS);

/** A pod in Kafka's namespace that nobody told the program of. */
const STRANGER = pod(NAMESPACE, { app: "stranger" }, "10.0.8.99");

const PORTS = [
    "53/UDP",
    "53/TCP",
    "443/TCP",
    "2181/TCP",
    "2888/TCP",
    "3888/TCP",
    "8080/TCP",
    "8081/TCP",
    "8443/TCP",
    "9090/TCP",
    "9091/TCP",
    "9092/TCP",
    "9094/TCP",
    "9095/TCP",
];
const NAMES = ["53/UDP", "53/TCP"];

const INTERNAL = { name: "internal", port: 9092, type: "internal" };
/** With users there is a Job for them. */
const WITH_IDENTITY = { ...INTERNAL, authentication: { type: "scram-sha-512" } };
const EXTERNAL = {
    name: "external",
    port: 9094,
    type: "loadBalancer",
    tls: true,
    allowAnonymous: true,
};
const NODES = {
    name: "nodes",
    port: 9095,
    type: "nodePort",
    tls: true,
    allowAnonymous: true,
    advertisedHosts: ["node.example.com"],
    basePort: 30100,
};
const ORDERS = {
    namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "shop" } },
    podSelector: { matchExpressions: [{ key: "app", operator: "In", values: ["orders"] }] },
};
const THE_LOAD_BALANCER = { ipBlock: { cidr: "10.0.0.0/16", except: ["10.0.9.0/24"] } };

/** Connections that are allowed: each of the first to each of the second on each of the ports. */
type Allowed = readonly [from: readonly string[], to: readonly string[], ports: readonly string[]];

/** What is running in the namespace, by the names that the tables use. */
interface Situation {
    readonly pods: Readonly<Record<string, Endpoint>>;
    readonly policies: readonly object[];
}

function pod(namespace: string, labels: Readonly<Record<string, string>>, ip: string): Endpoint {
    return { ip, pod: { namespace, labels } };
}

function inNamespace(labels: Readonly<Record<string, Readonly<Record<string, string>>>>) {
    const entries = Object.entries(labels).map(([name, of], index) => [
        name,
        pod(NAMESPACE, of, `10.0.8.${index + 1}`),
    ]);
    return { ...Object.fromEntries(entries), stranger: STRANGER } as Record<string, Endpoint>;
}

async function objectsOf(config: object): Promise<readonly KubernetesObject[]> {
    const { resources, error } = await runProgram({ ...config });
    assert.equal(error, undefined);
    return resources.objects;
}

const policiesOf = (objects: readonly KubernetesObject[]) =>
    objects.filter(({ inputs }) => inputs.kind === "NetworkPolicy").map(({ inputs }) => inputs);

/** Labels of the pods of a Job that the program makes only while it asks. */
function podLabels(name: string): Record<string, string> {
    const args = { name, container: "check", image: "kafka:1", script: "", env: {}, memory: "1Gi" };
    return questionJob(args, "kafka", NAMESPACE).spec!.template.metadata!.labels!;
}

/** Pods and policies as the program registers them. */
async function statefulSets(config: object): Promise<Situation> {
    const objects = await objectsOf({
        platform: "kubeconfig",
        kafkaDeploymentType: "statefulset",
        topics: [{ name: "orders" }],
        listeners: [WITH_IDENTITY],
        ...config,
    });
    const labels = (kind: string, name: RegExp) => {
        const found = objects.find(
            ({ inputs }) => inputs.kind === kind && name.test(inputs.metadata.name),
        );
        const { template } = found!.inputs.spec as {
            template: { metadata: { labels: Record<string, string> } };
        };
        return template.metadata.labels;
    };
    return {
        pods: inNamespace({
            broker: labels("StatefulSet", /^kafka$/),
            zookeeper: labels("StatefulSet", /^zookeeper$/),
            topicsJob: labels("Job", /^kafka-topics-/),
            usersJob: labels("Job", /^kafka-users-/),
            kafkaCheck: podLabels(KAFKA_CHECK),
            updateCheck: podLabels(UPDATE_CHECK),
        }),
        policies: policiesOf(objects),
    };
}

/** The program's policies, and those that the operator would make of its `Kafka` resource. */
async function strimzi(config: object): Promise<Situation> {
    const objects = await objectsOf({ platform: "kubeconfig", ...config });
    const kafka = objects.find(({ inputs }) => inputs.kind === "Kafka")!.inputs.spec as {
        kafka: { listeners: StrimziListener[] };
    };
    return {
        pods: inNamespace(OPERATOR_PODS),
        policies: [...policiesOf(objects), ...operatorPolicies(NAMESPACE, kafka.kafka.listeners)],
    };
}

const text = (from: string, to: string, port: string) => `${from} > ${to}:${port}`;

/** Every connection from or to a pod in the namespace that is let through. */
function letThrough({ pods, policies }: Situation): string[] {
    const endpoints: Record<string, Endpoint> = { ...pods, ...OTHERS };
    const tried = Object.keys(endpoints).flatMap((from) =>
        Object.keys(endpoints)
            .filter((to) => from in pods || to in pods)
            .flatMap((to) => PORTS.map((port) => ({ from, to, port }))),
    );
    const connections = tried.map(({ from, to, port: portAndProtocol }): Connection => {
        const [port, protocol] = portAndProtocol.split("/");
        return {
            from: endpoints[from]!,
            to: endpoints[to]!,
            port: Number(port),
            protocol: protocol as "TCP" | "UDP",
        };
    });
    const verdicts = judge(policies, connections);
    return tried
        .filter((_, index) => verdicts[index])
        .map(({ from, to, port }) => text(from, to, port))
        .sort();
}

function expand(allowed: readonly Allowed[]): string[] {
    const all = allowed.flatMap(([froms, tos, ports]) =>
        froms.flatMap((from) => tos.flatMap((to) => ports.map((port) => text(from, to, port)))),
    );
    return [...new Set(all)].sort();
}

const OURS = ["broker", "zookeeper", "topicsJob", "usersJob", "kafkaCheck", "updateCheck"];

/** What StatefulSets and Jobs need of each other, whoever their clients are. */
const AMONG_STATEFULSETS: readonly Allowed[] = [
    [["broker", "topicsJob", "usersJob", "kafkaCheck"], ["broker"], ["9091/TCP"]],
    [["broker", "updateCheck"], ["zookeeper"], ["2181/TCP"]],
    [["zookeeper"], ["zookeeper"], ["2888/TCP", "3888/TCP"]],
];
const ANY_NAME_SERVER: Allowed = [OURS, EVERYBODY_ELSE, NAMES];

const OPERATORS_OWN = [...Object.keys(OPERATOR_PODS), "stranger"];
const KAFKA_NODES = ["broker", "controller"];

/** What Strimzi's pods need of each other; what they connect to elsewhere is open. */
const AMONG_STRIMZI: readonly Allowed[] = [
    [[...KAFKA_NODES, "operator"], KAFKA_NODES, ["9090/TCP"]],
    [[...KAFKA_NODES, "operator", "entityOperator"], KAFKA_NODES, ["9091/TCP"]],
    [["operator"], KAFKA_NODES, ["8443/TCP"]],
    [[...OPERATORS_OWN, ...EVERYBODY_ELSE], ["entityOperator"], ["8080/TCP", "8081/TCP"]],
    [OPERATORS_OWN, EVERYBODY_ELSE, PORTS],
];

const EKS = {
    platform: "eks",
    "aws:region": "eu-west-1",
    eks: { publicAccessCidrs: [] },
};

/** What is let through in each situation. Everything else that anybody tries is refused. */
const TABLE: readonly [what: string, () => Promise<Situation>, readonly Allowed[]][] = [
    [
        "StatefulSets with an internal listener",
        () => statefulSets({}),
        [
            ...AMONG_STATEFULSETS,
            ANY_NAME_SERVER,
            [[...OTHER_PODS, "broker"], ["broker"], ["9092/TCP"]],
        ],
    ],
    [
        "StatefulSets with external listeners, whose load balancers look at source ranges",
        () =>
            statefulSets({
                listeners: [
                    WITH_IDENTITY,
                    { ...EXTERNAL, sourceRanges: ["198.51.100.0/24"] },
                    NODES,
                ],
            }),
        [
            ...AMONG_STATEFULSETS,
            ANY_NAME_SERVER,
            [[...OTHER_PODS, "broker"], ["broker"], ["9092/TCP"]],
            [EVERYBODY_ELSE, ["broker"], ["9094/TCP", "9095/TCP"]],
        ],
    ],
    [
        "StatefulSets with peers of each listener",
        () =>
            statefulSets({
                listeners: [
                    { ...WITH_IDENTITY, networkPolicyPeers: [ORDERS] },
                    { ...EXTERNAL, networkPolicyPeers: [THE_LOAD_BALANCER] },
                ],
            }),
        [
            ...AMONG_STATEFULSETS,
            ANY_NAME_SERVER,
            [["orders"], ["broker"], ["9092/TCP"]],
            [["loadBalancer"], ["broker"], ["9094/TCP"]],
        ],
    ],
    [
        "StatefulSets on EKS, whose name servers are known",
        () => statefulSets({ ...EKS, listeners: [WITH_IDENTITY, EXTERNAL] }),
        [
            ...AMONG_STATEFULSETS,
            [OURS, ["nameServer"], NAMES],
            [[...OTHER_PODS, "broker"], ["broker"], ["9092/TCP"]],
            [EVERYBODY_ELSE, ["broker"], ["9094/TCP"]],
        ],
    ],
    [
        "Strimzi with an internal and an external listener",
        () => strimzi({ listeners: [INTERNAL, EXTERNAL] }),
        [
            ...AMONG_STRIMZI,
            [[...OPERATORS_OWN, ...OTHER_PODS], KAFKA_NODES, ["9092/TCP"]],
            [[...OPERATORS_OWN, ...EVERYBODY_ELSE], KAFKA_NODES, ["9094/TCP"]],
        ],
    ],
    [
        "Strimzi with peers of each listener",
        () =>
            strimzi({
                listeners: [
                    { ...INTERNAL, networkPolicyPeers: [ORDERS] },
                    { ...EXTERNAL, networkPolicyPeers: [THE_LOAD_BALANCER] },
                ],
            }),
        [
            ...AMONG_STRIMZI,
            [["orders"], KAFKA_NODES, ["9092/TCP"]],
            // The block is of addresses, whoever has them: it contains those of Kafka's own namespace.
            [[...OPERATORS_OWN, "loadBalancer"], KAFKA_NODES, ["9094/TCP"]],
        ],
    ],
];

/**
 * Objects under the rules of Kubernetes, as a matcher reads them that is not ours. No network plugin enforces anything here.
 */
describe("network policies, as cyclonus reads them", () => {
    before(function () {
        if (!hasGo()) {
            this.skip();
        }
    });

    for (const [what, situation, allowed] of TABLE) {
        it(`let through what is listed, and nothing else: ${what}`, async () => {
            assert.deepEqual(letThrough(await situation()), expand(allowed));
        });
    }

    it("let everything through where there are to be none", async () => {
        const { pods, policies } = await statefulSets({ networkPolicies: false });
        assert.deepEqual(policies, []);
        const all = Object.keys(pods);
        const everybody = [...all, ...EVERYBODY_ELSE];
        assert.deepEqual(
            letThrough({ pods, policies }),
            expand([
                [all, everybody, PORTS],
                [everybody, all, PORTS],
            ]),
        );
    });
});
