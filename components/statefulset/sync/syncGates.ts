import type { KubernetesObject, V1Job, V1StatefulSet, V1Volume } from "@kubernetes/client-node";
import { KAFKA, KAFKA_CHECK, SYNCED, UPDATE_CHECK, ZOOKEEPER } from "../../kafka/names";
import { objectLabels } from "../../kubernetes/labels";
import { ADMIN_CLASS_SCRIPT, adminJarData } from "../admin/adminClasses";
import { brokerClient, REPLICATION_BOOTSTRAP } from "../brokers/brokerClient";
import { isEncrypted } from "../brokers/brokerPod";
import { type JobArgs, questionJob } from "../jobs";
import { readScript } from "../scripts";
import { imageOf } from "../servers";
import { configMounts } from "../statefulSetSpec";
import {
    ZOOKEEPER_IDENTITY,
    type ZookeeperAuthentication,
    zookeeperClientScript,
} from "../zookeeper/zookeeperIdentity";
import { podsHash, type SyncGoal } from "./synced";

/** What {@link syncGates} needs to know. */
export interface SyncGatesArgs extends SyncGoal {
    readonly authentication: ZookeeperAuthentication;
    /** Whether servers may restart although Kafka or ZooKeeper is not whole. */
    readonly restartWhileDegraded: boolean;
}

/** How long Kafka may take to become whole, in seconds. */
const WAIT_SECONDS = 120;
/** The Service of the Kubernetes API, whose name each cluster's DNS knows. */
const KNOWN_NAME = "kubernetes.default.svc";
/** The longest that a gate may take, with the pull of its image, in seconds. */
const LIMIT_SECONDS = 300;
/** A tool without hooks asks again when Kubernetes has deleted the Job, after this time in seconds. */
const KEPT_SECONDS = 600;

/**
 * Jobs that ask Kafka and ZooKeeper before a sync of rendered files, each with what it mounts. They need no permission of the
 * Kubernetes API, and pass where there is nobody to ask yet.
 */
export function syncGates(args: SyncGatesArgs): KubernetesObject[] {
    const { kafka, zookeeper, minInsyncReplicas, authentication } = args;
    const { namespace } = kafka.metadata!;
    const pod = kafka.spec!.template.spec!;
    const { env, mounts } = brokerClient({ encrypted: isEncrypted(pod) });
    const RESTART_WHILE_DEGRADED = String(args.restartWhileDegraded);
    return [
        {
            apiVersion: "v1",
            kind: "ConfigMap",
            metadata: { name: KAFKA_CHECK, namespace, labels: objectLabels(KAFKA) },
            // The brokers' own comes later, or has another name after a change.
            binaryData: adminJarData(),
        } as KubernetesObject,
        gateJob(kafka, {
            name: KAFKA_CHECK,
            container: "check",
            image: imageOf(pod, KAFKA),
            script: [ADMIN_CLASS_SCRIPT, "sync/kafka-gate.sh"].map(readScript).join("\n"),
            env: {
                ...env,
                BOOTSTRAP: REPLICATION_BOOTSTRAP,
                KNOWN_NAME,
                BROKERS: String(kafka.spec!.replicas),
                MIN_ISR: String(minInsyncReplicas),
                PODS: podsHash(kafka),
                MEMBER_PODS: podsHash(zookeeper),
                RESTART_WHILE_DEGRADED,
                WAIT_SECONDS: String(WAIT_SECONDS),
            },
            mounts: [configMounts([KAFKA_CHECK]), ...mounts],
            memory: "256Mi",
            values: SYNCED,
        }),
        gateJob(zookeeper, {
            name: UPDATE_CHECK,
            container: "check",
            image: imageOf(zookeeper.spec!.template.spec!, ZOOKEEPER),
            script: [
                readScript("sync/zookeeper-gate.sh"),
                zookeeperClientScript("zookeeper/zookeeper-update-check.sh"),
            ].join("\n"),
            env: {
                MEMBERS: String(zookeeper.spec!.replicas),
                PODS: podsHash(zookeeper),
                BROKEN: "",
                AUTHENTICATION: authentication,
                RESTART_WHILE_DEGRADED,
            },
            mounts: [ZOOKEEPER_IDENTITY],
            memory: "256Mi",
            values: SYNCED,
        }),
    ];
}

function gateJob({ metadata }: V1StatefulSet, args: JobArgs): V1Job {
    const { name, namespace = "" } = metadata!;
    const application = name === KAFKA ? KAFKA : ZOOKEEPER;
    const { apiVersion, kind, spec } = questionJob(args, application, namespace);
    const pod = spec!.template.spec!;
    return {
        apiVersion,
        kind,
        metadata: { name: args.name, namespace, labels: objectLabels(application) },
        spec: {
            ...spec!,
            activeDeadlineSeconds: LIMIT_SECONDS,
            ttlSecondsAfterFinished: KEPT_SECONDS,
            template: {
                ...spec!.template,
                spec: { ...pod, volumes: pod.volumes?.map(optional) },
            },
        },
    };
}

/** A volume that does not hold the pod up where its Secrets are not there yet. */
function optional({ secret, projected, ...volume }: V1Volume): V1Volume {
    return {
        ...volume,
        ...(secret && { secret: { ...secret, optional: true } }),
        ...(projected && {
            projected: {
                ...projected,
                sources: projected.sources?.map((source) =>
                    source.secret === undefined
                        ? source
                        : { ...source, secret: { ...source.secret, optional: true } },
                ),
            },
        }),
    };
}
