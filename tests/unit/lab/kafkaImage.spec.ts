import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { kafkaCommands } from "../../../lab/build/kafkaCommands";
import { KAFKA, type KafkaRelease } from "../../../lab/build/kafkaReleases";

const ARCHIVE = "-XX:SharedArchiveFile=/opt/kafka/kafka.jsa";
const CONFIG = resolve(__dirname, "../../../lab/build/kafka/config");

/** Runs a command of the image with a `java` that prints its arguments, and returns those. */
function javaArguments(
    release: KafkaRelease,
    name: string,
    args: string[],
    env: Record<string, string> = {},
): string {
    const commands = kafkaCommands(release);
    assert.ok(commands[name], `${name} is in the image`);
    const folder = mkdtempSync(join(tmpdir(), "lab-"));
    try {
        const files = {
            java: '#!/bin/sh\necho "$@"\n',
            // As in the image, but found beside the others.
            "kafka-run-class": commands["kafka-run-class"] ?? "",
            command: commands[name].replace("/usr/bin/kafka-run-class", "kafka-run-class"),
        };
        for (const [file, content] of Object.entries(files)) {
            writeFileSync(join(folder, file), content, { mode: 0o755 });
        }
        const PATH = `${folder}:${process.env["PATH"]}`;
        return spawnSync("bash", [join(folder, "command"), ...args], {
            encoding: "utf8",
            env: { PATH, ...env },
        }).stdout.trim();
    } finally {
        rmSync(folder, { recursive: true });
    }
}

for (const release of Object.values<KafkaRelease>(KAFKA)) {
    const { property, file } = release.logging;
    const logging = (config: string): string =>
        ` -D${property}=file:/opt/kafka/config/${config} -cp /opt/kafka/libs/*.jar `;

    describe(`commands of the image of Kafka ${release.version}`, () => {
        it("start servers with their heap, logging to stdout", () => {
            const java = javaArguments(release, "kafka-server-start", ["/etc/server.properties"]);
            assert.ok(java.startsWith(`${ARCHIVE} -Xmx1G -Xms1G `), java);
            assert.ok(java.endsWith(`${logging(file)}kafka.Kafka /etc/server.properties`), java);
        });

        it("start tools with a small heap and only warnings", () => {
            const java = javaArguments(release, "kafka-topics", ["--list"]);
            assert.ok(java.startsWith(`${ARCHIVE} -Xmx256M `), java);
            const main = release.tools["kafka-topics"];
            assert.ok(java.endsWith(`${logging(`tools-${file}`)}${main} --list`), java);
        });

        it("honour the variables of a Kafka release", () => {
            const java = javaArguments(release, "kafka-server-start", ["k.properties"], {
                KAFKA_HEAP_OPTS: "-Xmx64m",
                KAFKA_JVM_PERFORMANCE_OPTS: "-XX:+UseSerialGC",
                KAFKA_GC_LOG_OPTS: "-Xlog:gc",
                KAFKA_LOG4J_OPTS: "-Dlog=mine",
                KAFKA_OPTS: "-Da=1 -Db=2",
                EXTRA_ARGS: "-name kafka -loggc",
            });
            assert.equal(
                java,
                `${ARCHIVE} -Xmx64m -XX:+UseSerialGC -Xlog:gc -Dlog=mine -cp /opt/kafka/libs/*.jar -Da=1 -Db=2 ` +
                    "kafka.Kafka k.properties",
            );
        });

        it("put other classes behind those of the class archive, which is of use then", () => {
            const CLASSPATH = "/plugins/*";
            const java = javaArguments(release, "kafka-topics", ["--list"], { CLASSPATH });
            assert.ok(java.includes(" -cp /opt/kafka/libs/*.jar:/plugins/* "), java);
            assert.ok(java.startsWith(`${ARCHIVE} `), java);
        });

        it("have the files that configure what they log", () => {
            assert.ok(existsSync(join(CONFIG, file)));
            assert.ok(existsSync(join(CONFIG, `tools-${file}`)));
        });
    });
}

describe("commands of the Kafka images", () => {
    it("start ZooKeeper with its heap", () => {
        const java = javaArguments(KAFKA.statefulset, "zookeeper-server-start", ["z.properties"]);
        assert.ok(java.startsWith(`${ARCHIVE} -Xmx512M -Xms512M `), java);
        assert.match(
            java,
            / org\.apache\.zookeeper\.server\.quorum\.QuorumPeerMain z\.properties$/,
        );
    });

    it("pass the server of a ZooKeeper shell as an option", () => {
        const java = javaArguments(KAFKA.statefulset, "zookeeper-shell", ["zk:2181", "ls", "/"]);
        assert.match(java, / -server zk:2181 ls \/$/);
    });

    it("have the same names, but for ZooKeeper and what is new", () => {
        const [old, current] = [KAFKA.statefulset, KAFKA.strimzi].map(kafkaCommands);
        const without = (names: object = {}, others: object = {}): string[] =>
            Object.keys(names).filter((name) => !(name in others));
        assert.deepEqual(without(old, current), ["zookeeper-shell", "zookeeper-server-start"]);
        assert.deepEqual(without(current, old), [
            "kafka-cluster",
            "kafka-features",
            "kafka-metadata-quorum",
        ]);
    });
});
