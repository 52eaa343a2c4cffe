import assert from "node:assert/strict";
import {
    type ZookeeperPodArgs,
    zookeeperPodSpec,
} from "../../../../../components/statefulset/zookeeper/zookeeperPod";
import {
    assertProbe,
    Container,
    envOf,
    itHasNoPermissions,
    itIsScheduled,
    onlyContainerOf,
    pathsOf,
    Pod,
} from "../../pods";

const ARGS: ZookeeperPodArgs = {
    namespace: "streams",
    clusterDomain: "cluster.local",
    image: "zookeeper:1",
    resources: {
        requests: { cpu: "250m", memory: "512Mi" },
        limits: { memory: "512Mi" },
    },
    spread: "preferred",
};

const podOf = () => zookeeperPodSpec(ARGS) as unknown as Pod;

function memberOf(): Container {
    const member = onlyContainerOf(podOf());
    assert.equal(member.name, "zookeeper");
    assert.equal(member.image, "zookeeper:1");
    return member;
}

describe("pod of a ZooKeeper member", () => {
    itHasNoPermissions(podOf);

    it("gets a minute to stop", () => {
        assert.equal(podOf().terminationGracePeriodSeconds, 60);
    });

    it("is ready while it is in a quorum, and that is asked often: an update waits for it", () => {
        const { readinessProbe } = memberOf();
        assertProbe(readinessProbe, "zookeeper-in-quorum.sh", 6);
        assert.equal(readinessProbe.periodSeconds, 2);
    });

    it("is restarted when zookeeper-alive.sh has failed for a minute, quorum or not", () => {
        assertProbe(memberOf().livenessProbe, "zookeeper-alive.sh", 60);
    });

    it("runs a script of the program, which knows the pod's name and the Services' domain", () => {
        assert.deepEqual(memberOf().command, ["bash", "/etc/kafka-eks/start-zookeeper.sh"]);
        assert.deepEqual(envOf(memberOf()), {
            POD_NAME: "metadata.name",
            SERVICE_DOMAIN: "streams.svc.cluster.local",
            // Half of the memory limit.
            SERVER_HEAP_OPTS: "-Xms256m -Xmx256m",
            LOG_DIR: "/tmp",
        });
    });

    it("has the CPU and memory that are given, and a share of the node's disk without a limit", () => {
        assert.deepEqual(memberOf().resources, {
            requests: { cpu: "250m", memory: "512Mi", "ephemeral-storage": "256Mi" },
            limits: { memory: "512Mi" },
        });
    });

    it("opens the ports for clients, for the leader and for elections", () => {
        assert.deepEqual(
            memberOf().ports.map(({ name, containerPort }) => `${name}:${containerPort}`),
            ["client:2181", "peer:2888", "election:3888"],
        );
    });

    it("keeps snapshots and log on its volume, where the image's own volumes can't hide them", () => {
        const ofVolume = memberOf().volumeMounts.filter(({ name }) => name === "data");
        assert.deepEqual(
            ofVolume.map(({ subPath, mountPath }) => [subPath, mountPath]),
            [
                ["data", "/var/lib/zookeeper/data"],
                ["log", "/var/lib/zookeeper/log"],
            ],
        );
        // The claim template of the StatefulSet has it.
        assert.ok(!podOf().volumes.some(({ name }) => name === "data"));
    });

    it("writes nowhere else but to /tmp and, for the password, to memory", () => {
        assert.deepEqual(pathsOf(memberOf()), {
            write: [
                "/run/zookeeper-jaas",
                "/tmp",
                "/var/lib/zookeeper/data",
                "/var/lib/zookeeper/log",
            ],
            read: ["/etc/kafka-eks", "/run/zookeeper-auth"],
        });
        assert.deepEqual(podOf().volumes, [
            { name: "tmp", emptyDir: {} },
            { name: "zookeeper-auth", secret: { secretName: "zookeeper-auth" } },
            { name: "zookeeper-jaas", emptyDir: { medium: "Memory" } },
        ]);
    });

    itIsScheduled({ "app.kubernetes.io/name": "zookeeper" }, (scheduling) =>
        zookeeperPodSpec({ ...ARGS, ...scheduling }),
    );
});
