import { SEVERITIES, type Severity } from "./severity";

/** A judgement: what is said of one kind of change. */
export interface CatalogueEntry {
    /** Unique, such as `user-removed`. */
    readonly name: string;
    /** What changes, in Kafka's terms. */
    readonly about: string;
    readonly severity: Severity;
    /** Where it is made: a file of `tools/impact/judgements/`, without its ending. */
    readonly file: string;
}

type Entries = readonly (readonly [name: string, about: string, severity: Severity])[];

const BY_FILE: Readonly<Record<string, Entries>> = {
    advertisedAddresses: [
        [
            "advertised-address-changed",
            "another advertised address of a broker that stays",
            "clients-cut-off",
        ],
        [
            "advertised-address-added",
            "advertised address of a listener that comes or goes",
            "rolling-restart",
        ],
        [
            "advertised-with-broker",
            "advertised addresses of a broker that comes or goes",
            "nothing",
        ],
    ],
    "aws/addon": [
        ["addon-removed", "EKS: an add-on removed", "cluster-stops"],
        ["addon-updated", "EKS: another version or configuration of an add-on", "dynamic"],
    ],
    "aws/cluster": [
        ["api-server-opened", "EKS: more networks reach the API server", "cluster-opens"],
        [
            "api-access-given",
            "EKS: who may use the Kubernetes API added or changed",
            "cluster-opens",
        ],
        [
            "eks-cluster-gone",
            "EKS: the cluster deleted or replaced; retained volumes stay in EBS",
            "data-may-be-lost",
        ],
        ["control-plane-updated", "EKS: version or subnets of the control plane", "dynamic"],
        [
            "api-server-closed",
            "EKS: fewer networks reach the API server, or fewer people use it; logs of the control plane",
            "nothing",
        ],
    ],
    "aws/encryptionKey": [
        ["secrets-key-gone", "EKS: the key of the Secrets removed or off", "cluster-stops"],
        [
            "secrets-key-kept",
            "EKS: rotation of the key of the Secrets, or how long its deletion can be undone",
            "nothing",
        ],
    ],
    "aws/launchTemplate": [
        ["node-template-gone", "EKS: the nodes' template removed", "cluster-stops"],
        [
            "node-template-changed",
            "EKS: another template of the nodes, also for `owner` and `costCenter`: tags of instances belong to it",
            "rolling-restart",
        ],
    ],
    "aws/loadBalancer": [
        [
            "load-balancer-gone",
            "EKS: a shared load balancer, its port or its targets removed, replaced or in fewer zones",
            "clients-cut-off",
        ],
        [
            "load-balancer-changed",
            "EKS: health checks of a shared load balancer, traffic across zones, another zone",
            "dynamic",
        ],
    ],
    "aws/network": [
        [
            "network-gone",
            "EKS: the VPC, its subnets, its routes or the way to the internet removed",
            "cluster-stops",
        ],
        ["network-around", "EKS: NAT gateways, the shortcut to S3, logs", "nothing"],
    ],
    "aws/nodeGroup": [
        [
            "broker-nodes-fewer",
            "EKS: nodes of the brokers fewer, none, or in another subnet; a zone removed",
            "cluster-stops",
        ],
        [
            "broker-nodes-replaced",
            "EKS: nodes of the brokers of another instance type, version or template",
            "rolling-restart",
        ],
        ["system-nodes-replaced", "EKS: other nodes of everything else", "dynamic"],
        ["nodes-more", "EKS: more nodes", "nothing"],
    ],
    "aws/permissions": [
        [
            "aws-permissions-gone",
            "EKS: permissions of nodes, of the control plane or of a driver removed",
            "cluster-stops",
        ],
        ["flow-log-permissions-gone", "EKS: permissions of the flow logs removed", "nothing"],
    ],
    "aws/securityGroup": [
        [
            "rule-added",
            "EKS: a rule lets in clients, or users of the API server, that no other one did",
            "cluster-opens",
        ],
        [
            "rule-removed",
            "EKS: clients refused that no other rule lets in; ports closed; the security group removed",
            "clients-cut-off",
        ],
        [
            "rule-of-load-balancer",
            "EKS: more ports from a load balancer to its pods, or clients that are let in anyway",
            "dynamic",
        ],
        [
            "rule-covered",
            "EKS: a rule removed whose clients another one lets in; a rule for the API server removed",
            "nothing",
        ],
    ],
    brokerProperties: [
        [
            "min-isr-raised-unasked",
            "Strimzi: a higher min ISR: topics of fewer replicas refuse writes",
            "cluster-stops",
        ],
        [
            "property-read-at-start",
            "a broker property that is read at start; with StatefulSets each one",
            "rolling-restart",
        ],
        [
            "property-changed-live",
            "Strimzi: a broker property that Kafka changes while it runs",
            "dynamic",
        ],
    ],
    certManager: [
        ["cert-manager-gone", "cert-manager removed", "cluster-stops"],
        ["cert-manager-updated", "another version or values of cert-manager", "nothing"],
    ],
    certificate: [
        [
            "certificate-issuer",
            "another issuer or CA of certificates; given certificates replaced",
            "clients-cut-off",
        ],
        [
            "certificate-gone",
            "certificates of the brokers or a CA removed: they are not renewed any more",
            "cluster-stops",
        ],
        [
            "certificate-names",
            "other names or another lifetime of certificates; that of a user removed",
            "nothing",
        ],
    ],
    clientNetworks: [
        ["ranges-wider", "`sourceRanges` that together have more addresses", "cluster-opens"],
        [
            "ranges-narrower",
            "`sourceRanges` that together have not all addresses of before",
            "clients-cut-off",
        ],
        ["ranges-same", "`sourceRanges` with the same addresses in other words", "nothing"],
    ],
    clusterIdPool: [
        [
            "cluster-id-gone",
            "Strimzi: the cluster's identity removed and not kept",
            "data-may-be-lost",
        ],
        ["cluster-id-kept", "Strimzi: the cluster's identity made or kept", "nothing"],
    ],
    configMap: [
        [
            "empty-volume-accepted",
            "a broker that may start with an empty volume",
            "data-may-be-lost",
        ],
        ["zookeeper-opened", "ZooKeeper accepts sessions without the password", "cluster-opens"],
        [
            "files-gone",
            "files that pods read at start removed while they run; ZooKeeper asks for a password that it does not know",
            "cluster-stops",
        ],
        [
            "files-changed",
            "other files, or ZooKeeper properties, that pods read at start",
            "rolling-restart",
        ],
        ["files-of-tools", "what only commands read; files that are kept", "nothing"],
    ],
    crd: [
        ["crd-gone", "a CRD of Strimzi removed and not kept", "data-may-be-lost"],
        ["crd-updated", "another CRD of Strimzi", "dynamic"],
        ["crd-kept", "a CRD of Strimzi made or kept", "nothing"],
    ],
    dataOnDestroy: [
        ["delete-data-on", "`deleteDataOnDestroy` switched on", "data-may-be-lost"],
        ["delete-data-off", "`deleteDataOnDestroy` switched off", "nothing"],
    ],
    disruptionBudget: [
        ["budget-gone", "protection from drains removed, and the servers stay", "cluster-stops"],
        ["budget-with-servers", "protection from drains removed with its servers", "nothing"],
    ],
    internet: [
        [
            "load-balancer-on-internet",
            "a load balancer on the internet that was kept out of it",
            "cluster-opens",
        ],
    ],
    job: [
        ["list-applied-again", "the same topics or users applied again", "dynamic"],
        [
            "checks-and-last-users",
            "Jobs that only check; the last users leave the stack and stay in Kafka",
            "nothing",
        ],
    ],
    kafkaListeners: [
        [
            "listener-moved",
            "Strimzi: other node ports, advertised hosts, domain or load balancer class of a listener",
            "clients-cut-off",
        ],
        [
            "listener-changed",
            "Strimzi: a listener added, or changed in what no client knows",
            "rolling-restart",
        ],
    ],
    kafkaResource: [
        [
            "kafka-version-lowered",
            "Strimzi: an older Kafka, unless the metadata version says that it reads what is there",
            "cluster-stops",
        ],
        [
            "authorization-less",
            "Strimzi: permissions that count no more; other clients that have all of them",
            "cluster-opens",
        ],
        [
            "authorization-more",
            "Strimzi: permissions that count from now on; clients that have not all of them any more",
            "clients-cut-off",
        ],
        [
            "kafka-resource-gone",
            "Strimzi: the `Kafka` resource deleted or replaced",
            "cluster-stops",
        ],
        ["kafka-version", "Strimzi: another version of Kafka, racks", "rolling-restart"],
        [
            "metadata-version",
            "Strimzi: a higher metadata version; operators of topics and users",
            "dynamic",
        ],
        [
            "metadata-version-lowered",
            "Strimzi: a lower metadata version, which is refused",
            "nothing",
        ],
    ],
    listenerAccess: [
        [
            "listener-opened",
            "authentication or TLS of a listener removed; a listener outside that was inside; a new one without authentication",
            "cluster-opens",
        ],
        [
            "listener-closed",
            "a listener removed; another port, type, TLS or authentication of it",
            "clients-cut-off",
        ],
    ],
    listenerProperties: [
        ["replication-opened", "brokers accept each other without TLS", "cluster-opens"],
    ],
    loadBalancerController: [
        [
            "controller-gone",
            "EKS: the load balancer controller removed: nobody puts a moved broker behind its load balancer",
            "cluster-stops",
        ],
        [
            "controller-updated",
            "EKS: another version or values of the load balancer controller",
            "dynamic",
        ],
    ],
    namespace: [
        ["namespace-replaced", "another namespace, while the old one is kept", "cluster-stops"],
        ["namespace-gone", "the namespace deleted or replaced, and not kept", "data-may-be-lost"],
        ["namespace-kept", "the namespace made or kept", "nothing"],
    ],
    networkPolicy: [
        ["policy-removed", "network policies removed, or of fewer directions", "cluster-opens"],
        [
            "policy-made",
            "network policies made, replaced, or of more directions; fewer peers of the brokers",
            "clients-cut-off",
        ],
        [
            "policy-servers-narrower",
            "fewer peers of ZooKeeper, or fewer outgoing connections",
            "cluster-stops",
        ],
        ["policy-of-jobs", "network policies of the program's Jobs", "nothing"],
    ],
    nodePool: [
        ["pool-gone", "Strimzi: a node pool removed; its volumes are kept", "cluster-stops"],
        [
            "pool-quorum-changed",
            "Strimzi: the number of controllers, or of brokers that are controllers, too; other roles; brokers removed; volumes deleted",
            "data-may-be-lost",
        ],
        ["pool-brokers-added", "Strimzi: brokers added, volumes that grow", "data-moves"],
        ["pool-template", "Strimzi: resources, memory or pods of a node pool", "rolling-restart"],
        [
            "pool-ignored",
            "Strimzi: what the operator ignores: a smaller volume, another storage class",
            "nothing",
        ],
    ],
    operator: [
        [
            "operator-gone",
            "Strimzi: the operator removed, or it watches fewer namespaces",
            "cluster-stops",
        ],
        ["operator-domain", "Strimzi: another domain of the Kubernetes cluster", "clients-cut-off"],
        ["operator-upgraded", "Strimzi: another version of the operator", "rolling-restart"],
        [
            "operator-resources",
            "Strimzi: the operator's resources; more namespaces that it watches",
            "dynamic",
        ],
        ["operator-made", "Strimzi: the operator installed", "nothing"],
    ],
    part: [["part-made", "a part of what is around Kafka made", "nothing"]],
    peers: [
        [
            "peers-more",
            "more peers of a listener or a server, compared as networks",
            "cluster-opens",
        ],
        ["peers-fewer", "fewer peers of a listener", "clients-cut-off"],
        ["peers-same", "peers in other words; more outgoing connections", "dynamic"],
    ],
    previewAccess: [
        [
            "previews-more",
            "EKS: previews get permissions, or lose what keeps them to dry runs",
            "cluster-opens",
        ],
        ["previews-fewer", "EKS: previews get fewer permissions", "nothing"],
    ],
    propertyRisks: [
        [
            "authorizer-off",
            "the authorizer removed; super users added; `allow.everyone.if.no.acl.found`",
            "cluster-opens",
        ],
        ["authorizer-on", "the authorizer added; super users removed", "clients-cut-off"],
        [
            "retention-shortened",
            "RF, min ISR or retention lowered, of topics or of what they leave to the brokers; a new compaction; positions, transactional ids or producers forgotten sooner; unclean elections; a lower inter-broker protocol; deletions kept for less time; the log cleaner switched; messages written to disk later",
            "data-may-be-lost",
        ],
    ],
    provider: [
        ["provider-replaced", "another Kubernetes cluster, AWS account or region", "cluster-stops"],
        ["provider-updated", "another version of a provider of Pulumi", "nothing"],
    ],
    refusals: [
        [
            "clients-refused",
            "lower limits of message sizes, time stamps, connections, idle times, requests, groups, sessions or transactions; fewer protocols or ciphers",
            "clients-cut-off",
        ],
    ],
    secret: [
        ["zookeeper-password", "ZooKeeper's password changed or removed", "cluster-stops"],
        ["zookeeper-password-made", "ZooKeeper's password made", "nothing"],
    ],
    service: [
        ["service-outside", "an address outside of the Kubernetes cluster", "cluster-opens"],
        [
            "service-gone",
            "an address of clients removed; another port, node port, type or DNS name of it",
            "clients-cut-off",
        ],
        [
            "service-of-servers-gone",
            "an address that servers use removed; the address of a broker that goes",
            "cluster-stops",
        ],
        ["service-more", "an address more", "dynamic"],
    ],
    serviceLoadBalancer: [
        [
            "service-load-balancer-replaced",
            "EKS: another scheme, class or target type of a load balancer",
            "clients-cut-off",
        ],
        [
            "service-load-balancer-changed",
            "EKS: health checks of a load balancer, traffic across zones",
            "dynamic",
        ],
    ],
    size: [["size-same", "the same size of a volume in another unit", "nothing"]],
    statefulSet: [
        [
            "data-mount-changed",
            "the mounts of the brokers' or ZooKeeper's volumes, or another volume there",
            "data-may-be-lost",
        ],
        [
            "servers-older",
            "an image of an older version, or a readiness probe removed",
            "cluster-stops",
        ],
        [
            "servers-stop",
            "a StatefulSet of brokers or ZooKeeper deleted or replaced",
            "cluster-stops",
        ],
        [
            "servers-removed",
            "brokers removed; the number of ZooKeeper members changed; volumes that go with their pods",
            "data-may-be-lost",
        ],
        ["brokers-added", "brokers added", "data-moves"],
        ["servers-restart", "image, resources or anything else of the pods", "rolling-restart"],
        ["servers-made", "new servers; volumes that stay", "nothing"],
    ],
    storageClass: [
        [
            "storage-class-gone",
            "EKS: the class of the volumes removed, or volumes can't grow any more",
            "cluster-stops",
        ],
        [
            "reclaim-policy-delete",
            "EKS: the reclaim policy `Retain` → `Delete`, for new volumes",
            "data-may-be-lost",
        ],
        [
            "storage-class-changed",
            "EKS: `eks.volumes.iops`, `throughput`, for new volumes",
            "nothing",
        ],
    ],
    table: [["object-made", "anything else made", "nothing"]],
    topicResource: [["topic-deleted", "Strimzi: a topic deleted and not kept", "data-may-be-lost"]],
    topics: [
        [
            "topic-min-isr-raised",
            "a min ISR of a topic that is raised to as many replicas as it has, or more",
            "cluster-stops",
        ],
        [
            "topic-single-replica",
            "a new topic with one replica, where there are more brokers",
            "data-may-be-lost",
        ],
        ["partitions-added", "partitions added", "data-moves"],
        ["topic-changed", "topics added, or changed in what puts nothing at risk", "dynamic"],
        [
            "topic-kept",
            "a topic that leaves the stack and stays in Kafka; what is refused: fewer partitions, other replicas",
            "nothing",
        ],
    ],
    userSecret: [["password-kept", "the Secret of a password made or removed", "nothing"]],
    users: [
        [
            "permission-wide",
            "a user may do more than to describe on every topic, group or transactional id, or on the cluster",
            "cluster-opens",
        ],
        [
            "user-refused",
            "a user removed; its password, certificate or type changed; permissions taken; a lower quota",
            "clients-cut-off",
        ],
        [
            "user-of-health",
            "the program's own users, by whom only the health check connects",
            "nothing",
        ],
        ["user-given", "users added; narrow permissions given; a higher quota", "dynamic"],
    ],
    volumeClaim: [
        ["claim-gone", "a volume deleted, or replaced by another, empty one", "data-may-be-lost"],
        ["claim-grows", "volumes that grow", "data-moves"],
        [
            "claim-kept",
            "a volume kept outside of the stack; one that would shrink, which is refused",
            "nothing",
        ],
    ],
    "../together": [
        [
            "only-one-restarts",
            "a restart of the only broker, or the only ZooKeeper member",
            "cluster-stops",
        ],
    ],
};

/** Every judgement, the gravest class first. */
export const CATALOGUE: readonly CatalogueEntry[] = Object.entries(BY_FILE)
    .flatMap(([file, entries]) =>
        entries.map(([name, about, severity]) => ({ name, about, severity, file })),
    )
    .toSorted((a, b) => SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity));
