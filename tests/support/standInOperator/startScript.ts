import { DEFAULT_CLUSTER_DOMAIN, podHost } from "../../../components/kafka/names";
import {
    BROKERS_SERVICE,
    CONTROLLER_POOL,
    BROKER_POOL,
    nodePod,
} from "../../../components/strimzi/names";
import {
    Cluster,
    CONTROL_PLANE_PORT,
    idsWithRole,
    nodeIds,
    PoolObject,
    REPLICATION_PORT,
} from "./cluster";

/** DNS name of a node. */
export function nodeHost(
    { namespace, pools }: Pick<Cluster, "namespace" | "pools">,
    id: number,
): string {
    const broker = pools.find(({ metadata }) => metadata.name === BROKER_POOL)!;
    const pool = nodeIds(broker).includes(id) ? BROKER_POOL : CONTROLLER_POOL;
    const dns = { namespace, clusterDomain: DEFAULT_CLUSTER_DOMAIN };
    return podHost(nodePod(pool, id), BROKERS_SERVICE, dns);
}

/** Name of a client listener in the brokers' configuration. */
export function listenerId({ name, port }: { name: string; port: number }): string {
    return `${name.toUpperCase()}-${port}`;
}

/**
 * What a node's container runs: it formats the volume unless it is formatted, and becomes the node.
 *
 * @param advertised The `advertised.listeners` of each broker, by id.
 */
export function startScript(
    cluster: Cluster,
    pool: PoolObject,
    advertised: Readonly<Record<number, string>>,
): string {
    const { config, metadataVersion, rack, listeners } = cluster.kafka.spec.kafka;
    const { roles, jvmOptions } = pool.spec;
    const isBroker = roles.includes("broker");
    const ports = [
        ...(roles.includes("controller")
            ? [["CONTROLPLANE-9090", CONTROL_PLANE_PORT] as const]
            : []),
        ...(isBroker ? [["REPLICATION-9091", REPLICATION_PORT] as const] : []),
        ...(isBroker ? listeners.map((each) => [listenerId(each), each.port] as const) : []),
    ];
    const names = ["CONTROLPLANE-9090", "REPLICATION-9091", ...listeners.map(listenerId)];
    const voters = idsWithRole(cluster.pools, "controller").map(
        (id) => `${id}@${nodeHost(cluster, id)}:${CONTROL_PLANE_PORT}`,
    );
    const properties = {
        ...config,
        "process.roles": roles.join(),
        "controller.listener.names": "CONTROLPLANE-9090",
        "controller.quorum.voters": voters.join(),
        "listener.security.protocol.map": names.map((name) => `${name}:PLAINTEXT`).join(),
        listeners: ports.map(([name, port]) => `${name}://0.0.0.0:${port}`).join(),
        ...(isBroker && { "inter.broker.listener.name": "REPLICATION-9091" }),
    };
    const javaOptions = jvmOptions?.javaSystemProperties.map(
        ({ name, value }) => `-D${name}=${value}`,
    );
    return [
        "set -euo pipefail",
        "id=${POD_NAME##*-}",
        `declare -A advertised=(${Object.entries(advertised)
            .map(([id, list]) => `[${id}]="${list}"`)
            .join(" ")})`,
        "{",
        ...Object.entries(properties).map(([key, value]) => `echo '${key}=${value}'`),
        'echo "node.id=$id"',
        'echo "log.dirs=/var/lib/kafka/data-0/kafka-log$id"',
        ...(isBroker ? ['echo "advertised.listeners=${advertised[$id]}"'] : []),
        ...(rack === undefined ? [] : ['[[ -z $ZONE ]] || echo "broker.rack=$ZONE"']),
        "} >/tmp/server.properties",
        "export LOG_DIR=/tmp KAFKA_HEAP_OPTS=-Xmx128m",
        `kafka-storage format --ignore-formatted --cluster-id=${cluster.clusterId} --release-version ${metadataVersion} --config /tmp/server.properties`,
        `export KAFKA_HEAP_OPTS="-Xms${jvmOptions?.["-Xms"]} -Xmx${jvmOptions?.["-Xmx"]}" EXTRA_ARGS="-name kafkaServer"`,
        `export KAFKA_OPTS="${javaOptions?.join(" ")}"`,
        "exec kafka-server-start /tmp/server.properties",
    ].join("\n");
}
