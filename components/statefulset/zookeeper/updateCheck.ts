import type { V1Job } from "@kubernetes/client-node";
import { UPDATE_CHECK } from "../../kafka/names";
import type { StartAdditions } from "../../kubernetes/podAdditions";
import { questionJob } from "../jobs";
import {
    ZOOKEEPER_IDENTITY,
    type ZookeeperAuthentication,
    zookeeperClientScript,
} from "./zookeeperIdentity";

/** What a question to ZooKeeper is asked with. */
export interface ZookeeperQuestion {
    readonly namespace: string;
    /** Image with ZooKeeper's tools. */
    readonly image: string;
    readonly jobPods?: StartAdditions;
}

/**
 * The Job that asks whether an update of the ensemble may begin: whether all members serve, and accept the password
 * where it is to be required.
 *
 * @param broken Members that can't start, as their revision is to be replaced: the others have to be a quorum.
 */
export function updateCheckJob(
    args: ZookeeperQuestion & {
        readonly members: number;
        readonly authentication: ZookeeperAuthentication;
        readonly broken: readonly number[];
    },
): V1Job {
    return zookeeperJob(args, "zookeeper/zookeeper-update-check.sh", {
        MEMBERS: String(args.members),
        BROKEN: args.broken.join(" "),
        AUTHENTICATION: args.authentication,
    });
}

/** The Job that prints Kafka's cluster id as ZooKeeper has it, and nothing where it has none. */
export function clusterIdJob(args: ZookeeperQuestion): V1Job {
    return zookeeperJob(args, "zookeeper/cluster-id.sh", {});
}

function zookeeperJob(
    { image, namespace, jobPods }: ZookeeperQuestion,
    script: string,
    env: Readonly<Record<string, string>>,
): V1Job {
    return questionJob(
        {
            name: UPDATE_CHECK,
            container: "check",
            image,
            script: zookeeperClientScript(script),
            env,
            mounts: [ZOOKEEPER_IDENTITY],
            pods: jobPods,
            memory: "256Mi",
        },
        "zookeeper",
        namespace,
    );
}
