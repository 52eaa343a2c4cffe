/** What lets a pod talk to ZooKeeper. */
export const ZOOKEEPER_IDENTITY = {
    volumes: [
        { name: "zookeeper-auth", secret: { secretName: "zookeeper-auth" } },
        { name: "zookeeper-jaas", emptyDir: { medium: "Memory" } },
    ],
    volumeMounts: [
        { name: "zookeeper-auth", mountPath: "/run/zookeeper-auth", readOnly: true },
        { name: "zookeeper-jaas", mountPath: "/run/zookeeper-jaas" },
    ],
};
