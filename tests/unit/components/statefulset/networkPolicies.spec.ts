import assert from "node:assert/strict";
import { KubernetesObject, runProgram } from "../../support/mocks";

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
            "kafka-scale-in-check > zookeeper:2181",
            "kafka-topics > kafka:9091",
            "kafka-users > kafka:9091",
            "zookeeper > zookeeper:2888",
            "zookeeper > zookeeper:3888",
            "zookeeper-update-check > zookeeper:2181",
        ]);
    });

    it("are for the pods that there are, one policy for each kind of them", () => {
        const made = objects.map((each) => podLabels(each)?.[LABEL]).filter(Boolean);
        const selectedPods = policies
            .map(({ podSelector }) => podSelector.matchLabels?.[LABEL])
            .filter(Boolean);
        assert.deepEqual(selectedPods.sort(), made.sort());
    });
});
