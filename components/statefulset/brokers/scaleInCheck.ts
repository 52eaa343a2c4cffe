import { types } from "@pulumi/kubernetes";
import { type BrokerSecurity, replicationProtocol } from "./brokerProperties";
import { hashedJob } from "../jobs";
import { SCALE_IN_CHECK, ZOOKEEPER } from "../../kafka/names";
import { ZOOKEEPER_IDENTITY, zookeeperClientScript } from "../zookeeper/zookeeperIdentity";
import { ZOOKEEPER_PORTS } from "../zookeeper/zookeeperProperties";

/**
 * The Job that lets brokers go only when they hold nothing any more, and has all of them talk to each other in the same way.
 * It runs once for each number of brokers and each way; what else changes about them is none of its business.
 *
 * @param image Image with ZooKeeper's tools: the ensemble's, which runs when the Job starts. With the brokers' own image
 *   every new one would run it again.
 */
export function scaleInCheckJob(args: {
    readonly brokers: number;
    readonly security: BrokerSecurity;
    readonly image: string;
}): { name: string; spec: types.input.batch.v1.JobSpec } {
    return hashedJob({
        name: SCALE_IN_CHECK,
        container: "check",
        image: args.image,
        script: zookeeperClientScript("brokers/scale-in-check.sh"),
        env: {
            BROKERS: String(args.brokers),
            REPLICATION_PROTOCOL: replicationProtocol(args.security),
            ZOOKEEPER: `${ZOOKEEPER}:${ZOOKEEPER_PORTS.client}`,
        },
        mounts: [ZOOKEEPER_IDENTITY],
        memory: "256Mi",
    });
}
