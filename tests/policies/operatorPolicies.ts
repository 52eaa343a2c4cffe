import type { NetworkPolicyPeer } from "../../components/kafka/listeners";
import { CLUSTER, CLUSTER_LABEL } from "../../components/strimzi/names";
import type { StrimziListener } from "../../components/strimzi/listeners";

/** Labels of the pods that the operator makes, and of its own; as far as its policies select by them. */
export const OPERATOR_PODS = {
    broker: {
        [CLUSTER_LABEL]: CLUSTER,
        "strimzi.io/kind": "Kafka",
        "strimzi.io/name": `${CLUSTER}-kafka`,
        "strimzi.io/pool-name": "broker",
    },
    controller: {
        [CLUSTER_LABEL]: CLUSTER,
        "strimzi.io/kind": "Kafka",
        "strimzi.io/name": `${CLUSTER}-kafka`,
        "strimzi.io/pool-name": "controller",
    },
    entityOperator: {
        [CLUSTER_LABEL]: CLUSTER,
        "strimzi.io/kind": "Kafka",
        "strimzi.io/name": `${CLUSTER}-entity-operator`,
    },
    operator: { name: "strimzi-cluster-operator", "strimzi.io/kind": "cluster-operator" },
} as const;

/**
 * What Strimzi's operator makes of a `Kafka` resource in its own namespace, after its sources (`generateNetworkPolicy` of the
 * classes `KafkaCluster` and `EntityOperator`). Nothing here runs the operator: where it differs, so do the answers.
 */
export function operatorPolicies(
    namespace: string,
    listeners: readonly StrimziListener[],
): object[] {
    const name = (value: string) => pods({ "strimzi.io/name": value });
    const nodes = pods({
        [CLUSTER_LABEL]: CLUSTER,
        "strimzi.io/kind": "Kafka",
        "strimzi.io/name": `${CLUSTER}-kafka`,
    });
    const entityOperator = pods(OPERATOR_PODS.entityOperator);
    const operator = pods({ "strimzi.io/kind": "cluster-operator" });
    return [
        policy(namespace, `${CLUSTER}-network-policy-kafka`, nodes, [
            rule(9090, [nodes, operator]),
            rule(9091, [
                operator,
                nodes,
                name(`${CLUSTER}-entity-operator`),
                name(`${CLUSTER}-kafka-exporter`),
                name(`${CLUSTER}-cruise-control`),
            ]),
            rule(8443, [operator]),
            ...listeners.map(({ port, networkPolicyPeers }) => rule(port, networkPolicyPeers)),
        ]),
        policy(namespace, `${CLUSTER}-entity-operator`, entityOperator, [
            // Health of the topic operator and of the user operator.
            rule(8080),
            rule(8081),
        ]),
    ];
}

function pods(matchLabels: Readonly<Record<string, string>>) {
    return { podSelector: { matchLabels } };
}

function rule(port: number, peers: readonly NetworkPolicyPeer[] = []) {
    return { from: peers, ports: [{ protocol: "TCP", port }] };
}

function policy(namespace: string, name: string, selector: object, ingress: readonly object[]) {
    return {
        apiVersion: "networking.k8s.io/v1",
        kind: "NetworkPolicy",
        metadata: { name, namespace },
        spec: { ...selector, policyTypes: ["Ingress"], ingress },
    };
}
