import { selectorLabels } from "../../kubernetes/labels";
import { DATA_VOLUME, type NamespaceDns, serviceDomain } from "../../kafka/names";
import { CONFIG_MOUNT, type ServerPodSpec } from "../statefulSetSpec";
import {
    CONTAINER_SECURITY_CONTEXT,
    LOG_DIR,
    Placement,
    POD_NAME,
    POD_SECURITY_CONTEXT,
    Resources,
    Spread,
    schedulingRules,
    serverResources,
} from "../../kubernetes/pods";
import { heapOptions } from "../../kafka/jvmOptions";
import { podFields } from "../../kubernetes/podAdditions";
import { scriptCommand } from "../../kubernetes/files";
import { type ServerAdditions, serverCommand } from "../serverContainer";
import { ZOOKEEPER_IDENTITY } from "./zookeeperIdentity";
import { ZOOKEEPER_PORTS } from "./zookeeperProperties";

/** What a ZooKeeper member's pod is made of. */
export interface ZookeeperPodArgs extends NamespaceDns, ServerAdditions {
    readonly image: string;
    readonly resources: Resources;
    readonly spread: Spread;
    readonly placement?: Placement;
}

/** The specification of a ZooKeeper member's pod. */
export function zookeeperPodSpec(args: ZookeeperPodArgs): ServerPodSpec {
    return {
        ...schedulingRules(selectorLabels("zookeeper"), args),
        ...podFields(args.pods),
        automountServiceAccountToken: false,
        // Variables of the zookeeper Service would be taken for settings by the image's tools.
        enableServiceLinks: false,
        securityContext: POD_SECURITY_CONTEXT,
        terminationGracePeriodSeconds: 60,
        containers: [
            {
                name: "zookeeper",
                image: args.image,
                command: serverCommand("start-zookeeper.sh", args),
                env: [
                    POD_NAME,
                    { name: "SERVICE_DOMAIN", value: serviceDomain(args) },
                    {
                        name: "SERVER_HEAP_OPTS",
                        value: heapOptions(args.resources, args.jvmOptions),
                    },
                    LOG_DIR,
                    ...(args.env ?? []),
                ],
                ports: Object.entries(ZOOKEEPER_PORTS).map(([name, containerPort]) => ({
                    name,
                    containerPort,
                })),
                resources: serverResources(args.resources),
                securityContext: CONTAINER_SECURITY_CONTEXT,
                // The reason of a failure then stands in the pod's status, too.
                terminationMessagePolicy: "FallbackToLogsOnError",
                readinessProbe: {
                    exec: { command: scriptCommand("zookeeper-in-quorum.sh") },
                    periodSeconds: 2,
                    timeoutSeconds: 5,
                    failureThreshold: 3,
                },
                livenessProbe: {
                    exec: { command: scriptCommand("zookeeper-alive.sh") },
                    initialDelaySeconds: 15,
                    periodSeconds: 10,
                    timeoutSeconds: 5,
                    failureThreshold: 6,
                },
                volumeMounts: [
                    CONFIG_MOUNT,
                    // Both leaves and not their parent: the image's own volumes would hide what is below it.
                    { name: DATA_VOLUME, mountPath: "/var/lib/zookeeper/data", subPath: "data" },
                    { name: DATA_VOLUME, mountPath: "/var/lib/zookeeper/log", subPath: "log" },
                    { name: "tmp", mountPath: "/tmp" },
                    ...ZOOKEEPER_IDENTITY.volumeMounts,
                ],
            },
        ],
        volumes: [{ name: "tmp", emptyDir: {} }, ...ZOOKEEPER_IDENTITY.volumes],
    };
}
