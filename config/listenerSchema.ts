import { z } from "zod";
import { contains } from "../components/eks/cidr";
import { IF_RIGHT, kindsOf, listWithGaps, WITH_FAULTS } from "./everyFault";
import { annotations, labelSelector, rightAnnotations } from "./labelSchema";
import { cidr, distinct, domainName, hostName, integer, oneOf } from "./primitives";

// Every message is what stands after the word "expected" in the error that the user reads.

const LISTENER_NAME = "a name of a lower-case letter and up to 10 more letters and digits";

/** The program's own listener, and names that Kafka takes for security protocols. */
const RESERVED_NAMES = ["replication", "plaintext", "ssl"];

const PEER = "an object with podSelector and namespaceSelector, or with ipBlock";

const exceptions = z.object({ cidr, except: listWithGaps(cidr) });

/** Checks that what is left out of a block is a part of it; Kubernetes refuses the whole block, too. */
function checkExceptions(given: unknown, context: z.RefinementCtx): void {
    const { cidr: outer, except = [] } = exceptions.safeParse(given).data ?? {};
    except.forEach((inner, index) => {
        if (outer && inner && (!contains(outer, inner) || contains(inner, outer))) {
            const message = `a smaller block inside ${outer}`;
            context.addIssue({ code: "custom", path: ["except", index], input: inner, message });
        }
    });
}

/** As in Kubernetes. An empty list would let everybody in there, which nobody expects. */
const networkPolicyPeers = z
    .array(
        z
            .strictObject(
                {
                    podSelector: labelSelector.optional(),
                    namespaceSelector: labelSelector.optional(),
                    ipBlock: z
                        .strictObject(
                            {
                                cidr,
                                except: distinct(z.array(cidr, "a list of CIDR blocks")).optional(),
                            },
                            "an object with cidr and except",
                        )
                        .superRefine(checkExceptions, WITH_FAULTS)
                        .optional(),
                },
                PEER,
            )
            .refine(
                ({ ipBlock, podSelector, namespaceSelector }) =>
                    (ipBlock === undefined) !==
                    (podSelector === undefined && namespaceSelector === undefined),
                { error: PEER, ...WITH_FAULTS },
            ),
        "a list of peers",
    )
    .min(1, "at least one peer; without the key the listener is open");

const NETWORK_POLICY_PEER =
    "https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/network-policy-v1/#NetworkPolicySpec";

const TYPE =
    "Where clients are: in the cluster, or outside of it. At least one listener is `internal`.";

const TLS = "Encrypts connections.";

const listenerBase = {
    name: z
        .string(LISTENER_NAME)
        .regex(/^[a-z][a-z0-9]{0,10}$/, LISTENER_NAME)
        .refine(
            (name) => !RESERVED_NAMES.includes(name),
            `a name other than ${RESERVED_NAMES.join(", ")}`,
        )
        .meta({
            description: "Unique name. Services and `pulumi stack output` have it, too.",
            shownType: "up to 11 lower-case letters and digits",
        }),
    port: integer("a port from 9092 to 65535 (lower ones are the program's own)", 9092, 65535).meta(
        {
            description: "Unique port of the brokers. Strimzi has 9404 and 9999 for itself.",
            shownType: "port 9092–65535",
        },
    ),
    authentication: z
        .strictObject(
            {
                type: oneOf(["tls", "scram-sha-512"]).meta({
                    description: "How clients prove who they are. Without it, everybody is let in.",
                    shownDefault: "none",
                }),
            },
            "an object with type",
        )
        .optional(),
    allowAnonymous: z
        .boolean("true or false")
        .optional()
        .describe(
            "Gives clients without authentication all permissions. Needed where another listener has authentication.",
        ),
    networkPolicyPeers: networkPolicyPeers.optional().meta({
        description:
            "Who may connect, by the [network policies](security.md#who-is-let-in). Peers are what brokers see.",
        shownType: `list of [NetworkPolicyPeer](${NETWORK_POLICY_PEER})`,
        shownDefault: "`internal`: all pods; else all addresses",
    }),
};

/** What listeners that clients outside the Kubernetes cluster reach have beside. */
const externalListenerBase = {
    ...listenerBase,
    tls: z.boolean("true or false").default(true).describe(TLS),
    allowInsecure: z
        .boolean("true or false")
        .default(false)
        .describe(
            "Allows `tls: false`: clients outside the cluster then send everything in the clear.",
        ),
};

const INTERNAL_LISTENERS = z.strictObject({
    ...listenerBase,
    type: z.literal("internal").describe(TYPE),
    tls: z.boolean("true or false").default(false).describe(TLS),
});

/** What `broker-899.` leaves of the longest DNS name. */
const MOST_OF_DOMAIN = 253 - "broker-899.".length;

const LOAD_BALANCERS = z.strictObject({
    ...externalListenerBase,
    type: z.literal("loadBalancer").describe(TYPE),
    domain: domainName
        .refine((name) => name.length <= MOST_OF_DOMAIN, {
            error: `a DNS name of at most ${MOST_OF_DOMAIN} characters: brokers have longer ones`,
            ...IF_RIGHT,
        })
        .optional()
        .describe(
            "Brokers advertise `broker-N.DOMAIN`, published by external-dns. Without it, they advertise the load balancers' addresses.",
        ),
    annotations: annotations
        .optional()
        .describe("Annotations of each load balancer's Service. They win over the program's."),
    sourceRanges: distinct(z.array(cidr, "a list of CIDR blocks").min(1, "at least one CIDR block"))
        .optional()
        .meta({
            description:
                "Networks of the clients that load balancers let in. Required for `internet-facing` ones on EKS.",
            shownDefault: "the private ranges (RFC 1918)",
        }),
});

const NODE_PORTS = z.strictObject({
    ...externalListenerBase,
    type: z.literal("nodePort").describe(TYPE),
    advertisedHosts: z
        .array(hostName, "a list of names or addresses of nodes")
        .min(1, "at least one name or address of a node")
        .meta({
            description: "Nodes that clients reach. Each broker advertises one of them.",
            shownType: "list of DNS names or IPv4 addresses",
        }),
    basePort: integer("a node port from 30000 to 32767", 30000, 32767).meta({
        description: "Node port of the bootstrap address. Broker N has `basePort + 1 + N`.",
        shownType: "port 30000–32767",
    }),
});

/** A listener of one of the three types. */
export const LISTENER = kindsOf(
    "type",
    [INTERNAL_LISTENERS, LOAD_BALANCERS, NODE_PORTS],
    'a listener whose type is "internal", "loadBalancer" or "nodePort"',
);

const rightListenerBase = {
    name: listenerBase.name.optional().catch(undefined),
    port: listenerBase.port.optional().catch(undefined),
    authentication: listenerBase.authentication.catch(undefined),
    allowAnonymous: listenerBase.allowAnonymous.catch(undefined),
    networkPolicyPeers: listenerBase.networkPolicyPeers.catch(undefined),
};

const rightExternalListenerBase = {
    ...rightListenerBase,
    tls: externalListenerBase.tls.optional().catch(undefined),
    allowInsecure: externalListenerBase.allowInsecure.optional().catch(undefined),
};

/** A listener whose kind is right, without what else is wrong with it, so that the rest can be checked. */
export const RIGHT_PARTS_OF_LISTENER = z.discriminatedUnion("type", [
    z.object({
        ...INTERNAL_LISTENERS.shape,
        ...rightListenerBase,
        tls: INTERNAL_LISTENERS.shape.tls.optional().catch(undefined),
    }),
    z.object({
        ...LOAD_BALANCERS.shape,
        ...rightExternalListenerBase,
        // They are said, so nobody has to say them.
        sourceRanges: LOAD_BALANCERS.shape.sourceRanges.catch([]),
        annotations: rightAnnotations.catch({}),
        domain: LOAD_BALANCERS.shape.domain.catch(undefined),
    }),
    z.object({
        ...NODE_PORTS.shape,
        ...rightExternalListenerBase,
        advertisedHosts: NODE_PORTS.shape.advertisedHosts.catch([]),
        basePort: NODE_PORTS.shape.basePort.optional().catch(undefined),
    }),
]);

const INTERNAL_LISTENER = { name: "internal", port: 9092, type: "internal" };

/** The listeners of a stack that has none of its own. */
export const DEFAULT_LISTENERS = {
    eks: [INTERNAL_LISTENER, { name: "external", port: 9094, type: "loadBalancer" }],
    // An unknown cluster may have no load balancers, so nothing is reached from outside unless it is asked for.
    kubeconfig: [INTERNAL_LISTENER],
} as const;

const shownListeners = (listeners: readonly { name: string; port: number; type: string }[]) =>
    listeners.map(({ name, port, type }) => `\`${name}\` (\`${type}\`, ${port})`).join(" and ");

/** The listeners as a list; each of them is checked by itself. */
export const LISTENERS = z
    .array(z.unknown(), "a list of listeners")
    .min(1, "at least one listener")
    .meta({
        description: "Ports of the brokers, each with its protection and advertised addresses.",
        shownDefault:
            `${shownListeners(DEFAULT_LISTENERS.kubeconfig)}; ` +
            `with \`eks\` ${shownListeners(DEFAULT_LISTENERS.eks)}`,
    });
