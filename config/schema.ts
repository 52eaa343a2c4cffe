import { z } from "zod";
import { DEFAULT_CLUSTER_DOMAIN } from "../components/kafka/names";
import { DEFAULT_STRIMZI, STRIMZI_RELEASES, StrimziVersion } from "../components/strimzi/versions";
import { IMAGE_REFERENCE, KAFKA_VERSION } from "../components/kafka/versions";
import { EKS_FIELDS, type RIGHT_PARTS_OF_EKS } from "./eksSchema";
import { IF_RIGHT, isObject, kindsOf, mapOf, rightEntries } from "./everyFault";
import type { LISTENER, RIGHT_PARTS_OF_LISTENER } from "./listenerSchema";
import {
    POD_FIELDS,
    RIGHT_PARTS_OF_PODS,
    RIGHT_PARTS_OF_SERVICES,
    SERVICE_FIELDS,
} from "./podSchema";
import { cores, distinct, dnsLabel, dnsName, integer, oneOf, sizeOf, string } from "./primitives";
import type { RIGHT_PARTS_OF_USER, USER } from "./userSchema";

// Every message is what stands after the word "expected" in the error that the user reads.

// YAML reads 1.30 as the number 1.3.
const KUBERNETES_VERSION =
    'the cluster\'s Kubernetes version as major and minor, in quotes, such as "1.35"';

const IMAGE =
    'an image with its tag, its digest or both, such as "confluentinc/cp-kafka:7.5.0" or ' +
    '"confluentinc/cp-kafka:7.5.0@sha256:" and 64 digits';

const image = string(IMAGE).regex(IMAGE_REFERENCE, { error: IMAGE, ...IF_RIGHT });

const version = z
    .string('a Kafka version such as "3.5.2"')
    .regex(KAFKA_VERSION, 'a Kafka version such as "3.5.2"');

const storage = (size: string) =>
    z
        .strictObject(
            { size: sizeOf("50Gi").default(size), storageClass: dnsName.optional() },
            "an object with size and storageClass",
        )
        .prefault({});

const amounts = z
    .strictObject(
        { cpu: cores.optional(), memory: sizeOf("2Gi").optional() },
        "an object with cpu and memory",
    )
    .prefault({});

/** Requests and limits. */
export const RESOURCES = z.strictObject(
    { requests: amounts, limits: amounts },
    "an object with requests and limits",
);
const resources = RESOURCES.prefault({});

const rightAmounts = z
    .object({
        cpu: cores.optional().catch(undefined),
        memory: sizeOf("2Gi").optional().catch(undefined),
    })
    .catch({})
    .default({});

/** What is right of requests and limits. What is compared with defaults has to ask whether one is wrong. */
const rightResources = z
    .object({ requests: rightAmounts, limits: rightAmounts })
    .optional()
    .catch(undefined);

const spread = oneOf(["required", "preferred"]).optional();

const property = z
    .union([z.string(), z.number(), z.boolean()], "a text, a number, true or false")
    .transform(String);

/** As a line of a script's input. */
const topicProperty = property.refine(
    (value) => value === value.trim() && !/[\r\n]/.test(value),
    "a text on one line, without blanks at its ends",
);

const properties = (whose: string, value: z.ZodType<string> = property) =>
    mapOf(
        z.string().regex(/^[A-Za-z0-9._-]+$/, `a ${whose} property's name`),
        value,
        `an object of ${whose} properties`,
    ).default({});

/** Properties without those that are wrong, so that the others can be checked. */
const rightProperties = (value?: z.ZodType<string>) => rightEntries(value ?? property).catch({});

/** Fields of `kafka`, each checked by itself so that one mistake does not hide another. */
export const KAFKA_FIELDS = {
    replicas: integer("a whole number from 1 to 900", 1, 900).default(3),
    image: image.optional(),
    version: version.optional(),
    interBrokerProtocolVersion: version.optional(),
    metadataVersion: version.optional(),
    storage: storage("50Gi"),
    resources,
    spread,
    rackAwareness: z.boolean("true or false").default(true),
    ...POD_FIELDS,
    ...SERVICE_FIELDS,
    config: properties("broker"),
    acceptEmptyVolumes: distinct(
        z.array(integer("ids of brokers, from 0", 0), "a list of ids of brokers, from 0"),
    ).optional(),
};

/** The fields of `kafka` of which a part is enough for further checks. */
export const RIGHT_PARTS_OF_KAFKA = {
    ...RIGHT_PARTS_OF_PODS,
    ...RIGHT_PARTS_OF_SERVICES,
    resources: rightResources,
    config: rightProperties(),
    acceptEmptyVolumes: z.array(z.unknown()).optional().catch(undefined),
};

/** Size of a quorum: an even number tolerates no more losses than the odd one below it. */
const quorumSize = (of: string) => {
    const expected = `an odd number of ${of} from 1 to 7`;
    return z
        .int(expected)
        .refine((count) => [1, 3, 5, 7].includes(count), expected)
        .default(3);
};

/** Fields of `zookeeper`. */
export const ZOOKEEPER_FIELDS = {
    replicas: quorumSize("members"),
    image: image.default("confluentinc/cp-zookeeper:7.5.0"),
    authentication: oneOf(["required", "optional"]).default("required"),
    storage: storage("20Gi"),
    resources,
    spread,
    ...POD_FIELDS,
    ...SERVICE_FIELDS,
};

/** The fields of `zookeeper` of which a part is enough for further checks. */
export const RIGHT_PARTS_OF_ZOOKEEPER = {
    ...RIGHT_PARTS_OF_PODS,
    ...RIGHT_PARTS_OF_SERVICES,
    resources: rightResources,
};

/** Nodes that are controllers only. */
export const CONTROLLERS = z.strictObject(
    {
        replicas: quorumSize("controllers"),
        storage: storage("10Gi"),
        resources,
        spread,
        ...POD_FIELDS,
    },
    "an object with replicas, storage, resources and spread",
);

const resourceOverlay = z.strictObject(
    { spec: z.record(z.string(), z.unknown(), "an object, as the resource's spec") },
    "an object with spec",
);

/** Fields of `strimzi`. */
export const STRIMZI_FIELDS = {
    installOperator: z.boolean("true or false").default(true),
    version: oneOf(Object.keys(STRIMZI_RELEASES) as [StrimziVersion, ...StrimziVersion[]]).default(
        DEFAULT_STRIMZI,
    ),
    chart: string("the reference or path of Strimzi's Helm chart").optional(),
    crds: string("the path or URL of a file with Strimzi's CRDs").optional(),
    watchNamespaces: distinct(
        z.array(dnsLabel("a namespace: a DNS-1123 label"), "a list of namespaces"),
    ).optional(),
    resources: RESOURCES.optional(),
    dualRole: z.boolean("true or false").default(false),
    controllers: CONTROLLERS.optional(),
    overlay: z
        .strictObject(
            {
                kafka: resourceOverlay.optional(),
                brokers: resourceOverlay.optional(),
                controllers: resourceOverlay.optional(),
            },
            "an object with kafka, brokers and controllers",
        )
        .optional(),
};

const rightOverlay = z.object({ spec: resourceOverlay.shape.spec }).optional().catch(undefined);

/** The fields of `strimzi` of which a part is enough for further checks. */
export const RIGHT_PARTS_OF_STRIMZI = {
    controllers: z
        .object({
            replicas: CONTROLLERS.shape.replicas.optional().catch(undefined),
            storage: CONTROLLERS.shape.storage.optional().catch(undefined),
            resources: rightResources,
            spread: CONTROLLERS.shape.spread.catch(undefined),
            ...RIGHT_PARTS_OF_PODS,
        })
        .optional()
        .catch(undefined),
    overlay: z
        .object({ kafka: rightOverlay, brokers: rightOverlay, controllers: rightOverlay })
        .optional()
        .catch(undefined),
};

const TOPIC_NAME = "a topic's name: up to 249 letters, digits, dots, underscores and hyphens";

/** A topic. */
export const TOPIC = z.strictObject(
    {
        name: z
            .string(TOPIC_NAME)
            .regex(/^[A-Za-z0-9._-]{1,249}$/, TOPIC_NAME)
            .refine((name) => !/^\.{1,2}$/.test(name), "a name other than . and ..")
            .refine(
                (name) => !name.startsWith("__"),
                "a name that is not one of Kafka's own (__…)",
            ),
        partitions: integer("a whole number from 1 to 100000", 1, 100_000).optional(),
        replicationFactor: integer("a whole number from 1 to 900", 1, 900).optional(),
        config: properties("topic", topicProperty),
    },
    "an object with name, partitions, replicationFactor and config",
);

/** The right fields of a topic, as far as they are for further checks. */
export const RIGHT_PARTS_OF_TOPIC = z.object({
    name: TOPIC.shape.name.optional().catch(undefined),
    partitions: TOPIC.shape.partitions.catch(undefined),
    replicationFactor: TOPIC.shape.replicationFactor.catch(undefined),
    config: rightProperties(topicProperty).default({}),
});

/** A list whose entries are each checked by itself. */
export const LIST = z.array(z.unknown(), "a list").default([]);

const issuer = z.strictObject(
    {
        name: dnsName,
        kind: string("a kind of cert-manager's issuers").default("Issuer"),
        group: dnsName.default("cert-manager.io"),
    },
    "an object with name, kind and group",
);

const pemFile = string("the path of a PEM file");

/** Who makes certificates; cert-manager unless it is said. */
export const CERTIFICATES = z.preprocess(
    (value) =>
        value === undefined || (isObject(value) && !("source" in value))
            ? { source: "cert-manager", ...value }
            : value,
    kindsOf(
        "source",
        [
            z.strictObject({
                source: z.literal("cert-manager"),
                installCertManager: z.boolean("true or false").default(true),
                chart: string("the path of cert-manager's Helm chart").optional(),
                issuer: issuer.optional(),
            }),
            z.strictObject({
                source: z.literal("files"),
                certificateFile: pemFile,
                keyFile: pemFile,
                caFile: pemFile,
                clientsCaFile: pemFile.optional(),
            }),
            z.strictObject({ source: z.literal("none") }),
        ],
        'an object whose source is "cert-manager", "files" or "none"',
    ),
);

/** Pulumi hands single values out as texts. */
const trueOrFalse = z
    .enum(["true", "false"], "true or false")
    .transform((value) => value === "true");

const WAIT_MINUTES = "a whole number of minutes from 2 to 240";

/** Pulumi hands over single values as texts. */
const waitMinutes = z
    .string(WAIT_MINUTES)
    .regex(/^\d{1,3}$/, WAIT_MINUTES)
    .transform(Number)
    .pipe(integer(WAIT_MINUTES, 2, 240));

/** Pulumi hands out `true` as a text, too. */
const isNoBoolean = (text: string) => !/^(true|false)$/i.test(text);
const NO_BOOLEAN = "a name, neither true nor false";

const OWNER = "a stack, as kafka-eks/prod, or acme/kafka-eks/prod with its organization";

/** The keys whose values are single values. */
export const SIMPLE_FIELDS = {
    platform: oneOf(["eks", "kubeconfig"]).default("eks"),
    kubeconfig: string("the path of a kubeconfig file").refine(isNoBoolean, NO_BOOLEAN).optional(),
    kubeContext: string("the name of a kubeconfig context")
        .refine(isNoBoolean, NO_BOOLEAN)
        .optional(),
    kafkaDeploymentType: oneOf(["strimzi", "statefulset"]).default("strimzi"),
    kubernetesVersion: z
        .string(KUBERNETES_VERSION)
        .regex(/^1\.\d{2,}$/, KUBERNETES_VERSION)
        .optional(),
    namespace: dnsLabel("a DNS-1123 label")
        .refine(isNoBoolean, NO_BOOLEAN)
        .refine(
            (name) => name !== "default" && !name.startsWith("kube-"),
            "a namespace of its own, not one of Kubernetes",
        )
        .default("kafka"),
    clusterDomain: dnsName.refine(isNoBoolean, NO_BOOLEAN).default(DEFAULT_CLUSTER_DOMAIN),
    networkPolicies: trueOrFalse.default(true),
    waitMinutes: waitMinutes.optional(),
    protect: trueOrFalse.optional(),
    deleteDataOnDestroy: trueOrFalse.default(false),
    takeOverFrom: z
        .string(OWNER)
        .regex(/^([A-Za-z0-9_.-]+\/){1,2}[A-Za-z0-9_.-]+$/, OWNER)
        .optional(),
    restartWhileDegraded: trueOrFalse.optional(),
};

/** A set of fields that are checked one by one. */
export type Fields = Readonly<Record<string, z.ZodType>>;

/** The values of a set of fields. */
export type Values<F extends Fields> = { readonly [K in keyof F]: z.output<F[K]> };

/** The configuration with its defaults; what depends on more than one key is still open. */
export interface ValidConfig extends Values<typeof SIMPLE_FIELDS> {
    readonly kafka: Values<typeof KAFKA_FIELDS>;
    readonly zookeeper: Values<typeof ZOOKEEPER_FIELDS>;
    readonly strimzi: Values<typeof STRIMZI_FIELDS>;
    readonly listeners: readonly z.output<typeof LISTENER>[];
    readonly topics: readonly z.output<typeof TOPIC>[];
    readonly users: readonly z.output<typeof USER>[];
    readonly certificates: z.output<typeof CERTIFICATES>;
    readonly eks: Values<typeof EKS_FIELDS>;
    /** Pulumi's own key `aws:region`. */
    readonly region: string;
}

/** Fields as far as they could be read; of some a part is enough. */
type Parts<F extends Fields, P extends Fields> = Partial<Omit<Values<F>, keyof P>> &
    Partial<Values<P>>;

/** The configuration as far as it could be read: a value with a mistake is missing. */
export interface ParsedConfig extends Partial<Values<typeof SIMPLE_FIELDS>> {
    readonly kafka: Parts<typeof KAFKA_FIELDS, typeof RIGHT_PARTS_OF_KAFKA>;
    readonly zookeeper: Parts<typeof ZOOKEEPER_FIELDS, typeof RIGHT_PARTS_OF_ZOOKEEPER>;
    readonly strimzi: Parts<typeof STRIMZI_FIELDS, typeof RIGHT_PARTS_OF_STRIMZI>;
    readonly eks: Parts<typeof EKS_FIELDS, typeof RIGHT_PARTS_OF_EKS>;
    readonly certificates?: ValidConfig["certificates"];
    readonly region?: string;
    /** By position in the configured list, as the two after it. */
    readonly listeners?: readonly (z.output<typeof RIGHT_PARTS_OF_LISTENER> | undefined)[];
    readonly topics?: readonly (z.output<typeof RIGHT_PARTS_OF_TOPIC> | undefined)[];
    readonly users?: readonly (z.output<typeof RIGHT_PARTS_OF_USER> | undefined)[];
    /** The keys that the stack sets, rightly or wrongly. */
    readonly given: ReadonlySet<string>;
    /** The keys of what is wrong by itself: a rule can't take what is missing there for what nobody gave. */
    readonly wrong: ReadonlySet<string>;
}
