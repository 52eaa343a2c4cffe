import assert from "node:assert/strict";
import { usersJob } from "../../../../components/statefulset/users/usersJob";
import { userSpec } from "../../../../components/strimzi/users";
import type { Acl, User } from "../../../../components/kafka/users";
import { findingsOf, type StepArgs, TYPES } from "./changes";

const read: Acl = {
    type: "allow",
    resource: { type: "topic", name: "orders" },
    operations: ["Read", "Describe"],
    host: "*",
};
const write: Acl = { ...read, operations: ["Write"] };
const denied: Acl = {
    type: "deny",
    resource: { type: "group", name: "g", patternType: "prefix" },
    operations: ["Read"],
    host: "10.0.0.9",
};
const cluster: Acl = { ...read, resource: { type: "cluster" }, operations: ["Describe"] };

const alice = (fields: Partial<User> = {}): User => ({
    name: "alice",
    authentication: { type: "scram-sha-512" },
    acls: [read],
    quotas: {},
    ...fields,
});
const bob: User = { ...alice(), name: "bob", authentication: { type: "tls" } };

const job = (...users: User[]) => {
    const security = { encrypted: false, superUsers: ["User:CN=kafka-brokers"] };
    const { name, spec } = usersJob({ namespace: "kafka", image: "kafka:1", users, security });
    return { metadata: { name }, spec };
};
const resource = (user: User, annotations = {}) => ({
    metadata: { name: user.name, annotations },
    spec: userSpec(user, true),
});
const secret = (password: unknown, more = {}) => ({
    metadata: { name: "kafka-user-alice", ...more },
    data: password,
});

type Case = readonly [title: string, from: User, to: User, ...findings: string[]];

/** What both deployment types say of a change. */
const CHANGES: readonly Case[] = [
    [
        "a right that is taken",
        alice({ acls: [read, write] }),
        alice(),
        "clients-cut-off: permissions of user alice: Write on topic orders → -",
    ],
    [
        "a right that is given",
        alice(),
        alice({ acls: [read, cluster] }),
        "dynamic: permissions of user alice: - → Describe on cluster",
    ],
    [
        "one operation less",
        alice(),
        alice({ acls: [{ ...read, operations: ["Describe"] }] }),
        "clients-cut-off: permissions of user alice: Read on topic orders → -",
    ],
    [
        "a right that is denied",
        alice(),
        alice({ acls: [read, denied] }),
        "clients-cut-off: permissions of user alice: denied Read on group g (prefix) from 10.0.0.9 → -",
    ],
    [
        "a right that is no longer denied",
        alice({ acls: [denied] }),
        alice({ acls: [] }),
        "dynamic: permissions of user alice: - → no longer denied Read on group g (prefix) from 10.0.0.9",
    ],
    [
        "a certificate instead of a password",
        alice(),
        alice({ authentication: { type: "tls" } }),
        "clients-cut-off: user alice: scram-sha-512 → tls",
    ],
];

describe("impact of users", () => {
    for (const [title, from, to, ...findings] of CHANGES) {
        it(`${title}, by the Job and by the operator`, () => {
            assert.deepEqual(
                findingsOf("replace", "Job", { old: job(from), new: job(to) }),
                findings,
            );
            assert.deepEqual(
                findingsOf("update", "KafkaUser", { old: resource(from), new: resource(to) }),
                findings,
            );
        });
    }

    const SINGLE: readonly [
        title: string,
        op: string,
        kind: keyof typeof TYPES,
        args: StepArgs,
        ...findings: string[],
    ][] = [
        ["the first users", "create", "Job", { new: job(bob) }, "dynamic: user bob: - → new"],
        [
            "users that come and go",
            "replace",
            "Job",
            { old: job(alice()), new: job(bob) },
            "clients-cut-off: user alice: in the stack → -",
            "dynamic: user bob: - → new",
        ],
        [
            "the last users",
            "delete",
            "Job",
            { old: job(alice()) },
            "nothing: users: in the stack → -",
        ],
        [
            "the same users once more",
            "replace",
            "Job",
            { old: job(alice()), new: job(alice()) },
            "dynamic: users",
        ],
        [
            "quotas by the Job",
            "replace",
            "Job",
            { old: job(alice()), new: job(alice({ quotas: { producerByteRate: 1024 } })) },
            "clients-cut-off: quotas of user alice: - → producer_byte_rate 1024.0",
        ],
        [
            "quotas by the operator",
            "update",
            "KafkaUser",
            {
                old: resource(alice({ quotas: { producerByteRate: 1024 } })),
                new: resource(alice({ quotas: { producerByteRate: 2048 } })),
            },
            "dynamic: quotas of user alice: producerByteRate 1024 → producerByteRate 2048",
        ],
        [
            "a user",
            "create",
            "KafkaUser",
            { new: resource(alice()) },
            "dynamic: user alice: - → new",
        ],
        [
            "a user that goes",
            "delete",
            "KafkaUser",
            { old: resource(alice()) },
            "clients-cut-off: user alice: in the stack → -",
        ],
        [
            "another password by the operator",
            "update",
            "KafkaUser",
            {
                old: resource(alice(), { "kafka-eks/password": "00000000" }),
                new: resource(alice(), { "kafka-eks/password": "11111111" }),
            },
            "clients-cut-off: password of user alice",
        ],
        [
            "a password of the configuration instead of the operator's",
            "update",
            "KafkaUser",
            {
                old: resource(alice()),
                new: resource(alice({ authentication: { type: "scram-sha-512", password: "x" } }), {
                    "kafka-eks/password": "11111111",
                }),
            },
            "clients-cut-off: password of user alice",
        ],
        [
            "a new Secret",
            "create",
            "Secret",
            { new: secret("[secret]") },
            "nothing: password of user alice: - → new",
        ],
        [
            "another password that the preview hides",
            "update",
            "Secret",
            { old: secret("[secret]"), new: secret("[secret]") },
            "clients-cut-off: password of user alice",
        ],
        [
            "another password that the preview shows encrypted",
            "update",
            "Secret",
            { old: secret({ ciphertext: "a" }), new: secret({ ciphertext: "b" }) },
            "clients-cut-off: password of user alice",
        ],
        [
            "a password of the configuration instead of a generated one",
            "update",
            "Secret",
            {
                old: secret(
                    { ciphertext: "a" },
                    { annotations: { "kafka-eks/generated": "true" } },
                ),
                new: secret({ ciphertext: "b" }),
            },
            "clients-cut-off: password of user alice",
        ],
        [
            "other labels of a Secret",
            "update",
            "Secret",
            { old: secret("[secret]"), new: secret("[secret]", { labels: { a: "b" } }) },
        ],
        [
            "another Secret's type",
            "update",
            "Secret",
            { old: secret("[secret]"), new: { ...secret("[secret]"), type: "x" } },
            "not judged: password of user alice: type: - → x",
        ],
        [
            "a Secret that is made anew",
            "replace",
            "Secret",
            { old: secret("[secret]"), new: secret("[secret]") },
            "clients-cut-off: password of user alice",
        ],
        [
            "a Secret that goes",
            "delete",
            "Secret",
            { old: secret("[secret]") },
            "nothing: password of user alice: in the stack → -",
        ],
        [
            "a Secret of something else",
            "update",
            "Secret",
            { old: { metadata: { name: "other" } }, new: { metadata: { name: "other" } } },
            "not judged: Secret other",
        ],
    ];
    for (const [title, op, kind, args, ...findings] of SINGLE) {
        it(title, () => assert.deepEqual(findingsOf(op, kind, args), findings));
    }

    const kafka = (authorization: unknown) => ({ spec: { kafka: { authorization } } });
    const simple = { type: "simple" };
    const anonymous = { ...simple, superUsers: ["ANONYMOUS"] };
    for (const [what, from, to, severity] of [
        ["permissions that count from now on", undefined, simple, "clients-cut-off"],
        ["permissions that count no more", simple, undefined, "cluster-opens"],
        ["anonymous clients that lose theirs", anonymous, simple, "clients-cut-off"],
        ["anonymous clients that get all", simple, anonymous, "cluster-opens"],
    ] as const) {
        it(`${what}, with the operator`, () => {
            const [finding, ...others] = findingsOf("update", "Kafka", {
                old: kafka(from),
                new: kafka(to),
            });
            assert.equal(finding?.split(":")[0], severity);
            assert.deepEqual(others, []);
        });
    }

    const properties = (...lines: string[]) => ({
        metadata: { name: "kafka-config" },
        data: { "server.properties": lines.map((each) => `${each}\n`).join("") },
    });
    const AUTHORIZER = "authorizer.class.name=kafka.security.authorizer.AclAuthorizer";
    const BROKERS = "super.users=User:CN=kafka-brokers";
    for (const [what, from, to, ...severities] of [
        [
            "permissions that count from now on",
            [],
            [AUTHORIZER, BROKERS],
            "clients-cut-off",
            "rolling-restart",
        ],
        [
            "permissions that count no more",
            [AUTHORIZER, BROKERS],
            [],
            "cluster-opens",
            "rolling-restart",
        ],
        [
            "anonymous clients that lose theirs",
            [AUTHORIZER, `${BROKERS};User:ANONYMOUS`],
            [AUTHORIZER, BROKERS],
            "clients-cut-off",
        ],
        [
            "anonymous clients that get all",
            [AUTHORIZER, BROKERS],
            [AUTHORIZER, `${BROKERS};User:ANONYMOUS`],
            "cluster-opens",
        ],
    ] as const) {
        it(`${what}, with StatefulSets`, () => {
            const findings = findingsOf("update", "ConfigMap", {
                old: properties(...from),
                new: properties(...to),
            });
            assert.deepEqual(
                findings.map((finding) => finding.split(":")[0]),
                severities,
            );
        });
    }
});
