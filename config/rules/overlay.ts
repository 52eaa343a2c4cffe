import { type ConfigProblem, optionNear, show, showKind } from "../problems";
import type { ParsedConfig } from "../schema";

/**
 * What an overlay may hold at a place: a sentence says why it may hold nothing, `true` leaves the place to the API server, and an
 * object has the fields that Strimzi knows there.
 */
export type OverlayField = string | true | { readonly [name: string]: OverlayField };

const RESTRICTED = "the program keeps pods to the restricted Pod Security Standard";
const SERVICES = "kafka.serviceLabels and kafka.serviceAnnotations are its keys";
const POOLS = "the pools have it: strimzi.overlay.brokers and strimzi.overlay.controllers";

const METADATA = { metadata: true } as const;

/** The `spec` of the `Kafka` resource. */
export const KAFKA_FIELDS: OverlayField = {
    kafka: {
        version: "kafka.version is its key",
        metadataVersion: "kafka.metadataVersion is its key",
        image: "the operator chooses the image by kafka.version",
        listeners: "listeners is its key",
        config: "kafka.config is its key",
        authorization: "listeners[].authentication and users[].acls decide on it",
        rack: "kafka.rackAwareness is its key",
        brokerRackInitImage: true,
        livenessProbe: true,
        readinessProbe: true,
        jvmOptions: "kafka.jvmOptions is its key",
        jmxOptions: true,
        metricsConfig: true,
        logging: true,
        template: {
            pod: POOLS,
            bootstrapService: SERVICES,
            brokersService: SERVICES,
            externalBootstrapService: SERVICES,
            perPodService: SERVICES,
            externalBootstrapRoute: METADATA,
            perPodRoute: POOLS,
            externalBootstrapIngress: METADATA,
            perPodIngress: POOLS,
            persistentVolumeClaim: POOLS,
            podDisruptionBudget: "the program lets one server be evicted at a time",
            kafkaContainer: POOLS,
            initContainer: POOLS,
            clusterCaCert: METADATA,
            serviceAccount: METADATA,
            jmxSecret: METADATA,
            clusterRoleBinding: METADATA,
            podSet: POOLS,
        },
        tieredStorage: true,
        quotas: "users[].quotas is its key, which such quotas would switch off",
    },
    entityOperator: {
        topicOperator: {
            watchedNamespace: "the operator has to watch the namespace of the program's topics",
            image: true,
            reconciliationIntervalMs: true,
            startupProbe: true,
            livenessProbe: true,
            readinessProbe: true,
            resources: true,
            logging: true,
            jvmOptions: true,
        },
        userOperator: {
            watchedNamespace: "the operator has to watch the namespace of the program's users",
            image: true,
            reconciliationIntervalMs: true,
            secretPrefix: "a user's Secret has the user's name",
            livenessProbe: true,
            readinessProbe: true,
            resources: true,
            logging: true,
            jvmOptions: true,
        },
        template: {
            deployment: true,
            pod: "imagePullSecrets, nodeSelector and tolerations of kafka hold for it, too",
            topicOperatorContainer: "the program keeps topics from being deleted with it",
            userOperatorContainer: RESTRICTED,
            serviceAccount: METADATA,
            podDisruptionBudget: true,
            entityOperatorRole: METADATA,
            topicOperatorRoleBinding: METADATA,
            userOperatorRoleBinding: METADATA,
        },
    },
    clusterCa: true,
    clientsCa: true,
    cruiseControl: true,
    kafkaExporter: true,
    maintenanceTimeWindows: true,
};

/** The `spec` of a `KafkaNodePool`, whose keys stand under a key of the configuration. */
function poolFields(key: string, storage: string): OverlayField {
    const own = (name: string) => `${key}.${name} is its key`;
    const container: Readonly<Record<string, OverlayField>> = {
        env: own("env"),
        securityContext: RESTRICTED,
        volumeMounts: true,
    };
    return {
        replicas: own("replicas"),
        roles: "strimzi.dualRole is its key",
        storage,
        resources: own("resources"),
        jvmOptions: own("jvmOptions"),
        template: {
            podSet: "the program and the operator find pods by it",
            pod: {
                metadata: `${own("podLabels")}, and ${key}.podAnnotations`,
                imagePullSecrets: own("imagePullSecrets"),
                securityContext: RESTRICTED,
                terminationGracePeriodSeconds: "the program knows how long a server takes to stop",
                affinity: own("affinity"),
                tolerations: own("tolerations"),
                topologySpreadConstraints: own("spread"),
                priorityClassName: own("priorityClassName"),
                schedulerName: true,
                hostAliases: true,
                dnsPolicy: true,
                dnsConfig: true,
                enableServiceLinks: true,
                tmpDirSizeLimit: true,
                volumes: true,
                templatedVolumes: true,
                hostUsers: true,
            },
            perPodService: SERVICES,
            perPodRoute: METADATA,
            perPodIngress: METADATA,
            persistentVolumeClaim: METADATA,
            kafkaContainer: container,
            initContainer: { ...container, env: "the operator sets it" },
        },
    };
}

const DELETION = "deleteDataOnDestroy decides whether volumes are deleted";

/** What an overlay may hold, for each of the resources. */
export const OVERLAY_FIELDS = {
    kafka: KAFKA_FIELDS,
    brokers: poolFields("kafka", `kafka.storage is its key, and ${DELETION}`),
    controllers: poolFields(
        "strimzi.controllers",
        `strimzi.controllers.storage is its key, and ${DELETION}`,
    ),
} as const;

/** Fields that no pod of the program has. */
const HOST_FIELDS = ["hostNetwork", "hostPID", "hostIPC"];

/** Overlays that change what the program manages, or that have no place. What stands deeper the API server judges. */
export function overlayConflicts({ strimzi, kafkaDeploymentType }: ParsedConfig): ConfigProblem[] {
    const { overlay, dualRole } = strimzi;
    if (overlay === undefined || kafkaDeploymentType !== "strimzi") {
        return [];
    }
    return Object.entries(OVERLAY_FIELDS).flatMap(([resource, fields]): ConfigProblem[] => {
        const given = overlay[resource as keyof typeof OVERLAY_FIELDS];
        const key = `strimzi.overlay.${resource}`;
        if (given === undefined) {
            return [];
        }
        if (resource === "controllers" && dualRole === true) {
            const expected = "nothing with strimzi.dualRole true: the brokers are the controllers";
            return [{ key, expected, given: "an object" }];
        }
        return problemsAt(`${key}.spec`, fields, given.spec);
    });
}

function problemsAt(key: string, field: OverlayField, value: unknown): ConfigProblem[] {
    if (typeof field === "string") {
        return [{ key, expected: `nothing: ${field}`, given: showInside(value) }];
    }
    if (value === null) {
        return [{ key, expected: "a value: an overlay takes nothing away", given: "null" }];
    }
    if (field === true) {
        return entriesOf(value).flatMap(([name, each]) => problemsAt(`${key}${name}`, true, each));
    }
    if (typeof value !== "object" || Array.isArray(value)) {
        return [{ key, expected: "an object", given: showInside(value) }];
    }
    return Object.entries(value).flatMap(([name, each]: [string, unknown]): ConfigProblem[] => {
        const path = `${key}.${name}`;
        return Object.hasOwn(field, name)
            ? problemsAt(path, field[name]!, each)
            : [
                  {
                      key: path,
                      expected: knownInstead(name, field),
                      given: showInside(each),
                      ...optionNear(name, Object.keys(field)),
                  },
              ];
    });
}

/** An object or a list may hold a secret anywhere. */
function showInside(value: unknown): string {
    return typeof value === "object" && value !== null ? showKind(value) : show(value);
}

function knownInstead(name: string, fields: object): string {
    return HOST_FIELDS.includes(name)
        ? "nothing: no pod of the program is part of its node"
        : `one of ${Object.keys(fields).join(", ")}, which Strimzi knows there`;
}

/** What is in a list or an object, with the rest of its path. */
function entriesOf(value: unknown): (readonly [string, unknown])[] {
    if (typeof value !== "object" || value === null) {
        return [];
    }
    return Array.isArray(value)
        ? value.map((each: unknown, index) => [`[${index}]`, each] as const)
        : Object.entries(value).map(([name, each]) => [`.${name}`, each] as const);
}
