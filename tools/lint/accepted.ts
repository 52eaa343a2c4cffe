/** A finding that is accepted, and why. */
export interface Acceptance {
    /** Id of the check. */
    readonly check: string;
    /** What the check says. */
    readonly says: string;
    /** Objects as `Kind/name`; `*` stands for any characters. Each has to have the finding in one of the stacks. */
    readonly objects: readonly string[];
    /** Why it stays. */
    readonly reason: string;
}

const STATEFUL_SETS = ["StatefulSet/kafka", "StatefulSet/zookeeper"];
const JOBS = [
    "Job/kafka-check",
    "Job/kafka-topics",
    "Job/kafka-users",
    "Job/zookeeper-update-check",
];
const EVERY_POD = [...STATEFUL_SETS, ...JOBS];

const NO_CPU_LIMIT =
    "A throttled broker falls out of the ISR, and a throttled member loses its session. The request is what a pod gets " +
    "when the node is busy; kafka.resources.limits.cpu and zookeeper's set a limit.";
const OWN_UID =
    "1000 is the user of the images, and the files on volumes that exist belong to it: under another one brokers could " +
    "not write to their own logs.";

/** Every finding that is accepted. One that no longer is found fails the lint, so nothing here is out of date. */
export const ACCEPTED: readonly Acceptance[] = [
    {
        check: "container-resources",
        says: "CPU limit is not set",
        objects: EVERY_POD,
        reason: NO_CPU_LIMIT,
    },
    {
        check: "container-cpu-requests-equal-limits",
        says: "CPU requests does not match limits",
        objects: EVERY_POD,
        reason: NO_CPU_LIMIT,
    },
    {
        check: "container-resource-requests-equal-limits",
        says: "CPU requests does not match limits",
        objects: EVERY_POD,
        reason: NO_CPU_LIMIT,
    },
    {
        check: "container-ephemeral-storage-request-and-limit",
        says: "Ephemeral Storage limit is not set",
        objects: STATEFUL_SETS,
        reason:
            "A limit that is exceeded, by a heap dump in /tmp for example, kills the pod at once, without a controlled " +
            "shutdown and while the disk has room. The kubelet bounds the logs, and the request keeps a pod within it " +
            "from being evicted first when a node's disk is full.",
    },
    {
        check: "container-image-pull-policy",
        says: "ImagePullPolicy is not set to Always",
        objects: EVERY_POD,
        reason:
            "A broker that restarts on its node must not need the registry, which may be what is down. Images have a tag, " +
            "and with a digest (kafka.image, zookeeper.image) nothing else can be under it.",
    },
    {
        check: "container-security-context-user-group-id",
        says: "The container is running with a low user ID",
        objects: EVERY_POD,
        reason: OWN_UID,
    },
    {
        check: "container-security-context-user-group-id",
        says: "The container running with a low group ID",
        objects: EVERY_POD,
        reason: OWN_UID,
    },
    {
        check: "networkpolicy-targets-pod",
        says: "The NetworkPolicys selector doesn't match any pods",
        objects: ["NetworkPolicy/kafka-topics", "NetworkPolicy/kafka-users"],
        reason: "Without topics or users there are no Jobs for them. The policy stands before the first one runs.",
    },
    {
        check: "service-targets-pod",
        says: "The services selector does not match any pods",
        objects: ["Service/kafka-external-*", "Service/kafka-nodes-*"],
        reason: "They select a broker by the label that the StatefulSet's controller gives its pods.",
    },
    {
        check: "service-type",
        says: "The service is of type NodePort",
        objects: ["Service/kafka-nodes-*"],
        reason: "A listener of type nodePort was asked for. Network policies do hold for its pods.",
    },
];
