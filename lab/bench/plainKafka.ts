import type { ChildProcess } from "node:child_process";
import { closeSync, mkdirSync, openSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { AppsV1Api, CoreV1Api, type KubeConfig } from "@kubernetes/client-node";
import { renderProperties } from "../../components/kubernetes/files";
import { CONFIG_MAP, KAFKA } from "../../components/kafka/names";
import { createKafka } from "../../tools/client/kafka";
import { describeCluster } from "../../tools/client/topics";
import { waitFor } from "../wait";
import { ended, type Java } from "./java";

const HOST = "127.0.0.1";
const BROKERS = 3;
const START_SECONDS = 120;
const STOP_MS = 30_000;
const LOG4J = join(__dirname, "../../components/statefulset/log4j.properties");
/** Those of Kafka's own start script, which the lab's image takes too. */
const JVM_OPTIONS = [
    "-server",
    "-XX:+UseG1GC",
    "-XX:MaxGCPauseMillis=20",
    "-XX:InitiatingHeapOccupancyPercent=35",
    "-XX:+ExplicitGCInvokesConcurrent",
    "-XX:MaxInlineLevel=15",
    "-Djava.awt.headless=true",
    `-Dlog4j.configuration=file:${LOG4J}`,
];

/**
 * The brokers of a deployment once more, as plain processes of the machine that listen on its loopback interface: the
 * same jars, properties and heap, without Kubernetes, containers and their network. One ZooKeeper serves them, as it
 * has no part in producing.
 */
export class PlainKafka {
    private readonly processes: ChildProcess[] = [];
    private ports: readonly number[] = [];

    /** @param directory Directory for data and logs. */
    constructor(
        private readonly java: Java,
        private readonly directory: string,
    ) {}

    /** `bootstrap.servers` of a client. */
    get bootstrap(): string {
        return this.ports.map((port) => `${HOST}:${port}`).join();
    }

    /**
     * Starts it and waits until all brokers know each other.
     *
     * @param properties Broker properties of the deployment.
     * @param heapMib Heap of a broker in MiB.
     */
    async start(properties: Readonly<Record<string, string>>, heapMib: number): Promise<void> {
        const [zookeeperPort, ...ports] = await freePorts(1 + 2 * BROKERS);
        this.ports = ports.slice(0, BROKERS);
        mkdirSync(this.directory);
        const zookeeper = {
            dataDir: join(this.directory, "zookeeper-data"),
            clientPort: String(zookeeperPort),
            clientPortAddress: HOST,
            "admin.enableServer": "false",
        };
        this.startServer(
            "zookeeper",
            "org.apache.zookeeper.server.quorum.QuorumPeerMain",
            zookeeper,
            192,
        );
        for (let id = 0; id < BROKERS; id++) {
            const own = ownProperties(id, {
                port: ports[id]!,
                replicationPort: ports[BROKERS + id]!,
                zookeeperPort: zookeeperPort!,
                directory: join(this.directory, `broker-${id}-data`),
            });
            this.startServer(`broker-${id}`, "kafka.Kafka", { ...properties, ...own }, heapMib);
        }
        const kafka = createKafka({ bootstrap: this.bootstrap.split(",") });
        await waitFor("the plain brokers", START_SECONDS, async () => {
            const { brokers } = await describeCluster(kafka);
            return brokers.length === BROKERS;
        });
    }

    /** Ends its processes: the brokers first, which need ZooKeeper to stop cleanly. */
    async stop(): Promise<void> {
        for (const process of this.processes.splice(0).toReversed()) {
            process.kill();
            const giveUp = setTimeout(() => process.kill("SIGKILL"), STOP_MS);
            await ended(process);
            clearTimeout(giveUp);
        }
    }

    private startServer(
        name: string,
        main: string,
        properties: Readonly<Record<string, string>>,
        heapMib: number,
    ): void {
        const file = join(this.directory, `${name}.properties`);
        writeFileSync(file, renderProperties(properties));
        const log = openSync(join(this.directory, `${name}.log`), "a");
        const options = [`-Xms${heapMib}m`, `-Xmx${heapMib}m`, ...JVM_OPTIONS];
        this.processes.push(this.java.startServer(main, [file], options, ["ignore", log, log]));
        closeSync(log);
    }
}

/** The properties of a plain broker that take the place of the deployed ones. */
export function ownProperties(
    id: number,
    {
        port,
        replicationPort,
        zookeeperPort,
        directory,
    }: {
        readonly port: number;
        readonly replicationPort: number;
        readonly zookeeperPort: number;
        readonly directory: string;
    },
): Record<string, string> {
    const listeners = `REPLICATION://${HOST}:${replicationPort},INTERNAL://${HOST}:${port}`;
    return {
        "broker.id": String(id),
        listeners,
        "advertised.listeners": listeners,
        "log.dirs": directory,
        "zookeeper.connect": `${HOST}:${zookeeperPort}`,
        // Brokers refuse to start with it where they don't authenticate to ZooKeeper.
        "zookeeper.set.acl": "false",
    };
}

/** The properties that all brokers of a deployment have, from the ConfigMap of their revision. */
export async function deployedProperties(
    kubeConfig: KubeConfig,
    namespace: string,
): Promise<Record<string, string>> {
    const apps = kubeConfig.makeApiClient(AppsV1Api);
    const { spec } = await apps.readNamespacedStatefulSet({ namespace, name: KAFKA });
    const name = spec!.template
        .spec!.volumes!.flatMap(({ projected }) => projected?.sources ?? [])
        .map(({ configMap }) => configMap?.name)
        .find((each) => each?.startsWith(`${CONFIG_MAP.kafka}-`));
    const core = kubeConfig.makeApiClient(CoreV1Api);
    const { data } = await core.readNamespacedConfigMap({ namespace, name: name! });
    return parseProperties(data?.["server.properties"] ?? "");
}

/** Reads properties of one line each, without escapes. */
export function parseProperties(text: string): Record<string, string> {
    const lines = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
    return Object.fromEntries(
        lines.map((line) => {
            const at = line.indexOf("=");
            return [line.slice(0, at), line.slice(at + 1)];
        }),
    );
}

/** Ports of the loopback interface that nobody uses now. */
export async function freePorts(count: number): Promise<number[]> {
    const servers = Array.from({ length: count }, () => createServer().listen(0, HOST));
    await Promise.all(
        servers.map((server) => new Promise((resolve) => server.once("listening", resolve))),
    );
    const ports = servers.map((server) => (server.address() as AddressInfo).port);
    await Promise.all(
        servers.map((server) => new Promise((resolve) => server.close(() => resolve(undefined)))),
    );
    return ports;
}
