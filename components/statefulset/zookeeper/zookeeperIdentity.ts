import type { Mounts } from "../../kubernetes/mounts";
import { readScript } from "../scripts";
import { ZOOKEEPER_AUTH } from "../../kafka/names";

/**
 * Whether ZooKeeper refuses sessions that don't authenticate (`required`), or accepts them as well (`optional`), which is the
 * stage between an ensemble without authentication and one that requires it.
 */
export type ZookeeperAuthentication = "required" | "optional";

/** Script that writes who a client of ZooKeeper is; others begin with it. */
export const ZOOKEEPER_CLIENT_SCRIPT = "zookeeper/zookeeper-client.sh";

/** What a pod needs to be a client or a server of ZooKeeper: the password, and a place in memory for the JAAS file. */
export const ZOOKEEPER_IDENTITY: Mounts = {
    volumes: [
        { name: "zookeeper-auth", secret: { secretName: ZOOKEEPER_AUTH } },
        { name: "zookeeper-jaas", emptyDir: { medium: "Memory" } },
    ],
    volumeMounts: [
        { name: "zookeeper-auth", mountPath: "/run/zookeeper-auth", readOnly: true },
        { name: "zookeeper-jaas", mountPath: "/run/zookeeper-jaas" },
    ],
};

/** Text of a Job's script that asks ZooKeeper something: a Job has no files beside it. */
export function zookeeperClientScript(path: string): string {
    return [ZOOKEEPER_CLIENT_SCRIPT, path].map(readScript).join("\n");
}
