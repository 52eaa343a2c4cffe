import { isIP } from "node:net";
import { z } from "zod";
import { OPERATIONS, type Operation } from "../components/kafka/users";
import { IF_RIGHT } from "./everyFault";
import { distinct, dnsName, integer, oneOf, string } from "./primitives";

// Every message is what stands after the word "expected" in the error that the user reads.

const PASSWORD =
    "12 to 256 characters of printable ASCII without blanks, quotes, brackets, commas and backslashes";

/** What Kafka's tools and the properties of clients take as it is. */
const password = z
    .string(PASSWORD)
    .regex(/^[!#-&*+\--;=?-Z^_a-z|~]{12,256}$/, PASSWORD)
    .meta({ shownType: "12 to 256 characters, as a secret" });

const RESOURCE_NAME = "a name without blanks, or * for any";
const resourceName = string(RESOURCE_NAME)
    .regex(/^[!-~]{1,249}$/, { error: RESOURCE_NAME, ...IF_RIGHT })
    .meta({ shownType: "name, or `*` for any" });

const acl = z.strictObject(
    {
        type: oneOf(["allow", "deny"])
            .default("allow")
            .describe("Whether the user may do it or must not. `deny` wins."),
        resource: z.strictObject(
            {
                type: oneOf(
                    Object.keys(OPERATIONS) as [
                        keyof typeof OPERATIONS,
                        ...(keyof typeof OPERATIONS)[],
                    ],
                ).describe("What the ACL is about."),
                name: resourceName
                    .optional()
                    .describe("Name of the topic, group or transactional id. `cluster` has none."),
                patternType: oneOf(["literal", "prefix"]).optional().meta({
                    description: "Whether `name` is the whole name or the beginning of names.",
                    shownDefault: "`literal`",
                }),
            },
            "an object with type, name and patternType",
        ),
        operations: distinct(
            z
                .array(
                    oneOf([...new Set(Object.values(OPERATIONS).flat())] as [
                        Operation,
                        ...Operation[],
                    ]),
                    "a list of operations",
                )
                .min(1, "at least one operation"),
        ).describe("Kafka's operations. Each type of resource has some of them."),
        host: z
            .string("the address of a client, or * for any")
            .refine(
                (host) => host === "*" || isIP(host) !== 0,
                "the address of a client, or * for any",
            )
            .default("*")
            .meta({
                description: "Address of the clients that the ACL is about.",
                shownType: "address, or `*` for any",
            }),
    },
    "an object with type, resource, operations and host",
);

const byteRate = integer("a whole number of bytes per second, above zero", 1);

const QUOTAS = z.strictObject(
    {
        producerByteRate: byteRate
            .optional()
            .describe("Bytes per second that its producers may send to each broker."),
        consumerByteRate: byteRate
            .optional()
            .describe("Bytes per second that its consumers may fetch from each broker."),
        requestPercentage: integer("a whole number above zero", 1)
            .optional()
            .describe("Share of each broker's request and network threads, 100 for each thread."),
        controllerMutationRate: z
            .number("a number above zero")
            .positive("a number above zero")
            .optional()
            .describe("Partitions per second that the user may create or delete."),
    },
    "an object of quotas",
);

/** A user. */
export const USER = z.strictObject(
    {
        name: dnsName
            .max(63, "a DNS name of at most 63 characters")
            .describe(
                "Name of the user, also the common name of its certificate. It has at most 63 characters.",
            ),
        authentication: z.strictObject(
            {
                type: oneOf(["tls", "scram-sha-512"]).describe(
                    "A client certificate, or a password. A listener needs the same authentication.",
                ),
                password: password.optional().meta({
                    description:
                        "Password for `scram-sha-512`. [Only a secret](security.md#passwords) is taken.",
                    shownDefault: "generated once",
                }),
            },
            "an object with type and password",
        ),
        acls: z
            .array(acl, "a list of ACLs")
            .default([])
            .describe("What the user may do. Without ACLs it may do nothing."),
        quotas: QUOTAS.default({}),
    },
    "an object with name, authentication, acls and quotas",
);

const rightAcl = z.object({
    type: acl.shape.type.catch("allow"),
    resource: z.object({
        type: acl.shape.resource.shape.type,
        name: resourceName.optional().catch(undefined),
        patternType: acl.shape.resource.shape.patternType.catch(undefined),
    }),
    operations: z.array(acl.shape.operations.element.optional().catch(undefined)).catch([]),
    host: acl.shape.host.catch("*"),
});

/** The users as a list; each of them is checked by itself. */
export const USERS = z
    .array(z.unknown(), "a list")
    .default([])
    .describe("Clients that prove who they are, with their permissions and quotas.");

/** The right fields of a user and its ACLs, as far as they are for further checks. */
export const RIGHT_PARTS_OF_USER = z.object({
    name: USER.shape.name.optional().catch(undefined),
    authentication: z
        .object({
            type: USER.shape.authentication.shape.type.optional().catch(undefined),
            password: password.optional().catch(undefined),
        })
        .catch({}),
    acls: z.array(rightAcl.optional().catch(undefined)).catch([]).default([]),
    quotas: z
        .object({
            producerByteRate: QUOTAS.shape.producerByteRate.catch(undefined),
            consumerByteRate: QUOTAS.shape.consumerByteRate.catch(undefined),
            requestPercentage: QUOTAS.shape.requestPercentage.catch(undefined),
            controllerMutationRate: QUOTAS.shape.controllerMutationRate.catch(undefined),
        })
        .catch({}),
});
