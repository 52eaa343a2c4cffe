import { types } from "@pulumi/kubernetes";
import { readScripts } from "./files";
import { hashedJob } from "./jobs";
import { UPDATE_CHECK } from "./names";
import { MOST_ZOOKEEPER_MEMBERS } from "./zookeeperProperties";

/**
 * The Job that lets an update of the ensemble begin: once for each change, and not at all without one.
 *
 * @param update What the members are about to become.
 */
export function updateCheckJob(args: {
    readonly members: number;
    readonly image: string;
    readonly update: unknown;
}): { name: string; spec: types.input.batch.v1.JobSpec } {
    return hashedJob({
        name: UPDATE_CHECK,
        container: "check",
        image: args.image,
        script: readScripts(["zookeeper-update-check.sh"])["zookeeper-update-check.sh"]!,
        env: { MEMBERS: String(args.members), MOST_MEMBERS: String(MOST_ZOOKEEPER_MEMBERS) },
        memory: "64Mi",
        content: args.update,
    });
}
