import { types } from "@pulumi/kubernetes";
import { hashedJob } from "../jobs";
import { UPDATE_CHECK } from "../../kafka/names";
import {
    ZOOKEEPER_IDENTITY,
    ZookeeperAuthentication,
    zookeeperClientScript,
} from "./zookeeperIdentity";
import { MOST_ZOOKEEPER_MEMBERS } from "./zookeeperProperties";

/**
 * The Job that lets an update of the ensemble begin: once for each change, and not at all without one.
 *
 * @param update What the members are about to become.
 */
export function updateCheckJob(args: {
    readonly members: number;
    readonly image: string;
    readonly authentication: ZookeeperAuthentication;
    readonly update: unknown;
}): { name: string; spec: types.input.batch.v1.JobSpec } {
    return hashedJob({
        name: UPDATE_CHECK,
        container: "check",
        image: args.image,
        script: zookeeperClientScript("zookeeper/zookeeper-update-check.sh"),
        env: {
            MEMBERS: String(args.members),
            MOST_MEMBERS: String(MOST_ZOOKEEPER_MEMBERS),
            AUTHENTICATION: args.authentication,
        },
        mounts: [ZOOKEEPER_IDENTITY],
        memory: "256Mi",
        content: args.update,
    });
}
