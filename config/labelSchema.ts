import { z } from "zod";
import { kindsOf, mapOf, rightEntries } from "./everyFault";

// Every message is what stands after the word "expected" in the error that the user reads.

/** A DNS name and a slash, or neither of them, before a name of at most 63 characters. */
const LABEL_KEY =
    /^((?=[^/]{1,253}\/)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
/** Kubernetes reads the keys of annotations in lower case. */
const ANNOTATION_KEY = new RegExp(LABEL_KEY.source, "i");
const LABEL_VALUE = /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;
/** The key of a label. */
export const labelKey = z.string("the key of a label").regex(LABEL_KEY, "the key of a label");
const ANNOTATION_EXPECTED =
    "the key of an annotation: a name of up to 63 letters, digits and -_. in between, alone or after a DNS name and /";
const annotationKey = z.string().regex(ANNOTATION_KEY, ANNOTATION_EXPECTED);

/** Bytes of all annotations of an object together. */
const MOST_ANNOTATIONS = 2 ** 18;

const byteLengthOf = (annotations: Readonly<Record<string, string>>) =>
    Object.entries(annotations).reduce(
        (sum, [key, value]) => sum + Buffer.byteLength(key) + Buffer.byteLength(value),
        0,
    );

/**
 * Annotations of an object, by their keys.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/annotations/#syntax-and-character-set
 */
export const annotations = mapOf(annotationKey, z.string("a text"), "an object of texts").refine(
    (all) => byteLengthOf(all) <= MOST_ANNOTATIONS,
    `annotations of at most ${MOST_ANNOTATIONS} bytes together`,
);

/** Annotations without those that are wrong. */
export const rightAnnotations = rightEntries(z.string(), annotationKey).optional();

/** The value of a label. */
export const labelValue = z
    .string("the value of a label")
    .regex(LABEL_VALUE, "the value of a label");

/** Which objects are meant, by their labels. */
export const labelSelector = z.strictObject(
    {
        matchLabels: mapOf(labelKey, labelValue, "an object of labels").optional(),
        matchExpressions: z
            .array(
                kindsOf(
                    "operator",
                    [
                        z.strictObject({
                            key: labelKey,
                            operator: z.enum(["In", "NotIn"]),
                            values: z
                                .array(labelValue, "a list of values of a label")
                                .min(1, "at least one value"),
                        }),
                        z.strictObject({
                            key: labelKey,
                            operator: z.enum(["Exists", "DoesNotExist"]),
                        }),
                    ],
                    'an expression whose operator is "In", "NotIn", "Exists" or "DoesNotExist"',
                ),
                "a list of expressions",
            )
            .optional(),
    },
    "an object with matchLabels and matchExpressions",
);
