import { isIPv6 } from "node:net";
import { z } from "zod";
import { parseQuantity } from "../components/kubernetes/quantity";

// Every message is what stands after the word "expected" in the error that the user reads.

const DNS_LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const DNS_NAME = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/** A text that is not empty. */
export const string = (expected: string) => z.string(expected).min(1, expected);

/** One of some words. */
export function oneOf<const T extends readonly [string, ...string[]]>(values: T) {
    return z.enum(values, values.map((value) => `"${value}"`).join(" or "));
}

/** A whole number in a range. */
export function integer(expected: string, minimum: number, maximum = Number.MAX_SAFE_INTEGER) {
    return z.int(expected).min(minimum, expected).max(maximum, expected);
}

/** A Kubernetes quantity above zero. */
export const quantity = (example: string) => {
    const expected = `a Kubernetes quantity above zero such as "${example}"`;
    return z.string(expected).refine((value) => (parseQuantity(value) ?? 0) > 0, expected);
};

/** Whole cores are numbers in most files. A size without a unit would be bytes, which nobody means. */
export const cores = z.preprocess(
    (value) => (typeof value === "number" ? String(value) : value),
    quantity("500m"),
);

/** A DNS name. */
export const dnsName = z
    .string("a DNS name in lower case")
    .max(253, "a DNS name of at most 253 characters")
    .regex(DNS_NAME, "a DNS name in lower case");

/** A part of a DNS name. */
export const dnsLabel = (expected: string) =>
    z
        .string(expected)
        .max(63, `${expected} of at most 63 characters`)
        .regex(DNS_LABEL, `${expected}: lower-case letters, digits and hyphens`);

/** A CIDR block of IPv4. Node ports, load balancers and the networks on EKS have no other addresses here. */
export const cidr = z.cidrv4({
    error: ({ input }) =>
        typeof input === "string" && isIPv6(input.split("/")[0]!)
            ? 'a CIDR block of IPv4 such as "10.0.0.0/16": nothing here has addresses of IPv6'
            : 'a CIDR block such as "10.0.0.0/16"',
});
