import { z } from "zod";
import { isOneGiven, kindsOf, listWithGaps, mapOf, rightEntries, WITH_FAULTS } from "./everyFault";
import { annotations, labelKey, labelSelector, labelValue, rightAnnotations } from "./labelSchema";
import { distinct, dnsLabel, dnsName, integer, oneOf, plainText, string } from "./primitives";

// Every message is what stands after the word "expected" in the error that the user reads.

const KUBERNETES = "https://kubernetes.io/docs/concepts";

const toleration = z.strictObject(
    {
        key: labelKey.optional(),
        operator: oneOf(["Exists", "Equal"]).optional(),
        value: labelValue.optional(),
        effect: oneOf(["NoSchedule", "PreferNoSchedule", "NoExecute"]).optional(),
        tolerationSeconds: integer("a whole number of seconds", 0).optional(),
    },
    "an object with key, operator, value, effect and tolerationSeconds",
);

const nodeRequirement = kindsOf(
    "operator",
    [
        z.strictObject({
            key: labelKey,
            operator: z.enum(["In", "NotIn"]),
            values: z.array(labelValue, "a list of values of a label").min(1, "at least one value"),
        }),
        z.strictObject({ key: labelKey, operator: z.enum(["Exists", "DoesNotExist"]) }),
        z.strictObject({
            key: labelKey,
            operator: z.enum(["Gt", "Lt"]),
            values: z
                .array(
                    z
                        .string("a whole number in quotes")
                        .regex(/^-?\d+$/, "a whole number in quotes"),
                    "a list with one number",
                )
                .length(1, "a list with one number"),
        }),
    ],
    'an expression whose operator is "In", "NotIn", "Exists", "DoesNotExist", "Gt" or "Lt"',
);

const nodeTerm = z.strictObject(
    {
        matchExpressions: z
            .array(nodeRequirement, "a list of expressions")
            .min(1, "at least one expression"),
    },
    "an object with matchExpressions",
);

const podTerm = z.strictObject(
    {
        labelSelector,
        topologyKey: labelKey,
        namespaces: distinct(
            z.array(dnsLabel("a namespace: a DNS-1123 label"), "a list of namespaces"),
        ).optional(),
        namespaceSelector: labelSelector.optional(),
    },
    "an object with labelSelector, topologyKey, namespaces and namespaceSelector",
);

const weight = integer("a whole number from 1 to 100", 1, 100);

const ALWAYS = "requiredDuringSchedulingIgnoredDuringExecution";
const IF_POSSIBLE = "preferredDuringSchedulingIgnoredDuringExecution";
const WAYS = `an object with ${ALWAYS} and ${IF_POSSIBLE}`;

const weightedPodTerm = z.strictObject(
    { weight, podAffinityTerm: podTerm },
    "an object with weight and podAffinityTerm",
);

const podTerms = z.strictObject(
    {
        [ALWAYS]: z.array(podTerm, "a list of terms").optional(),
        [IF_POSSIBLE]: z.array(weightedPodTerm, "a list of terms with a weight").optional(),
    },
    WAYS,
);

const nodeTerms = z.strictObject(
    { nodeSelectorTerms: z.array(nodeTerm, "a list of terms").min(1, "at least one term") },
    "an object with nodeSelectorTerms",
);

const weightedNodeTerm = z.strictObject(
    { weight, preference: nodeTerm },
    "an object with weight and preference",
);

const affinity = z.strictObject(
    {
        nodeAffinity: z
            .strictObject(
                {
                    [ALWAYS]: nodeTerms.optional(),
                    [IF_POSSIBLE]: z
                        .array(weightedNodeTerm, "a list of terms with a weight")
                        .optional(),
                },
                WAYS,
            )
            .optional(),
        podAffinity: podTerms.optional(),
        podAntiAffinity: podTerms.optional(),
    },
    "an object with nodeAffinity, podAffinity and podAntiAffinity",
);

/** The parts of an affinity that are right by themselves. Terms that nodes must have are right together only. */
const rightAffinity = z
    .object({
        nodeAffinity: z
            .object({
                [ALWAYS]: nodeTerms.optional().catch(undefined),
                [IF_POSSIBLE]: listWithGaps(weightedNodeTerm),
            })
            .optional()
            .catch(undefined),
        podAffinity: z
            .object({
                [ALWAYS]: listWithGaps(podTerm),
                [IF_POSSIBLE]: listWithGaps(weightedPodTerm),
            })
            .optional()
            .catch(undefined),
    })
    .optional()
    .catch(undefined);

const labels = mapOf(labelKey, labelValue, "an object of labels").optional();

const ENV_NAME = "the name of a variable: letters, digits and underscores";

const keyOf = (kind: string) =>
    z.strictObject(
        {
            name: dnsName,
            key: string(`a key of the ${kind}`),
            optional: z.boolean("true or false").optional(),
        },
        "an object with name, key and optional",
    );

const ONE_VALUE = "a variable with either value or valueFrom";
const ONE_SOURCE = "an object with either secretKeyRef or configMapKeyRef";

const variable = z
    .strictObject(
        {
            name: z.string(ENV_NAME).regex(/^[A-Za-z_][A-Za-z0-9_]*$/, ENV_NAME),
            value: plainText.optional(),
            valueFrom: z
                .strictObject(
                    {
                        secretKeyRef: keyOf("Secret").optional(),
                        configMapKeyRef: keyOf("ConfigMap").optional(),
                    },
                    ONE_SOURCE,
                )
                .refine(
                    ({ secretKeyRef, configMapKeyRef }) =>
                        isOneGiven(secretKeyRef, configMapKeyRef),
                    { error: ONE_SOURCE, ...WITH_FAULTS },
                )
                .optional(),
        },
        "an object with name and value or valueFrom",
    )
    .refine(({ value, valueFrom }) => isOneGiven(value, valueFrom), {
        error: ONE_VALUE,
        ...WITH_FAULTS,
    });

/** A variable for further checks: its name, and its value where that is right. */
const rightVariable = z.object({
    name: variable.shape.name,
    value: variable.shape.value.catch(undefined),
});

const HEAP = 'a size of the heap in MiB or GiB, such as "2048m" or "2g"';
const heap = z
    .string(HEAP)
    .regex(/^[1-9]\d*[mMgG]$/, HEAP)
    .meta({ shownType: "size in MiB (`m`) or GiB (`g`)" })
    .optional();

/** Start scripts split it into words, and expand what looks like a pattern of files. */
const JVM_VALUE = "a text without blanks, quotes, backslashes and characters of shells";
const isJvmValue = (value: string) => /^[^\s"'`$\\*?[\]{}()<>|&;!~#]*$/.test(value);

/** The flags that may be fractions are numbers to the JVM, too. */
const flagValue = z
    .union([z.string(), z.number(), z.boolean()], "a text, a number, true or false")
    .transform(String)
    .refine(isJvmValue, JVM_VALUE);

const flagName = z.string().regex(/^[A-Za-z]\w*$/, "the name of a flag, without -XX and signs");

const systemProperty = z.strictObject(
    {
        name: z
            .string("the name of a property")
            .regex(/^[A-Za-z][\w.-]*$/, "the name of a property, without -D"),
        value: plainText.refine(isJvmValue, JVM_VALUE),
    },
    "an object with name and value",
);

const jvmOptions = z
    .strictObject(
        {
            "-Xms": heap.describe("Initial heap size."),
            "-Xmx": heap.describe(
                "Maximum heap size. The memory limit has to leave room for what is not heap.",
            ),
            "-XX": mapOf(flagName, flagValue, "an object of flags")
                .optional()
                .describe("Flags of the JVM by name, without `-XX:` and sign."),
            javaSystemProperties: distinct(
                z.array(systemProperty, "a list of properties, each with name and value"),
            )
                .optional()
                .meta({
                    description: "Java system properties.",
                    shownType: "list of `{ name, value }`",
                }),
        },
        "an object with -Xms, -Xmx, -XX and javaSystemProperties",
    )
    .optional();

const rightJvmOptions = z
    .object({
        "-Xms": heap.catch(undefined),
        "-Xmx": heap.catch(undefined),
        "-XX": rightEntries(flagValue, flagName).optional().catch(undefined),
        javaSystemProperties: listWithGaps(z.object({ name: systemProperty.shape.name })),
    })
    .optional()
    .catch(undefined);

/** What a stack may say of servers of any kind; Kubernetes' and Strimzi's own words. */
export const POD_FIELDS = {
    tolerations: z
        .array(toleration, "a list of tolerations")
        .optional()
        .meta({
            description: "Taints that the pods tolerate, each with its key.",
            shownType: `list of [Toleration](${KUBERNETES}/scheduling-eviction/taint-and-toleration/)`,
        }),
    nodeSelector: labels.describe("Labels that a node needs."),
    affinity: affinity.optional().meta({
        description: "Affinity of the pods. It comes after the terms that spread the servers.",
        shownType: `[Affinity](${KUBERNETES}/scheduling-eviction/assign-pod-node/#affinity-and-anti-affinity)`,
    }),
    imagePullSecrets: distinct(
        z.array(
            z.strictObject({ name: dnsName }, "an object with the name of a Secret"),
            "a list of objects, each with the name of a Secret",
        ),
    )
        .optional()
        .meta({
            description: "Secrets with which the images are pulled.",
            shownType: "list of `{ name }`",
        }),
    priorityClassName: dnsName
        .optional()
        .describe("PriorityClass of the pods, which has to exist."),
    podLabels: labels.describe("Labels of the pods."),
    podAnnotations: annotations.optional().describe("Annotations of the pods."),
    jvmOptions,
    env: z.array(variable, "a list of variables").optional().meta({
        description:
            "Environment variables of the server's container. `valueFrom` takes `secretKeyRef` or `configMapKeyRef`.",
        shownType: "list of `{ name, value }` or `{ name, valueFrom }`",
    }),
};

const rightToleration = z.object({
    key: labelKey.optional().catch(undefined),
    operator: toleration.shape.operator.catch(undefined),
    value: toleration.shape.value.catch(undefined),
    effect: toleration.shape.effect.catch(undefined),
    tolerationSeconds: toleration.shape.tolerationSeconds.catch(undefined),
});

const rightLabels = rightEntries(labelValue, labelKey).optional().catch(undefined);

/** The fields of pods of which a part is enough for further checks. */
export const RIGHT_PARTS_OF_PODS = {
    tolerations: listWithGaps(rightToleration),
    nodeSelector: rightLabels,
    affinity: rightAffinity,
    podLabels: rightLabels,
    podAnnotations: rightAnnotations.catch(undefined),
    jvmOptions: rightJvmOptions,
    env: listWithGaps(rightVariable),
};

/** The fields of Services of which a part is enough for further checks. */
export const RIGHT_PARTS_OF_SERVICES = {
    serviceLabels: rightLabels,
    serviceAnnotations: rightAnnotations.catch(undefined),
};

/** What a stack may say of the Services of servers. */
export const SERVICE_FIELDS = {
    serviceLabels: labels.describe("Labels of all Services of these servers."),
    serviceAnnotations: annotations
        .optional()
        .describe(
            "Annotations of all their Services. Those of load balancers are the listener's `annotations`.",
        ),
};
