import assert from "node:assert/strict";
import { requireNamespaces, run } from "./sandbox";

const PEER = { host: "127.0.0.1", port: 9091 };
const HOSTS = "127.0.0.1 localhost\n127.0.0.1 kafka-0.kafka-headless\n";
const FACTS =
    "kafka-run-class KafkaFacts kafka-0.kafka-headless:9091 /config/admin.properties --last 1";
const TOPICS = "zookeeper-shell zookeeper:2181 ls /brokers/topics";

interface Around {
    /** Whether broker 0 runs. */
    readonly peer?: boolean;
    /** What it says of partitions of which only broker 1 was in sync. */
    readonly last?: object;
    /** What ZooKeeper prints of the topics. */
    readonly topics?: string;
    readonly files?: Readonly<Record<string, string>>;
    /** @default true */
    readonly emptyVolume?: boolean;
    /**
     * What happens while the broker waits.
     *
     * @default - It ends: it would wait for ever here.
     */
    readonly meanwhile?: string;
}

function check({
    peer = true,
    last,
    topics = "[orders]",
    files,
    emptyVolume = true,
    meanwhile = "exit 7",
}: Around) {
    return run("check-volume.sh", {
        env: { POD_NAME: "kafka-1" },
        readOnly: true,
        emptyVolume,
        hosts: HOSTS,
        listeners: peer ? [PEER] : [],
        files: { "accept-empty": "", "advertised-0": "", "advertised-1": "", ...files },
        replace: [["sleep 5", meanwhile]],
        programs: {
            "kafka-run-class":
                last === undefined
                    ? "exit 1"
                    : `echo '${JSON.stringify({ topics: 1, lastInSync: last })}'`,
            "zookeeper-shell": `echo Connecting; echo; echo '${topics}'`,
        },
    });
}

describe("check-volume.sh", function () {
    this.timeout(20_000);

    before(function () {
        requireNamespaces(this);
    });

    it("lets a broker start that has its volume, and asks nobody", () => {
        const { status, calls } = check({ emptyVolume: false });
        assert.equal(status, 0);
        assert.deepEqual(calls, []);
    });

    describe("of a volume that is full", () => {
        /** Whether a broker starts, by what `df` prints of its volume in KiB. */
        const startsWith = (df: string) =>
            run("check-volume.sh", {
                env: { POD_NAME: "kafka-1" },
                readOnly: true,
                programs: { df },
            });
        const volume = (size: number, free: number, device = "/dev/nvme1n1") => `
            echo Filesystem 1024-blocks Used Available Capacity Mounted on
            echo ${device} ${size} ${size - free} ${free} 99% /var/lib/kafka/data`;
        const GIB = 1024 ** 2;

        it("keeps the broker from starting, and says how it grows", () => {
            const { status, stderr, calls } = startsWith(volume(50 * GIB, 64 * 1024 - 1));
            assert.equal(status, 1);
            assert.equal(
                stderr,
                "kafka-1: expected at least 64 MiB free on its volume, got 63 MiB: on a full one Kafka would lose its indexes, " +
                    "and delete messages as too old. Next: raise kafka.storage.size, and run pulumi up\n",
            );
            assert.deepEqual(calls, ["df -Pk /var/lib/kafka/data"]);
        });

        it("asks a twentieth of a small one", () => {
            assert.equal(startsWith(volume(512 * 1024, 26_214)).status, 0);
            assert.equal(startsWith(volume(512 * 1024, 26_213)).status, 1);
        });

        it("does not keep a broker from starting where enough is free, or nobody says how much", () => {
            const unknown = ["exit 1", "echo what", "echo; echo autofs - - - - /var/lib"];
            // Of 10 TiB a twentieth would be 512 GiB.
            for (const df of [
                volume(50 * GIB, 64 * 1024),
                volume(10 * 1024 * GIB, 4 * GIB),
                ...unknown,
            ]) {
                const { status, stderr } = startsWith(df);
                assert.deepEqual([status, stderr], [0, ""]);
            }
        });

        it("reads it whatever the device is called", () => {
            const long = `/dev/mapper/${"vg-kafka-".repeat(20)}data`;
            for (const device of [long, "//nas.example/my share", "//nas/2 of 3"]) {
                assert.equal(startsWith(volume(50 * GIB, 64 * 1024, device)).status, 0, device);
                assert.match(
                    startsWith(volume(50 * GIB, 64 * 1024 - 1, device)).stderr,
                    /at least 64 MiB free on its volume, got 63 MiB/,
                    device,
                );
            }
        });

        it("does not say that it got what it expected", () => {
            const { stderr } = startsWith(volume(100 * 1024, 5100));
            assert.match(stderr, /at least 5 MiB free on its volume, got 4 MiB/);
        });
    });

    it("lets an empty broker start that held nothing alone", () => {
        const { status, calls } = check({ last: { count: 0, examples: [] } });
        assert.equal(status, 0);
        assert.deepEqual(calls, [FACTS]);
    });

    it("refuses one that no running one was in sync with, and names the partitions and the way on", () => {
        const { status, stderr } = check({
            last: { count: 2, examples: ["orders-0", "orders-3"] },
        });
        assert.equal(status, 1);
        assert.equal(
            stderr,
            "kafka-1: expected the volume of broker 1, which no broker that runs was in sync with for 2 partitions " +
                "(orders-0,orders-3), got an empty one. Next: bring it back, start the others that were in sync first, or elect " +
                "other leaders, as docs/operations.md says\n",
        );
    });

    it("lets it start where that was accepted, and asks nobody", () => {
        const { status, calls } = check({ files: { "accept-empty": "0 1" } });
        assert.equal(status, 0);
        assert.deepEqual(calls, []);
    });

    it("lets it start where that is accepted while it waits", () => {
        // The id that comes is the one of another broker, which this one becomes.
        const files = { "accept-empty": "9" };
        assert.equal(check({ peer: false, files, meanwhile: "ordinal=9" }).status, 0);
    });

    it("does not take the acceptance of another broker for its own", () => {
        const last = { count: 1, examples: ["orders-0"] };
        assert.equal(check({ last, files: { "accept-empty": "11 21" } }).status, 1);
    });

    const firstStarts: Record<string, string> = {
        "ZooKeeper never had topics": "Node does not exist: /brokers/topics",
        "ZooKeeper has no topics": "[]",
    };
    for (const [what, topics] of Object.entries(firstStarts)) {
        it(`lets the first broker start where ${what}`, () => {
            const { status, calls } = check({ peer: false, topics });
            assert.equal(status, 0);
            assert.deepEqual(calls, [TOPICS]);
        });
    }

    const waits: Record<string, Around> = {
        "no other one runs, and there are topics": { peer: false },
        "the other one does not answer, and there are topics": {},
        "ZooKeeper does not answer": { peer: false, topics: "Connection refused" },
    };
    for (const [what, around] of Object.entries(waits)) {
        it(`has it wait where ${what}`, () => {
            const { status, stderr } = check(around);
            assert.equal(status, 7);
            assert.match(
                stderr,
                /^kafka-1 has an empty volume, and no other broker says what it held/m,
            );
        });
    }
});
