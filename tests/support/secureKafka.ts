import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { labKafkaLibs } from "../../lab";
import { waitFor } from "../../lab/wait";
import { probe } from "../../tools/client/probe";
import type { Pair } from "./certificates";

const HOST = "127.0.0.1";
const START_SECONDS = 120;
const LOG4J = join(__dirname, "..", "..", "components", "statefulset", "log4j.properties");

/** A listener of the broker. */
export interface SecureListener {
    /** Its server certificate; plaintext without one. */
    readonly certificate?: Pair;
    /** Certificates of the CAs of its clients, who have to show a certificate of one of them. */
    readonly clientsCa?: string;
    /** Mechanism by which its clients have to authenticate. */
    readonly mechanism?: "SCRAM-SHA-512" | "PLAIN";
}

/** A broker with its ZooKeeper as plain processes on the loopback interface, with Kafka's authorizer. */
export class SecureKafka<Listener extends string> {
    private readonly processes: ChildProcess[] = [];
    private readonly directory = mkdtempSync(join(tmpdir(), "kafka-eks-secure-"));
    private ports!: Readonly<Record<Listener, number>>;

    constructor(private readonly listeners: Readonly<Record<Listener, SecureListener>>) {}

    /** Address of a listener, under the name that its brokers advertise. */
    address(listener: Listener, host = "localhost"): string {
        return `${host}:${this.ports[listener]}`;
    }

    /**
     * Starts it and waits until it accepts connections.
     *
     * @param users Passwords of users with SCRAM, by name.
     * @param superUsers Principals that may do everything.
     */
    async start(
        users: Readonly<Record<string, string>>,
        superUsers: readonly string[],
    ): Promise<void> {
        const names = Object.keys(this.listeners) as Listener[];
        const [zookeeperPort, ...ports] = await freePorts(1 + names.length);
        this.ports = Object.fromEntries(names.map((name, index) => [name, ports[index]])) as Record<
            Listener,
            number
        >;
        const zookeeper = `${HOST}:${zookeeperPort}`;
        this.startServer("zookeeper", "org.apache.zookeeper.server.quorum.QuorumPeerMain", {
            dataDir: join(this.directory, "zookeeper-data"),
            clientPort: String(zookeeperPort),
            clientPortAddress: HOST,
            "admin.enableServer": "false",
        });
        await this.waitForPort("ZooKeeper", zookeeperPort!);
        await this.createUsers(zookeeper, users);
        const addresses = (host: string) =>
            names.map((name) => `${name}://${host}:${this.ports[name]}`).join();
        this.startServer("broker", "kafka.Kafka", {
            "broker.id": "0",
            listeners: addresses(HOST),
            "advertised.listeners": addresses("localhost"),
            "listener.security.protocol.map": names
                .map((name) => `${name}:${protocolOf(this.listeners[name])}`)
                .join(),
            "inter.broker.listener.name": names.find(
                (name) => protocolOf(this.listeners[name]) === "PLAINTEXT",
            )!,
            "log.dirs": join(this.directory, "broker-data"),
            "zookeeper.connect": zookeeper,
            "authorizer.class.name": "kafka.security.authorizer.AclAuthorizer",
            "super.users": superUsers.join(";"),
            "auto.create.topics.enable": "false",
            "offsets.topic.replication.factor": "1",
            "offsets.topic.num.partitions": "1",
            "group.initial.rebalance.delay.ms": "0",
            ...Object.fromEntries(names.flatMap((name) => Object.entries(this.propertiesOf(name)))),
        });
        for (const name of names) {
            await this.waitForPort(`listener ${name}`, this.ports[name]);
        }
    }

    /** Ends its processes, the broker first, and deletes its files. */
    async stop(): Promise<void> {
        for (const child of this.processes.splice(0).toReversed()) {
            if (child.exitCode === null && child.signalCode === null) {
                child.kill("SIGKILL");
                await once(child, "exit");
            }
        }
        rmSync(this.directory, { recursive: true, force: true });
    }

    private propertiesOf(name: Listener): Record<string, string> {
        const { certificate, clientsCa, mechanism } = this.listeners[name];
        const prefix = `listener.name.${name.toLowerCase()}`;
        return {
            ...(certificate && {
                [`${prefix}.ssl.keystore.type`]: "PEM",
                [`${prefix}.ssl.keystore.location`]: this.write(
                    `${name}.pem`,
                    certificate.key + certificate.cert,
                ),
            }),
            ...(clientsCa !== undefined && {
                [`${prefix}.ssl.truststore.type`]: "PEM",
                [`${prefix}.ssl.truststore.location`]: this.write(`${name}-clients.pem`, clientsCa),
                [`${prefix}.ssl.client.auth`]: "required",
            }),
            ...(mechanism && {
                [`${prefix}.sasl.enabled.mechanisms`]: mechanism,
                [`${prefix}.${mechanism.toLowerCase()}.sasl.jaas.config`]:
                    mechanism === "PLAIN"
                        ? "org.apache.kafka.common.security.plain.PlainLoginModule required;"
                        : "org.apache.kafka.common.security.scram.ScramLoginModule required;",
            }),
        };
    }

    private async createUsers(
        zookeeper: string,
        users: Readonly<Record<string, string>>,
    ): Promise<void> {
        await Promise.all(
            Object.entries(users).map(([name, password]) =>
                promisify(execFile)("java", [
                    ...this.command("kafka.admin.ConfigCommand"),
                    ...["--zookeeper", zookeeper, "--alter", "--entity-type", "users"],
                    ...["--entity-name", name],
                    ...["--add-config", `SCRAM-SHA-512=[password=${password}]`],
                ]),
            ),
        );
    }

    private startServer(
        name: string,
        main: string,
        properties: Readonly<Record<string, string>>,
    ): void {
        const lines = Object.entries(properties).map(([key, value]) => `${key}=${value}\n`);
        const file = this.write(`${name}.properties`, lines.join(""));
        const log = openSync(join(this.directory, `${name}.log`), "a");
        this.processes.push(
            spawn("java", [...this.command(main), file], { stdio: ["ignore", log, log] }),
        );
        closeSync(log);
    }

    private command(main: string): string[] {
        const options = [
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            `-Dlog4j.configuration=file:${LOG4J}`,
        ];
        return [...options, "-cp", join(labKafkaLibs(), "*"), main];
    }

    private write(file: string, text: string): string {
        const path = join(this.directory, file);
        writeFileSync(path, text, { mode: 0o600 });
        return path;
    }

    private waitForPort(what: string, port: number): Promise<void> {
        return waitFor(what, START_SECONDS, async () => {
            const fault = await probe({ host: HOST, port });
            if (fault !== undefined) {
                throw new Error(fault);
            }
            return true;
        });
    }
}

function protocolOf({ certificate, mechanism }: SecureListener): string {
    const security = certificate ? "SSL" : "PLAINTEXT";
    return mechanism ? `SASL_${security}` : security;
}

/** Ports of the loopback interface that nobody uses now. */
async function freePorts(count: number): Promise<number[]> {
    const servers = Array.from({ length: count }, () => createServer().listen(0, HOST));
    await Promise.all(servers.map((server) => once(server, "listening")));
    const ports = servers.map((server) => (server.address() as AddressInfo).port);
    await Promise.all(servers.map((server) => once(server.close(), "close")));
    return ports;
}
