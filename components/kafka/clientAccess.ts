import { z } from "zod";
import { parseAddress } from "./addresses";

// The ConfigMap `kafka-listeners` tells clients and the health check how to reach Kafka. The program writes it, commands read
// it; both follow these schemas. Commands may be older or newer than the program, so unknown fields are ignored.

/** Key of the ConfigMap with the listeners. */
export const LISTENERS_KEY = "listeners.json";

/** Key of the ConfigMap that says in which Secrets credentials are. */
export const ACCESS_KEY = "security.json";

const ADDRESS = z
    .string()
    .refine((text) => parseAddress(text) !== undefined, "expected an address host:port");

const ADDRESSES = z
    .string()
    .refine(
        (bootstrap) =>
            bootstrapAddresses({ bootstrap }).every((each) => parseAddress(each) !== undefined),
        "expected addresses host:port, separated by commas",
    );

/** A listener and where clients reach it. */
const LISTENER = z
    .object({
        name: z.string().min(1),
        type: z.enum(["internal", "loadBalancer", "nodePort"]),
        tls: z.boolean(),
        /** The identity scheme; clients are anonymous without it. */
        authentication: z.object({ type: z.string() }).readonly().optional(),
        /** Comma-separated `host:port` list for a client's `bootstrap.servers`. */
        bootstrap: ADDRESSES,
        /**
         * `host:port` that each broker advertises, by broker id. Empty where only the brokers know, which is so with load
         * balancers that an operator makes; never for an internal listener.
         */
        brokers: z.array(ADDRESS).readonly(),
    })
    .readonly()
    .refine(({ type, brokers }) => type !== "internal" || brokers.length > 0, {
        path: ["brokers"],
        message: "expected an address of each broker, given none",
    });

/** The value of {@link LISTENERS_KEY}. */
export const LISTENERS = z.array(LISTENER).min(1);

/** A listener and where clients reach it. */
export type ListenerEntry = z.infer<typeof LISTENER>;

const NAME = z.string().min(1);

/** Where a user's password, or certificate and private key, are. */
const USER = z.discriminatedUnion("type", [
    z
        .object({
            name: NAME,
            type: z.literal("scram-sha-512"),
            secret: NAME,
            passwordKey: NAME,
        })
        .readonly(),
    z
        .object({
            name: NAME,
            type: z.literal("tls"),
            secret: NAME,
            certificateKey: NAME,
            privateKeyKey: NAME,
        })
        .readonly(),
]);

/** The value of {@link ACCESS_KEY}. */
export const ACCESS = z
    .object({
        /** CAs that sign the brokers' certificates. */
        trust: z.array(z.object({ secret: NAME, key: NAME }).readonly()).readonly(),
        users: z.array(USER).readonly(),
    })
    .readonly();

/** Where a user's password, or certificate and private key, are. */
export type UserAccess = z.infer<typeof USER>;

/** The Secrets of Kafka's namespace that clients need, by what they have in them. Nothing of it is secret itself. */
export type ClientAccess = z.infer<typeof ACCESS>;

/** The bootstrap addresses of a listener. */
export function bootstrapAddresses({ bootstrap }: { readonly bootstrap: string }): string[] {
    return bootstrap.split(",").map((address) => address.trim());
}
