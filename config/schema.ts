import { homedir } from "node:os";
import { z } from "zod";
import { DEFAULT_CLUSTER_DOMAIN } from "../components/kafka/names";
import type { PropertyKind } from "../components/kafka/properties/definition";
import { datedDefinitions } from "../components/kafka/properties/definitions";
import { DEFAULT_STRIMZI, STRIMZI_RELEASES, StrimziVersion } from "../components/strimzi/versions";
import {
    IMAGE_REFERENCE,
    isReleaseLine,
    KAFKA_VERSION,
    releaseLine,
} from "../components/kafka/versions";
import { EKS_FIELDS, type RIGHT_PARTS_OF_EKS } from "./eksSchema";
import { IF_RIGHT, isObject, kindsOf, mapOf, rightEntries } from "./everyFault";
import type { LISTENER, RIGHT_PARTS_OF_LISTENER } from "./listenerSchema";
import {
    POD_FIELDS,
    RIGHT_PARTS_OF_PODS,
    RIGHT_PARTS_OF_SERVICES,
    SERVICE_FIELDS,
} from "./podSchema";
import {
    cores,
    distinct,
    dnsLabel,
    dnsName,
    domainName,
    integer,
    memory,
    oneOf,
    plainText,
    sizeOf,
    string,
} from "./primitives";
import type { RIGHT_PARTS_OF_USER, USER } from "./userSchema";

// Every message is what stands after the word "expected" in the error that the user reads.

// YAML reads 1.30 as the number 1.3.
const KUBERNETES_VERSION =
    'the cluster\'s Kubernetes version as major and minor, in quotes, such as "1.35"';

const IMAGE =
    'an image with its tag, its digest or both, such as "confluentinc/cp-kafka:7.5.0" or ' +
    '"confluentinc/cp-kafka:7.5.0@sha256:" and 64 digits';

const image = string(IMAGE)
    .regex(IMAGE_REFERENCE, { error: IMAGE, ...IF_RIGHT })
    .meta({ shownType: "image with a tag, a digest or both" });

const version = z
    .string('a Kafka version such as "3.5.2"')
    .regex(KAFKA_VERSION, 'a Kafka version such as "3.5.2"')
    .refine((given) => isReleaseLine(releaseLine(given)), {
        error: "a version of Kafka: after 1.1 came 2.0, after 2.8 3.0, after 3.9 4.0",
        ...IF_RIGHT,
    })
    .meta({ shownType: "Kafka version" });
const line = version.meta({ shownType: "release line of Kafka" });

const storage = (size: string) =>
    z
        .strictObject(
            {
                size: sizeOf("50Gi")
                    .default(size)
                    .describe("Size of each volume. Volumes grow in place, and never shrink."),
                storageClass: dnsName
                    .optional()
                    .describe(
                        "StorageClass of the volumes. Without it, the cluster's default class.",
                    ),
            },
            "an object with size and storageClass",
        )
        .prefault({});

const amounts = (about: { readonly cpu: string; readonly memory: string }) =>
    z
        .strictObject(
            {
                cpu: cores.optional().describe(about.cpu),
                memory: memory.optional().describe(about.memory),
            },
            "an object with cpu and memory",
        )
        .prefault({});

/** Requests and limits. */
export const RESOURCES = z.strictObject(
    {
        requests: amounts({
            cpu: "CPU that each pod requests.",
            memory: "Memory that each pod requests.",
        }),
        limits: amounts({
            cpu: "CPU limit of each pod.",
            memory: "Memory limit of each pod. It equals the request unless it is given.",
        }),
    },
    "an object with requests and limits",
);
const resources = RESOURCES.prefault({});

const rightAmounts = z
    .object({
        cpu: cores.optional().catch(undefined),
        memory: memory.optional().catch(undefined),
    })
    .catch({})
    .default({});

/** What is right of requests and limits. What is compared with defaults has to ask whether one is wrong. */
const rightResources = z
    .object({ requests: rightAmounts, limits: rightAmounts })
    .optional()
    .catch(undefined);

const spread = oneOf(["required", "preferred"])
    .optional()
    .describe("Whether the pods must or should run in different zones and on different hosts.");

/** As a line of a script's input. */
const topicProperty = plainText.refine(
    (value) => value === value.trim() && !/[\r\n]/.test(value),
    "a text on one line, without blanks at its ends",
);

/** Properties of which those that Kafka reads as numbers are texts: to it 0.50 is 0.5, and it says what it expects. */
const withNumbers = <S extends z.ZodType>(kind: PropertyKind, schema: S) =>
    z.preprocess(
        (all) =>
            isObject(all)
                ? Object.fromEntries(
                      Object.entries(all).map(([name, value]) => [
                          name,
                          typeof value === "number" && isNumber(kind, name) ? String(value) : value,
                      ]),
                  )
                : all,
        schema,
    );

const isNumber = (kind: PropertyKind, name: string) =>
    datedDefinitions(kind, name).some(({ type }) =>
        ["double", "int", "long", "short"].includes(type),
    );

const properties = (whose: PropertyKind, value: z.ZodType<string> = plainText) =>
    withNumbers(
        whose,
        mapOf(
            z.string().regex(/^[A-Za-z0-9._-]+$/, `a ${whose} property's name`),
            value,
            `an object of ${whose} properties`,
        ).default({}),
    );

/** Properties without those that are wrong, so that the others can be checked. */
const rightProperties = (whose: PropertyKind, value: z.ZodType<string> = plainText) =>
    withNumbers(whose, rightEntries(value).catch({}));

/** Fields of `kafka`, each checked by itself so that one mistake does not hide another. */
export const KAFKA_FIELDS = {
    replicas: integer("a whole number from 1 to 900", 1, 900)
        .default(3)
        .describe("Number of brokers."),
    image: image.optional().describe("Image of the brokers. [Pin it](security.md#images)."),
    version: version
        .optional()
        .describe(
            "Kafka version that the operator runs, or that the image has. Required where the image's name does not tell it.",
        ),
    interBrokerProtocolVersion: line
        .optional()
        .describe("Protocol between brokers, at most the version's. Raise it after an upgrade."),
    metadataVersion: line
        .optional()
        .describe("KRaft metadata version, at most the version's. Raise it after an upgrade."),
    storage: storage("50Gi"),
    resources,
    spread,
    rackAwareness: z
        .boolean("true or false")
        .default(true)
        .describe(
            "Sets `broker.rack` to the node's zone. StatefulSets need Kubernetes 1.35 or newer for it.",
        ),
    ...POD_FIELDS,
    ...SERVICE_FIELDS,
    config: properties("broker").meta({
        description: "Kafka's broker properties.",
        shownDefault: "[RF and min ISR](#broker-properties)",
    }),
    acceptEmptyVolumes: distinct(
        z.array(integer("ids of brokers, from 0", 0), "a list of ids of brokers, from 0"),
    )
        .optional()
        .meta({
            description:
                "Brokers that may start [with an empty volume](operations.md#a-broker-with-an-empty-volume-does-not-start), whatever is lost then.",
            shownType: "list of broker ids",
        }),
};

/** The fields of `kafka` of which a part is enough for further checks. */
export const RIGHT_PARTS_OF_KAFKA = {
    ...RIGHT_PARTS_OF_PODS,
    ...RIGHT_PARTS_OF_SERVICES,
    resources: rightResources,
    config: rightProperties("broker"),
    acceptEmptyVolumes: z.array(z.unknown()).optional().catch(undefined),
};

/** Size of a quorum: an even number tolerates no more losses than the odd one below it. */
const quorumSize = (of: string) => {
    const expected = `an odd number of ${of} from 1 to 7`;
    return z
        .int(expected)
        .refine((count) => [1, 3, 5, 7].includes(count), expected)
        .default(3)
        .meta({ description: `Number of ${of}.`, shownType: "1, 3, 5 or 7" });
};

/** Fields of `zookeeper`. */
export const ZOOKEEPER_FIELDS = {
    replicas: quorumSize("members"),
    image: image
        .default("confluentinc/cp-zookeeper:7.5.0")
        .describe("Image of the members. [Pin it](security.md#images)."),
    authentication: oneOf(["required", "optional"])
        .default("required")
        .describe(
            "Whether members refuse sessions without the password. `optional` is [the step](security.md#from-an-ensemble-without-authentication) to it.",
        ),
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

const SPEC = z.record(z.string(), z.unknown(), "an object, as the resource's spec");

const overlayOf = (resource: string) =>
    z
        .strictObject(
            {
                spec: SPEC.meta({
                    description: `Merged into the \`spec\` of ${resource}, last of all. Lists replace those of the program.`,
                    shownType: "object",
                    shownDefault: "none",
                }),
            },
            "an object with spec",
        )
        .optional();

/** Fields of `strimzi`. */
export const STRIMZI_FIELDS = {
    installOperator: z
        .boolean("true or false")
        .default(true)
        .describe(
            "Installs the operator. `false` where one is there already and watches the namespace.",
        ),
    version: oneOf(Object.keys(STRIMZI_RELEASES) as [StrimziVersion, ...StrimziVersion[]])
        .default(DEFAULT_STRIMZI)
        .describe("Release of Strimzi. It decides which Kafka there is."),
    chart: string("the reference or path of Strimzi's Helm chart").optional().meta({
        description: "Helm chart of the operator.",
        shownDefault: "Strimzi's own, of that release",
    }),
    crds: string("the path or URL of a file with Strimzi's CRDs").optional().meta({
        description: "CRDs of Strimzi, which the program applies before the chart.",
        shownDefault: "Strimzi's own, of that release",
    }),
    watchNamespaces: distinct(
        z.array(dnsLabel("a namespace: a DNS-1123 label"), "a list of namespaces"),
    )
        .optional()
        .describe("Namespaces that the operator watches besides its own."),
    resources: RESOURCES.optional(),
    dualRole: z
        .boolean("true or false")
        .default(false)
        .describe(
            "Makes the brokers the KRaft controllers, too. There are 1, 3, 5 or 7 brokers then.",
        ),
    controllers: CONTROLLERS.optional(),
    overlay: z
        .strictObject(
            {
                kafka: overlayOf("the `Kafka` resource"),
                brokers: overlayOf("the brokers' `KafkaNodePool`"),
                controllers: overlayOf("the controllers' `KafkaNodePool`"),
            },
            "an object with kafka, brokers and controllers",
        )
        .optional(),
};

const rightOverlay = z.object({ spec: SPEC }).optional().catch(undefined);

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
            .refine((name) => !name.startsWith("__"), "a name that is not one of Kafka's own (__…)")
            .meta({ description: "Unique name of the topic.", shownType: "topic name" }),
        partitions: integer("a whole number from 1 to 100000", 1, 100_000).optional().meta({
            description: "Number of partitions. It can grow, and never shrinks.",
            shownDefault: "the brokers' `num.partitions`",
        }),
        replicationFactor: integer("a whole number from 1 to 900", 1, 900).optional().meta({
            description: "Replicas of each partition. `up` refuses to change it.",
            shownDefault: "the brokers' `default.replication.factor`",
        }),
        config: properties("topic", topicProperty).meta({
            description: "Kafka's topic properties, such as `retention.ms`.",
            shownDefault: "what the brokers have",
        }),
    },
    "an object with name, partitions, replicationFactor and config",
);

/** The topics as a list; each of them is checked by itself. */
export const TOPICS = z
    .array(z.unknown(), "a list")
    .default([])
    .describe("Topics that `up` creates and changes. It never deletes one.");

/** The right fields of a topic, as far as they are for further checks. */
export const RIGHT_PARTS_OF_TOPIC = z.object({
    name: TOPIC.shape.name.optional().catch(undefined),
    partitions: TOPIC.shape.partitions.catch(undefined),
    replicationFactor: TOPIC.shape.replicationFactor.catch(undefined),
    config: rightProperties("topic", topicProperty),
});

const issuer = z.strictObject(
    {
        name: dnsName.meta({
            description: "Issuer that signs the brokers' certificate.",
            shownDefault: "a CA of the stack's own",
        }),
        kind: string("a kind of cert-manager's issuers")
            .default("Issuer")
            .describe("Kind of the issuer, such as `ClusterIssuer`."),
        group: dnsName.default("cert-manager.io").describe("API group of that kind."),
    },
    "an object with name, kind and group",
);

const SOURCE =
    "Who makes the certificates of brokers and clients. With `none` nothing is encrypted.";

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
                source: z.literal("cert-manager").describe(SOURCE),
                installCertManager: z
                    .boolean("true or false")
                    .default(true)
                    .describe("Installs cert-manager. `false` where the cluster has it already."),
                chart: string("the path of cert-manager's Helm chart").optional().meta({
                    description: "Helm chart of cert-manager.",
                    shownDefault: "the project's own",
                }),
                issuer: issuer.optional(),
            }),
            z.strictObject({
                source: z.literal("files").describe(SOURCE),
                certificateFile: pemFile.describe(
                    "Certificate of all brokers, followed by those between it and the CA.",
                ),
                keyFile: pemFile.describe("Private key of that certificate."),
                caFile: pemFile.describe("CAs that signed it."),
                clientsCaFile: pemFile
                    .optional()
                    .describe(
                        "CAs that sign clients' certificates. A listener with authentication `tls` needs it.",
                    ),
            }),
            z.strictObject({ source: z.literal("none").describe(SOURCE) }),
        ],
        'an object whose source is "cert-manager", "files" or "none"',
    ),
);

/** Pulumi hands single values out as texts. */
const trueOrFalse = z
    .enum(["true", "false"], "true or false")
    .meta({ shownType: "boolean" })
    .transform((value) => value === "true");

const WAIT_MINUTES = "a whole number of minutes from 2 to 240";

/** Pulumi hands over single values as texts. */
const waitMinutes = z
    .string(WAIT_MINUTES)
    .regex(/^\d{1,3}$/, WAIT_MINUTES)
    .meta({ shownType: "minutes 2–240" })
    .transform(Number)
    .pipe(integer(WAIT_MINUTES, 2, 240));

/** Pulumi hands out `true` as a text, too. */
const isNoBoolean = (text: string) => !/^(true|false)$/i.test(text);
const NO_BOOLEAN = "a name, neither true nor false";

const OWNER = "a stack, as kafka-eks/prod, or acme/kafka-eks/prod with its organization";

/** The keys whose values are single values. */
export const SIMPLE_FIELDS = {
    platform: oneOf(["eks", "kubeconfig"])
        .default("eks")
        .describe("An EKS cluster that the stack makes, or a cluster that is there already."),
    kubeconfig: string("the path of a kubeconfig file")
        .refine(isNoBoolean, NO_BOOLEAN)
        // As Pulumi's provider does; nobody else who gets it would.
        .transform((path) => path.replace(/^~(?=\/|$)/, homedir))
        .optional()
        .meta({
            description: "Kubeconfig file of the cluster.",
            shownDefault: "`$KUBECONFIG`, else `~/.kube/config`",
        }),
    kubeContext: string("the name of a kubeconfig context")
        .refine(isNoBoolean, NO_BOOLEAN)
        .optional()
        .meta({
            description: "Context of the kubeconfig.",
            shownDefault: "the current context",
        }),
    kafkaDeploymentType: oneOf(["strimzi", "statefulset"])
        .default("strimzi")
        .describe("What runs Kafka. [Choose once](choosing.md): data does not move by itself."),
    kubernetesVersion: z
        .string(KUBERNETES_VERSION)
        .regex(/^1\.\d{2,}$/, KUBERNETES_VERSION)
        .optional()
        .meta({
            description:
                "Kubernetes version that EKS runs. Elsewhere the program only checks what Strimzi needs.",
            shownType: "major and minor version",
        }),
    namespace: dnsLabel("a DNS-1123 label")
        .refine(isNoBoolean, NO_BOOLEAN)
        .refine(
            (name) => name !== "default" && !name.startsWith("kube-"),
            "a namespace of its own, not one of Kubernetes",
        )
        .default("kafka")
        .describe("Namespace of Kafka, which the stack makes."),
    clusterDomain: domainName
        .refine(isNoBoolean, NO_BOOLEAN)
        .default(DEFAULT_CLUSTER_DOMAIN)
        .describe("DNS domain of the Kubernetes cluster. EKS has no other one."),
    networkPolicies: trueOrFalse
        .default(true)
        .describe(
            "Makes [network policies](security.md#network-policies) that say who may connect to whom.",
        ),
    waitMinutes: waitMinutes
        .optional()
        .describe(
            "How long `up` waits for what an autoscaler or a person may heal, such as room on the nodes.",
        ),
    protect: trueOrFalse
        .optional()
        .describe(
            "Makes Pulumi [refuse to delete](operations.md#protection) what holds messages or keeps Kafka running.",
        ),
    deleteDataOnDestroy: trueOrFalse
        .default(false)
        .describe(
            "Lets `destroy` delete the namespace and its volumes. Run `up` once after changing it.",
        ),
    takeOverFrom: z
        .string(OWNER)
        .regex(/^([A-Za-z0-9_.-]+\/){1,2}[A-Za-z0-9_.-]+$/, OWNER)
        .optional()
        .meta({
            description:
                "Stack [whose data](operations.md#whose-data-it-is) this one takes over, or its own name where its state was lost.",
            shownType: "`PROJECT/STACK` or `ORGANIZATION/PROJECT/STACK`",
        }),
    restartWhileDegraded: trueOrFalse
        .optional()
        .describe(
            "Lets servers restart [although Kafka is not whole](operations.md#what-up-asks-before-a-change).",
        ),
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
