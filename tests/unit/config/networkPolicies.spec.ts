import assert from "node:assert/strict";
import {
    accepts,
    ANY_POD,
    BadCase,
    INTERNAL,
    Keys,
    listeners,
    load,
    NODE_PORT,
    refuses,
    STATEFULSET,
    STRIMZI,
    UNKNOWN,
} from "./cases";

const PEER = "an object with podSelector and namespaceSelector, or with ipBlock";
const CIDR = 'a CIDR block such as "10.0.0.0/16"';
const SHOP = { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "shop" } } };
const LABELLED = { podSelector: { matchLabels: { app: "orders" } } };
const BLOCK = { ipBlock: { cidr: "10.0.0.0/16" } };

const peers = (...networkPolicyPeers: unknown[]) => listeners({ ...INTERNAL, networkPolicyPeers });
const expression = (value: object) => peers({ podSelector: { matchExpressions: [value] } });
const key = (rest: string) => `listeners[0].networkPolicyPeers${rest}`;
const expressionKey = (rest: string) => key(`[0].podSelector.matchExpressions[0]${rest}`);

const BAD: Readonly<Record<string, readonly BadCase[]>> = {
    "network policies that are neither on nor off": [
        [{ networkPolicies: "strict" }, "networkPolicies", "true or false", '"strict"'],
    ],
    "peers that are none": [
        [
            listeners({ ...INTERNAL, networkPolicyPeers: SHOP }),
            key(""),
            "a list of peers",
            JSON.stringify(SHOP),
        ],
        // Kubernetes would let everybody in.
        [peers(), key(""), "at least one peer; without the key the listener is open", "[]"],
        [peers({}), key("[0]"), PEER, "{}"],
        [peers("shop"), key("[0]"), PEER, '"shop"'],
        [
            peers({ ipBlock: { cidr: "10.0.0.0/16" }, podSelector: {} }),
            key("[0]"),
            PEER,
            '{"podSelector":{},"ipBlock":{"cidr":"10.0.0.0/16"}}',
        ],
        [peers({ namespace: "shop", ...LABELLED }), key("[0].namespace"), ...UNKNOWN],
        [peers({ ipBlock: { cidr: "10.0.0.1" } }), key("[0].ipBlock.cidr"), CIDR, '"10.0.0.1"'],
        [
            peers({ ipBlock: { ...BLOCK.ipBlock, except: ["some"] } }),
            key("[0].ipBlock.except[0]"),
            CIDR,
            '"some"',
        ],
    ],
    "labels that can't be any": [
        [
            peers({ podSelector: { matchLabels: { "a b": "c" } } }),
            key("[0].podSelector.matchLabels.a b"),
            "the key of a label",
            '"a b"',
        ],
        [
            peers({ podSelector: { matchLabels: { app: "not this" } } }),
            key("[0].podSelector.matchLabels.app"),
            "the value of a label",
            '"not this"',
        ],
        [
            expression({ key: "app", operator: "Equals", values: ["a"] }),
            expressionKey(".operator"),
            '"In" or "NotIn" or "Exists" or "DoesNotExist"',
            '"Equals"',
        ],
        [
            expression({ key: "app", operator: "In", values: [] }),
            expressionKey(".values"),
            "at least one value",
            "[]",
        ],
        [
            expression({ key: "app", operator: "Exists", values: ["a"] }),
            expressionKey(".values"),
            "nothing with this operator: only another operator has this key",
            "a value",
        ],
    ],
    "peers where there are no policies": [
        [
            { ...peers(SHOP), networkPolicies: "false" },
            key(""),
            "nothing with networkPolicies false, which keeps nobody out",
            JSON.stringify([SHOP]),
        ],
    ],
};

describe("network policies in the configuration", () => {
    for (const [type, base] of Object.entries({ STATEFULSET, STRIMZI })) {
        describe(`with ${type.toLowerCase()}`, () => {
            refuses(base, BAD);
            accepts(base, {
                "peers of every kind": peers(SHOP, LABELLED, { ...SHOP, ...LABELLED }, BLOCK),
                "every pod and every namespace": peers(
                    { podSelector: {} },
                    { namespaceSelector: {} },
                ),
                "no policies": { networkPolicies: "false" },
                "peers of an external listener": listeners(INTERNAL, {
                    ...NODE_PORT,
                    networkPolicyPeers: [BLOCK],
                }),
            });
        });
    }

    it("let every pod reach an internal listener unless it has peers, and leave the others open", () => {
        for (const type of ["statefulset", "strimzi"] as const) {
            const peersOf = (keys: Keys) =>
                load(type, keys).listeners.map((listener) => listener.networkPolicyPeers);
            const both = listeners(INTERNAL, NODE_PORT);
            assert.deepEqual(peersOf(both), [ANY_POD.networkPolicyPeers, undefined]);
            assert.deepEqual(peersOf(peers(SHOP)), [[SHOP]]);
            assert.deepEqual(peersOf({ ...both, networkPolicies: "false" }), [
                undefined,
                undefined,
            ]);
        }
    });
});
