import assert from "node:assert/strict";
import { requireNamespaces, run } from "./sandbox";

/** Domain of the Services of Kafka's namespace. */
const SERVICES = "kafka.svc.cluster.local";

/** A partition as `kafka-topics --describe` shows it. */
function partition(leader: number | "none", replicas: number[], isr: number[]): string {
    const fields = [
        `Topic: orders`,
        `Partition: 0`,
        `Leader: ${leader}`,
        `Replicas: ${replicas.join()}`,
        `Isr: ${isr.join()}`,
    ];
    return `\t${fields.join("\t")}\n`;
}

describe("scripts of the pods", function () {
    // A dozen processes each.
    this.timeout(20_000);

    before(function () {
        requireNamespaces(this);
    });

    describe("broker-in-sync.sh", () => {
        const ADMIN = "--bootstrap-server 127.0.0.1:9091 --command-config /config/admin.properties";
        const IS_REGISTERED = (id: number) =>
            `kafka-log-dirs ${ADMIN} --describe --broker-list ${id}`;
        const LAGS = `kafka-topics ${ADMIN} --describe --under-replicated-partitions`;

        interface Broker {
            readonly id?: number;
            readonly topics?: string;
            readonly topicsStatus?: number;
            readonly logDirs?: string;
            readonly logDirsStatus?: number;
            readonly port?: number;
            readonly times?: number;
        }

        function probe(broker: Broker) {
            const {
                id = 1,
                topics = "",
                topicsStatus = 0,
                logDirsStatus = 0,
                port = 9091,
            } = broker;
            const logDirs =
                broker.logDirs ?? `{"version":1,"brokers":[{"broker":${id},"logDirs":[]}]}`;
            const answer = (text: string, status: number) =>
                `cat <<'ANSWER'\n${text}\nANSWER\nexit ${status}`;
            return run("broker-in-sync.sh", {
                env: { POD_NAME: `kafka-${id}` },
                listeners: [{ host: "127.0.0.1", port }],
                times: broker.times ?? 1,
                // What spares a broker spares nobody here.
                replace: [["sleep 2\n", ":\n"]],
                programs: {
                    "kafka-topics": answer(topics, topicsStatus),
                    "kafka-log-dirs": answer(
                        `Querying brokers for log directories information\n${logDirs}`,
                        logDirsStatus,
                    ),
                },
            });
        }

        it("passes a broker that is registered and lags nowhere", () => {
            const { status, calls } = probe({});
            assert.equal(status, 0);
            assert.deepEqual(calls, [IS_REGISTERED(1), LAGS]);
        });

        it("starts no tool before the broker's port is open", () => {
            const { status, calls } = probe({ port: 9092 });
            assert.notEqual(status, 0);
            assert.deepEqual(calls, []);
        });

        it("asks only until it was registered once", () => {
            const { status, calls } = probe({ times: 2 });
            assert.equal(status, 0);
            assert.deepEqual(calls, [IS_REGISTERED(1), LAGS, LAGS]);
        });

        it("holds a broker that is outside the ISR of a live leader, and says of how many", () => {
            const topics = partition(0, [0, 1, 2], [0, 2]) + partition(2, [1, 2], [2]);
            const { status, stderr } = probe({ topics });
            assert.equal(status, 1);
            assert.equal(stderr, "broker 1 is still outside the ISR of 2 partitions\n");
        });

        it("holds it until the last of many partitions", () => {
            const others = partition(0, [0, 2], [0]).repeat(500);
            assert.equal(probe({ topics: others }).status, 0);
            assert.equal(probe({ topics: others + partition(0, [0, 1], [0]) }).status, 1);
        });

        it("holds a broker that is outside an empty ISR", () => {
            assert.equal(probe({ topics: partition(0, [0, 1], []) }).status, 1);
            const newer = `\tTopic: t\tPartition: 0\tLeader: 0\tReplicas: 0,1\tIsr: \tElr: 1\tLastKnownElr: \n`;
            assert.equal(probe({ topics: newer }).status, 1);
        });

        it("passes where others lag: brokers that all start must not wait for each other", () => {
            assert.equal(probe({ topics: partition(0, [0, 1, 2], [0, 1]) }).status, 0);
        });

        it("passes where there is no leader to catch up with", () => {
            assert.equal(probe({ topics: partition("none", [0, 1, 2], [0]) }).status, 0);
            assert.equal(probe({ topics: partition(-1, [0, 1, 2], [0]) }).status, 0);
        });

        it("does not take a broker for another one whose id contains its own", () => {
            // In the replicas: it is not one of them.
            assert.equal(probe({ id: 1, topics: partition(0, [0, 11, 21], [0]) }).status, 0);
            // In the ISR: it is not there.
            assert.equal(probe({ id: 1, topics: partition(0, [0, 1, 11], [0, 11]) }).status, 1);
            // In the metadata: it is not there yet.
            const logDirs = `{"version":1,"brokers":[{"broker":11,"logDirs":[]}]}`;
            assert.equal(probe({ id: 1, logDirs }).status, 1);
            assert.equal(probe({ id: 11, topics: partition(0, [0, 1], [0]) }).status, 0);
        });

        it("holds a broker that is not in the metadata, and asks again", () => {
            for (const logDirs of ["", `{"version":1,"brokers":[]}`]) {
                const { status, stderr, calls } = probe({ logDirs, times: 2 });
                assert.equal(status, 1);
                assert.match(stderr, /^broker 1 is not in the cluster's metadata yet\n/);
                assert.deepEqual(calls, [IS_REGISTERED(1), IS_REGISTERED(1)]);
            }
        });

        it("holds a broker whose tools fail, even if they have answered before", () => {
            assert.notEqual(probe({ topicsStatus: 1 }).status, 0);
            assert.notEqual(probe({ logDirsStatus: 1 }).status, 0);
        });
    });

    describe("start-kafka.sh", () => {
        const start = (env: Readonly<Record<string, string>>) =>
            run("start-kafka.sh", {
                env: {
                    POD_NAME: "kafka-11",
                    SERVICE_DOMAIN: SERVICES,
                    SERVER_HEAP_OPTS: "-Xms1g -Xmx1g",
                    ...env,
                },
                files: {
                    "server.properties": "log.dirs=/data\n",
                    "advertised-1": "INTERNAL://kafka-1:9092",
                    "advertised-11": "REPLICATION://kafka-11:9091,INTERNAL://kafka-11:9092",
                },
                programs: {
                    "kafka-server-start": `
                        cat "$1"
                        echo "$KAFKA_HEAP_OPTS|$KAFKA_OPTS|$KAFKA_LOG4J_OPTS|$EXTRA_ARGS" |
                            sed "s#$SANDBOX##"`,
                },
            });
        const SETTINGS =
            "-Xms1g -Xmx1g -XX:+ExitOnOutOfMemoryError|-Djava.security.auth.login.config=/run/zookeeper-jaas/client " +
            "-Dsun.net.inetaddr.ttl=2 -Dsun.net.inetaddr.negative.ttl=1|" +
            "-Dlog4j.configuration=file:/config/log4j.properties|-name kafkaServer";

        it("adds the id, the rack and the addresses of this broker", () => {
            const { status, stdout, calls } = start({ ZONE: "zone-a" });
            assert.equal(status, 0);
            assert.deepEqual(stdout.split("\n"), [
                "log.dirs=/data",
                "broker.id=11",
                "broker.rack=zone-a",
                "advertised.listeners=REPLICATION://kafka-11:9091,INTERNAL://kafka-11:9092",
                SETTINGS,
                "",
            ]);
            assert.deepEqual(calls, ["kafka-server-start /run/kafka/server.properties"]);
        });

        it("adds no rack where the zone is not known", () => {
            for (const env of [{}, { ZONE: "" }]) {
                const { status, stdout } = start(env as Record<string, string>);
                assert.equal(status, 0);
                assert.doesNotMatch(stdout, /broker\.rack/);
            }
        });

        const client = (zookeeperAuth: Readonly<Record<string, string>>) =>
            run("start-kafka.sh", {
                env: { POD_NAME: "kafka-1", SERVICE_DOMAIN: SERVICES, SERVER_HEAP_OPTS: "-Xmx1g" },
                files: { "server.properties": "", "advertised-1": "" },
                zookeeperAuth,
                programs: {
                    "kafka-server-start": `
                        stat -c %a /run/zookeeper-jaas/client
                        cat /run/zookeeper-jaas/client
                        env | grep -c first-password`,
                },
            });

        it("writes who it is to ZooKeeper where nobody else reads it", () => {
            const { stdout, calls } = client({ password: "first-password" });
            assert.deepEqual(stdout.split("\n"), [
                "600",
                "Client {",
                "    org.apache.zookeeper.server.auth.DigestLoginModule required",
                '    username="kafka"',
                '    password="first-password";',
                "};",
                // Not in its environment.
                "0",
                "",
            ]);
            assert.deepEqual(calls, ["kafka-server-start /run/kafka/server.properties"]);
        });

        it("takes the password that comes next, while it is being changed", () => {
            const { stdout } = client({ password: "one", next: "two" });
            assert.match(stdout, /\n {4}username="kafka@next"\n {4}password="two";\n/);
        });

        it("starts no broker without a password", () => {
            const { status, calls } = client({});
            assert.notEqual(status, 0);
            assert.deepEqual(calls, []);
        });

        it("starts no broker that has no addresses", () => {
            const { status, calls } = start({ POD_NAME: "kafka-2" });
            assert.notEqual(status, 0);
            assert.deepEqual(calls, []);
        });
    });

    describe("start-zookeeper.sh", () => {
        it("gives the member its id, beginning at 1", () => {
            for (const [pod, id] of [
                ["zookeeper-0", "1"],
                ["zookeeper-12", "13"],
            ] as const) {
                const { status, stdout, calls } = run("start-zookeeper.sh", {
                    env: { POD_NAME: pod, SERVICE_DOMAIN: SERVICES, SERVER_HEAP_OPTS: "-Xmx1g" },
                    programs: {
                        "zookeeper-server-start": `
                            cat /var/lib/zookeeper/data/myid
                            echo "$KAFKA_HEAP_OPTS $KAFKA_OPTS"`,
                    },
                });
                assert.equal(status, 0);
                assert.deepEqual(stdout.split("\n").slice(0, 2), [
                    id,
                    "-Xmx1g -XX:+ExitOnOutOfMemoryError -Dzookeeper.electionPortBindRetry=0 -Dsun.net.inetaddr.ttl=2 " +
                        "-Dsun.net.inetaddr.negative.ttl=1 " +
                        "-Djava.security.auth.login.config=/run/zookeeper-jaas/server",
                ]);
                assert.deepEqual(calls, ["zookeeper-server-start /config/zookeeper.properties"]);
            }
        });

        const server = (zookeeperAuth: Readonly<Record<string, string>>) =>
            run("start-zookeeper.sh", {
                env: {
                    POD_NAME: "zookeeper-0",
                    SERVICE_DOMAIN: SERVICES,
                    SERVER_HEAP_OPTS: "-Xmx1g",
                },
                zookeeperAuth,
                programs: {
                    "zookeeper-server-start": `
                        stat -c %a /run/zookeeper-jaas/server
                        cat /run/zookeeper-jaas/server
                        env | grep -c first-password`,
                },
            });

        it("writes the password where nobody else reads it", () => {
            assert.deepEqual(server({ password: "first-password" }).stdout.split("\n"), [
                "600",
                "Server {",
                "    org.apache.zookeeper.server.auth.DigestLoginModule required",
                '    user_kafka="first-password";',
                "};",
                // Not in its environment.
                "0",
                "",
            ]);
        });

        it("accepts two passwords while one takes the place of the other", () => {
            assert.match(
                server({ password: "one", next: "two" }).stdout,
                /required\n {4}"user_kafka@next"="two"\n {4}user_kafka="one";\n\};/,
            );
        });

        it("starts no member without a password", () => {
            const { status, calls } = server({});
            assert.notEqual(status, 0);
            assert.deepEqual(calls, []);
        });
    });

    const serving = (mode: string) => ({
        srvr: `Zookeeper version: 3.8.4\nLatency min/avg/max: 0/0.5/9\nMode: ${mode}\nNode count: 7\n`,
        ruok: "imok",
    });
    const NOT_SERVING = {
        srvr: "This ZooKeeper instance is not currently serving requests\n",
        ruok: "imok",
    };
    const REFUSING = {
        srvr: "srvr is not executed because it is not in the whitelist.\n",
        ruok: "ruok is not executed because it is not in the whitelist.\n",
    };

    describe("probes of a ZooKeeper member", () => {
        const probe = (script: string, answers: Readonly<Record<string, string>> | undefined) =>
            run(script, {
                listeners:
                    answers === undefined ? [] : [{ host: "127.0.0.1", port: 2181, answers }],
            }).status;

        it("fail a member that takes the connection and stays silent, as a stopped one does", () => {
            for (const script of ["zookeeper-in-quorum.sh", "zookeeper-alive.sh"]) {
                const { status } = run(script, {
                    listeners: [{ host: "127.0.0.1", port: 2181, staysOpen: true }],
                    // How long they wait is not proven.
                    replace: [["timeout 4", "timeout 0.2"]],
                });
                assert.equal(status, 1, script);
            }
        });

        it("have it ready while it serves in a quorum or alone", () => {
            for (const mode of ["leader", "follower", "standalone"]) {
                assert.equal(probe("zookeeper-in-quorum.sh", serving(mode)), 0, mode);
            }
            for (const answers of [NOT_SERVING, REFUSING, serving("observer"), {}, undefined]) {
                assert.notEqual(probe("zookeeper-in-quorum.sh", answers), 0);
            }
        });

        it("have it alive while it answers, in a quorum or not", () => {
            for (const answers of [serving("leader"), NOT_SERVING]) {
                assert.equal(probe("zookeeper-alive.sh", answers), 0);
            }
            for (const answers of [REFUSING, {}, undefined]) {
                assert.notEqual(probe("zookeeper-alive.sh", answers), 0);
            }
        });
    });

    describe("zookeeper-update-check.sh", () => {
        const names = [0, 1, 2, 3, 4].map(
            (n) => `127.0.1.${n + 1} zookeeper-${n}.zookeeper-headless\n`,
        );

        /** @param answers What each member answers; `undefined` if it is down. */
        const check = (
            members: number,
            answers: readonly (Readonly<Record<string, string>> | undefined)[],
            {
                hasDns = true,
                more = "",
                authentication = "required",
                shell = () => "SaslAuthenticated",
            }: {
                readonly hasDns?: boolean;
                /** More host names. */
                readonly more?: string;
                readonly authentication?: "required" | "optional";
                /** The state of which a member tells ZooKeeper's shell. */
                readonly shell?: (member: number) => string;
            } = {},
        ) =>
            run("zookeeper-update-check.sh", {
                env: {
                    MEMBERS: String(members),
                    MOST_MEMBERS: "7",
                    AUTHENTICATION: authentication,
                },
                programs: {
                    "zookeeper-shell": [0, 1, 2]
                        .map(
                            (n) => `
                        if [[ $1 == zookeeper-${n}.* ]]; then
                            echo "WatchedEvent state:SyncConnected type:None path:null"
                            echo "WatchedEvent state:${shell(n)} type:None path:null"
                        fi`,
                        )
                        .join("\n"),
                },
                hosts: [
                    "127.0.0.1 localhost\n",
                    ...(hasDns ? ["127.0.1.9 zookeeper\n"] : []),
                    ...names,
                    more,
                ].join(""),
                listeners: answers.flatMap((each, n) =>
                    each === undefined
                        ? []
                        : [{ host: `127.0.1.${n + 1}`, port: 2181, answers: each }],
                ),
                // It gives up at once here; how long it waits is not proven.
                replace: [["deadline=$((SECONDS + 60))", "deadline=$SECONDS"]],
            });

        it("lets an update pass while all members serve", () => {
            const { status, stdout } = check(3, ["follower", "leader", "follower"].map(serving));
            assert.equal(status, 0);
            assert.equal(stdout, "All 3 members serve.\n");
            assert.equal(check(1, [serving("standalone")]).status, 0);
        });

        it("lets the first start pass, when no member serves", () => {
            const { status, stdout } = check(3, []);
            assert.equal(status, 0);
            assert.equal(stdout, "No member serves: a first start, or nothing to lose.\n");
            assert.equal(check(3, [NOT_SERVING, NOT_SERVING, undefined]).status, 0);
        });

        it("stops an update that would remove a member, also when another one is down", () => {
            const members = ["leader", "follower", "follower"].map(serving);
            const { status, stderr } = check(3, [...members, undefined, serving("follower")]);
            assert.equal(status, 1);
            assert.match(stderr, /^Expected the members 0 to 2 to serve, found only: 0 1 2 4\.$/m);
        });

        it("stops an update where no name is known: every member would seem to be gone", () => {
            const { status, stderr } = check(3, [], { hasDns: false });
            assert.equal(status, 1);
            assert.match(stderr, /^Expected the Service zookeeper to have an address/);
        });

        it("stops an update while a member is down or does not serve", () => {
            const [leader, follower] = [serving("leader"), serving("follower")];
            for (const answers of [
                [leader, follower],
                [leader, follower, NOT_SERVING],
                [leader, undefined, follower],
                [undefined, leader, follower],
            ]) {
                const { status, stderr } = check(3, answers);
                assert.equal(status, 1);
                const found = answers.flatMap((each, n) =>
                    each === undefined || each === NOT_SERVING ? [] : [n],
                );
                assert.equal(
                    stderr.split("\n")[0],
                    `Expected the members 0 to 2 to serve, found only: ${found.join(" ")}.`,
                );
            }
        });

        it("stops an update while no member answers that there is a pod of", () => {
            // There is no way to such an address here, as there is none through a network policy.
            const more = "203.0.113.1 zookeeper-5.zookeeper-headless\n";
            const { status, stderr } = check(3, [], { more });
            assert.equal(status, 1);
            assert.match(
                stderr,
                /^Expected an answer of the members that exist, got none at all from: 5\.$/m,
            );
            // A closed port is an answer.
            assert.equal(check(3, []).status, 0);
        });

        const three = ["follower", "leader", "follower"].map(serving);
        const SHELL = [0, 1, 2].map(
            (n) => `zookeeper-shell zookeeper-${n}.zookeeper-headless:2181 ls /`,
        );

        it("asks each member whether it knows the password that will be required", () => {
            const { status, calls } = check(3, three);
            assert.equal(status, 0);
            assert.deepEqual(calls, SHELL);
        });

        it("stops what requires a password of members of which one does not know it", () => {
            const { status, stderr, calls } = check(3, three, {
                shell: (n) => (n === 1 ? "AuthFailed" : "SaslAuthenticated"),
            });
            assert.equal(status, 1);
            assert.match(
                stderr,
                /^Expected member 1 to accept the password of the Secret zookeeper-auth, it does not\.\n.*set zookeeper\.authentication to optional.*\nNo member and no broker was changed\.\n$/,
            );
            assert.deepEqual(calls, SHELL.slice(0, 2));
        });

        it("stops what requires a password of a member that does not answer", () => {
            const { status, stderr } = check(3, three, { shell: () => "Disconnected" });
            assert.equal(status, 1);
            assert.match(stderr, /^Expected member 0 to authenticate this Job, got no answer/);
        });

        it("asks for no password where none is required yet, and not at a first start", () => {
            const shell = () => "AuthFailed";
            const { status, calls } = check(3, three, { authentication: "optional", shell });
            assert.equal(status, 0);
            assert.deepEqual(calls, []);
            assert.equal(check(3, [], { shell }).status, 0);
        });

        it("stops a change of the number of members", () => {
            const four = ["leader", "follower", "follower", "follower"].map(serving);
            assert.equal(check(1, four.slice(0, 3)).status, 1);
            assert.equal(check(3, four).status, 1);
            assert.equal(check(5, four.slice(0, 3)).status, 1);
        });
    });
});
