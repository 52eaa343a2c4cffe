import assert from "node:assert/strict";
import type { Listener } from "../../../../../components/kafka/listeners";
import {
    type BrokerPodArgs,
    brokerPodSpec,
    isEncrypted,
} from "../../../../../components/statefulset/brokers/brokerPod";
import {
    assertProbe,
    Container,
    envOf,
    itHasNoPermissions,
    itIsScheduled,
    pathsOf,
    Pod,
} from "../../pods";

const INTERNAL: Listener = { name: "internal", port: 9092, type: "internal", tls: false };
const LISTENERS: readonly Listener[] = [
    INTERNAL,
    { name: "external", port: 9094, type: "loadBalancer", tls: true },
    { ...INTERNAL, name: "mutual", port: 9095, tls: true, authentication: { type: "tls" } },
];

const ARGS: BrokerPodArgs = {
    namespace: "streams",
    clusterDomain: "cluster.local",
    image: "kafka:1",
    resources: {
        requests: { cpu: "500m", memory: "2Gi" },
        limits: { memory: "2Gi" },
    },
    spread: "preferred",
    rackAwareness: true,
    listeners: [INTERNAL],
    security: { encrypted: false },
};

function podOf(args: Partial<BrokerPodArgs> = {}): Pod {
    return brokerPodSpec({ ...ARGS, ...args }) as unknown as Pod;
}

/** The broker's container, which is the first. */
function brokerOf(args?: Partial<BrokerPodArgs>): Container {
    const [broker] = podOf(args).containers;
    assert.equal(broker!.name, "kafka");
    assert.equal(broker!.image, "kafka:1");
    return broker!;
}

describe("pod of a broker", () => {
    itHasNoPermissions(podOf);

    it("gets 300 s to stop: it moves every leader away first", () => {
        assert.equal(podOf().terminationGracePeriodSeconds, 300);
    });

    it("has started once broker-in-sync.sh says so, for which it gets 24 h", () => {
        const { startupProbe } = brokerOf();
        assertProbe(startupProbe, "broker-in-sync.sh", 24 * 3600);
        // Each broker of an update is waited for, so none of them a period too long.
        assert.equal(startupProbe.periodSeconds, 1);
    });

    it("is ready while broker-alive.sh says so, and for half a minute more", () => {
        assertProbe(brokerOf().readinessProbe, "broker-alive.sh", 30);
    });

    it("is restarted when broker-alive.sh has failed for a minute", () => {
        const { exec, periodSeconds, failureThreshold } = brokerOf().livenessProbe;
        // None is restarted while ZooKeeper is gone.
        const command = ["bash", "/etc/kafka-eks/broker-alive.sh", "zookeeper:2181"];
        assert.deepEqual(exec, { command });
        assert.equal(periodSeconds * failureThreshold, 60);
    });

    it("gets 30 s to stop then: a process that hangs would use all of the 300 s", () => {
        assert.equal(brokerOf().livenessProbe.terminationGracePeriodSeconds, 30);
    });

    it("has more time for an answer than broker-alive.sh waits for one", () => {
        const { readinessProbe, livenessProbe } = brokerOf();
        assert.deepEqual([readinessProbe.timeoutSeconds, livenessProbe.timeoutSeconds], [10, 10]);
    });

    it("runs a script of the program, which knows the pod's name and zone, and the Services' domain", () => {
        const broker = brokerOf();
        assert.deepEqual(broker.command, ["bash", "/etc/kafka-eks/start-kafka.sh"]);
        const { POD_NAME, ZONE, SERVICE_DOMAIN } = envOf(broker);
        assert.equal(POD_NAME, "metadata.name");
        assert.equal(ZONE, "metadata.labels['topology.kubernetes.io/zone']");
        assert.equal(SERVICE_DOMAIN, "streams.svc.cluster.local");
    });

    it("does not ask for the zone where racks are turned off", () => {
        const names = Object.keys(envOf(brokerOf({ rackAwareness: false })));
        assert.deepEqual(names, ["POD_NAME", "SERVICE_DOMAIN", "SERVER_HEAP_OPTS", "LOG_DIR"]);
    });

    it("has half of its memory limit as heap", () => {
        assert.equal(envOf(brokerOf()).SERVER_HEAP_OPTS, "-Xms1024m -Xmx1024m");
    });

    it("has the CPU and memory that are given, and a share of the node's disk without a limit", () => {
        assert.deepEqual(brokerOf().resources, {
            requests: { cpu: "500m", memory: "2Gi", "ephemeral-storage": "256Mi" },
            limits: { memory: "2Gi" },
        });
    });

    it("opens the port between brokers and that of each listener", () => {
        assert.deepEqual(
            brokerOf({ listeners: LISTENERS }).ports.map(
                ({ name, containerPort }) => `${name}:${containerPort}`,
            ),
            ["replication:9091", "internal:9092", "external:9094", "mutual:9095"],
        );
    });

    it("writes to its own volume, to memory and to directories that go with it", () => {
        const { volumes } = podOf();
        assert.deepEqual(pathsOf(brokerOf()), {
            write: ["/run/kafka", "/run/zookeeper-jaas", "/tmp", "/var/lib/kafka/data"],
            read: ["/etc/kafka-eks", "/run/zookeeper-auth"],
        });
        const volume = (path: string) => {
            const mount = brokerOf().volumeMounts.find(({ mountPath }) => mountPath === path);
            return volumes.find(({ name }) => name === mount!.name);
        };
        // The claim template of the StatefulSet has it.
        assert.equal(volume("/var/lib/kafka/data"), undefined);
        assert.deepEqual(volume("/run/kafka")!.emptyDir, {});
        assert.deepEqual(volume("/tmp")!.emptyDir, {});
        assert.deepEqual(volume("/run/zookeeper-jaas")!.emptyDir, { medium: "Memory" });
        // What the image's own scripts make stands there, too.
        assert.equal(envOf(brokerOf()).LOG_DIR, "/tmp");
    });

    it("reads ZooKeeper's password; the StatefulSet adds the files of its revision", () => {
        const sources = podOf().volumes.filter(({ emptyDir }) => emptyDir === undefined);
        assert.deepEqual(sources, [
            { name: "zookeeper-auth", secret: { secretName: "zookeeper-auth" } },
        ]);
    });

    it("shows whether it encrypts: brokers that do can't talk to those that don't", () => {
        for (const encrypted of [false, true]) {
            assert.equal(isEncrypted(podOf({ security: { encrypted } })), encrypted);
        }
        assert.equal(isEncrypted({}), false);
    });

    itIsScheduled({ "app.kubernetes.io/name": "kafka" }, (scheduling) =>
        brokerPodSpec({ ...ARGS, ...scheduling }),
    );

    it("has a single container and no certificates where nothing is encrypted", () => {
        const { containers, volumes } = podOf();
        assert.equal(containers.length, 1);
        assert.ok(!volumes.some(({ name }) => name === "certificates"));
    });

    describe("that encrypts", () => {
        const args = { security: { encrypted: true }, listeners: LISTENERS };
        itHasNoPermissions(() => podOf(args));

        it("has certificates without the CAs' keys, readable by its group only", () => {
            const volume = podOf(args).volumes.find(({ name }) => name === "certificates");
            const { defaultMode, sources } = volume!.projected;
            assert.equal(defaultMode, 0o440);
            const files = sources.flatMap(({ secret: { name, optional, items } }) =>
                items.map(
                    ({ key, path }) =>
                        `${path}: ${name} ${key}${optional ? ", if it is there" : ""}`,
                ),
            );
            assert.deepEqual(files, [
                "tls-combined.pem: kafka-brokers-tls tls-combined.pem",
                "ca.crt: kafka-brokers-tls ca.crt",
                // Elsewhere where somebody else has the CAs.
                "cluster-ca.crt: kafka-cluster-ca tls.crt, if it is there",
                "clients-ca.crt: kafka-clients-ca tls.crt, if it is there",
            ]);
        });

        it("has renewed certificates read by a loop beside the broker", () => {
            const [, loop, ...more] = podOf(args).containers;
            assert.deepEqual(more, []);
            assert.equal(loop!.name, "certificate-reload");
            assert.equal(loop!.image, "kafka:1");
            assert.deepEqual(loop!.command, ["bash", "/etc/kafka-eks/reload-certificates.sh"]);
            const { TRUST_STORES, KEY_STORES, TRUST_SECONDS } = envOf(loop!);
            const listenersOf = (stores: string | undefined, store: string) =>
                stores!
                    .replaceAll("listener.name.", "")
                    .replaceAll(`.ssl.${store}.location=`, " ")
                    .split(",");
            assert.deepEqual(listenersOf(TRUST_STORES, "truststore"), [
                "replication /run/kafka/tls/cluster-ca.pem",
                "mutual /run/kafka/tls/clients-ca.pem",
            ]);
            assert.deepEqual(
                listenersOf(KEY_STORES, "keystore"),
                ["replication", "external", "mutual"].map(
                    (name) => `${name} /run/kafka/tls/keystore.pem`,
                ),
            );
            // Each pod has the CA before anybody has what it signed.
            assert.equal(TRUST_SECONDS, "120");
        });

        it("keeps the brokers' data and ZooKeeper's password from that loop", () => {
            const [broker, loop] = podOf(args).containers;
            const ofBoth = {
                write: ["/run/kafka", "/tmp"],
                read: ["/etc/kafka-eks", "/etc/kafka-eks-tls"],
            };
            assert.deepEqual(pathsOf(loop!), ofBoth);
            const { write, read } = pathsOf(broker!);
            for (const [paths, shared] of [
                [write, ofBoth.write],
                [read, ofBoth.read],
            ] as const) {
                assert.ok(shared.every((path) => paths.includes(path)));
            }
        });

        it("gives the loop its own share of memory, enough for one tool", () => {
            const { requests, limits } = podOf(args).containers[1]!.resources;
            assert.deepEqual([requests.memory, limits.memory], ["192Mi", "192Mi"]);
        });
    });
});
