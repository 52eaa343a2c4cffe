import { types } from "@pulumi/kubernetes";
import { Listener, REPLICATION_PORT } from "../../kafka/listeners";
import { selectorLabels, ZONE_LABEL } from "../../kubernetes/labels";
import { DATA_VOLUME, type NamespaceDns, serviceDomain, ZOOKEEPER } from "../../kafka/names";
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
import { BrokerSecurity, securityProperties } from "./brokerProperties";
import { reloadedSettings } from "./listenerSecurity";
import { BROKER_IDENTITY } from "../certificates/certificateVolumes";
import { ZOOKEEPER_IDENTITY } from "../zookeeper/zookeeperIdentity";
import { ZOOKEEPER_PORTS } from "../zookeeper/zookeeperProperties";

/** What a broker's pod is made of. */
export interface BrokerPodArgs extends NamespaceDns, ServerAdditions {
    readonly image: string;
    readonly resources: Resources;
    readonly spread: Spread;
    readonly placement?: Placement;
    readonly rackAwareness: boolean;
    readonly listeners: readonly Listener[];
    readonly security: BrokerSecurity;
}

/** Recovering the log and copying a whole volume may take this long, in seconds; stopping it would only begin it anew. */
const STARTUP_BUDGET = 24 * 3600;
const STARTUP_PERIOD = 1;

/** Where members serve that are ready. */
const ZOOKEEPER_ADDRESS = `${ZOOKEEPER}:${ZOOKEEPER_PORTS.client}`;

/** Asks whether the broker's process answers. */
const ALIVE = {
    exec: { command: scriptCommand("broker-alive.sh") },
    periodSeconds: 10,
    // A process on a node that is out of breath; the broker is not to pay for it.
    timeoutSeconds: 10,
};

/** The specification of a broker's pod. */
export function brokerPodSpec(args: BrokerPodArgs): ServerPodSpec {
    const { encrypted } = args.security;
    const mounts = [
        CONFIG_MOUNT,
        { name: "run", mountPath: "/run/kafka" },
        { name: "tmp", mountPath: "/tmp" },
        ...(encrypted ? BROKER_IDENTITY.volumeMounts : []),
    ];
    return {
        ...schedulingRules(selectorLabels("kafka"), args),
        ...podFields(args.pods),
        automountServiceAccountToken: false,
        // A Service named kafka-... would otherwise turn into KAFKA_... variables, which images take for settings.
        enableServiceLinks: false,
        securityContext: POD_SECURITY_CONTEXT,
        // A controlled shutdown moves every leader away first.
        terminationGracePeriodSeconds: 300,
        containers: [
            {
                name: "kafka",
                image: args.image,
                command: serverCommand("start-kafka.sh", args),
                env: [
                    POD_NAME,
                    ...(args.rackAwareness ? [ZONE] : []),
                    { name: "SERVICE_DOMAIN", value: serviceDomain(args) },
                    {
                        name: "SERVER_HEAP_OPTS",
                        value: heapOptions(args.resources, args.jvmOptions),
                    },
                    LOG_DIR,
                    ...(args.env ?? []),
                ],
                ports: brokerPorts(args.listeners),
                resources: serverResources(args.resources),
                securityContext: CONTAINER_SECURITY_CONTEXT,
                // The reason of a failure then stands in the pod's status, too.
                terminationMessagePolicy: "FallbackToLogsOnError",
                startupProbe: {
                    exec: { command: scriptCommand("broker-in-sync.sh") },
                    periodSeconds: STARTUP_PERIOD,
                    timeoutSeconds: 45,
                    failureThreshold: STARTUP_BUDGET / STARTUP_PERIOD,
                },
                // Never about replication: one dead broker would make all the others unready.
                readinessProbe: { ...ALIVE, failureThreshold: 3 },
                livenessProbe: {
                    ...ALIVE,
                    exec: { command: [...ALIVE.exec.command, ZOOKEEPER_ADDRESS] },
                    failureThreshold: 6,
                    // A process that hangs does not hear that it is to stop.
                    terminationGracePeriodSeconds: 30,
                },
                volumeMounts: [
                    ...mounts,
                    { name: DATA_VOLUME, mountPath: "/var/lib/kafka/data" },
                    ...ZOOKEEPER_IDENTITY.volumeMounts,
                ],
            },
            ...(encrypted ? [certificateReload(args, mounts)] : []),
        ],
        volumes: [
            { name: "run", emptyDir: {} },
            { name: "tmp", emptyDir: {} },
            ...ZOOKEEPER_IDENTITY.volumes,
            ...(encrypted ? BROKER_IDENTITY.volumes : []),
        ],
    };
}

/** Ports of a broker's container. Services lead to a listener's port by its name, the listener's own. */
export function brokerPorts(listeners: readonly Listener[]) {
    return [
        { name: "replication", containerPort: REPLICATION_PORT },
        ...listeners.map(({ name, port }) => ({ name, containerPort: port })),
    ];
}

/** Whether the brokers of a pod encrypt what they send each other. */
export function isEncrypted({ volumes = [] }: { readonly volumes?: readonly object[] }): boolean {
    const [certificates] = BROKER_IDENTITY.volumes;
    return volumes.some((volume) => (volume as { name?: string }).name === certificates!.name);
}

/** Until all pods have what changed in a Secret: the kubelet looks once a minute, at what it may have read a minute before. */
const TRUST_SECONDS = 120;

/** The loop that has the broker read renewed certificates. When it ends it begins anew, and the broker goes on. */
function certificateReload(
    args: BrokerPodArgs,
    volumeMounts: types.input.core.v1.VolumeMount[],
): types.input.core.v1.Container {
    const properties = securityProperties(args);
    return {
        name: "certificate-reload",
        image: args.image,
        command: scriptCommand("reload-certificates.sh"),
        env: [
            POD_NAME,
            { name: "TRUST_STORES", value: reloadedSettings(properties, "truststore") },
            { name: "KEY_STORES", value: reloadedSettings(properties, "keystore") },
            { name: "TRUST_SECONDS", value: String(TRUST_SECONDS) },
            LOG_DIR,
        ],
        // Enough for the JVM of a tool, which runs for a second when a certificate was renewed.
        resources: serverResources({
            requests: { cpu: "10m", memory: "192Mi" },
            limits: { memory: "192Mi" },
        }),
        securityContext: CONTAINER_SECURITY_CONTEXT,
        volumeMounts,
    };
}

/**
 * The zone that Kubernetes 1.35 and newer copy from the node to the pod; empty on older clusters.
 *
 * @see https://kubernetes.io/docs/reference/command-line-tools-reference/feature-gates/ (PodTopologyLabelsAdmission)
 */
const ZONE: types.input.core.v1.EnvVar = {
    name: "ZONE",
    valueFrom: { fieldRef: { fieldPath: `metadata.labels['${ZONE_LABEL}']` } },
};
