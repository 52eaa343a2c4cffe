import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { ConfigError, loadConfig } from "../../../config";
import { show } from "../../../config/problems";
import { isSecret } from "../../../config/secrets";
import { stackValues } from "../../support/mocks";
import {
    accepts,
    BadCase,
    INTERNAL,
    Keys,
    listeners,
    load,
    problemsOf,
    refuses,
    STATEFULSET,
    STRIMZI,
    users,
} from "./cases";

const SCRAM = { type: "scram-sha-512" };
const CERTIFICATE = { type: "tls" };
const SECURE = {
    name: "secure",
    port: 9093,
    type: "internal",
    tls: true,
    authentication: CERTIFICATE,
};
const withBoth = listeners({ ...INTERNAL, authentication: SCRAM }, SECURE);
const withScram = listeners({ ...INTERNAL, authentication: SCRAM });

const PASSWORD = "correct-horse-battery";
const alice = (fields: Keys = {}) => ({ name: "alice", authentication: SCRAM, ...fields });
const withPassword = (password: unknown) => ({
    ...withScram,
    ...users(alice({ authentication: { ...SCRAM, password } })),
});
const withAcl = (acl: Keys) => ({ ...withScram, ...users(alice({ acls: [acl] })) });
const READ = { operations: ["Read"] };
const HIDDEN = "a text";

const ANY_NAME = "a name without blanks, or * for any";
const ONE_CLUSTER = 'nothing with type "cluster": there is one only';
const TAKEN = "a name other than kafka-brokers, anonymous and kafka-eks-…, which are taken";
const GOOD_PASSWORD =
    "12 to 256 characters of printable ASCII without blanks, quotes, brackets, commas and backslashes";
const NO_IDENTITY =
    "an object with type where another listener has one, as anonymous clients have no permissions then " +
    "(allowAnonymous: true gives them all permissions)";

const BAD_USERS: Readonly<Record<string, readonly BadCase[]>> = {
    "two users of one name": [
        [
            {
                ...withBoth,
                ...users(alice({ authentication: CERTIFICATE }), alice()),
            },
            "users[1].name",
            "a name that users[0].name does not have",
            '"alice"',
        ],
    ],
    "names that are taken": ["kafka-brokers", "anonymous", "kafka-eks-health-scram"].map((name) => [
        { ...withScram, ...users(alice({ name })) },
        "users[0].name",
        TAKEN,
        show(name),
    ]),
    "a user that no listener would recognise": [
        [
            { ...withScram, ...users(alice({ authentication: CERTIFICATE })) },
            "users[0].authentication.type",
            'the authentication of one of the listeners (none has "tls")',
            '"tls"',
        ],
        [
            { ...listeners(SECURE), ...users(alice()) },
            "users[0].authentication.type",
            'the authentication of one of the listeners (none has "scram-sha-512")',
            '"scram-sha-512"',
        ],
    ],
    "passwords that are short, or that a tool would not take as they are": [
        "elevenchars",
        "x".repeat(257),
        "twelve chars",
        "twelve,chars",
        "twelve[chars",
        "twelve}chars",
        "twelve(chars",
        "twelve<chars",
        'twelve"chars',
        "twelve'chars",
        "twelve`chars",
        "twelve\\chars",
        "twelve\nchars",
        "twelve\tchars",
        "zwölfzeichen!",
        "",
    ].map((password) => [
        withPassword(password),
        "users[0].authentication.password",
        GOOD_PASSWORD,
        HIDDEN,
    ]),
    "a password that is no text": [
        [withPassword(123456789012), "users[0].authentication.password", GOOD_PASSWORD, "a number"],
        [
            withPassword({ secure: PASSWORD }),
            "users[0].authentication.password",
            GOOD_PASSWORD,
            "an object",
        ],
        [withPassword([PASSWORD]), "users[0].authentication.password", GOOD_PASSWORD, "a list"],
    ],
    "a password with a certificate": [
        [
            {
                ...withBoth,
                ...users(alice({ authentication: { ...CERTIFICATE, password: PASSWORD } })),
            },
            "users[0].authentication.password",
            'nothing with type "tls"',
            "a password",
        ],
    ],
    "permissions that there are not": [
        [
            withAcl({ resource: { type: "topic" }, ...READ }),
            "users[0].acls[0].resource.name",
            ANY_NAME,
            "nothing",
        ],
        [
            withAcl({ resource: { type: "topic", name: "a b" }, ...READ }),
            "users[0].acls[0].resource.name",
            ANY_NAME,
            '"a b"',
        ],
        [
            withAcl({ resource: { type: "topic", name: "*", patternType: "prefix" }, ...READ }),
            "users[0].acls[0].resource.patternType",
            '"literal" with the name "*", which stands for any',
            '"prefix"',
        ],
        [
            withAcl({ resource: { type: "cluster", name: "kafka" }, operations: ["All"] }),
            "users[0].acls[0].resource.name",
            ONE_CLUSTER,
            '"kafka"',
        ],
        [
            withAcl({ resource: { type: "cluster", patternType: "literal" }, operations: ["All"] }),
            "users[0].acls[0].resource.patternType",
            ONE_CLUSTER,
            '"literal"',
        ],
        [
            withAcl({ resource: { type: "group", name: "g" }, operations: ["Read", "Write"] }),
            "users[0].acls[0].operations[1]",
            'an operation on resources of type "group": Read, Delete, Describe, All',
            '"Write"',
        ],
        [
            withAcl({ resource: { type: "transactionalId", name: "t" }, ...READ }),
            "users[0].acls[0].operations[0]",
            'an operation on resources of type "transactionalId": Write, Describe, All',
            '"Read"',
        ],
        [
            withAcl({ resource: { type: "topic", name: "t" }, operations: [] }),
            "users[0].acls[0].operations",
            "at least one operation",
            "[]",
        ],
        [
            withAcl({ resource: { type: "topic", name: "t" }, ...READ, host: "10.0.0.0/8" }),
            "users[0].acls[0].host",
            "the address of a client, or * for any",
            '"10.0.0.0/8"',
        ],
    ],
    "quotas of nothing": [
        [
            { ...withScram, ...users(alice({ quotas: { producerByteRate: 0 } })) },
            "users[0].quotas.producerByteRate",
            "a whole number of bytes per second, above zero",
            "0",
        ],
        [
            { ...withScram, ...users(alice({ quotas: { controllerMutationRate: 0 } })) },
            "users[0].quotas.controllerMutationRate",
            "a number above zero",
            "0",
        ],
    ],
    "identities where anonymous clients would be locked out": [
        [
            { ...listeners({ ...INTERNAL, name: "open" }, { ...SECURE }), ...users(bob()) },
            "listeners[0].authentication",
            NO_IDENTITY,
            "nothing",
        ],
        [
            {
                ...listeners({ ...INTERNAL, name: "open", allowAnonymous: false }, { ...SECURE }),
                ...users(bob()),
            },
            "listeners[0].authentication",
            NO_IDENTITY,
            "nothing",
        ],
        [
            // Also without any: the certificate of a user that has left is still valid.
            listeners({ ...INTERNAL, name: "open" }, { ...SECURE }),
            "listeners[0].authentication",
            NO_IDENTITY,
            "nothing",
        ],
    ],
    "anonymous clients where there are none": [
        [
            listeners({ ...INTERNAL, authentication: SCRAM, allowAnonymous: true }),
            "listeners[0].allowAnonymous",
            "nothing with authentication: no client is anonymous there",
            "true",
        ],
    ],
};

function bob() {
    return { name: "bob", authentication: CERTIFICATE };
}

const GOOD_USERS = {
    "users of every type that a listener has": {
        ...withBoth,
        ...users(
            alice({ authentication: CERTIFICATE }),
            { name: "bob.example.com", authentication: SCRAM },
            { name: "b".repeat(63), authentication: SCRAM },
        ),
    },
    "a listener that nobody uses": withBoth,
    "anonymous clients that keep their permissions": {
        ...listeners({ ...INTERNAL, allowAnonymous: true }, SECURE),
        ...users(bob()),
    },
    "a password of every kind of character": withPassword("aZ09!#$%&*+-./:;=?@^_|~"),
    "permissions and quotas of every kind": {
        ...withScram,
        ...users(
            alice({
                acls: [
                    { type: "deny", resource: { type: "topic", name: "*" }, operations: ["All"] },
                    {
                        resource: { type: "group", name: "a.b-", patternType: "prefix" },
                        operations: ["Read", "Delete", "Describe"],
                        host: "2001:db8::1",
                    },
                    { resource: { type: "cluster" }, operations: ["IdempotentWrite"] },
                    {
                        type: "allow",
                        resource: { type: "transactionalId", name: "t", patternType: "literal" },
                        operations: ["Write"],
                    },
                ],
                quotas: {
                    producerByteRate: 1,
                    consumerByteRate: 2,
                    requestPercentage: 55,
                    controllerMutationRate: 0.5,
                },
            }),
        ),
    },
};

describe("users of the configuration", () => {
    for (const [type, base] of Object.entries({ strimzi: STRIMZI, statefulset: STATEFULSET })) {
        describe(`with ${type}`, () => {
            refuses(base, BAD_USERS);
            accepts(base, GOOD_USERS);
        });
    }

    it("are not compared with a listener that could not be read", () => {
        const problems = problemsOf({
            ...STRIMZI,
            ...listeners({ ...INTERNAL, authentication: SCRAM }, { ...SECURE, port: 1 }),
            ...users(bob()),
        });
        assert.deepEqual(
            problems.map(({ key }) => key),
            ["listeners[1].port"],
        );
    });

    it("must not have passwords in plain text", () => {
        const values = stackValues({
            ...STRIMZI,
            ...listeners({ ...INTERNAL, authentication: SCRAM }),
            ...users({ name: "x", authentication: SCRAM }, alice(PASSWORDS)),
        });
        assert.throws(
            () => loadConfig(values, (key) => key === "kafka-eks:listeners"),
            (error) => {
                assert.ok(error instanceof ConfigError);
                assert.deepEqual(error.problems, [
                    {
                        key: "users[1].authentication.password",
                        expected:
                            "a secret (pulumi config set --secret --path 'kafka-eks:users[1].authentication.password')",
                        given: "a password in plain text",
                    },
                ]);
                return true;
            },
        );
        loadConfig(values, (key) => key === "kafka-eks:users");
    });

    it("are a secret where Pulumi says so", () => {
        pulumi.runtime.setAllConfig({ "kafka-eks:users": "[]", "kafka-eks:topics": "[]" }, [
            "kafka-eks:users",
        ]);
        assert.equal(isSecret("kafka-eks:users"), true);
        assert.equal(isSecret("kafka-eks:topics"), false);
        pulumi.runtime.setAllConfig({});
    });

    it("never stand in an error with their passwords, whatever is wrong", () => {
        const mistakes: unknown[] = [
            PASSWORD,
            { alice: PASSWORD },
            { alice: { pasword: PASSWORD } },
            [PASSWORD],
            [[PASSWORD]],
            [{ ...alice(PASSWORDS), name: "A" }],
            [{ ...alice(PASSWORDS), password: PASSWORD }],
            [{ name: "alice", authentication: PASSWORD }],
            [{ name: "alice", authentication: [PASSWORD] }],
            [{ name: "alice", authentication: { password: PASSWORD } }],
            [{ name: "alice", authentication: { ...SCRAM, pasword: PASSWORD } }],
            [{ name: "alice", authentication: { ...SCRAM, password: `${PASSWORD} ` } }],
            [alice({ authentication: { ...CERTIFICATE, password: PASSWORD } })],
            [alice(PASSWORDS), alice(PASSWORDS)],
        ];
        for (const list of mistakes) {
            const values = { ...stackValues({ ...STRIMZI, users: list }) };
            assert.throws(
                () => loadConfig(values, () => false),
                (error) => error instanceof ConfigError && !error.message.includes(PASSWORD),
                JSON.stringify(list),
            );
        }
        assert.equal(show([{ a: { password: PASSWORD } }]), '[{"a":{"password":"…"}}]');
    });
});

const PASSWORDS = { authentication: { ...SCRAM, password: PASSWORD } };

describe("users of the health check", () => {
    const namesOf = (keys: Keys) => {
        const { users: all, authorization } = load("statefulset", keys);
        return [authorization, ...all.map(({ name }) => name)];
    };

    it("are one for each type of authentication that a listener has, after the configured ones", () => {
        assert.deepEqual(namesOf({}), [false]);
        assert.deepEqual(namesOf(withScram), [true, "kafka-eks-health-scram"]);
        assert.deepEqual(namesOf({ ...withBoth, ...users(alice()) }), [
            true,
            "alice",
            "kafka-eks-health-scram",
            "kafka-eks-health-tls",
        ]);
    });

    it("may look at everything, and write to their own topic", () => {
        const all = load("strimzi", { ...listeners(SECURE), ...users(bob()) }).users;
        assert.deepEqual(all, [
            { name: "bob", authentication: CERTIFICATE, acls: [], quotas: {} },
            {
                name: "kafka-eks-health-tls",
                authentication: CERTIFICATE,
                acls: [
                    {
                        type: "allow",
                        resource: { type: "cluster" },
                        operations: ["Describe"],
                        host: "*",
                    },
                    {
                        type: "allow",
                        resource: { type: "topic", name: "*" },
                        operations: ["Describe", "DescribeConfigs"],
                        host: "*",
                    },
                    {
                        type: "allow",
                        resource: { type: "topic", name: "kafka-eks-health" },
                        operations: ["Create", "Alter", "Write", "Read"],
                        host: "*",
                    },
                ],
                quotas: {},
            },
        ]);
    });
});
