import assert from "node:assert/strict";
import { isUnreachable, lastWords } from "../../../../../components/live/rollout/lastWords";

describe("last words of a container", () => {
    const cases: Readonly<Record<string, readonly [log: string, words: string | undefined]>> = {
        "the exception after Kafka's own line, and not its stack": [
            `[2026-11-30 10:00:00,000] INFO starting (kafka.server.KafkaServer)
[2026-11-30 10:00:00,001] ERROR Exiting Kafka due to fatal exception (kafka.Kafka$)
org.apache.kafka.common.config.ConfigException: Invalid value abc for configuration log.retention.hours: Not a number of type INT
\tat org.apache.kafka.common.config.ConfigDef.parseType(ConfigDef.java:713)
\tat kafka.Kafka$.main(Kafka.scala:91)
`,
            "org.apache.kafka.common.config.ConfigException: Invalid value abc for configuration log.retention.hours: Not a number of type INT",
        ],
        "the last cause": [
            `java.lang.RuntimeException: it did not start
\tat a.B.c(B.java:1)
Caused by: java.io.IOException: the volume is read-only
\tat a.D.e(D.java:1)
\t... 12 more
[2026-11-30 10:00:00,001] INFO shut down completed (kafka.server.KafkaServer)`,
            "Caused by: java.io.IOException: the volume is read-only",
        ],
        "the last error without an exception": [
            `ERROR first (a.B)
[2026-11-30] ERROR Cluster ids do not match (kafka.server.KafkaServer)
INFO bye`,
            "[2026-11-30] ERROR Cluster ids do not match (kafka.server.KafkaServer)",
        ],
        "what a JVM prints when it is out of memory": [
            "Terminating due to java.lang.OutOfMemoryError: Java heap space\ngoing",
            "Terminating due to java.lang.OutOfMemoryError: Java heap space",
        ],
        "the last line of a script": [
            "starting\n/etc/start-kafka.sh: line 42: /opt/kafka/bin/kafka-server-start.sh: No such file or directory\n\n",
            "/etc/start-kafka.sh: line 42: /opt/kafka/bin/kafka-server-start.sh: No such file or directory",
        ],
        "no more than 300 characters": ["x".repeat(301), `${"x".repeat(299)}…`],
        "nothing in an empty log": [" \n\n", undefined],
        "nothing in a stack without its beginning": ["\tat a.B.c(B.java:1)", undefined],
    };
    for (const [what, [log, words]] of Object.entries(cases)) {
        it(`are ${what}`, () => assert.equal(lastWords(log), words));
    }

    it("are nothing where there is no log", () => assert.equal(lastWords(), undefined));
});

describe("a server that did not reach another one", () => {
    it("says so in one of some ways", () => {
        for (const line of [
            "kafka.zookeeper.ZooKeeperClientTimeoutException: Timed out waiting for connection",
            "Caused by: java.net.UnknownHostException: zookeeper.kafka.svc.cluster.local",
            "java.net.ConnectException: Connection refused",
            "java.net.NoRouteToHostException: No route to host",
            "connect: network is unreachable",
            "curl: Temporary failure in name resolution",
            "zookeeper: Name or service not known",
        ]) {
            assert.equal(isUnreachable(line), true, line);
        }
    });

    it("is not one whose configuration is wrong, even that of a timeout", () => {
        for (const line of [
            "ConfigException: Invalid value abc for configuration zookeeper.connection.timeout.ms",
            "java.lang.IllegalArgumentException: requirement failed",
            "Terminating due to java.lang.OutOfMemoryError: Java heap space",
        ]) {
            assert.equal(isUnreachable(line), false, line);
        }
    });
});
