import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { kafkaCommands } from "../../../lab/build/kafkaCommands";

const LAUNCHER = resolve(__dirname, "../../../lab/build/kafka/kafka-run-class");

/** Runs a script of the image with a `java` that prints its arguments, and returns those. */
function javaArguments(script: string, args: string[], env: Record<string, string> = {}): string {
    const folder = mkdtempSync(join(tmpdir(), "lab-"));
    try {
        const files = {
            java: '#!/bin/sh\necho "$@"\n',
            // As in the image, but found beside the others.
            "kafka-run-class": readFileSync(LAUNCHER, "utf8"),
            command: script.replace("/usr/bin/kafka-run-class", "kafka-run-class"),
        };
        for (const [name, content] of Object.entries(files)) {
            writeFileSync(join(folder, name), content);
            chmodSync(join(folder, name), 0o755);
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

function command(name: string): string {
    const script = kafkaCommands()[name];
    assert.ok(script, `${name} is in the image`);
    return script;
}

describe("commands of the Kafka image", () => {
    it("start servers with their heap, logging to stdout", () => {
        const java = javaArguments(command("kafka-server-start"), ["/etc/server.properties"]);
        assert.match(java, /^-Xmx1G -Xms1G /);
        assert.match(java, /config\/log4j\.properties -cp \/opt\/kafka\/libs\/\*/);
        assert.match(java, / kafka\.Kafka \/etc\/server\.properties$/);
    });

    it("start tools with a small heap and only warnings", () => {
        const java = javaArguments(command("kafka-topics"), ["--list"]);
        assert.match(java, /^-Xmx256M /);
        assert.match(java, /tools-log4j\.properties/);
        assert.match(java, / kafka\.admin\.TopicCommand --list$/);
    });

    it("honour the variables of a Kafka release", () => {
        const java = javaArguments(command("zookeeper-server-start"), ["z.properties"], {
            KAFKA_HEAP_OPTS: "-Xmx64m",
            KAFKA_JVM_PERFORMANCE_OPTS: "-XX:+UseSerialGC",
            KAFKA_GC_LOG_OPTS: "-Xlog:gc",
            KAFKA_LOG4J_OPTS: "-Dlog=mine",
            KAFKA_OPTS: "-Da=1 -Db=2",
            EXTRA_ARGS: "-name zookeeper -loggc",
        });
        assert.equal(
            java,
            "-Xmx64m -XX:+UseSerialGC -Xlog:gc -Dlog=mine -cp /opt/kafka/libs/* -Da=1 -Db=2 " +
                "org.apache.zookeeper.server.quorum.QuorumPeerMain z.properties",
        );
    });

    it("pass the server of a ZooKeeper shell as an option", () => {
        const java = javaArguments(command("zookeeper-shell"), ["zk:2181", "ls", "/"]);
        assert.match(java, / -server zk:2181 ls \/$/);
    });
});
