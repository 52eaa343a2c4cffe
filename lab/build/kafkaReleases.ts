import { VERSIONS } from "../versions";

/** A server of the Kafka image. */
export interface KafkaServer {
    readonly main: string;
    /** What it has unless KAFKA_HEAP_OPTS says otherwise. */
    readonly heap: string;
}

/** The library that a release of Kafka logs with. */
export interface KafkaLogging {
    /** The Maven artefact that passes on to it what Kafka logs. */
    readonly group: string;
    readonly artifact: string;
    readonly version: string;
    /** The system property that says where its configuration is. */
    readonly property: string;
    /** Its configuration for servers in `kafka/config`; that for tools is beside it. */
    readonly file: string;
}

/** A release of Kafka that the lab has an image of, and all that differs between releases. */
export interface KafkaRelease {
    readonly version: string;
    readonly image: string;
    readonly logging: KafkaLogging;
    /** The admin and test tools and the class of each. */
    readonly tools: Readonly<Record<string, string>>;
    readonly servers: Readonly<Record<string, KafkaServer>>;
}

const SAME_TOOLS = {
    "kafka-configs": "kafka.admin.ConfigCommand",
    "kafka-consumer-perf-test": "org.apache.kafka.tools.ConsumerPerformance",
    "kafka-producer-perf-test": "org.apache.kafka.tools.ProducerPerformance",
    "kafka-storage": "kafka.tools.StorageTool",
};

const KAFKA_SERVER: KafkaServer = { main: "kafka.Kafka", heap: "-Xmx1G -Xms1G" };

/** The releases of Kafka, by the kind of deployment that each is for. */
export const KAFKA = {
    statefulset: {
        version: VERSIONS.kafka,
        image: `docker.io/lab/kafka:${VERSIONS.kafka}`,
        logging: {
            group: "org.slf4j",
            artifact: "slf4j-reload4j",
            version: VERSIONS.slf4j,
            property: "log4j.configuration",
            file: "log4j.properties",
        },
        tools: {
            ...SAME_TOOLS,
            "kafka-acls": "kafka.admin.AclCommand",
            "kafka-broker-api-versions": "kafka.admin.BrokerApiVersionsCommand",
            "kafka-console-consumer": "kafka.tools.ConsoleConsumer",
            "kafka-console-producer": "kafka.tools.ConsoleProducer",
            "kafka-consumer-groups": "kafka.admin.ConsumerGroupCommand",
            "kafka-delete-records": "kafka.admin.DeleteRecordsCommand",
            "kafka-dump-log": "kafka.tools.DumpLogSegments",
            "kafka-get-offsets": "kafka.tools.GetOffsetShell",
            "kafka-leader-election": "kafka.admin.LeaderElectionCommand",
            "kafka-log-dirs": "kafka.admin.LogDirsCommand",
            "kafka-reassign-partitions": "kafka.admin.ReassignPartitionsCommand",
            "kafka-topics": "kafka.admin.TopicCommand",
            "zookeeper-shell": "org.apache.zookeeper.ZooKeeperMainWithTlsSupportForKafka",
        },
        servers: {
            "kafka-server-start": KAFKA_SERVER,
            "zookeeper-server-start": {
                main: "org.apache.zookeeper.server.quorum.QuorumPeerMain",
                heap: "-Xmx512M -Xms512M",
            },
        },
    },
    strimzi: {
        version: VERSIONS.strimziKafka,
        image: `docker.io/lab/kafka:${VERSIONS.strimziKafka}`,
        logging: {
            group: "org.apache.logging.log4j",
            artifact: "log4j-slf4j-impl",
            version: VERSIONS.log4j,
            property: "log4j2.configurationFile",
            file: "log4j2.properties",
        },
        tools: {
            ...SAME_TOOLS,
            "kafka-acls": "org.apache.kafka.tools.AclCommand",
            "kafka-broker-api-versions": "org.apache.kafka.tools.BrokerApiVersionsCommand",
            "kafka-cluster": "org.apache.kafka.tools.ClusterTool",
            "kafka-console-consumer": "org.apache.kafka.tools.consumer.ConsoleConsumer",
            "kafka-console-producer": "org.apache.kafka.tools.ConsoleProducer",
            "kafka-consumer-groups": "org.apache.kafka.tools.consumer.group.ConsumerGroupCommand",
            "kafka-delete-records": "org.apache.kafka.tools.DeleteRecordsCommand",
            "kafka-dump-log": "org.apache.kafka.tools.DumpLogSegments",
            "kafka-features": "org.apache.kafka.tools.FeatureCommand",
            "kafka-get-offsets": "org.apache.kafka.tools.GetOffsetShell",
            "kafka-leader-election": "org.apache.kafka.tools.LeaderElectionCommand",
            "kafka-log-dirs": "org.apache.kafka.tools.LogDirsCommand",
            "kafka-metadata-quorum": "org.apache.kafka.tools.MetadataQuorumCommand",
            "kafka-reassign-partitions":
                "org.apache.kafka.tools.reassign.ReassignPartitionsCommand",
            "kafka-topics": "org.apache.kafka.tools.TopicCommand",
        },
        servers: { "kafka-server-start": KAFKA_SERVER },
    },
} satisfies Record<string, KafkaRelease>;
