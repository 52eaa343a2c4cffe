import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { documentedCommands } from "../support/documented";

const TAB = "\t";

/** What `kafka-topics --describe` prints of a topic, replicas by partition. */
function described(topic: string, ...replicas: string[]): string {
    const lines = replicas.map((ids, partition) =>
        [
            `Topic: ${topic}`,
            `Partition: ${partition}`,
            `Leader: ${ids[0]}`,
            `Replicas: ${ids}`,
            `Isr: ${ids}`,
            "Elr: ",
        ].join(TAB),
    );
    const head = [`Topic: ${topic}`, "TopicId: x", `PartitionCount: ${replicas.length}`].join(TAB);
    return [head, ...lines.map((line) => `${TAB}${line}`)].join("\n");
}

/** Kafka's tools in their place: what the real ones make of the plan is not proven here. */
describe("the documented commands", () => {
    let directory: string;

    beforeEach(() => {
        directory = mkdtempSync(join(tmpdir(), "documented-"));
    });

    afterEach(() => rmSync(directory, { recursive: true }));

    function program(name: string, text: string): void {
        writeFileSync(join(directory, name), `#!/usr/bin/env bash\n${text}\n`, { mode: 0o755 });
    }

    it("give the partitions of the named topics more replicas, and keep those that they have", () => {
        const topics = [
            described("orders", "0", "2", "1"),
            described("__consumer_offsets", "2,1", "0,1,2"),
            described("orders-old", "0"),
        ];
        writeFileSync(join(directory, "topics.txt"), topics.join("\n"));
        program("kafka-topics", 'cat "$DIRECTORY/topics.txt"');
        program(
            "kafka-reassign-partitions",
            'echo "$*" >>"$DIRECTORY/calls"; [[ $* != *--verify* ]] || echo Clearing topic-level throttles',
        );
        const commands = documentedCommands("A topic has too few replicas").replace(
            /^cd \/tmp$/m,
            "cd $DIRECTORY",
        );
        const { status, stdout, stderr } = spawnSync("bash", ["-c", commands], {
            encoding: "utf8",
            env: { ...process.env, DIRECTORY: directory, PATH: `${directory}:${process.env.PATH}` },
        });
        assert.deepEqual([status, stderr], [0, ""]);
        assert.match(stdout, /Clearing topic-level throttles/);
        assert.deepEqual(JSON.parse(readFileSync(join(directory, "plan.json"), "utf8")), {
            version: 1,
            partitions: [
                { topic: "orders", partition: 0, replicas: [0, 1, 2] },
                { topic: "orders", partition: 1, replicas: [2, 1, 0] },
                { topic: "orders", partition: 2, replicas: [1, 2, 0] },
                { topic: "__consumer_offsets", partition: 0, replicas: [2, 1, 0] },
                { topic: "__consumer_offsets", partition: 1, replicas: [0, 1, 2] },
            ],
        });
        const at =
            "--bootstrap-server localhost:9091 --command-config /etc/kafka-eks/admin.properties";
        assert.equal(
            readFileSync(join(directory, "calls"), "utf8"),
            `${at} --reassignment-json-file plan.json --execute --throttle 50000000\n` +
                `${at} --reassignment-json-file plan.json --verify\n`,
        );
    });
});
