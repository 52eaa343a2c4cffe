import assert from "node:assert/strict";
import { readScript } from "../../components/statefulset/scripts";
import { topicsJob } from "../../components/statefulset/topics/topicsJob";
import type { Topic } from "../../components/kafka/topics";
import { requireNamespaces, run, Sandbox, withoutDescriptors } from "./sandbox";

/** A topic that is there, as Kafka's tools show it. */
interface Existing {
    readonly partitions: number;
    readonly replicationFactor: number;
    readonly config?: Readonly<Record<string, string>>;
}

const BOOTSTRAP = "--bootstrap-server kafka-headless:9091 --command-config FILE";

/** What `kafka-topics --describe` of Kafka 3.5 prints. */
function describedTopics(existing: Readonly<Record<string, Existing>>): string {
    return Object.entries(existing)
        .map(([name, { partitions, replicationFactor, config = {} }]) => {
            const configs = Object.entries(config).map(([key, value]) => `${key}=${value}`);
            const replicas = Array.from({ length: replicationFactor }, (_, n) => n).join();
            const lines = Array.from({ length: partitions }, (_, n) =>
                ["", `Topic: ${name}`, `Partition: ${n}`, "Leader: 0", `Replicas: ${replicas}`]
                    .concat(`Isr: ${replicas}`)
                    .join("\t"),
            );
            const topic = [
                `Topic: ${name}`,
                "TopicId: Wj1xCx0uQxK9tuz3UGZ0Ww",
                `PartitionCount: ${partitions}`,
                `ReplicationFactor: ${replicationFactor}`,
                `Configs: ${configs.join()}`,
            ];
            return [topic.join("\t"), ...lines].map((line) => `${line}\n`).join("");
        })
        .join("");
}

/** What `kafka-configs --describe --entity-type topics` of Kafka 3.5 prints. */
function describedConfigs(existing: Readonly<Record<string, Existing>>): string {
    return Object.entries(existing)
        .map(([name, { config = {} }]) => {
            const lines = Object.entries(config).map(([key, value]) => {
                const synonyms = `DYNAMIC_TOPIC_CONFIG:${key}=${value}, DEFAULT_CONFIG:log.${key}=7`;
                return `  ${key}=${value} sensitive=false synonyms={${synonyms}}`;
            });
            const head = `Dynamic configs for topic ${name} are:`;
            return [head, ...lines].map((line) => `${line}\n`).join("");
        })
        .join("");
}

/** Text of a program that prints an answer when it is to describe something, and else the file that it is given. */
function tool(file: string, more = ""): string {
    return `
        for argument in "$@"; do
            if [[ $argument == --describe ]]; then
                cat "$SANDBOX/config/${file}"
            elif [[ $previous == --add-config-file ]]; then
                sed "s/^/  /" "$argument" >>"$SANDBOX/calls"
            fi
            previous=$argument
        done
        ${more}`;
}

const DESCRIBE = [
    `kafka-topics ${BOOTSTRAP} --describe`,
    `kafka-configs ${BOOTSTRAP} --describe --entity-type topics`,
];
const alter = (topic: string, change: string) =>
    `kafka-configs ${BOOTSTRAP} --alter --entity-type topics --entity-name ${topic} ${change}`;
const add = (topic: string, ...properties: string[]) => [
    alter(topic, "--add-config-file FILE"),
    ...properties.map((property) => `  ${property}`),
];

/** Runs the script of the Job for some topics; `changes` are the calls that change something. */
function apply(
    topics: readonly (Pick<Topic, "name"> & Partial<Topic>)[],
    existing: Readonly<Record<string, Existing>> = {},
    sandbox: Sandbox = {},
) {
    const { spec } = topicsJob({
        image: "kafka:1",
        security: { encrypted: false },
        topics: topics.map((topic) => ({ config: {}, ...topic })),
    });
    const { template } = spec as unknown as {
        template: { spec: { containers: [{ env: { name: string; value: string }[] }] } };
    };
    const { env } = template.spec.containers[0];
    const { calls, ...result } = run("apply-topics.sh", {
        env: Object.fromEntries(env.map(({ name, value }) => [name, value])),
        files: {
            topics: `WARNING: no log4j\n${describedTopics(existing)}`,
            configs: describedConfigs(existing),
        },
        programs: { "kafka-topics": tool("topics"), "kafka-configs": tool("configs") },
        ...sandbox,
    });
    const [first, second, ...changes] = calls.map(withoutDescriptors);
    assert.deepEqual([first, second], DESCRIBE);
    return { ...result, changes };
}

const ORDERS = { partitions: 6, replicationFactor: 3 };

describe("apply-topics.sh", function () {
    // A dozen processes each.
    this.timeout(20_000);

    before(function () {
        requireNamespaces(this);
    });

    it("creates topics that are missing, with all that is said of them", () => {
        const { status, changes, stdout } = apply([
            {
                name: "orders",
                partitions: 6,
                replicationFactor: 3,
                config: { "retention.ms": "1000", "cleanup.policy": "compact,delete", note: "a=b" },
            },
            { name: "Audit_v1" },
            { name: "half.full", partitions: 1 },
            { name: "copies-only", replicationFactor: 2 },
        ]);
        assert.equal(status, 0);
        assert.deepEqual(changes, [
            `kafka-topics ${BOOTSTRAP} --create --topic orders --partitions 6 --replication-factor 3`,
            `kafka-configs ${BOOTSTRAP} --alter --entity-type topics --entity-name orders --add-config-file FILE`,
            "  retention.ms=1000",
            "  cleanup.policy=compact,delete",
            "  note=a=b",
            `kafka-topics ${BOOTSTRAP} --create --topic Audit_v1`,
            `kafka-topics ${BOOTSTRAP} --create --topic half.full --partitions 1`,
            `kafka-topics ${BOOTSTRAP} --create --topic copies-only --replication-factor 2`,
        ]);
        assert.match(stdout, /^All 4 topics are as they should be\.$/m);
    });

    it("changes nothing where all is as it should be", () => {
        const config = { "retention.ms": "1000", "cleanup.policy": "compact,delete" };
        const { status, changes, stdout } = apply(
            [
                { name: "orders", ...ORDERS, config },
                { name: "audit" },
                { name: "kept", config: { "a.b": "" } },
            ],
            {
                orders: { ...ORDERS, config },
                audit: ORDERS,
                kept: { ...ORDERS, config: { "a.b": "" } },
            },
        );
        assert.equal(status, 0);
        assert.deepEqual(changes, []);
        assert.equal(stdout, "All 3 topics are as they should be.\n");
    });

    it("adds partitions", () => {
        const { status, changes, stdout } = apply([{ name: "orders", partitions: 12 }], {
            orders: ORDERS,
        });
        assert.equal(status, 0);
        assert.deepEqual(changes, [
            `kafka-topics ${BOOTSTRAP} --alter --topic orders --partitions 12`,
        ]);
        assert.match(stdout, /^topic orders: from 6 to 12 partitions$/m);
    });

    it("compares partitions as numbers", () => {
        const { changes } = apply([{ name: "orders", partitions: 10 }], {
            orders: { ...ORDERS, partitions: 9 },
        });
        assert.deepEqual(changes, [
            `kafka-topics ${BOOTSTRAP} --alter --topic orders --partitions 10`,
        ]);
    });

    it("refuses a min ISR that the replicas of the topic can't keep, before anything is changed", () => {
        const minIsr = (value: string) => ({ config: { "min.insync.replicas": value } });
        const { status, changes, stderr } = apply(
            [
                { name: "one", config: { "segment.ms": "5", "min.insync.replicas": "2" } },
                { name: "two", ...minIsr("2") },
                { name: "three", ...minIsr("2") },
                { name: "single", ...minIsr("1") },
                { name: "before", ...minIsr("2") },
                { name: "raised", ...minIsr("3") },
            ],
            {
                one: { partitions: 1, replicationFactor: 1 },
                two: { partitions: 1, replicationFactor: 2 },
                three: { partitions: 1, replicationFactor: 3 },
                single: { partitions: 1, replicationFactor: 1 },
                before: { partitions: 1, replicationFactor: 2, ...minIsr("2") },
                raised: { partitions: 1, replicationFactor: 3, ...minIsr("2") },
            },
        );
        assert.equal(status, 1);
        assert.deepEqual(changes, []);
        assert.deepEqual(
            stderr.split("\n").map((line) => /^topic \w+: expected .*?, got \d/.exec(line)?.[0]),
            [
                "topic one: expected more replicas than its min.insync.replicas 2, got 1",
                "topic two: expected more replicas than its min.insync.replicas 2, got 2",
                "topic raised: expected more replicas than its min.insync.replicas 3, got 3",
                undefined,
                undefined,
            ],
        );
    });

    it("sets properties that are new or another value, and no others", () => {
        const { status, changes } = apply(
            [
                {
                    name: "orders",
                    config: { "retention.ms": "2000", "max.message.bytes": "9", "segment.ms": "5" },
                },
            ],
            { orders: { ...ORDERS, config: { "retention.ms": "1000", "segment.ms": "5" } } },
        );
        assert.equal(status, 0);
        assert.deepEqual(changes, add("orders", "retention.ms=2000", "max.message.bytes=9"));
    });

    it("drops properties that are no longer there", () => {
        const { status, changes, stdout } = apply(
            [{ name: "orders", config: { "segment.ms": "5" } }],
            {
                orders: {
                    ...ORDERS,
                    config: { "retention.ms": "1", "segment.ms": "5", "segment.bytes": "7" },
                },
            },
        );
        assert.equal(status, 0);
        assert.deepEqual(changes, [alter("orders", "--delete-config retention.ms,segment.bytes")]);
        assert.match(stdout, /^topic orders: back to the brokers' retention\.ms segment\.bytes$/m);
    });

    it("sets and drops of one topic, and does not mix up names that begin or end alike", () => {
        const { status, changes } = apply(
            [
                { name: "orders", config: { "retention.ms": "1" } },
                { name: "orders.dead", config: { "retention.ms": "1" } },
            ],
            {
                "orders.dead": { ...ORDERS, config: { ms: "1", retention: "1" } },
                orders: { ...ORDERS, config: { "retention.ms": "10", "local.retention.ms": "1" } },
            },
        );
        assert.equal(status, 0);
        assert.deepEqual(changes, [
            ...add("orders", "retention.ms=1"),
            alter("orders", "--delete-config local.retention.ms"),
            ...add("orders.dead", "retention.ms=1"),
            alter("orders.dead", "--delete-config ms,retention"),
        ]);
    });

    it("keeps commas, equals signs, spaces and backslashes of values", () => {
        const config = {
            "a.commas": "0:1,1:2",
            "b.equals": "x=y=z",
            "c.backslashes": "C:\\temp\\new",
            "d.spaces": "a b  c",
            "e.quotes": `"it's" $HOME \`x\` *`,
        };
        const { status, changes } = apply([{ name: "orders", config }], { orders: ORDERS });
        assert.equal(status, 0);
        assert.deepEqual(
            changes,
            add(
                "orders",
                "a.commas=0:1,1:2",
                "b.equals=x=y=z",
                // As a file of properties has them.
                "c.backslashes=C:\\\\temp\\\\new",
                "d.spaces=a b  c",
                `e.quotes="it's" $HOME \`x\` *`,
            ),
        );
        assert.deepEqual(
            apply([{ name: "orders", config }], { orders: { ...ORDERS, config } }).changes,
            [],
        );
    });

    it("leaves other topics alone", () => {
        const { status, changes } = apply([{ name: "orders" }], {
            other: { ...ORDERS, config: { "retention.ms": "1" } },
            orders: ORDERS,
            __consumer_offsets: { ...ORDERS, config: { "cleanup.policy": "compact" } },
        });
        assert.equal(status, 0);
        assert.deepEqual(changes, []);
    });

    it("refuses to shrink a topic or to change its copies, both at once and before any change", () => {
        const { status, changes, stderr } = apply(
            [
                { name: "new" },
                { name: "grown", partitions: 12 },
                { name: "orders", partitions: 5 },
                { name: "audit", replicationFactor: 2 },
                { name: "both", partitions: 1, replicationFactor: 1 },
            ],
            {
                grown: ORDERS,
                orders: ORDERS,
                audit: ORDERS,
                both: { partitions: 2, replicationFactor: 2 },
            },
        );
        assert.equal(status, 1);
        assert.deepEqual(changes, []);
        const move = "move its replicas with kafka-reassign-partitions first.";
        assert.deepEqual(stderr.trimEnd().split("\n"), [
            "topic orders: expected at least 6 partitions, which it has, got 5: a topic can't shrink.",
            `topic audit: expected replicationFactor 3, which it has, got 2: ${move}`,
            "topic both: expected at least 2 partitions, which it has, got 1: a topic can't shrink.",
            `topic both: expected replicationFactor 2, which it has, got 1: ${move}`,
            "Nothing was changed.",
        ]);
    });

    it("changes nothing when it can't see what there is", () => {
        for (const failing of ["kafka-topics", "kafka-configs"]) {
            const tools = { "kafka-topics": tool("topics"), "kafka-configs": tool("configs") };
            const { status, calls } = run("apply-topics.sh", {
                env: { BOOTSTRAP: "kafka-headless:9091", TOPICS: "topic orders 6 3\n" },
                files: { topics: "", configs: "" },
                programs: { ...tools, [failing]: "exit 1" },
            });
            assert.notEqual(status, 0);
            assert.deepEqual(
                calls.map(withoutDescriptors),
                failing === "kafka-topics" ? [DESCRIBE[0]] : DESCRIBE,
            );
        }
    });

    it("stops at the first change that fails", () => {
        const { status, changes, stdout } = apply(
            [{ name: "a" }, { name: "b" }],
            {},
            {
                programs: {
                    "kafka-topics": tool("topics", '[[ "$*" != *--create* ]]'),
                    "kafka-configs": tool("configs"),
                },
            },
        );
        assert.notEqual(status, 0);
        assert.deepEqual(changes, [`kafka-topics ${BOOTSTRAP} --create --topic a`]);
        assert.doesNotMatch(stdout, /as they should be/);
    });

    describe("while a broker is restarted", () => {
        const TOO_FEW = `
            echo "Error while executing topic command : Replication factor: 3 larger than available brokers: 2."
            echo "ERROR org.apache.kafka.common.errors.InvalidReplicationFactorException: Replication factor: 3" >&2
            exit 1`;
        /** The tool that finds too few brokers a number of times when it is to place replicas. */
        const programs = (times: number) => ({
            "kafka-topics": tool(
                "topics",
                `if [[ "$*" == *--partitions* ]] && (($(grep -c -- --partitions "$SANDBOX/calls") <= ${times})); then
                    ${TOO_FEW}
                fi`,
            ),
            "kafka-configs": tool("configs"),
            sleep: "",
        });

        it("tries again until there are brokers enough for a new topic", () => {
            const create = `kafka-topics ${BOOTSTRAP} --create --topic orders --partitions 6 --replication-factor 3`;
            const { status, changes, stdout } = apply(
                [{ name: "orders", ...ORDERS }],
                {},
                { programs: programs(2) },
            );
            assert.equal(status, 0);
            assert.deepEqual(changes, [create, "sleep 5", create, "sleep 5", create]);
            assert.match(stdout, /^topic orders: there are too few brokers now, trying again/m);
        });

        it("tries again for more partitions", () => {
            const more = `kafka-topics ${BOOTSTRAP} --alter --topic orders --partitions 7`;
            const { status, changes } = apply(
                [{ name: "orders", partitions: 7 }],
                { orders: ORDERS },
                { programs: programs(1) },
            );
            assert.equal(status, 0);
            assert.deepEqual(changes, [more, "sleep 5", more]);
        });

        it("gives up in the end, with what Kafka said", () => {
            const { status, changes, stderr } = apply(
                [{ name: "orders", ...ORDERS }, { name: "later" }],
                {},
                { programs: programs(9), replace: [["tries=60", "tries=2"]] },
            );
            assert.equal(status, 1);
            assert.equal(changes.length, 3);
            assert.match(stderr, /Replication factor: 3 larger than available brokers: 2\./);
        });
    });

    it("has no here-strings, which bash 4 writes to files", () => {
        assert.doesNotMatch(readScript("topics/apply-topics.sh"), /<<</);
    });

    it("writes no file, however many topics there are: the pod's root is read-only", () => {
        const many = Array.from({ length: 500 }, (_, n) => [`topic-${n}`, ORDERS] as const);
        const { status, stderr, changes } = apply(
            [{ name: "orders", partitions: 7, config: { "retention.ms": "1" } }],
            { ...Object.fromEntries(many), orders: ORDERS },
            { readOnly: true },
        );
        assert.equal(stderr, "");
        assert.equal(status, 0);
        assert.deepEqual(changes, [
            `kafka-topics ${BOOTSTRAP} --alter --topic orders --partitions 7`,
            ...add("orders", "retention.ms=1"),
        ]);
    });
});
