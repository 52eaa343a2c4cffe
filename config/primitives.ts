import { isIP, isIPv6 } from "node:net";
import { z } from "zod";
import { canonical } from "../components/eks/cidr";
import { parseQuantity } from "../components/kubernetes/quantity";
import { IF_RIGHT, isObject } from "./everyFault";
import { isLargeNumber } from "./exactJson";

// Every message is what stands after the word "expected" in the error that the user reads.

const DNS_LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const DNS_NAME = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/** A text that is not empty, without blanks at its ends. */
export const string = (expected: string) =>
    z
        .string(expected)
        .min(1, expected)
        .refine((text) => text.trim() === text, `${expected}, without blanks at its ends`)
        .meta({ shownType: expected.replace(/^(an?|the) /, "") });

/**
 * A text that may stand without quotes. YAML reads `1.10` as the number 1.1, and nobody can tell afterwards, so a fraction has to
 * be in quotes.
 */
export const plainText = z
    .union([z.string(), z.int(), z.boolean()], {
        error: ({ input }) =>
            typeof input === "number"
                ? "a text: of a number without quotes YAML keeps no last zero"
                : "a text, a number, true or false",
    })
    .transform(String);

/** One of some words. */
export function oneOf<const T extends readonly [string, ...string[]]>(values: T) {
    return z.enum(values, values.map((value) => `"${value}"`).join(" or "));
}

/** A whole number in a range. One that only JavaScript can't hold is too large. */
export function integer(expected: string, minimum: number, maximum = Number.MAX_SAFE_INTEGER) {
    const tooLarge = maximum < Number.MAX_SAFE_INTEGER ? expected : `at most ${maximum}`;
    return z
        .int({ error: ({ input }) => (isLargeNumber(input) ? tooLarge : expected) })
        .min(minimum, expected)
        .max(maximum, expected);
}

/** A Kubernetes quantity above zero. */
export const quantity = (example: string) => {
    const expected = `a Kubernetes quantity above zero such as "${example}"`;
    return z
        .string(expected)
        .refine((value) => (parseQuantity(value) ?? 0) > 0, expected)
        .meta({ shownType: "quantity" });
};

/** A Kubernetes quantity of bytes. */
export const sizeOf = (example: string) =>
    quantity(example)
        .refine((value) => /[a-z]$/i.test(value) || parseQuantity(value)! >= 2 ** 20, {
            error: `a size with its unit, such as "${example}"`,
            ...IF_RIGHT,
        })
        .meta({ shownType: "quantity of bytes" });

/** More cores and more memory than any node has. */
const MOST_CORES = 1024;
const MOST_MEMORY = "64Ti";

/** Whole cores are numbers in most files. */
export const cores = z.preprocess(
    (value) => (typeof value === "number" ? String(value) : value),
    quantity("500m").refine((value) => parseQuantity(value)! <= MOST_CORES, {
        error: `at most ${MOST_CORES} cores: no node has more`,
        ...IF_RIGHT,
    }),
);

/** Memory of a pod. */
export const memory = sizeOf("2Gi").refine(
    (value) => parseQuantity(value)! <= parseQuantity(MOST_MEMORY)!,
    { error: `at most "${MOST_MEMORY}" of memory: no node has more`, ...IF_RIGHT },
);

/** A DNS name. */
export const dnsName = z
    .string("a DNS name in lower case")
    .max(253, "a DNS name of at most 253 characters")
    .regex(DNS_NAME, "a DNS name in lower case")
    .meta({ shownType: "DNS name" });

/** A DNS name that resolvers know: Kubernetes' own names may have longer parts. */
const resolvedName = dnsName.refine((name) => name.split(".").every((part) => part.length <= 63), {
    error: "a DNS name with at most 63 characters between dots",
    ...IF_RIGHT,
});

/** No domain ends with a number, so what does is meant as an address. */
const endsWithNumber = (name: string) => /(^|\.)\d+$/.test(name);

/** A domain under which there are names. */
export const domainName = resolvedName.refine((name) => !endsWithNumber(name), {
    error: "a DNS name, which does not end with a number",
    ...IF_RIGHT,
});

/** Addresses that no host has: Kafka refuses to advertise 0.0.0.0, and the last ones mean several hosts or none. */
const isOfNoHost = (address: string) => {
    const first = Number(address.split(".")[0]);
    return isIP(address) === 4 && (first === 0 || first >= 224);
};

/** A DNS name, or an address of IPv4. */
export const hostName = z
    .string("a DNS name or an address")
    .refine(
        (host) => !isIPv6(host.replace(/^\[|\]$/g, "")),
        "a DNS name or an address of IPv4: listeners have no addresses of IPv6",
    )
    .pipe(
        resolvedName
            .refine((host) => isIP(host) === 4 || !endsWithNumber(host), {
                error: "a DNS name, or an address of four numbers from 0 to 255",
                ...IF_RIGHT,
            })
            .refine((host) => !isOfNoHost(host), {
                error: "a DNS name, or an address that a host can have",
                ...IF_RIGHT,
            }),
    )
    .meta({ shownType: "DNS name or IPv4 address" });

/** A part of a DNS name. */
export const dnsLabel = (expected: string) =>
    z
        .string(expected)
        .max(63, `${expected} of at most 63 characters`)
        .regex(DNS_LABEL, `${expected}: lower-case letters, digits and hyphens`)
        .meta({ shownType: "DNS-1123 label" });

/**
 * A CIDR block of IPv4. Node ports, load balancers and the networks on EKS have no other addresses here. AWS and network
 * policies read another address of a block as the whole block, which is rarely meant.
 */
export const cidr = z
    .cidrv4({
        error: ({ input }) =>
            typeof input === "string" && isIPv6(input.split("/")[0]!)
                ? 'a CIDR block of IPv4 such as "10.0.0.0/16": nothing here has addresses of IPv6'
                : 'a CIDR block such as "10.0.0.0/16"',
    })
    .refine((block) => canonical(block) === block, {
        error: "the first address of its block",
        ...IF_RIGHT,
    })
    .meta({ shownType: "CIDR block" });

/** A list that has nothing twice, or no name; a second one tells where the first one is. */
export const distinct = <T extends z.ZodType<readonly unknown[] | undefined>>(list: T) =>
    list.superRefine(
        (entries, context) => {
            const names = entries?.map((entry) => (isObject(entry) ? entry["name"] : entry)) ?? [];
            names.forEach((name, index) => {
                const first = names.indexOf(name);
                const isWrong = context.issues.some(({ path }) => path?.[0] === index);
                if (first < index && !isWrong) {
                    context.addIssue({
                        code: "custom",
                        path: [index],
                        input: name,
                        message: `another one than [${first}]`,
                    });
                }
            });
        },
        { when: ({ value }) => Array.isArray(value) },
    );
