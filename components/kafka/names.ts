/**
 * Names of the Kubernetes objects. DNS names and claims are built from them, and a changed name would replace a
 * StatefulSet, so they are constants and not settings.
 */
export const ZOOKEEPER = "zookeeper";
export const ZOOKEEPER_HEADLESS = "zookeeper-headless";
export const KAFKA = "kafka";
export const KAFKA_HEADLESS = "kafka-headless";
export const KAFKA_BOOTSTRAP = "kafka-bootstrap";
export const KAFKA_SERVICE = "kafka-service";
/** ConfigMap that tells clients and the health check how each listener is reached. */
export const KAFKA_LISTENERS = "kafka-listeners";
/** Topic of the health check, and what the names of its users begin with. */
export const HEALTH = "kafka-eks-health";
/** Beginnings of the names of the ConfigMaps with the scripts and properties of a revision's pods. */
export const CONFIG_MAP = { kafka: "kafka-config", zookeeper: "zookeeper-config" } as const;
/** Beginning of the name of the ConfigMap with the program that asks Kafka. */
export const ADMIN_TOOL = "kafka-admin";
/** Beginning of the name of the ConfigMap with what each broker advertises: another broker changes it, and restarts none. */
export const ADVERTISED = "kafka-advertised";
/** ConfigMap that says which brokers may start with an empty volume; pods of all revisions read it. */
export const ACCEPT_EMPTY = "kafka-accept-empty";
/** Secret with the password of ZooKeeper's only user. */
export const ZOOKEEPER_AUTH = "zookeeper-auth";
/** Key of the password in each Secret with one. */
export const PASSWORD_KEY = "password";
/** Jobs, each followed by a hash of what it does or by random letters; their pods have the names without it as a label. */
export const TOPICS_JOB = "kafka-topics";
export const USERS_JOB = "kafka-users";
export const KAFKA_CHECK = "kafka-check";
export const UPDATE_CHECK = "zookeeper-update-check";
/** ConfigMap with what the last sync of rendered files made. */
export const SYNCED = "kafka-synced";
/** Claim template of both StatefulSets: the claim of pod N is `data-<statefulset>-N`. */
export const DATA_VOLUME = "data";

/** Name of the claim of a StatefulSet's pod. */
export function claimName(application: "kafka" | "zookeeper", ordinal: number): string {
    return `${DATA_VOLUME}-${application}-${ordinal}`;
}

/** Volume of the files that a server reads at start. */
export const CONFIG_VOLUME = "config";

/** DNS domain of a Kubernetes cluster unless somebody chose another one. */
export const DEFAULT_CLUSTER_DOMAIN = "cluster.local";

/** A namespace, and what names inside its cluster end with. */
export interface NamespaceDns {
    readonly namespace: string;
    /** DNS domain of the Kubernetes cluster, such as `cluster.local`. */
    readonly clusterDomain: string;
}

/** DNS domain of the Services of a namespace. */
export function serviceDomain({ namespace, clusterDomain }: NamespaceDns): string {
    return `${namespace}.svc.${clusterDomain}`;
}

/** DNS name of a Service inside the cluster. */
export function serviceHost(service: string, dns: NamespaceDns): string {
    return `${service}.${serviceDomain(dns)}`;
}

/** DNS name of a pod behind a headless Service inside the cluster. */
export function podHost(pod: string, headless: string, dns: NamespaceDns): string {
    return `${pod}.${serviceHost(headless, dns)}`;
}

/** Numbers `0` to `count - 1`: the ordinals of a StatefulSet's pods. */
export function ordinals(count: number): number[] {
    return Array.from({ length: count }, (_, ordinal) => ordinal);
}
