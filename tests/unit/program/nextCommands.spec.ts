import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import type { ListenerEntry } from "../../../components/kafka/clientAccess";
import { loadConfig } from "../../../config";
import { nextCommands } from "../../../program/nextCommands";
import { parseClientOptions } from "../../../tools/client/options";
import { parseHealthOptions } from "../../../tools/health/options";
import { stackValues } from "../../support/mocks";

const TLS = { type: "tls" } as const;
const PASSWORD = { type: "scram-sha-512" } as const;
const INTERNAL: ListenerEntry = {
    name: "internal",
    type: "internal",
    tls: false,
    bootstrap: "kafka-bootstrap.kafka.svc.cluster.local:9092",
    brokers: ["kafka-0.kafka-headless.kafka.svc.cluster.local:9092"],
};
const EXTERNAL: ListenerEntry = {
    name: "external",
    type: "loadBalancer",
    tls: false,
    bootstrap: "203.0.113.7:9094",
    brokers: [],
};
const ORDERS = { topics: [{ name: "orders" }] };
const READ_ORDERS = {
    resource: { type: "topic", name: "orders" },
    operations: ["Read"],
};
const READ_BY_CLIENT = {
    resource: { type: "group", name: "kafka-eks-", patternType: "prefix" },
    operations: ["All"],
};

/** A user with a client certificate. */
function user(name: string, ...acls: object[]) {
    return { name, authentication: TLS, acls };
}

/** The commands of a stack named prod. */
function commands(
    keys: Readonly<Record<string, unknown>>,
    external: Partial<ListenerEntry> = {},
): string[] {
    const { authentication } = external;
    const listeners = [
        {
            name: "internal",
            port: 9092,
            type: "internal",
            ...(authentication && { authentication: PASSWORD }),
        },
        {
            name: "external",
            port: 9094,
            type: "loadBalancer",
            ...(authentication && { authentication }),
        },
    ];
    const values = { platform: "kubeconfig", kafkaDeploymentType: "statefulset" };
    const config = loadConfig(stackValues({ ...values, listeners, ...keys }));
    return nextCommands(config, [INTERNAL, { ...EXTERNAL, ...external }], "prod");
}

/** The client's command; `undefined` where there is none. */
function client(
    keys: Readonly<Record<string, unknown>>,
    external: Partial<ListenerEntry> = {},
): string | undefined {
    return commands(keys, external)[2];
}

/** A command's words as a shell reads them. */
function wordsOf(command: string): string[] {
    const script = `set -- ${command}; printf '%s\\n' "$@"`;
    return spawnSync("bash", ["-c", script], { encoding: "utf8" }).stdout.trimEnd().split("\n");
}

describe("nextCommands", () => {
    it("reads a topic of the configuration by the address where clients need no more", () =>
        assert.equal(
            client(ORDERS),
            "npm run client -- --bootstrap 203.0.113.7:9094 --topic orders --consume --from-beginning",
        ));

    it("asks the stack where the listener has TLS", () =>
        assert.equal(
            client(ORDERS, { tls: true }),
            "npm run client -- --stack prod --topic orders --consume --from-beginning",
        ));

    it("names no client without a topic", () => assert.equal(client({}), undefined));

    it("names no client without an external listener", () => {
        const config = loadConfig(stackValues({ platform: "kubeconfig", ...ORDERS }));
        assert.equal(nextCommands(config, [INTERNAL], "prod").length, 2);
    });

    it("is the first user that may read a topic, and reads that one", () => {
        const topics = [{ name: "audit" }, { name: "orders" }];
        const users = [
            user("writer", { ...READ_ORDERS, operations: ["Write"] }, READ_BY_CLIENT),
            { ...user("by-password", READ_ORDERS, READ_BY_CLIENT), authentication: PASSWORD },
            user("reader", READ_ORDERS, READ_BY_CLIENT),
        ];
        const listeners = { tls: true, authentication: TLS };
        assert.equal(
            client({ topics, users }, listeners),
            "npm run client -- --stack prod --user reader --topic orders --consume --from-beginning",
        );
    });

    for (const [who, acls] of [
        ["no permission for the topic", [READ_BY_CLIENT]],
        ["no permission for the client's group", [READ_ORDERS]],
        [
            "a permission for another group",
            [READ_ORDERS, { resource: { type: "group", name: "a" }, operations: ["Read"] }],
        ],
        ["a permission that is taken away", [READ_ORDERS, READ_BY_CLIENT, deny("orders")]],
        ["a permission from one address", [{ ...READ_ORDERS, host: "192.0.2.1" }, READ_BY_CLIENT]],
    ] as const) {
        it(`names no client where a user has ${who}`, () =>
            assert.equal(
                client({ ...ORDERS, users: [user("bob", ...acls)] }, { authentication: TLS }),
                undefined,
            ));
    }

    it("knows permissions for any topic and for what a name begins with", () => {
        for (const resource of [
            { type: "topic", name: "*" },
            { type: "topic", name: "ord", patternType: "prefix" },
        ]) {
            const acls = [{ resource, operations: ["All"] }, READ_BY_CLIENT];
            const users = [user("bob", ...acls)];
            assert.match(client({ ...ORDERS, users }, { authentication: TLS })!, /--user bob /);
        }
    });

    it("is read by each command's own parser, whatever the names are", () => {
        const place = { kubeconfig: "./my kube/it's config", kubeContext: "admin@home lab" };
        const [kubectl, health, read] = commands({ ...ORDERS, ...place });
        assert.deepEqual(wordsOf(kubectl!), [
            "kubectl",
            "--kubeconfig",
            "./my kube/it's config",
            "--context",
            "admin@home lab",
            "--namespace",
            "kafka",
            "get",
            "pods",
        ]);
        const [npm, run, name, dashes, ...args] = wordsOf(health!);
        assert.deepEqual([npm, run, name, dashes], ["npm", "run", "health", "--"]);
        assert.deepEqual(parseHealthOptions(args), {
            action: "check",
            kubeconfig: "./my kube/it's config",
            context: "admin@home lab",
            namespace: "kafka",
            identity: {},
            json: false,
        });
        const request = parseClientOptions(wordsOf(read!).slice(4));
        assert.ok(request.action === "consume");
        assert.equal(request.topic, "orders");
        assert.deepEqual(request.source, { bootstrap: ["203.0.113.7:9094"], identity: {} });
    });

    it("gives the client of a user a form that its parser reads", () => {
        const users = [user("bob", READ_ORDERS, READ_BY_CLIENT)];
        const read = client({ ...ORDERS, users }, { tls: true, authentication: TLS });
        const request = parseClientOptions(wordsOf(read!).slice(4));
        assert.ok(request.action === "consume");
        assert.deepEqual(request.source, { stack: "prod", user: "bob" });
    });
});

function deny(topic: string) {
    return { type: "deny", resource: { type: "topic", name: topic }, operations: ["Read"] };
}
