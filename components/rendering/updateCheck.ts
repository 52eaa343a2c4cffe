import { types } from "@pulumi/kubernetes";
import { ZOOKEEPER } from "./names";
import { CONTAINER_SECURITY_CONTEXT, POD_SECURITY_CONTEXT } from "./pods";
import { contentHash, readScripts } from "./files";
import { MOST_ZOOKEEPER_MEMBERS } from "./zookeeperProperties";

/**
 * The Job that lets an update of the ensemble begin. Its name is a hash of what it lets pass, so it runs once for each
 * change and not at all without one.
 *
 * @param update What the members are about to become.
 */
export function updateCheckJob(args: {
    readonly members: number;
    readonly image: string;
    readonly update: unknown;
}): { name: string; spec: types.input.batch.v1.JobSpec } {
    const script = readScripts(["zookeeper-update-check.sh"])["zookeeper-update-check.sh"]!;
    const spec: types.input.batch.v1.JobSpec = {
        backoffLimit: 0,
        template: {
            metadata: { labels: { "app.kubernetes.io/name": `${ZOOKEEPER}-update-check` } },
            spec: {
                restartPolicy: "Never",
                automountServiceAccountToken: false,
                enableServiceLinks: false,
                securityContext: POD_SECURITY_CONTEXT,
                containers: [
                    {
                        name: "check",
                        image: args.image,
                        command: ["bash", "-c", script],
                        env: [
                            { name: "MEMBERS", value: String(args.members) },
                            { name: "MOST_MEMBERS", value: String(MOST_ZOOKEEPER_MEMBERS) },
                        ],
                        resources: {
                            requests: { cpu: "50m", memory: "64Mi" },
                            limits: { memory: "64Mi" },
                        },
                        securityContext: CONTAINER_SECURITY_CONTEXT,
                        // The reason of a failure then stands in the pod's status, too.
                        terminationMessagePolicy: "FallbackToLogsOnError",
                    },
                ],
            },
        },
    };
    const hash = contentHash([args.update, spec]).slice(0, 8);
    return { name: `${ZOOKEEPER}-update-check-${hash}`, spec };
}
