/** Every version of the lab that is not pinned by a go.sum. */
export const VERSIONS = {
    /** The module of `build/kubernetes`; 1.34 is the last minor that supports containerd 1.x. */
    kubernetes: "1.34.4",
    coredns: "1.15.0",
    localPathProvisioner: "0.0.30",
    certManager: "1.21.2",
    pulumi: "3.274.1",
    /** A commit of January 2026: the newest that its Go module has. */
    pulumiKubernetes: "4.0.0-20260115033456-f47bc2d6f199",
    kafka: "3.5.2",
    scala: "2.13",
    slf4j: "1.7.36",
    strimzi: "1.2.0",
    /** The newest that this Strimzi runs. */
    strimziKafka: "4.3.1",
    /** The one that this Kafka comes with. */
    log4j: "2.25.4",
    pause: "1",
    /** Go and Java that the builds need at least. */
    go: "1.26",
    java: 11,
    /** Java that Kafka 4 runs in at least. */
    kafkaJava: 17,
    /** Java that the generator of Strimzi's CRDs needs at least. */
    strimziJava: 21,
} as const;

/** A release of each line of Kafka whose definitions of properties are kept, oldest first. */
export const KAFKA_OF_EACH_LINE = [
    VERSIONS.kafka,
    "3.6.2",
    "3.7.2",
    "3.8.1",
    "3.9.2",
    "4.0.2",
    "4.1.2",
    "4.2.2",
    VERSIONS.strimziKafka,
    "4.4.0",
] as const;

/**
 * Debian packages that are unpacked into the cache and run from there. They are never installed:
 * an installed containerd or etcd would start as a service of the machine.
 */
export const NODE_PACKAGES = [
    "conntrack",
    "containerd",
    "containernetworking-plugins",
    "etcd-server",
    "iptables",
    "libip4tc2",
    "libip6tc2",
    "libmnl0",
    "libnetfilter-conntrack3",
    "libnfnetlink0",
    "libnftnl11",
    "libseccomp2",
    "libwrap0",
    "libxtables12",
    "runc",
    "socat",
] as const;

/** Debian packages of the Kafka image; apt adds what they depend on. */
export const IMAGE_PACKAGES = [
    "bash",
    "coreutils",
    "findutils",
    "grep",
    "hostname",
    "openjdk-17-jre-headless",
    "procps",
    "sed",
] as const;
