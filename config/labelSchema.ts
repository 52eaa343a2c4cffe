import { z } from "zod";
import { kindsOf, mapOf } from "./everyFault";

// Every message is what stands after the word "expected" in the error that the user reads.

const LABEL_KEY =
    /^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const LABEL_VALUE = /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;
/** The key of a label. */
export const labelKey = z.string("the key of a label").regex(LABEL_KEY, "the key of a label");
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
