import assert from "node:assert/strict";
import { factsScript } from "../../components/statefulset/admin/adminClasses";
import { requireNamespaces, run } from "./sandbox";
import { NOT_SERVING, REFUSING, serving } from "./zookeeperAnswers";

/** Domain of the Services of Kafka's namespace. */
const SERVICES = "kafka.svc.cluster.local";

describe("scripts of the pods", function () {
    // A dozen processes each.
    this.timeout(20_000);

    before(function () {
        requireNamespaces(this);
    });

    /** Prints what it finds where Kafka's own launcher stands, and fails if it is told to. */
    const launcher = (status = 0) => `
        echo "$CLASSPATH $KAFKA_HEAP_OPTS"
        echo "broker 1 is still outside the ISR of 2 partitions" >&2
        exit ${status}`;

    describe("broker-in-sync.sh", () => {
        const probe = ({ port = 9091, status = 0 }) =>
            run("broker-in-sync.sh", {
                env: { POD_NAME: "kafka-11" },
                listeners: [{ host: "127.0.0.1", port }],
                programs: { "kafka-run-class": launcher(status) },
            });
        const CALL = "kafka-run-class BrokerInSync 127.0.0.1:9091 /config/admin.properties 11 35";

        it("asks the broker of this pod once, by a small JVM", () => {
            const { status, stdout, calls } = probe({});
            assert.equal(status, 0);
            assert.equal(stdout, "/etc/kafka-eks/kafka-admin.jar -Xmx64m\n");
            assert.deepEqual(calls, [CALL]);
        });

        it("holds a broker that has not caught up, and says why", () => {
            const { status, stderr, calls } = probe({ status: 1 });
            assert.equal(status, 1);
            assert.equal(stderr, "broker 1 is still outside the ISR of 2 partitions\n");
            assert.deepEqual(calls, [CALL]);
        });

        it("starts no JVM before the broker's port is open", () => {
            const { status, calls } = probe({ port: 9092 });
            assert.notEqual(status, 0);
            assert.deepEqual(calls, []);
        });
    });

    describe("the script of a Job that asks for facts", () => {
        const ask = (env: Readonly<Record<string, string>>, status = 0) =>
            run("facts.sh", {
                env: { BOOTSTRAP: "kafka-headless:9091", ...env },
                readOnly: true,
                files: { "facts.sh": factsScript() },
                programs: {
                    "kafka-run-class": `printf '%s|' "$CLASSPATH" "$1" "$2" "$(<"$3")" "\${@:4}"; exit ${status}`,
                },
            });
        const JAR = "/etc/kafka-eks/kafka-admin.jar";

        it("asks with the options and the client's properties that it is given", () => {
            const { status, stdout } = ask({
                ADMIN_PROPERTIES: "security.protocol=SSL\nssl.keystore.type=PEM\n",
                FACTS_OPTIONS: "--without 1,2 --from 3",
            });
            assert.equal(status, 0);
            assert.equal(
                stdout,
                `${JAR}|KafkaFacts|kafka-headless:9091|security.protocol=SSL\nssl.keystore.type=PEM|` +
                    "--without|1,2|--from|3|",
            );
        });

        it("asks without any", () => {
            const { status, stdout } = ask({});
            assert.equal(status, 0);
            assert.equal(stdout, `${JAR}|KafkaFacts|kafka-headless:9091||`);
        });

        it("fails when Kafka does not answer", () => {
            assert.equal(ask({}, 1).status, 1);
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
});
