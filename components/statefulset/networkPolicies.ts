import { types } from "@pulumi/kubernetes";
import { isExternal, Listener, NetworkPolicyPeer, REPLICATION_PORT } from "../kafka/listeners";
import { KAFKA, KAFKA_CHECK, TOPICS_JOB, USERS_JOB, ZOOKEEPER, UPDATE_CHECK } from "../kafka/names";
import type { AllowingPolicy, NetworkPolicies } from "../kafka/networkPolicies";
import { ZOOKEEPER_PORTS } from "./zookeeper/zookeeperProperties";

/** What the policies of StatefulSets are made of. */
export interface StatefulSetPoliciesArgs {
    readonly listeners: readonly Listener[];
    /**
     * The cluster's name servers.
     *
     * @default - Whatever answers on port 53: name servers may be pods, nodes or outside of the cluster.
     */
    readonly nameServers?: readonly NetworkPolicyPeer[];
}

/**
 * Every connection that the StatefulSets and Jobs need. Probes and port-forwards need no policy: those that run in the pod
 * don't leave it, and what comes from the pod's own node is always let in.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export function statefulSetPolicies({
    listeners,
    nameServers,
}: StatefulSetPoliciesArgs): NetworkPolicies {
    const { client, peer, election } = ZOOKEEPER_PORTS;
    const names = to(nameServers, { protocol: "UDP", port: 53 }, { protocol: "TCP", port: 53 });
    const internal = listeners.filter((listener) => !isExternal(listener));
    const toZookeeper = to([pods(ZOOKEEPER)], tcp(client));
    return {
        allow: [
            allowing(ZOOKEEPER, "zookeeper", {
                ingress: [
                    from([pods(KAFKA), pods(UPDATE_CHECK)], tcp(client)),
                    from([pods(ZOOKEEPER)], tcp(peer), tcp(election)),
                ],
                egress: [names, to([pods(ZOOKEEPER)], tcp(peer), tcp(election))],
            }),
            allowing(KAFKA, "kafka", {
                ingress: [
                    from([KAFKA, ...KAFKA_JOBS].map(pods), tcp(REPLICATION_PORT)),
                    ...listeners.map(({ networkPolicyPeers, port }) =>
                        from(networkPolicyPeers, tcp(port)),
                    ),
                ],
                // Brokers know each other by the replication listener only, and use none of their external addresses. The
                // internal listeners are for the tools that somebody runs in a broker's pod.
                egress: [
                    names,
                    to(
                        [pods(KAFKA)],
                        tcp(REPLICATION_PORT),
                        ...internal.map(({ port }) => tcp(port)),
                    ),
                    toZookeeper,
                ],
            }),
            ...KAFKA_JOBS.map((job) =>
                allowing(job, "kafka", {
                    egress: [names, to([pods(KAFKA)], tcp(REPLICATION_PORT))],
                }),
            ),
            allowing(UPDATE_CHECK, "zookeeper", { egress: [names, toZookeeper] }),
        ],
        deny: ["Ingress", "Egress"],
    };
}

/** Jobs that talk to the brokers. */
const KAFKA_JOBS = [TOPICS_JOB, USERS_JOB, KAFKA_CHECK];

type Rules = Pick<types.input.networking.v1.NetworkPolicySpec, "ingress" | "egress">;

/** Name servers are in each policy and not in one of their own: no pod is ever without them. */
function allowing(
    name: string,
    application: AllowingPolicy["application"],
    rules: Rules,
): AllowingPolicy {
    return {
        name,
        application,
        spec: { ...pods(name), policyTypes: ["Ingress", "Egress"], ...rules },
    };
}

function pods(name: string) {
    return { podSelector: { matchLabels: { "app.kubernetes.io/name": name } } };
}

type Port = types.input.networking.v1.NetworkPolicyPort;

function tcp(port: number): Port {
    return { protocol: "TCP", port };
}

function from(
    peers: readonly NetworkPolicyPeer[] | undefined,
    ...ports: Port[]
): types.input.networking.v1.NetworkPolicyIngressRule {
    return { ...(peers !== undefined && { from: [...peers] }), ports };
}

function to(
    peers: readonly NetworkPolicyPeer[] | undefined,
    ...ports: Port[]
): types.input.networking.v1.NetworkPolicyEgressRule {
    return { ...(peers !== undefined && { to: [...peers] }), ports };
}
