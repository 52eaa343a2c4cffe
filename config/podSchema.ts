import { z } from "zod";
import { labelKey, labelSelector, labelValue } from "./labelSchema";
import { distinct, dnsLabel, dnsName, integer, oneOf, string } from "./primitives";

// Every message is what stands after the word "expected" in the error that the user reads.

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

const nodeRequirement = z.discriminatedUnion(
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

const podTerms = z.strictObject(
    {
        [ALWAYS]: z.array(podTerm, "a list of terms").optional(),
        [IF_POSSIBLE]: z
            .array(
                z.strictObject(
                    { weight, podAffinityTerm: podTerm },
                    "an object with weight and podAffinityTerm",
                ),
                "a list of terms with a weight",
            )
            .optional(),
    },
    WAYS,
);

const affinity = z.strictObject(
    {
        nodeAffinity: z
            .strictObject(
                {
                    [ALWAYS]: z
                        .strictObject(
                            {
                                nodeSelectorTerms: z
                                    .array(nodeTerm, "a list of terms")
                                    .min(1, "at least one term"),
                            },
                            "an object with nodeSelectorTerms",
                        )
                        .optional(),
                    [IF_POSSIBLE]: z
                        .array(
                            z.strictObject(
                                { weight, preference: nodeTerm },
                                "an object with weight and preference",
                            ),
                            "a list of terms with a weight",
                        )
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

const labels = z.record(labelKey, labelValue, "an object of labels").optional();

const ANNOTATIONS = "an object of texts";
const annotations = z.record(labelKey, z.string("a text"), ANNOTATIONS).optional();

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
            value: z
                .union([z.string(), z.number(), z.boolean()], "a text, a number, true or false")
                .transform(String)
                .optional(),
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
                        (secretKeyRef === undefined) !== (configMapKeyRef === undefined),
                    ONE_SOURCE,
                )
                .optional(),
        },
        "an object with name and value or valueFrom",
    )
    .refine(
        ({ value, valueFrom }) => (value === undefined) !== (valueFrom === undefined),
        ONE_VALUE,
    );

const HEAP = 'a size of the heap in MiB or GiB, such as "2048m" or "2g"';
const heap = z
    .string(HEAP)
    .regex(/^[1-9]\d*[mMgG]$/, HEAP)
    .optional();

/** Start scripts split it into words, and expand what looks like a pattern of files. */
const JVM_VALUE = "a text without blanks, quotes, backslashes and characters of shells";
const jvmValue = z
    .union([z.string(), z.number(), z.boolean()], "a text, a number, true or false")
    .transform(String)
    .refine((value) => /^[^\s"'`$\\*?[\]{}()<>|&;!~#]*$/.test(value), JVM_VALUE);

const jvmOptions = z
    .strictObject(
        {
            "-Xms": heap,
            "-Xmx": heap,
            "-XX": z
                .record(
                    z.string().regex(/^[A-Za-z]\w*$/, "the name of a flag, without -XX and signs"),
                    jvmValue,
                    "an object of flags",
                )
                .optional(),
            javaSystemProperties: distinct(
                z.array(
                    z.strictObject(
                        {
                            name: z
                                .string("the name of a property")
                                .regex(/^[A-Za-z][\w.-]*$/, "the name of a property, without -D"),
                            value: jvmValue,
                        },
                        "an object with name and value",
                    ),
                    "a list of properties, each with name and value",
                ),
            ).optional(),
        },
        "an object with -Xms, -Xmx, -XX and javaSystemProperties",
    )
    .optional();

/** What a stack may say of servers of any kind; Kubernetes' and Strimzi's own words. */
export const POD_FIELDS = {
    tolerations: z.array(toleration, "a list of tolerations").optional(),
    nodeSelector: labels,
    affinity: affinity.optional(),
    imagePullSecrets: distinct(
        z.array(
            z.strictObject({ name: dnsName }, "an object with the name of a Secret"),
            "a list of objects, each with the name of a Secret",
        ),
    ).optional(),
    priorityClassName: dnsName.optional(),
    podLabels: labels,
    podAnnotations: annotations,
    jvmOptions,
    env: z.array(variable, "a list of variables").optional(),
};

/** What a stack may say of the Services of servers. */
export const SERVICE_FIELDS = { serviceLabels: labels, serviceAnnotations: annotations };
