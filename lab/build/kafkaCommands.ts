/** The admin and test tools of the Kafka image and the class of each. */
const TOOLS = {
    "kafka-acls": "kafka.admin.AclCommand",
    "kafka-broker-api-versions": "kafka.admin.BrokerApiVersionsCommand",
    "kafka-configs": "kafka.admin.ConfigCommand",
    "kafka-console-consumer": "kafka.tools.ConsoleConsumer",
    "kafka-console-producer": "kafka.tools.ConsoleProducer",
    "kafka-consumer-groups": "kafka.admin.ConsumerGroupCommand",
    "kafka-consumer-perf-test": "org.apache.kafka.tools.ConsumerPerformance",
    "kafka-delete-records": "kafka.admin.DeleteRecordsCommand",
    "kafka-dump-log": "kafka.tools.DumpLogSegments",
    "kafka-get-offsets": "kafka.tools.GetOffsetShell",
    "kafka-leader-election": "kafka.admin.LeaderElectionCommand",
    "kafka-log-dirs": "kafka.admin.LogDirsCommand",
    "kafka-producer-perf-test": "org.apache.kafka.tools.ProducerPerformance",
    "kafka-reassign-partitions": "kafka.admin.ReassignPartitionsCommand",
    "kafka-storage": "kafka.tools.StorageTool",
    "kafka-topics": "kafka.admin.TopicCommand",
    "zookeeper-shell": "org.apache.zookeeper.ZooKeeperMainWithTlsSupportForKafka",
} as const;

/** The servers, with the heap that each has unless KAFKA_HEAP_OPTS says otherwise. */
const SERVERS = {
    "kafka-server-start": { main: "kafka.Kafka", heap: "-Xmx1G -Xms1G" },
    "zookeeper-server-start": {
        main: "org.apache.zookeeper.server.quorum.QuorumPeerMain",
        heap: "-Xmx512M -Xms512M",
    },
} as const;

const LAUNCHER = "/usr/bin/kafka-run-class";

/** The scripts of the image by name: what a Kafka release has in its bin folder, in short. */
export function kafkaCommands(): Record<string, string> {
    const scripts: Record<string, string> = {};
    for (const [name, main] of Object.entries(TOOLS)) {
        // zookeeper-shell takes the server as its first argument, the class takes it as an option.
        const server = name === "zookeeper-shell" ? " -server" : "";
        scripts[name] = script(`exec ${LAUNCHER} ${main}${server} "$@"`);
    }
    for (const [name, { main, heap }] of Object.entries(SERVERS)) {
        scripts[name] = script(
            `: "\${KAFKA_HEAP_OPTS:=${heap}}"`,
            ': "${KAFKA_LOG4J_OPTS:=-Dlog4j.configuration=file:/opt/kafka/config/log4j.properties}"',
            "export KAFKA_HEAP_OPTS KAFKA_LOG4J_OPTS",
            "# shellcheck disable=SC2086",
            `exec ${LAUNCHER} \${EXTRA_ARGS--loggc} ${main} "$@"`,
        );
    }
    return scripts;
}

function script(...lines: string[]): string {
    return `#!/bin/bash\n${lines.join("\n")}\n`;
}
