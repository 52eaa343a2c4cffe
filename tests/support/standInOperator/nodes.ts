import { KubernetesObject, V1Service, V1StatefulSet } from "@kubernetes/client-node";
import {
    bootstrapServiceName,
    BROKER_POOL,
    BROKERS_SERVICE,
    brokerServiceName,
    CLUSTER,
    CLUSTER_LABEL,
    nodePod,
    POOL_LABEL,
} from "../../../components/strimzi/names";
import { StrimziListener } from "../../../components/strimzi/listeners";
import { startScript } from "./startScript";
import {
    Cluster,
    CONTROL_PLANE_PORT,
    idsWithRole,
    nodeIds,
    PoolObject,
    REPLICATION_PORT,
} from "./cluster";

/** Whether all pods of a StatefulSet are as it says, and ready. */
export function isRolledOut({ metadata, spec, status }: V1StatefulSet): boolean {
    const replicas = spec?.replicas;
    return (
        status?.observedGeneration === metadata?.generation &&
        (status?.currentRevision === status?.updateRevision ||
            status?.updatedReplicas === replicas) &&
        status?.replicas === replicas &&
        status?.readyReplicas === replicas
    );
}

function labels(pool?: string): Record<string, string> {
    return {
        "app.kubernetes.io/name": "kafka",
        [CLUSTER_LABEL]: CLUSTER,
        ...(pool !== undefined && { [POOL_LABEL]: pool }),
    };
}

function ownedBy({ apiVersion, kind, metadata }: KubernetesObject) {
    const { name = "", uid = "" } = metadata ?? {};
    return [{ apiVersion: apiVersion!, kind: kind!, name, uid, blockOwnerDeletion: true }];
}

function service(cluster: Cluster, name: string, spec: V1Service["spec"]): V1Service {
    return {
        apiVersion: "v1",
        kind: "Service",
        metadata: {
            name,
            namespace: cluster.namespace,
            labels: labels(),
            ownerReferences: ownedBy(cluster.kafka),
        },
        spec,
    };
}

/** The Services by which nodes and clients reach the brokers, under the names that Strimzi gives them. */
export function services(cluster: Cluster): V1Service[] {
    const { listeners } = cluster.kafka.spec.kafka;
    const internal = listeners.filter(({ type }) => type === "internal");
    const ports = internal.map(({ name, port }) => ({ name, port }));
    const brokers = labels(BROKER_POOL);
    return [
        service(cluster, BROKERS_SERVICE, {
            clusterIP: "None",
            publishNotReadyAddresses: true,
            selector: labels(),
            ports: [
                { name: "control-plane", port: CONTROL_PLANE_PORT },
                { name: "replication", port: REPLICATION_PORT },
                ...ports,
            ],
        }),
        service(cluster, bootstrapServiceName({ name: "", type: "internal" }), {
            selector: brokers,
            ports,
        }),
        ...listeners
            .filter(({ type }) => type !== "internal")
            .flatMap((listener) => [
                service(cluster, bootstrapServiceName(listener), {
                    type: serviceType(listener),
                    selector: brokers,
                    ports: [
                        {
                            name: listener.name,
                            port: listener.port,
                            nodePort: listener.configuration.bootstrap?.nodePort,
                        },
                    ],
                }),
                ...idsWithRole(cluster.pools, "broker").map((id) =>
                    service(cluster, brokerServiceName(listener, id), {
                        type: serviceType(listener),
                        selector: {
                            ...brokers,
                            "statefulset.kubernetes.io/pod-name": nodePod(BROKER_POOL, id),
                        },
                        ports: [
                            {
                                name: listener.name,
                                port: listener.port,
                                nodePort: listener.configuration.brokers?.find(
                                    ({ broker }) => broker === id,
                                )?.nodePort,
                            },
                        ],
                    }),
                ),
            ]),
    ];
}

function serviceType({ type }: StrimziListener): "LoadBalancer" | "NodePort" {
    return type === "loadbalancer" ? "LoadBalancer" : "NodePort";
}

/**
 * A pool's nodes. Strimzi makes pods by itself; a StatefulSet makes pods and claims of the same names.
 *
 * @param advertised The `advertised.listeners` of each broker, by id.
 */
export function statefulSet(
    cluster: Cluster,
    pool: PoolObject,
    advertised: Readonly<Record<number, string>>,
): V1StatefulSet {
    const { name } = pool.metadata;
    const { storage, resources, template } = pool.spec;
    const volume = storage.type === "jbod" ? storage.volumes[0]! : undefined;
    const port = pool.spec.roles.includes("broker") ? REPLICATION_PORT : CONTROL_PLANE_PORT;
    return {
        apiVersion: "apps/v1",
        kind: "StatefulSet",
        metadata: {
            name: `${CLUSTER}-${name}`,
            namespace: cluster.namespace,
            labels: labels(name),
            ownerReferences: ownedBy(pool),
        },
        spec: {
            replicas: pool.spec.replicas,
            ordinals: { start: nodeIds(pool)[0] },
            serviceName: BROKERS_SERVICE,
            podManagementPolicy: "Parallel",
            persistentVolumeClaimRetentionPolicy: { whenDeleted: "Retain", whenScaled: "Retain" },
            selector: { matchLabels: labels(name) },
            template: {
                metadata: { labels: labels(name) },
                spec: {
                    ...(template?.pod as object),
                    enableServiceLinks: false,
                    securityContext: { fsGroup: 1000 },
                    containers: [
                        {
                            name: "kafka",
                            image: cluster.image,
                            command: ["bash", "-c", startScript(cluster, pool, advertised)],
                            env: [
                                fieldEnv("POD_NAME", "metadata.name"),
                                fieldEnv("ZONE", "metadata.labels['topology.kubernetes.io/zone']"),
                            ],
                            resources: resources,
                            securityContext: template?.kafkaContainer.securityContext as object,
                            readinessProbe: { tcpSocket: { port }, periodSeconds: 2 },
                            volumeMounts: [{ name: "data-0", mountPath: "/var/lib/kafka/data-0" }],
                        },
                    ],
                },
            },
            volumeClaimTemplates: [
                {
                    metadata: { name: "data-0", labels: labels(name) },
                    spec: {
                        accessModes: ["ReadWriteOnce"],
                        storageClassName: volume?.class,
                        resources: { requests: { storage: volume?.size ?? "" } },
                    },
                },
            ],
        },
    };
}

function fieldEnv(name: string, fieldPath: string) {
    return { name, valueFrom: { fieldRef: { fieldPath } } };
}
