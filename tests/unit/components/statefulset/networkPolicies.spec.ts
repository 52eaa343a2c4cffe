import assert from "node:assert/strict";
import type { Listener } from "../../../../components/kafka/listeners";
import { statefulSetPolicies } from "../../../../components/statefulset/networkPolicies";
import { KubernetesObject, runProgram } from "../../../support/mocks";

interface Rule {
    readonly from?: readonly Peer[];
    readonly to?: readonly Peer[];
    readonly ports: readonly { readonly protocol: string; readonly port: number }[];
}

interface Peer {
    readonly podSelector?: { readonly matchLabels: Readonly<Record<string, string>> };
}

interface Spec {
    readonly podSelector: { readonly matchLabels?: Readonly<Record<string, string>> };
    readonly ingress?: readonly Rule[];
    readonly egress?: readonly Rule[];
}

const LABEL = "app.kubernetes.io/name";

const selected = ({ podSelector }: Peer) => podSelector?.matchLabels[LABEL];

/** `from > to:port` for each connection between pods that the rules of one direction allow. */
function flowsOf(policies: readonly Spec[], direction: "ingress" | "egress"): string[] {
    return policies
        .flatMap((policy) => {
            const own = policy.podSelector.matchLabels?.[LABEL];
            return (policy[direction] ?? []).flatMap(({ from, to, ports }) =>
                (from ?? to ?? []).flatMap((peer) =>
                    ports.map(({ port }) => {
                        const other = selected(peer);
                        return direction === "ingress"
                            ? `${other} > ${own}:${port}`
                            : `${own} > ${other}:${port}`;
                    }),
                ),
            );
        })
        .filter((flow) => !flow.includes("undefined"))
        .sort();
}

/** Labels of the pods that an object makes. */
function podLabels({ inputs }: KubernetesObject): Record<string, string> | undefined {
    const { template } = (inputs.spec ?? {}) as {
        template?: { metadata: { labels: Record<string, string> } };
    };
    return template?.metadata.labels;
}

/** Of the policies' own logic nothing is used here; `npm run test:policies` asks a matcher of others. */
describe("network policies of StatefulSets", () => {
    let objects: readonly KubernetesObject[];
    let policies: Spec[];

    before(async () => {
        const { resources } = await runProgram({
            platform: "kubeconfig",
            kafkaDeploymentType: "statefulset",
            topics: [{ name: "orders" }],
            listeners: [
                {
                    name: "internal",
                    port: 9092,
                    type: "internal",
                    authentication: { type: "scram-sha-512" },
                },
            ],
        });
        objects = resources.objects;
        policies = objects
            .filter(({ inputs }) => inputs.kind === "NetworkPolicy")
            .map(({ inputs }) => inputs.spec as Spec);
    });

    it("let in what they let out: a connection needs both", () => {
        // Brokers are among the clients of the internal listener, who are not listed.
        assert.deepEqual(
            [...flowsOf(policies, "ingress"), "kafka > kafka:9092"].sort(),
            flowsOf(policies, "egress"),
        );
        assert.deepEqual(flowsOf(policies, "egress"), [
            "kafka > kafka:9091",
            "kafka > kafka:9092",
            "kafka > zookeeper:2181",
            "kafka-check > kafka:9091",
            "kafka-topics > kafka:9091",
            "kafka-users > kafka:9091",
            "zookeeper > zookeeper:2888",
            "zookeeper > zookeeper:3888",
            "zookeeper-update-check > zookeeper:2181",
        ]);
    });

    it("are for the pods that there are, one policy for each kind of them", () => {
        const registered = objects.map((each) => podLabels(each)?.[LABEL]).filter(Boolean);
        // Made by the program while it asks, and gone afterwards.
        const made = [...registered, "kafka-check", "zookeeper-update-check"];
        const selectedPods = policies
            .map(({ podSelector }) => podSelector.matchLabels?.[LABEL])
            .filter(Boolean);
        assert.deepEqual(selectedPods.sort(), made.sort());
    });

    describe("of any configuration", () => {
        const INTERNAL: Listener = {
            name: "internal",
            port: 9092,
            type: "internal",
            tls: false,
            networkPolicyPeers: [{ namespaceSelector: {} }],
        };
        const EXTERNAL: Listener = {
            name: "external",
            port: 9094,
            type: "loadBalancer",
            tls: false,
            // The load balancer's business: brokers see its own address.
            sourceRanges: ["192.0.2.0/24"],
        };
        const specOf = (name: string, listeners: readonly Listener[]) => {
            const { allow } = statefulSetPolicies({ listeners });
            return allow.find((policy) => policy.name === name)!.spec as Spec;
        };

        it("let in on a listener whom it names, and anybody where it names nobody", () => {
            const { ingress } = specOf("kafka", [INTERNAL, EXTERNAL]);
            const [, ...ofClients] = ingress!;
            assert.deepEqual(ofClients, [
                { from: [{ namespaceSelector: {} }], ports: [{ protocol: "TCP", port: 9092 }] },
                { ports: [{ protocol: "TCP", port: 9094 }] },
            ]);
        });

        it("let nobody connect to the Jobs", () => {
            for (const name of [
                "kafka-topics",
                "kafka-users",
                "kafka-check",
                "zookeeper-update-check",
            ]) {
                assert.equal(specOf(name, [INTERNAL]).ingress, undefined, name);
            }
        });

        it("let each pod ask name servers, those that are known and otherwise any", () => {
            const ports = [
                { protocol: "UDP", port: 53 },
                { protocol: "TCP", port: 53 },
            ];
            const servers = [{ podSelector: { matchLabels: { app: "dns" } } }];
            for (const [args, expected] of [
                [{}, { ports }],
                [{ nameServers: servers }, { to: servers, ports }],
            ] as const) {
                const { allow } = statefulSetPolicies({ listeners: [INTERNAL], ...args });
                assert.equal(allow.length, 6);
                for (const { name, spec } of allow) {
                    assert.deepEqual((spec as Spec).egress![0], expected, name);
                }
            }
        });

        it("refuse what they don't allow, in both directions", () => {
            const { allow, deny } = statefulSetPolicies({ listeners: [INTERNAL] });
            for (const { name, spec } of allow) {
                assert.deepEqual(spec.policyTypes, ["Ingress", "Egress"], name);
            }
            assert.deepEqual(deny, ["Ingress", "Egress"]);
        });
    });
});
