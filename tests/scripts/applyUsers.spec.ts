import assert from "node:assert/strict";
import { readScript } from "../../components/statefulset/scripts";
import { usersJob } from "../../components/statefulset/users/usersJob";
import type { Acl, User } from "../../components/kafka/users";
import { requireNamespaces, run, Sandbox, withoutDescriptors } from "./sandbox";

/** What there is, as Kafka's tools show it. */
interface Existing {
    /** Lines of `kafka-configs --describe --entity-type users`. */
    readonly configs?: readonly string[];
    /** Resources as `kafka-acls --list` has them, with their entries. */
    readonly acls?: Readonly<Record<string, readonly string[]>>;
}

const SERVER = "--bootstrap-server kafka-headless:9091 --command-config FILE";
const LIST = [
    `kafka-configs ${SERVER} --describe --entity-type users`,
    `kafka-acls ${SERVER} --list`,
];
const alter = (principal: string, change: string) =>
    `kafka-configs ${SERVER} --alter --entity-type users --entity-name ${principal} ${change}`;
const setPassword = (user: string, password = `password-of-${user}`) => [
    alter(user, "--add-config-file FILE"),
    `  SCRAM-SHA-512=iterations=8192,password=${password}`,
];
const add = (options: string) => `kafka-acls ${SERVER} --add --resource-pattern-type=${options}`;
const remove = (options: string) =>
    `kafka-acls ${SERVER} --remove --resource-pattern-type=${options} --force`;

/** What `kafka-acls --list` of Kafka 3.5 prints. */
function listed(acls: Existing["acls"] = {}): string {
    return Object.entries(acls)
        .map(([resource, entries]) => {
            const head = `Current ACLs for resource \`ResourcePattern(${resource})\`: \n `;
            return `${head}${entries.map((entry) => `\t(${entry})`).join("\n")} \n\n`;
        })
        .join("");
}

const entry = (principal: string, operation: string, { host = "*", type = "ALLOW" } = {}) =>
    `principal=${principal}, host=${host}, operation=${operation}, permissionType=${type}`;

/** Text of a program that prints an answer to a question, and else the file of properties that it is given. */
function tool(file: string, more = ""): string {
    return `
        for argument in "$@"; do
            if [[ $argument == --describe || $argument == --list ]]; then
                cat "$SANDBOX/config/${file}"
            elif [[ $previous == --add-config-file ]]; then
                sed "s/^/  /" "$argument" >>"$SANDBOX/calls"
            fi
            previous=$argument
        done
        ${more}`;
}

const TOOLS = { "kafka-configs": tool("configs"), "kafka-acls": tool("acls") };

const scram = (name: string, fields: Partial<User> = {}): User => ({
    name,
    authentication: { type: "scram-sha-512" },
    acls: [],
    quotas: {},
    ...fields,
});
const tls = (name: string, fields: Partial<User> = {}): User => ({
    ...scram(name, fields),
    authentication: { type: "tls" },
});
const topicAcl = (name: string, operations: Acl["operations"], more: Partial<Acl> = {}): Acl => ({
    type: "allow",
    resource: { type: "topic", name },
    operations,
    host: "*",
    ...more,
});

/** Runs the script of the Job for some users; `changes` are the calls that change something. */
function apply(
    users: readonly User[],
    { configs = [], acls }: Existing = {},
    sandbox: Sandbox = {},
    hasRights = true,
) {
    const { spec } = usersJob({
        namespace: "streams",
        image: "kafka:1",
        users,
        security: { encrypted: false, ...(hasRights && { superUsers: ["User:CN=kafka-brokers"] }) },
    });
    const { template } = spec as unknown as {
        template: { spec: { containers: [{ env: { name: string; value: string }[] }] } };
    };
    const { env } = template.spec.containers[0];
    const passwords = users
        .filter(({ authentication }) => authentication.type !== "tls")
        .map(({ name }) => [`password-${name}`, `password-of-${name}`] as const);
    const { calls, ...result } = run("apply-users.sh", {
        env: {
            ...Object.fromEntries(env.map(({ name, value }) => [name, value])),
            // What stands for the directory of the Secrets: another one can't be made here.
            PASSWORDS: "/run/passwords",
        },
        files: {
            configs: ["WARNING: no log4j", ...configs].map((line) => `${line}\n`).join(""),
            acls: listed(acls),
            ...Object.fromEntries(passwords),
        },
        programs: TOOLS,
        replace: [
            [
                "set -euo pipefail\n",
                `set -euo pipefail
                mkdir /run/passwords
                for file in "$(dirname "$0")"/password-*; do
                    [[ ! -e $file ]] || cp "$file" "/run/passwords/\${file##*/password-}"
                done
                `,
            ],
        ],
        ...sandbox,
    });
    const all = calls.map(withoutDescriptors);
    const questions = hasRights ? LIST : LIST.slice(0, 1);
    const asked = all.filter((call) => call.startsWith("kafka-")).slice(0, questions.length);
    assert.deepEqual(asked, questions);
    return { ...result, changes: all.slice(questions.length), calls };
}

describe("apply-users.sh", function () {
    // A dozen processes each.
    this.timeout(20_000);

    before(function () {
        requireNamespaces(this);
    });

    it("makes passwords, rights and quotas of users that are new", () => {
        const { status, changes, stdout } = apply([
            scram("alice", {
                acls: [
                    topicAcl("orders", ["Write", "Describe"]),
                    {
                        ...topicAcl("", ["Read"]),
                        resource: { type: "group", name: "app-", patternType: "prefix" },
                    },
                    topicAcl("*", ["Delete"], { type: "deny", host: "10.0.0.9" }),
                ],
                quotas: { producerByteRate: 20_000_000, controllerMutationRate: 0.5 },
            }),
            tls("bob", {
                acls: [
                    {
                        ...topicAcl("", ["IdempotentWrite"]),
                        resource: { type: "cluster" },
                    },
                    {
                        ...topicAcl("", ["Write"]),
                        resource: { type: "transactionalId", name: "tx" },
                    },
                ],
                quotas: { consumerByteRate: 1024 },
            }),
        ]);
        assert.equal(status, 0);
        assert.deepEqual(changes, [
            add(
                "literal --deny-host=10.0.0.9 --topic=* --operation=Delete --deny-principal=User:alice",
            ),
            add(
                "literal --allow-host=* --topic=orders --operation=Describe --operation=Write --allow-principal=User:alice",
            ),
            add(
                "literal --allow-host=* --cluster --operation=IdempotentWrite --allow-principal=User:CN=bob",
            ),
            add(
                "literal --allow-host=* --transactional-id=tx --operation=Write --allow-principal=User:CN=bob",
            ),
            add(
                "prefixed --allow-host=* --group=app- --operation=Read --allow-principal=User:alice",
            ),
            alter("CN=bob", "--add-config consumer_byte_rate=1024.0"),
            alter("alice", "--add-config producer_byte_rate=2.0E7,controller_mutation_rate=0.5"),
            ...setPassword("alice"),
        ]);
        assert.match(stdout, /^All 2 users are as they should be\.$/m);
    });

    it("changes nothing but the passwords where all is as it should be, and says so", () => {
        const { status, changes, stdout } = apply(
            [
                scram("alice", {
                    acls: [topicAcl("orders", ["Read", "DescribeConfigs"])],
                    quotas: { producerByteRate: 20_000_000, consumerByteRate: 5 },
                }),
                tls("bob", {
                    acls: [{ ...topicAcl("", ["All"]), resource: { type: "cluster" } }],
                    quotas: { requestPercentage: 50 },
                }),
            ],
            {
                configs: [
                    "Quota configs for the default user-principal are producer_byte_rate=55.0",
                    "Quota configs for user-principal 'CN=bob' are request_percentage=50.0",
                    "Quota configs for user-principal 'alice' are consumer_byte_rate=5.0, producer_byte_rate=2.0E7",
                    "SCRAM credential configs for user-principal 'alice' are SCRAM-SHA-512=iterations=8192",
                ],
                acls: {
                    "resourceType=TOPIC, name=orders, patternType=LITERAL": [
                        entry("User:alice", "DESCRIBE_CONFIGS"),
                        entry("Group:ops", "READ"),
                        entry("User:alice", "READ"),
                    ],
                    "resourceType=CLUSTER, name=kafka-cluster, patternType=LITERAL": [
                        entry("User:CN=bob", "ALL"),
                    ],
                },
            },
        );
        assert.equal(status, 0);
        assert.deepEqual(changes, setPassword("alice"));
        assert.equal(
            stdout,
            "User:alice: set the password\n" +
                "All 2 users are as they should be; but for passwords, which were set again, nothing had to change.\n",
        );
    });

    it("takes from users that are not in the list what they have, and from all what is not theirs any more", () => {
        const { status, changes } = apply(
            [
                scram("alice", { acls: [topicAcl("orders", ["Read"])] }),
                tls("carol", { acls: [topicAcl("orders", ["Read"])] }),
            ],
            {
                configs: [
                    "Quota configs for user-principal 'alice' are producer_byte_rate=1.0, request_percentage=2.0",
                    "Quota configs for user-principal 'eve' are producer_byte_rate=1.0",
                    "SCRAM credential configs for user-principal 'alice' are SCRAM-SHA-256=iterations=4096, SCRAM-SHA-512=iterations=4096",
                    "SCRAM credential configs for user-principal 'carol' are SCRAM-SHA-512=iterations=4096",
                    "SCRAM credential configs for user-principal 'eve' are SCRAM-SHA-256=iterations=4096, SCRAM-SHA-512=iterations=4096",
                ],
                acls: {
                    "resourceType=TOPIC, name=orders, patternType=LITERAL": [
                        entry("User:alice", "READ"),
                        entry("User:alice", "WRITE"),
                        entry("User:eve", "WRITE"),
                        entry("User:*", "READ", { host: "10.0.0.9", type: "DENY" }),
                        // What it was before it had a certificate.
                        entry("User:carol", "READ"),
                        entry("User:CN=carol", "READ"),
                    ],
                    "resourceType=GROUP, name=my group, (odd), patternType=PREFIXED": [
                        entry("User:CN=x, O=y", "READ"),
                    ],
                    "resourceType=USER, name=eve, patternType=LITERAL": [
                        entry("User:eve", "CREATE_TOKENS"),
                    ],
                },
            },
        );
        assert.equal(status, 0);
        const [passwords, rest] = [changes.slice(0, 3), changes.slice(3)];
        assert.deepEqual(passwords.sort(), [
            alter("alice", "--delete-config SCRAM-SHA-256"),
            alter("carol", "--delete-config SCRAM-SHA-512"),
            alter("eve", "--delete-config SCRAM-SHA-256,SCRAM-SHA-512"),
        ]);
        assert.deepEqual(rest, [
            remove(
                "literal --allow-host=* --user-principal=eve --operation=CreateTokens --allow-principal=User:eve",
            ),
            remove(
                "literal --allow-host=* --topic=orders --operation=Read --allow-principal=User:carol",
            ),
            remove(
                "literal --allow-host=* --topic=orders --operation=Write --allow-principal=User:alice --allow-principal=User:eve",
            ),
            remove(
                "prefixed --allow-host=* --group=my group, (odd) --operation=Read --allow-principal=User:CN=x, O=y",
            ),
            remove(
                "literal --deny-host=10.0.0.9 --topic=orders --operation=Read --deny-principal=User:*",
            ),
            alter("alice", "--delete-config producer_byte_rate,request_percentage"),
            alter("eve", "--delete-config producer_byte_rate"),
            ...setPassword("alice"),
        ]);
    });

    it("gives before it takes, and denies before it allows", () => {
        const { changes } = apply(
            [
                tls("bob", {
                    acls: [
                        topicAcl("new", ["Read"]),
                        topicAcl("secret", ["Read"], { type: "deny" }),
                    ],
                }),
            ],
            {
                acls: {
                    "resourceType=TOPIC, name=old, patternType=LITERAL": [
                        entry("User:CN=bob", "READ"),
                        entry("User:CN=bob", "WRITE", { type: "DENY" }),
                    ],
                },
            },
        );
        assert.deepEqual(changes, [
            add(
                "literal --deny-host=* --topic=secret --operation=Read --deny-principal=User:CN=bob",
            ),
            add(
                "literal --allow-host=* --topic=new --operation=Read --allow-principal=User:CN=bob",
            ),
            remove(
                "literal --allow-host=* --topic=old --operation=Read --allow-principal=User:CN=bob",
            ),
            remove(
                "literal --deny-host=* --topic=old --operation=Write --deny-principal=User:CN=bob",
            ),
        ]);
    });

    it("needs one call for rights that differ in one thing only, and makes no others with it", () => {
        const both: Acl["operations"] = ["Read", "Describe"];
        const { changes } = apply([
            tls("a", { acls: [topicAcl("x", both), topicAcl("y", both), topicAcl("z", ["Read"])] }),
            tls("b", { acls: [topicAcl("y", both), topicAcl("x", both)] }),
            tls("c", { acls: [topicAcl("x", both)] }),
        ]);
        const prefix = "literal --allow-host=* ";
        assert.deepEqual(changes, [
            add(
                `${prefix}--topic=x --topic=y --operation=Describe --operation=Read --allow-principal=User:CN=a --allow-principal=User:CN=b`,
            ),
            add(
                `${prefix}--topic=x --operation=Describe --operation=Read --allow-principal=User:CN=c`,
            ),
            add(`${prefix}--topic=z --operation=Read --allow-principal=User:CN=a`),
        ]);
    });

    it("changes quotas that have another value, and drops what is not in the list", () => {
        const { changes } = apply(
            [tls("bob", { quotas: { producerByteRate: 2, consumerByteRate: 3 } })],
            {
                configs: [
                    "Quota configs for user-principal 'CN=bob' are producer_byte_rate=1.0, consumer_byte_rate=3.0, request_percentage=2.0",
                ],
            },
        );
        assert.deepEqual(changes, [
            alter(
                "CN=bob",
                "--add-config producer_byte_rate=2.0 --delete-config request_percentage",
            ),
        ]);
    });

    it("does not look at rights where brokers know none", () => {
        const { status, changes } = apply(
            [scram("alice", { acls: [topicAcl("orders", ["Read"])] })],
            {},
            {},
            false,
        );
        assert.equal(status, 0);
        assert.deepEqual(changes, setPassword("alice"));
    });

    it("hands passwords and properties over in files that are pipes, and in no argument", () => {
        const { calls, stdout, stderr } = apply(
            [scram("alice")],
            {},
            {
                env: {
                    BOOTSTRAP: "kafka-headless:9091",
                    AUTHORIZATION: "true",
                    PASSWORDS: "/run/passwords",
                    USERS: "user alice scram-sha-512\n",
                    ADMIN_PROPERTIES: "security.protocol=SSL\n",
                },
                programs: {
                    "kafka-configs": `cat "$4" | sed 's/^/    /' >>"$SANDBOX/calls"\n${tool("configs")}`,
                    "kafka-acls": `[[ $(cat "$4") == security.protocol=SSL ]]\n${tool("acls")}`,
                },
            },
        );
        assert.deepEqual(
            calls.filter((call) => !call.startsWith("kafka-")),
            [
                "    security.protocol=SSL",
                "    security.protocol=SSL",
                "  SCRAM-SHA-512=iterations=8192,password=password-of-alice",
            ],
        );
        assert.ok(!calls.some((call) => /^kafka-.*password-of/.test(call)));
        assert.match(calls.at(-3)!, /--add-config-file \/dev\/fd\/\d+$/);
        assert.doesNotMatch(stdout + stderr, /password-of/);
    });

    it("changes nothing when it can't see what there is", () => {
        for (const failing of ["kafka-configs", "kafka-acls"]) {
            const { status, calls } = run("apply-users.sh", {
                env: {
                    BOOTSTRAP: "kafka-headless:9091",
                    AUTHORIZATION: "true",
                    PASSWORDS: "/run",
                    USERS: "user bob tls\n",
                },
                files: { configs: "", acls: "" },
                programs: { ...TOOLS, [failing]: "exit 1" },
            });
            assert.notEqual(status, 0);
            assert.equal(calls.length, failing === "kafka-configs" ? 1 : 2);
        }
    });

    it("stops at the first change that fails, and says what the tool said", () => {
        const { status, changes, stdout, stderr } = apply(
            [tls("bob", { acls: [topicAcl("orders", ["Read"])], quotas: { producerByteRate: 1 } })],
            {},
            {
                programs: {
                    ...TOOLS,
                    "kafka-acls": tool(
                        "acls",
                        'if [[ "$*" == *--add* ]]; then echo "it is late"; exit 1; fi',
                    ),
                },
            },
        );
        assert.notEqual(status, 0);
        assert.equal(changes.length, 1);
        assert.match(stderr, /^it is late$/m);
        assert.doesNotMatch(stdout, /as they should be/);
    });

    it("stops without a password", () => {
        const { status, changes, stdout } = apply(
            [scram("alice")],
            {},
            { files: { configs: "", acls: "" } },
        );
        assert.notEqual(status, 0);
        assert.deepEqual(changes, []);
        assert.doesNotMatch(stdout, /as they should be/);
    });

    it("has no here-strings, which bash 4 writes to files", () => {
        assert.doesNotMatch(readScript("users/apply-users.sh"), /<<</);
    });

    it("writes no file, however much there is: the pod's root is read-only", () => {
        const many = Array.from(
            { length: 300 },
            (_, n) => `resourceType=TOPIC, name=t${n}, patternType=LITERAL`,
        );
        const { status, stderr, changes } = apply(
            [scram("alice")],
            { acls: Object.fromEntries(many.map((each) => [each, [entry("User:eve", "READ")]])) },
            { readOnly: true },
        );
        assert.equal(stderr, "");
        assert.equal(status, 0);
        assert.equal(changes.length, 1 + 2);
        assert.deepEqual(changes.slice(1), setPassword("alice"));
    });
});
