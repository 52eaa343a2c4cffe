import assert from "node:assert/strict";
import { requireNamespaces, run } from "./sandbox";

/** The replicas of each partition of each topic. */
type Assignments = Readonly<Record<string, readonly (readonly number[])[]>>;

const GREETING = [
    "Connecting to zookeeper:2181",
    "Welcome to ZooKeeper!",
    "JLine support is disabled",
    "",
    "WATCHER::",
    "",
    "WatchedEvent state:SyncConnected type:None path:null",
    "",
].join("\n");

const NO_TOPICS_YET = "Node does not exist: /brokers/topics";
const NO_QUORUM =
    "KeeperErrorCode = ConnectionLoss for /brokers/topics\n[2026-11-25 13:14:13,220] ERROR Exiting JVM with code 1";

/** What ZooKeeper 3.8 has of a topic, as `get` prints it. */
function state(partitions: Assignments[string]): string {
    return JSON.stringify({
        removing_replicas: {},
        partitions: Object.fromEntries(partitions.map((replicas, n) => [String(n), replicas])),
        topic_id: "Wj1xCx0uQxK9tuz3UGZ0Ww",
        adding_replicas: {},
        version: 3,
    });
}

/** What ZooKeeper has of a broker that runs, as `get` prints it. */
function registration(protocol: string): string {
    return JSON.stringify({
        listener_security_protocol_map: { INTERNAL: "SASL_SSL", REPLICATION: protocol },
        endpoints: ["REPLICATION://kafka-0:9091", "INTERNAL://kafka-0:9092"],
        version: 5,
    });
}

/**
 * Runs the script of the Job for three brokers that are to talk to each other in plain text; `listed` is what ZooKeeper
 * answers to the question for the topics, `running` the protocols of the brokers that run.
 */
function check(
    assignments: Assignments,
    {
        brokers = 3,
        listed = `[${Object.keys(assignments).join(", ")}]`,
        status = 0,
        running = [] as readonly string[],
        ids = `[${[...running.keys()].join(", ")}]`,
    } = {},
) {
    const files = Object.entries(assignments).map(
        ([topic, partitions]) => [`state-${topic}`, `${state(partitions)}\n`] as const,
    );
    const { calls, ...result } = run("scale-in-check.sh", {
        env: {
            BROKERS: String(brokers),
            REPLICATION_PROTOCOL: "PLAINTEXT",
            ZOOKEEPER: "zookeeper:2181",
        },
        readOnly: true,
        files: {
            greeting: GREETING,
            ids: `${ids}\n`,
            listed: `${listed}\n`,
            ...Object.fromEntries(
                running.map((protocol, id) => [`id-${id}`, `${registration(protocol)}\n`]),
            ),
            ...Object.fromEntries(files),
        },
        programs: {
            "zookeeper-shell": `
                cat "$SANDBOX/config/greeting"
                while read -r command path; do
                    echo "  $command $path" >>"$SANDBOX/calls"
                    case "$command $path" in
                        "ls /brokers/ids") cat "$SANDBOX/config/ids" ;;
                        "get /brokers/ids/"*) cat "$SANDBOX/config/id-\${path##*/}" ;;
                        ls*) cat "$SANDBOX/config/listed" ;;
                        get*) cat "$SANDBOX/config/state-\${path#/brokers/topics/}" 2>/dev/null ||
                            echo "Node does not exist: $path" ;;
                    esac
                done
                exit ${status}`,
        },
        // It gives up at once here; how long it waits is not proven.
        replace: [["deadline=$((SECONDS + 60))", "deadline=$SECONDS"]],
    });
    const asked = calls.filter((call) => call.startsWith(" "));
    // A shell for each question that others depend on, and one for all of those.
    const shells = [
        "ls /brokers/ids",
        "get /brokers/ids",
        "ls /brokers/topics",
        "get /brokers/topics",
    ];
    assert.deepEqual(
        calls.filter((call) => !call.startsWith(" ")),
        shells
            .filter((question) => asked.some((call) => call.startsWith(`  ${question}`)))
            .map(() => "zookeeper-shell zookeeper:2181"),
    );
    return { ...result, asked };
}

const refusal = (brokers: string, partitions: string) =>
    `Expected no replicas on brokers that are to go, found some on broker ${brokers}. ` +
    `Number of partitions: ${partitions}.\n` +
    "Nothing was changed. Move them to the brokers 0 to 2 with kafka-reassign-partitions first, " +
    "as docs/operations.md says, and run pulumi up again.\n";

describe("scale-in-check.sh", function () {
    this.timeout(20_000);

    before(function () {
        requireNamespaces(this);
    });

    it("lets a first deployment pass, of which ZooKeeper knows nothing", () => {
        // As the real one does when its last command finds nothing.
        const { status, stdout, asked } = check({}, { listed: NO_TOPICS_YET, status: 1 });
        assert.equal(status, 0);
        assert.equal(stdout, "No broker but 0 to 2 holds replicas of any of the 0 topics.\n");
        assert.deepEqual(asked, ["  ls /brokers/ids", "  ls /brokers/topics"]);
    });

    it("lets a cluster without topics pass", () => {
        assert.equal(check({}).status, 0);
    });

    it("lets brokers go that hold nothing", () => {
        const { status, stdout, asked } = check({
            __consumer_offsets: [
                [0, 1, 2],
                [2, 0, 1],
            ],
            "orders.v1": [[2, 1]],
        });
        assert.equal(status, 0);
        assert.equal(stdout, "No broker but 0 to 2 holds replicas of any of the 2 topics.\n");
        assert.deepEqual(asked, [
            "  ls /brokers/ids",
            "  ls /brokers/topics",
            "  get /brokers/topics/__consumer_offsets",
            "  get /brokers/topics/orders.v1",
        ]);
    });

    it("keeps a broker that holds a replica, of whatever place, and says of what", () => {
        for (const replicas of [[3], [3, 0], [0, 3], [0, 3, 1]]) {
            const { status, stderr } = check({ audit: [[0]], orders: [[0, 1], replicas] });
            assert.equal(status, 1);
            assert.equal(stderr, refusal("3", "1: orders-1"));
        }
    });

    it("names the first of many partitions, and all of the brokers in order", () => {
        const { status, stderr } = check({
            audit: [[10], [0]],
            orders: [
                [4, 10],
                [2, 1],
                [4, 3],
                [3, 0],
                [5, 1],
                [1, 2, 5],
            ],
        });
        assert.equal(status, 1);
        const named = "audit-0, orders-0, orders-2, orders-3, orders-4 and 1 more";
        assert.equal(stderr, refusal("3, 4, 5, 10", `6: ${named}`));
    });

    it("lets brokers talk to each other as those that run do, or as it likes where none runs", () => {
        assert.equal(check({}, { running: ["PLAINTEXT", "PLAINTEXT"] }).status, 0);
        assert.equal(check({}, { ids: "Node does not exist: /brokers/ids" }).status, 0);
        const { status, stderr } = check({}, { running: ["PLAINTEXT", "SSL"] });
        assert.equal(status, 1);
        assert.equal(
            stderr,
            "Expected that brokers talk to each other by SSL as long as any of them runs, got PLAINTEXT: " +
                "one that was restarted could not talk to the others.\n" +
                "Nothing was changed. Set certificates.source back, or stop all brokers first, " +
                "as docs/security.md says.\n",
        );
    });

    it("names all of as many as it names", () => {
        const { stderr } = check({ t: [[3], [3], [3], [3], [3]] });
        assert.match(stderr, /partitions: 5: t-0, t-1, t-2, t-3, t-4\.\n/);
    });

    it("reads every partition of many topics with long names", () => {
        const names = Array.from({ length: 400 }, (_, n) => `${"long".repeat(50)}.${n}`);
        const topics = (last: readonly number[]) =>
            Object.fromEntries(names.map((name) => [name, [[0, 1], [1, 2], last]]));
        assert.equal(check(topics([2, 0])).status, 0);
        assert.match(check(topics([2, 3])).stderr, /Number of partitions: 400: /);
    });

    it("counts brokers as numbers", () => {
        assert.equal(check({ t: [[9]] }, { brokers: 10 }).status, 0);
        assert.equal(check({ t: [[10]] }, { brokers: 10 }).status, 1);
    });

    it("stops the change where ZooKeeper does not tell, or tells only a part", () => {
        for (const answer of [
            check({}, { listed: NO_QUORUM, status: 1 }),
            check({}, { listed: "" }),
            check({}, { ids: NO_QUORUM }),
            // Stopped between the questions.
            check({}, { ids: "[0, 1]", running: ["PLAINTEXT"] }),
            // Deleted between the questions.
            check({ orders: [[0]] }, { listed: "[orders, deleted]" }),
        ]) {
            assert.equal(answer.status, 1);
            assert.match(answer.stderr, /^Expected ZooKeeper to tell which brokers hold replicas/);
        }
    });
});
