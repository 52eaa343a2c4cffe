import assert from "node:assert/strict";
import { requireNamespaces, run } from "./sandbox";
import { NOT_SERVING, REFUSING, serving } from "./zookeeperAnswers";

const [FOLLOWER, LEADER] = [serving("follower"), serving("leader")];
const THREE = [FOLLOWER, LEADER, FOLLOWER];

describe("questions to ZooKeeper", function () {
    // A dozen processes each.
    this.timeout(20_000);

    before(function () {
        requireNamespaces(this);
    });

    describe("zookeeper-update-check.sh", () => {
        const hosts = [0, 1, 2, 3, 4].map(
            (n) => `127.0.1.${n + 1} zookeeper-${n}.zookeeper-headless\n`,
        );

        /** @param answers What each member answers; `undefined` if it is down. */
        const check = (
            answers: readonly (Readonly<Record<string, string>> | undefined)[],
            {
                members = answers.length,
                broken = "",
                authentication = "required",
                shell = () => "SaslAuthenticated",
            }: {
                readonly members?: number;
                /** Members that can't start, as `1 2`. */
                readonly broken?: string;
                readonly authentication?: "required" | "optional";
                /** The state of which a member tells ZooKeeper's shell. */
                readonly shell?: (member: number) => string;
            } = {},
        ) =>
            run("zookeeper-update-check.sh", {
                env: {
                    MEMBERS: String(members),
                    BROKEN: broken,
                    AUTHENTICATION: authentication,
                },
                readOnly: true,
                programs: {
                    "zookeeper-shell": answers
                        .map(
                            (_, n) => `
                        if [[ $1 == zookeeper-${n}.* ]]; then
                            echo "WatchedEvent state:SyncConnected type:None path:null"
                            echo "WatchedEvent state:${shell(n)} type:None path:null"
                        fi`,
                        )
                        .join("\n"),
                },
                hosts: ["127.0.0.1 localhost\n", ...hosts].join(""),
                listeners: answers.flatMap((each, n) =>
                    each === undefined
                        ? []
                        : [{ host: `127.0.1.${n + 1}`, port: 2181, answers: each }],
                ),
                // It gives up at once here; how long it waits is not proven.
                replace: [["deadline=$((SECONDS + 30))", "deadline=$SECONDS"]],
            });

        const asked = (...members: number[]) =>
            members.map((n) => `zookeeper-shell zookeeper-${n}.zookeeper-headless:2181 ls /`);

        it("passes while all members serve, and know the password that is required", () => {
            const { status, stdout, calls } = check(THREE);
            assert.deepEqual([status, stdout], [0, "3 of 3 members serve.\n"]);
            assert.deepEqual(calls, asked(0, 1, 2));
            assert.equal(check([serving("standalone")]).stdout, "1 of 1 members serve.\n");
        });

        it("asks for no password where none is required", () => {
            const { status, calls } = check(THREE, { authentication: "optional" });
            assert.deepEqual([status, calls], [0, []]);
        });

        for (const [what, answers, silent] of [
            ["is down", [FOLLOWER, LEADER, undefined], "zookeeper-2"],
            ["does not serve", [NOT_SERVING, LEADER, FOLLOWER], "zookeeper-0"],
            ["refuses the word", [FOLLOWER, REFUSING, FOLLOWER], "zookeeper-1"],
            [
                "is down beside another one",
                [LEADER, undefined, NOT_SERVING],
                "zookeeper-1 zookeeper-2",
            ],
        ] as const) {
            it(`refuses while a member ${what}, and names it`, () => {
                const { status, stdout, stderr, calls } = check(answers);
                assert.deepEqual(
                    [status, stdout, stderr, calls],
                    [1, "", `expected all members to serve, got no service from ${silent}\n`, []],
                );
            });
        }

        it("passes without the members that can't start, where the others are a quorum", () => {
            const { status, stdout, calls } = check([FOLLOWER, LEADER, undefined], {
                broken: "2",
            });
            assert.deepEqual([status, stdout], [0, "2 of 3 members serve.\n"]);
            assert.deepEqual(calls, asked(0, 1));
            const five = [FOLLOWER, LEADER, FOLLOWER, undefined, undefined];
            assert.equal(check(five, { broken: "3 4" }).stdout, "3 of 5 members serve.\n");
        });

        it("takes no member for another one whose number contains its own", () => {
            // Of eleven members, ten can't start; it is member 1 that is asked.
            const { status, stderr } = check([], { members: 11, broken: "0 2 3 4 10" });
            assert.equal(status, 1);
            assert.match(
                stderr,
                /^expected all members to serve, got no service from zookeeper-1 /,
            );
        });

        it("refuses where the others are no quorum", () => {
            for (const [members, broken, text] of [
                [3, "1 2", "1, 2), got 1 of 3"],
                [4, "2 3", "2, 3), got 2 of 4"],
                [1, "0", "0), got 0 of 1"],
            ] as const) {
                const { status, stderr } = check([FOLLOWER, LEADER], { members, broken });
                assert.deepEqual(
                    [status, stderr],
                    [
                        1,
                        `expected a quorum without the members that can't start (${text} members\n`,
                    ],
                );
            }
        });

        it("refuses where one of the others is down, too", () => {
            const { status, stderr } = check([FOLLOWER, undefined, undefined], { broken: "2" });
            assert.deepEqual(
                [status, stderr],
                [1, "expected all members to serve, got no service from zookeeper-1\n"],
            );
        });

        it("refuses for good what requires a password that a member does not accept", () => {
            const { status, stderr, calls } = check(THREE, {
                shell: (n) => (n === 1 ? "AuthFailed" : "SaslAuthenticated"),
            });
            assert.equal(status, 2);
            assert.equal(
                stderr,
                "expected member 1 to accept the password of the Secret zookeeper-auth, and it does not. " +
                    "If the ensemble runs without authentication, set zookeeper.authentication to optional, " +
                    "run pulumi up, and only then set it to required. Otherwise it has another password: " +
                    "see docs/operations.md\n",
            );
            assert.deepEqual(calls, asked(0, 1));
        });

        it("refuses for good what requires a password of a member that does not answer", () => {
            const { status, stderr } = check(THREE, { shell: () => "Disconnected" });
            assert.deepEqual(
                [status, stderr],
                [2, "expected member 0 to authenticate this Job, got no answer from it\n"],
            );
        });
    });

    describe("cluster-id.sh", () => {
        const GREETING = [
            "Connecting to zookeeper:2181",
            "Welcome to ZooKeeper!",
            "JLine support is disabled",
            "",
            "WATCHER::",
            "",
            "WatchedEvent state:SyncConnected type:None path:null",
        ].join("\n");

        /** @param answer What ZooKeeper's shell prints after its greeting. */
        const ask = (answer: string, status = 0) =>
            run("cluster-id.sh", {
                readOnly: true,
                files: { answer: `${GREETING}\n${answer}\n` },
                programs: {
                    "zookeeper-shell": `
                        sed 's/^/  /' >>"$SANDBOX/calls"
                        cat "$SANDBOX/config/answer" >&2
                        exit ${status}`,
                },
            });

        it("prints the id that Kafka has there", () => {
            const { status, stdout, stderr, calls } = ask(
                '{"version":"1","id":"eCp0PqUqQ6yL_fS7vXyT-A"}',
            );
            assert.deepEqual([status, stdout, stderr], [0, "eCp0PqUqQ6yL_fS7vXyT-A\n", ""]);
            assert.deepEqual(calls, ["zookeeper-shell zookeeper:2181", "  get /cluster/id"]);
        });

        it("prints nothing where Kafka has none there", () => {
            const { status, stdout, stderr } = ask("Node does not exist: /cluster/id", 1);
            assert.deepEqual([status, stdout, stderr], [0, "", ""]);
        });

        it("fails where ZooKeeper does not say, with its last words", () => {
            const { status, stdout, stderr } = ask(
                "KeeperErrorCode = ConnectionLoss for /cluster/id\nERROR Exiting JVM with code 1",
                1,
            );
            assert.deepEqual([status, stdout], [1, ""]);
            assert.equal(
                stderr,
                [
                    "WatchedEvent state:SyncConnected type:None path:null",
                    "KeeperErrorCode = ConnectionLoss for /cluster/id",
                    "ERROR Exiting JVM with code 1",
                    "",
                ].join("\n"),
            );
        });
    });
});
