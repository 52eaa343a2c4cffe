import assert from "node:assert/strict";
import { execFile, execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ConfigResourceTypes } from "kafkajs";
import { renderProperties } from "../../components/kubernetes/files";
import {
    ADMIN_CLASS_SCRIPT,
    ADMIN_JAR,
    ADMIN_JAR_PATH,
    factsScript,
} from "../../components/statefulset/admin/adminClasses";
import { type KafkaFacts, parseFacts } from "../../components/statefulset/admin/facts";
import { brokerIdentity } from "../../components/statefulset/brokers/listenerSecurity";
import { readScript } from "../../components/statefulset/scripts";
import { freePorts } from "../../lab/bench/plainKafka";
import { ADMIN_FOLDER, compileAdminClasses } from "../../lab/build/adminJar";
import { build, pathOf } from "../../lab/build/cache";
import { kafkaLibs } from "../../lab/build/kafkaLibs";
import { KAFKA, type KafkaRelease } from "../../lab/build/kafkaReleases";
import { waitFor } from "../../lab/wait";
import { createKafka, type KafkaClient } from "../../tools/client/kafka";
import { describeCluster } from "../../tools/client/topics";
import { Authority } from "../support/certificates";
import { type Outcome, PlainServers, runJava } from "../support/plainServers";
import { skipAfterFailure } from "../support/skipAfterFailure";

const JAR = join(ADMIN_FOLDER, ADMIN_JAR);
const START_SECONDS = 120;
const HOST = "127.0.0.1";
/** By itself it takes more than the heap that these brokers have. */
const SMALL_CLEANER = { "log.cleaner.dedupe.buffer.size": "4194304" };
/** As long as Kafka allows them to be. */
const LONG = "l".repeat(249);

/** Runs a class of the jar, in the way of a release. */
function ask(release: KafkaRelease, main: string, ...args: string[]): Promise<Outcome> {
    return runJava([JAR, `${pathOf(kafkaLibs(release))}/*`], main, args);
}

/** Names and contents of the files in a folder. */
function contents(folder: string): Record<string, string> {
    return Object.fromEntries(
        readdirSync(folder)
            .sort()
            .map((name) => [name, readFileSync(join(folder, name), "base64")]),
    );
}

describe("the jar of the classes that ask Kafka", () => {
    it("has the classes of the sources beside it, and no more", async () => {
        const [built, unpacked] = [0, 1].map(() => mkdtempSync(join(tmpdir(), "kafka-eks-jar-")));
        await compileAdminClasses(built!);
        execFileSync("jar", ["--extract", "--file", JAR], { cwd: unpacked! });
        assert.deepEqual(contents(unpacked!), contents(built!));
        [built, unpacked].forEach((folder) => rmSync(folder!, { recursive: true }));
    });
});

describe("the classes that ask Kafka, asking plain brokers with ZooKeeper", () => {
    skipAfterFailure();
    const servers = new PlainServers();
    const properties = join(servers.directory, "client.properties");
    let zookeeperPort: number;
    let ports: number[];
    let kafka: KafkaClient;

    const at = (broker: number) => `${HOST}:${ports[broker]}`;
    const startBroker = (id: number) => {
        servers.start(`broker-${id}`, pathOf(kafkaLibs(KAFKA.statefulset)), "kafka.Kafka", {
            "broker.id": String(id),
            listeners: `PLAINTEXT://${at(id)}`,
            "log.dirs": join(servers.directory, `data-${id}`),
            "zookeeper.connect": `${HOST}:${zookeeperPort}`,
            // No other controller takes over while one hangs.
            "zookeeper.session.timeout.ms": "60000",
            "min.insync.replicas": "1",
            "offsets.topic.replication.factor": "1",
            ...SMALL_CLEANER,
            // A throttled broker fetches little at once.
            "replica.fetch.max.bytes": "1024",
        });
    };
    const registered = (...ids: number[]) =>
        waitFor("the brokers", START_SECONDS, async () => {
            const { brokers } = await describeCluster(kafka);
            return brokers.length === ids.length;
        });
    const facts = async (release: KafkaRelease, ...options: string[]): Promise<KafkaFacts> => {
        const { code, stdout, stderr } = await ask(
            release,
            "KafkaFacts",
            ...[`${at(0)},${at(1)}`, properties, ...options],
        );
        assert.deepEqual({ code, stderr }, { code: 0, stderr: "" });
        assert.equal(stdout.split("\n").length, 2);
        return parseFacts(stdout);
    };
    const inSync = (broker: number, seconds: number, release: KafkaRelease = KAFKA.statefulset) =>
        ask(release, "BrokerInSync", at(broker), properties, String(broker), String(seconds));

    before(async () => {
        for (const release of Object.values(KAFKA)) {
            await build(kafkaLibs(release), () => undefined);
        }
        [zookeeperPort, ...ports] = (await freePorts(3)) as [number, ...number[]];
        writeFileSync(properties, "");
        servers.start(
            "zookeeper",
            pathOf(kafkaLibs(KAFKA.statefulset)),
            "org.apache.zookeeper.server.quorum.QuorumPeerMain",
            {
                dataDir: join(servers.directory, "zookeeper"),
                clientPort: String(zookeeperPort),
                clientPortAddress: HOST,
                "admin.enableServer": "false",
                maxSessionTimeout: "60000",
            },
        );
        startBroker(0);
        kafka = createKafka({ bootstrap: [at(0), at(1)] });
        await registered(0);
        // The first of them is the controller.
        startBroker(1);
        await registered(0, 1);
        const admin = kafka.admin();
        await admin.connect();
        await admin.createTopics({
            waitForLeaders: true,
            topics: [
                {
                    topic: "orders",
                    numPartitions: 6,
                    replicationFactor: 2,
                    // The throttle counts for replicas that are outside the ISR.
                    configEntries: [
                        { name: "follower.replication.throttled.replicas", value: "*" },
                    ],
                },
                {
                    topic: "payments",
                    replicaAssignment: [{ partition: 0, replicas: [0, 1] }],
                    configEntries: [{ name: "min.insync.replicas", value: "2" }],
                },
                { topic: "solo", replicaAssignment: [{ partition: 0, replicas: [0] }] },
                { topic: LONG, replicaAssignment: [{ partition: 0, replicas: [1] }] },
            ],
        });
        await admin.disconnect();
    });

    after(() => servers.remove());

    const NONE = { count: 0, examples: [] };
    const WHOLE = {
        reassigning: 0,
        controller: 0,
        brokers: [0, 1],
        silent: [],
        topics: 4,
        partitions: 9,
        underReplicated: { ...NONE, missing: [] },
        offline: NONE,
        atRisk: { count: 1, examples: ["payments-0"] },
        noRoom: { count: 1, examples: ["payments"] },
        single: { count: 2, examples: [LONG, "solo"] },
    };

    it("tell what a gate has to know, by old and new clients", async () => {
        const { clusterId, ...old } = await facts(KAFKA.statefulset);
        assert.match(clusterId, /^[A-Za-z0-9_-]{22}$/);
        assert.deepEqual(old, WHOLE);
        assert.deepEqual(await facts(KAFKA.strimzi), { clusterId, ...WHOLE });
    });

    it("tell more when they are asked more", async () => {
        const { clusterId: _, ...more } = await facts(
            KAFKA.statefulset,
            ...["--without", "1,7", "--from", "1", "--min-isr", "2", "--last", "1"],
        );
        assert.deepEqual(more, {
            ...WHOLE,
            lastInSync: NONE,
            belowMinIsrWithout: { count: 1, examples: ["payments-0"] },
            missingOther: [],
            replicasFrom: {
                count: 8,
                examples: [`${LONG}-0`, "orders-0", "orders-1", "orders-2", "orders-3"],
                brokers: [1],
            },
            fewerThan: {
                // Not payments, which has a min ISR of its own.
                count: 3,
                examples: [
                    { topic: LONG, replicas: 1 },
                    { topic: "orders", replicas: 2 },
                    { topic: "solo", replicas: 1 },
                ],
            },
        });
    });

    it("refuse what is no option, and what is no number", async () => {
        const said = async (...options: string[]) =>
            (await ask(KAFKA.statefulset, "KafkaFacts", at(0), properties, ...options)).stderr;
        assert.equal(
            await said("--form", "1"),
            "Expected --timeout, --without, --from, --min-isr or --last, got --form.\n",
        );
        assert.equal(await said("--from"), "--from: expected a number, got nothing.\n");
    });

    it("say in a sentence that nothing answers", async () => {
        const outcome = await ask(
            KAFKA.statefulset,
            "KafkaFacts",
            ...[`${HOST}:1`, properties, "--timeout", "2"],
        );
        assert.deepEqual(outcome, {
            code: 1,
            stdout: "",
            stderr: `Expected Kafka to answer at ${HOST}:1 within 2 s, got no answer.\n`,
        });
        const unknown = await ask(
            KAFKA.statefulset,
            "KafkaFacts",
            "nowhere.invalid:9092",
            properties,
        );
        assert.equal(
            unknown.stderr,
            "Expected Kafka to answer at nowhere.invalid:9092, got: " +
                "No resolvable bootstrap urls given in bootstrap.servers\n",
        );
    });

    it("pass a broker that is in sync, by old and new clients", async () => {
        for (const release of Object.values(KAFKA)) {
            assert.deepEqual(await inSync(1, 30, release), {
                code: 0,
                stdout: "broker 1 is in sync\n",
                stderr: "",
            });
        }
    });

    it("ask the broker itself what it knows", async () => {
        const log = join(servers.directory, "requests.log");
        const logging = join(servers.directory, "requests.properties");
        writeFileSync(
            logging,
            [
                "log4j.logger.org.apache.kafka.clients.NetworkClient=DEBUG, file",
                "log4j.appender.file=org.apache.log4j.FileAppender",
                `log4j.appender.file.File=${log}`,
                "log4j.appender.file.layout=org.apache.log4j.SimpleLayout",
            ].join("\n"),
        );
        const { code } = await runJava(
            [JAR, `${pathOf(kafkaLibs(KAFKA.statefulset))}/*`],
            "BrokerInSync",
            [at(1), properties, "1", "30"],
            [`-Dlog4j.configuration=file:${logging}`],
        );
        assert.equal(code, 0);
        const requests = [
            ...readFileSync(log, "utf8").matchAll(
                /clientId=adminclient-(\d)\] Sending (\w+) request .* to node (-?\d+)/g,
            ),
        ].map(([, client, request, node]) => `${client}: ${request} to ${node}`);
        // The bootstrap address is node -1.
        assert.deepEqual(
            requests.filter((each) => each.startsWith("2: ")),
            [
                "2: API_VERSIONS to -1",
                "2: METADATA to -1",
                "2: API_VERSIONS to 1",
                "2: DESCRIBE_CONFIGS to 1",
                "2: DESCRIBE_CLUSTER to 1",
                "2: METADATA to 1",
                "2: METADATA to 1",
            ],
        );
        assert.ok(requests.includes("1: LIST_PARTITION_REASSIGNMENTS to 0"), requests.join("\n"));
    });

    it("hold a broker that nobody knows", async () => {
        assert.deepEqual(
            await ask(KAFKA.statefulset, "BrokerInSync", at(1), properties, "7", "3"),
            { code: 1, stdout: "", stderr: "broker 7 is not in the cluster's metadata yet\n" },
        );
    });

    const throttle = async (rate?: string) => {
        const admin = kafka.admin();
        await admin.connect();
        await admin.alterConfigs({
            validateOnly: false,
            resources: [
                {
                    type: ConfigResourceTypes.BROKER,
                    name: "1",
                    configEntries:
                        rate === undefined
                            ? []
                            : [{ name: "follower.replication.throttled.rate", value: rate }],
                },
            ],
        });
        await admin.disconnect();
    };

    it("tell what lacks a broker that is down", async () => {
        await throttle("1");
        await servers.stop("broker-1");
        await registered(0);
        const { clusterId: _, ...down } = await facts(KAFKA.statefulset, "--without", "0");
        const orders = [0, 1, 2, 3, 4].map((n) => `orders-${n}`);
        assert.deepEqual(down, {
            ...WHOLE,
            brokers: [0],
            underReplicated: { count: 7, examples: orders, missing: [1] },
            offline: { count: 1, examples: [`${LONG}-0`] },
            atRisk: { count: 7, examples: orders },
            belowMinIsrWithout: { count: 7, examples: orders },
            missingOther: [1],
        });
    });

    it("hold a broker until it is in the ISR of all its partitions", async () => {
        const producer = kafka.producer();
        await producer.connect();
        const messages = [0, 1].flatMap((partition) =>
            Array.from({ length: 20 }, () => ({ partition, value: "x".repeat(1000) })),
        );
        for (const message of messages) {
            await producer.send({ topic: "orders", messages: [message] });
        }
        await producer.disconnect();
        startBroker(1);
        await registered(0, 1);
        // On a slow machine the broker itself knows of nothing yet.
        await waitFor("a probe of the ISR", START_SECONDS, async () => {
            const { code, stdout, stderr } = await inSync(1, 8);
            assert.deepEqual([code, stdout], [1, ""]);
            return stderr === "broker 1 is still outside the ISR of 2 partitions\n";
        });
        const probe = inSync(1, 120);
        await throttle();
        assert.equal((await probe).code, 0);
    });

    it("tell that the controller hangs, and hold a broker meanwhile", async () => {
        servers.signal("broker-0", "SIGSTOP");
        const { code, stderr } = await inSync(1, 15);
        assert.equal(code, 1);
        assert.match(stderr, /^broker 1 waits for a controller: Timed out .*\n$/);
        const { controller, reassigning, controllerProblem, brokers, silent } = await facts(
            KAFKA.statefulset,
            ...["--timeout", "20"],
        );
        assert.deepEqual(
            { controller, reassigning, brokers, silent },
            { controller: null, reassigning: null, brokers: [0, 1], silent: [0] },
        );
        assert.match(controllerProblem!, /^Timed out /);
        servers.signal("broker-0", "SIGCONT");
    });
});

describe("the scripts that ask Kafka, asking a plain broker without ZooKeeper by TLS", () => {
    const servers = new PlainServers();
    const authority = new Authority("brokers");
    const file = (name: string) => join(servers.directory, name);
    let port: number;

    before(async () => {
        const release = kafkaLibs(KAFKA.strimzi);
        await build(release, () => undefined);
        const [broker, controller] = (await freePorts(2)) as [number, number];
        port = broker;
        const { cert, key } = authority.issue({ commonName: "broker", names: ["DNS:localhost"] });
        writeFileSync(file("keystore.pem"), key + cert);
        writeFileSync(file("ca.pem"), authority.cert);
        const properties = {
            "process.roles": "broker,controller",
            "node.id": "4",
            "controller.quorum.voters": `4@${HOST}:${controller}`,
            "controller.listener.names": "CONTROLLER",
            "listener.security.protocol.map": "REPLICATION:SSL,CONTROLLER:PLAINTEXT",
            "inter.broker.listener.name": "REPLICATION",
            listeners: `REPLICATION://${HOST}:${port},CONTROLLER://${HOST}:${controller}`,
            "advertised.listeners": `REPLICATION://localhost:${port}`,
            "ssl.client.auth": "required",
            ...identity(),
            "log.dirs": file("data"),
            ...SMALL_CLEANER,
        };
        writeFileSync(file("format.properties"), renderProperties(properties));
        const format = ["format", "--cluster-id", "w7M5xI4aQ6Gw0jarCQ6rbA", "--config"];
        const { code, stderr } = await runJava(
            [`${pathOf(release)}/*`],
            "kafka.tools.StorageTool",
            [...format, file("format.properties")],
        );
        assert.equal(code, 0, stderr);
        servers.start("broker", pathOf(release), "kafka.Kafka", properties);
    });

    after(async () => {
        await servers.remove();
        authority.delete();
    });

    const identity = () =>
        brokerIdentity({ keyStore: file("keystore.pem"), trustStore: file("ca.pem") });

    /** Runs a script as a container of a release does: with its launcher on PATH, and the jar. */
    const runScript = (
        text: string,
        release: KafkaRelease,
        env: Readonly<Record<string, string>>,
    ) => {
        mkdirSync(file("bin"), { recursive: true });
        const options = "$KAFKA_HEAP_OPTS $KAFKA_JVM_PERFORMANCE_OPTS";
        writeFileSync(
            file("bin/kafka-run-class"),
            `#!/bin/bash\nexec java ${options} -cp "$CLASSPATH:${pathOf(kafkaLibs(release))}/*" "$@"\n`,
            { mode: 0o755 },
        );
        const script = text.replaceAll(ADMIN_JAR_PATH, JAR);
        return new Promise<Outcome>((resolve) => {
            execFile(
                "bash",
                // A bash whose input is a socket, as Node's pipes are, reads the user's .bashrc.
                ["--norc", "-c", script, file("script")],
                { env: { PATH: `${file("bin")}:${process.env["PATH"]}`, ...env } },
                (error, stdout, stderr) => {
                    resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
                },
            );
        });
    };

    /** Runs a script until it passes: Kafka may still start, and a slow machine takes longer than the script waits. */
    const untilItPasses = async (...args: Parameters<typeof runScript>) => {
        let outcome: Outcome | undefined;
        await waitFor("the script", START_SECONDS, async () => {
            outcome = await runScript(...args);
            return outcome.code === 0;
        });
        return outcome!;
    };

    for (const release of Object.values(KAFKA)) {
        it(`pass the broker, by the clients of ${release.version}`, async () => {
            const text = readScript("brokers/broker-in-sync.sh");
            const endpoint = { "ssl.endpoint.identification.algorithm": "" };
            writeFileSync(
                file("admin.properties"),
                renderProperties({ ...identity(), ...endpoint }),
            );
            writeFileSync(
                file("admin-class.sh"),
                readScript(ADMIN_CLASS_SCRIPT).replaceAll(ADMIN_JAR_PATH, JAR),
            );
            const outcome = await untilItPasses(
                text.replace("127.0.0.1:9091", `${HOST}:${port}`),
                release,
                { POD_NAME: "kafka-4" },
            );
            assert.deepEqual(outcome, { code: 0, stdout: "broker 4 is in sync\n", stderr: "" });
        });

        it(`tell facts, by the clients of ${release.version}`, async () => {
            const { code, stdout, stderr } = await untilItPasses(factsScript(), release, {
                BOOTSTRAP: `localhost:${port}`,
                ADMIN_PROPERTIES: renderProperties(identity()),
                FACTS_OPTIONS: "--min-isr 2",
            });
            assert.deepEqual({ code, stderr }, { code: 0, stderr: "" });
            const none = { count: 0, examples: [] };
            assert.deepEqual(parseFacts(stdout), {
                clusterId: "w7M5xI4aQ6Gw0jarCQ6rbA",
                reassigning: 0,
                controller: 4,
                brokers: [4],
                silent: [],
                topics: 0,
                partitions: 0,
                underReplicated: { ...none, missing: [] },
                offline: none,
                atRisk: none,
                noRoom: none,
                single: none,
                fewerThan: none,
            });
        });
    }
});
