import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { REPOSITORY } from "../../tools/cli/repository";
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

    /** Puts Kafka's tools in their place, which note what they are told. */
    function provide(topics: readonly string[], configs = ""): void {
        writeFileSync(join(directory, "topics.txt"), topics.join("\n") + "\n");
        writeFileSync(join(directory, "configs.txt"), configs);
        program("kafka-topics", 'cat "$DIRECTORY/topics.txt"');
        program(
            "kafka-configs",
            'echo "$*" >>"$DIRECTORY/calls"; [[ $* != *--describe* ]] || cat "$DIRECTORY/configs.txt"',
        );
        program(
            "kafka-reassign-partitions",
            'echo "$*" >>"$DIRECTORY/calls"; [[ $* != *--verify* ]] || echo Clearing topic-level throttles',
        );
    }

    function follow(section: string, ...[from, to]: readonly string[]) {
        const commands = documentedCommands(section).replace(/^( *)cd \/tmp$/m, "$1cd $DIRECTORY");
        const changed = from === undefined ? commands : commands.replace(from, to!);
        return spawnSync("bash", ["-c", changed], {
            encoding: "utf8",
            env: { ...process.env, DIRECTORY: directory, PATH: `${directory}:${process.env.PATH}` },
        });
    }

    const json = (file: string): unknown => JSON.parse(readFileSync(join(directory, file), "utf8"));
    const calls = () => readFileSync(join(directory, "calls"), "utf8");

    const AT = "--bootstrap-server localhost:9091 --command-config /etc/kafka-eks/admin.properties";
    const MOVES =
        `${AT} --reassignment-json-file plan.json --execute --throttle 50000000\n` +
        `${AT} --reassignment-json-file plan.json --verify\n`;

    it("move what the brokers that go hold to those that stay, and leave the rest where it is", () => {
        provide([
            described("orders", "0,1,2", "3,1,2", "1,3"),
            described("__consumer_offsets", "13,0", "3"),
        ]);
        const { status, stdout, stderr } = follow("Taking brokers away");
        assert.deepEqual([status, stderr], [0, ""]);
        assert.match(stdout, /Clearing topic-level throttles/);
        const partitions = (...replicas: number[][]) => [
            { topic: "orders", partition: 1, replicas: replicas[0] },
            { topic: "orders", partition: 2, replicas: replicas[1] },
            { topic: "__consumer_offsets", partition: 0, replicas: replicas[2] },
            { topic: "__consumer_offsets", partition: 1, replicas: replicas[3] },
        ];
        assert.deepEqual(json("before.json"), {
            version: 1,
            partitions: partitions([3, 1, 2], [1, 3], [13, 0], [3]),
        });
        assert.deepEqual(json("plan.json"), {
            version: 1,
            partitions: partitions([1, 2, 0], [1, 2], [0, 1], [1]),
        });
        assert.equal(calls(), MOVES);
    });

    const CONFIGS = [
        "Dynamic configs for topic orders are:",
        "  min.insync.replicas=1 sensitive=false synonyms={DYNAMIC_TOPIC_CONFIG:min.insync.replicas=1}",
        "Dynamic configs for topic __transaction_state are:",
        "  cleanup.policy=compact sensitive=false synonyms={DYNAMIC_TOPIC_CONFIG:cleanup.policy=compact}",
        "  min.insync.replicas=2 sensitive=false synonyms={DYNAMIC_TOPIC_CONFIG:min.insync.replicas=2, STATIC_BROKER_CONFIG:min.insync.replicas=1}",
        "Dynamic configs for topic payments are:",
        "  min.insync.replicas=10 sensitive=false synonyms={}",
        "Dynamic configs for topic plain are:",
    ].join("\n");
    const LOWERED =
        `${AT} --alter --entity-type brokers --entity-default --add-config min.insync.replicas=1\n` +
        `${AT} --describe --entity-type topics\n` +
        ["__transaction_state", "payments"]
            .map(
                (topic) =>
                    `${AT} --alter --entity-type topics --entity-name ${topic} --add-config min.insync.replicas=1\n`,
            )
            .join("");
    const FEWER: Readonly<Record<string, readonly number[][]>> = {
        "(0 1)": [
            [0, 1],
            [1, 0],
            [1, 0],
        ],
        "(0)": [[0], [0], [0]],
    };
    for (const [stay, replicas] of Object.entries(FEWER)) {
        it(`lower the min ISR before anything moves to the brokers ${stay}`, () => {
            provide([described("orders", "0,1,2", "2,1,0", "1,2")], CONFIGS);
            const { status, stderr } = follow("Taking brokers away", "(0 1 2)", stay);
            assert.deepEqual([status, stderr], [0, ""]);
            assert.deepEqual(json("plan.json"), {
                version: 1,
                partitions: replicas.map((each, partition) => ({
                    topic: "orders",
                    partition,
                    replicas: each,
                })),
            });
            assert.equal(calls(), LOWERED + MOVES);
        });
    }

    it("give the partitions of the named topics more replicas, and keep those that they have", () => {
        const topics = [
            described("orders", "0", "2", "1"),
            described("__consumer_offsets", "2,1", "0,1,2"),
            described("orders-old", "0"),
        ];
        provide(topics);
        const { status, stdout, stderr } = follow("A topic has too few replicas");
        assert.deepEqual([status, stderr], [0, ""]);
        assert.match(stdout, /Clearing topic-level throttles/);
        assert.deepEqual(json("plan.json"), {
            version: 1,
            partitions: [
                { topic: "orders", partition: 0, replicas: [0, 1, 2] },
                { topic: "orders", partition: 1, replicas: [2, 1, 0] },
                { topic: "orders", partition: 2, replicas: [1, 2, 0] },
                { topic: "__consumer_offsets", partition: 0, replicas: [2, 1, 0] },
                { topic: "__consumer_offsets", partition: 1, replicas: [0, 1, 2] },
            ],
        });
        assert.equal(calls(), MOVES);
    });

    it("delete what the migration of ZooKeeper's ACLs leaves, which would stop a later move to KRaft", () => {
        const text = readFileSync(join(REPOSITORY, "docs/security.md"), "utf8");
        const commands = [...text.matchAll(/^```\w*\n(.*?)^```$/gms)].map(([, each]) => each!);
        const migration = commands.findIndex((each) => each.includes("security-migration"));
        assert.match(
            commands[migration + 1]!,
            /zookeeper-shell zookeeper:2181 delete \/migration$/m,
        );
    });
});
