import { PROJECT } from "../../config";
import { type External, externalListeners, labConfig } from "../demo/labConfig";

/** Namespace of our own deployments, of which one is up at a time. */
export const OUR_NAMESPACE = "kafka-bench";

/** Above those of the demo. */
const BASE_PORT = 31_090;
const INTERNAL = { name: "internal", port: 9092, type: "internal" };

/** Names of what {@link securedConfig} has. */
export const SECURED = {
    /** Listeners by what they add: plain text, TLS, and TLS with a password. */
    listeners: { plaintext: "internal", tls: "tls", scram: "scram" },
    user: "bench",
    /** What the names of the topics that the user may write to begin with. */
    topicPrefix: "bench-",
} as const;

/** The configuration of a stack as users get one: brokers that encrypt what they send each other, and no load balancers. */
export function defaultConfig(): Record<string, string> {
    return ourConfig("none");
}

/**
 * The configuration of a stack that talks as what it is compared with does: in plain text, between brokers and with
 * clients, which are all anonymous.
 */
export function plainConfig(external: External): Record<string, string> {
    return {
        ...ourConfig(external),
        [`${PROJECT}:certificates`]: JSON.stringify({ source: "none" }),
        [`${PROJECT}:listeners`]: JSON.stringify([
            INTERNAL,
            ...externalListeners(external, BASE_PORT).map((listener) => ({
                ...listener,
                tls: false,
                allowInsecure: true,
            })),
        ]),
    };
}

/** The configuration of a stack with TLS between brokers, and internal listeners that each add something to plain text. */
export function securedConfig(): Record<string, string> {
    const { listeners, user, topicPrefix } = SECURED;
    const scram = { type: "scram-sha-512" };
    const acl = {
        resource: { type: "topic", name: topicPrefix, patternType: "prefix" },
        operations: ["Write", "Describe"],
    };
    return {
        ...ourConfig("none"),
        [`${PROJECT}:listeners`]: JSON.stringify([
            // Whoever is anonymous has all permissions here, so these make the topics, too.
            { ...INTERNAL, name: listeners.plaintext, allowAnonymous: true },
            { ...INTERNAL, name: listeners.tls, port: 9095, tls: true, allowAnonymous: true },
            { ...INTERNAL, name: listeners.scram, port: 9096, tls: true, authentication: scram },
        ]),
        [`${PROJECT}:users`]: JSON.stringify([{ name: user, authentication: scram, acls: [acl] }]),
    };
}

function ourConfig(external: External): Record<string, string> {
    return {
        ...labConfig(external, { namespace: OUR_NAMESPACE, basePort: BASE_PORT }),
        [`${PROJECT}:deleteDataOnDestroy`]: "true",
    };
}
