import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as k8s from "@pulumi/kubernetes";
import { KafkaUsers, KafkaUsersArgs } from "../../../components/statefulset/users/kafkaUsers";
import { javaDouble } from "../../../components/statefulset/users/quotas";
import type { User } from "../../../components/kafka/users";
import { PlainObject, register } from "../../support/mocks";

const COMPONENT = "kafka-eks:index:KafkaUsers kafka";
const JOB = "kubernetes:batch/v1:Job kafka-users";
const SECRET = "kubernetes:core/v1:Secret kafka-user-";
const CERTIFICATE = "kubernetes:cert-manager.io/v1:Certificate kafka-user-bob.example.com";
const SCRIPT = join(__dirname, "../../../components/statefulset/users/apply-users.sh");
const LABELS = {
    "app.kubernetes.io/name": "kafka",
    "app.kubernetes.io/part-of": "kafka-eks",
    "app.kubernetes.io/managed-by": "pulumi",
};
const PASSWORD = "correct-horse-battery";

const ALICE: User = {
    name: "alice",
    authentication: { type: "scram-sha-512", password: PASSWORD },
    acls: [
        {
            type: "allow",
            resource: { type: "topic", name: "orders", patternType: "prefix" },
            operations: ["Read", "Describe"],
            host: "*",
        },
        {
            type: "deny",
            resource: { type: "transactionalId", name: "*" },
            operations: ["All"],
            host: "10.0.0.9",
        },
    ],
    quotas: { producerByteRate: 20_000_000, controllerMutationRate: 0.5 },
};
const BOB: User = {
    name: "bob.example.com",
    authentication: { type: "tls" },
    acls: [
        { type: "allow", resource: { type: "cluster" }, operations: ["Describe"], host: "*" },
        {
            type: "allow",
            resource: { type: "group", name: "g", patternType: "literal" },
            operations: ["Read"],
            host: "*",
        },
    ],
    quotas: {},
};
const CAROL: User = {
    name: "carol",
    authentication: { type: "scram-sha-512" },
    acls: [],
    quotas: { consumerByteRate: 1, requestPercentage: 50 },
};
const ARGS: KafkaUsersArgs = {
    namespace: "streams",
    image: "kafka:1",
    users: [ALICE, BOB, CAROL],
    security: { encrypted: true, superUsers: ["User:CN=kafka-brokers"] },
    issueCertificates: true,
};

async function create(args: Partial<KafkaUsersArgs> = {}) {
    const { resources } = await register(
        () =>
            new KafkaUsers(
                "kafka",
                { ...ARGS, ...args },
                { provider: new k8s.Provider("cluster") },
            ),
    );
    return resources;
}

interface PodTemplate {
    readonly metadata: { readonly annotations?: PlainObject };
    readonly spec: PlainObject & { readonly containers: readonly PlainObject[] };
}

async function jobOf(args: Partial<KafkaUsersArgs> = {}) {
    const { metadata, spec } = (await create(args)).resource(JOB).inputs as {
        metadata: { name: string };
        spec: { template: PodTemplate };
    };
    assert.match(metadata.name, /^kafka-users-[0-9a-f]{8}$/);
    return { name: metadata.name, template: spec.template };
}

/** The password in a Secret, which has to be a secret to Pulumi. */
function passwordIn(inputs: PlainObject): string {
    const { "4dabf18193072939515e22adb298388d": signature, value } = inputs["data"] as PlainObject;
    assert.equal(signature, "1b47061264138c4ac30d75fd1eb44270");
    const { password, ...others } = value as { password: string };
    assert.deepEqual(others, {});
    return Buffer.from(password, "base64").toString();
}

describe("KafkaUsers", () => {
    it("are Secrets and certificates, and a Job after them", async () => {
        const resources = await create();
        assert.deepEqual(resources.childrenOf(COMPONENT).sort(), [
            JOB,
            CERTIFICATE,
            `${SECRET}alice`,
            `${SECRET}carol`,
        ]);
        const { options } = resources.resource(JOB);
        assert.deepEqual(options.dependencies, [`${SECRET}alice`, `${SECRET}carol`]);
        assert.equal(options.provider, "cluster");
        assert.equal(options.timeouts?.create, "30m");
    });

    it("keep a password in a Secret: the one that is given, or one that is generated once", async () => {
        const resources = await create();
        const given = resources.resource(`${SECRET}alice`);
        assert.deepEqual(
            { ...given.inputs, data: passwordIn(given.inputs) },
            {
                apiVersion: "v1",
                kind: "Secret",
                metadata: { name: "kafka-user-alice", namespace: "streams", labels: LABELS },
                data: PASSWORD,
            },
        );
        assert.deepEqual(given.options.ignoreChanges, []);
        const generated = resources.resource(`${SECRET}carol`);
        assert.deepEqual((generated.inputs["metadata"] as PlainObject)["annotations"], {
            "kafka-eks/generated": "true",
        });
        assert.match(passwordIn(generated.inputs), /^[\w-]{32}$/);
        assert.deepEqual(generated.options.ignoreChanges, ["data"]);
    });

    it("get certificates of cert-manager's, whose common name is theirs", async () => {
        const { inputs } = (await create()).resource(CERTIFICATE);
        assert.deepEqual(inputs, {
            apiVersion: "cert-manager.io/v1",
            kind: "Certificate",
            metadata: {
                name: "kafka-user-bob.example.com",
                namespace: "streams",
                labels: LABELS,
                annotations: { "pulumi.com/waitFor": "condition=Ready" },
            },
            spec: {
                secretName: "kafka-user-bob.example.com",
                commonName: "bob.example.com",
                duration: "2160h",
                renewBefore: "720h",
                usages: ["digital signature", "client auth"],
                privateKey: {
                    algorithm: "ECDSA",
                    size: 256,
                    encoding: "PKCS8",
                    rotationPolicy: "Always",
                },
                issuerRef: { name: "kafka-clients-ca", kind: "Issuer", group: "cert-manager.io" },
            },
        });
    });

    it("bring their own certificates where none are made", async () => {
        const resources = await create({ issueCertificates: false, users: [BOB] });
        assert.deepEqual(resources.childrenOf(COMPONENT), [JOB]);
        const { template } = await jobOf({ issueCertificates: false, users: [BOB] });
        assert.deepEqual(
            (template.spec["volumes"] as { name: string }[]).map(({ name }) => name),
            ["certificates"],
        );
    });

    it("are made by a Job that reads passwords from files and is told none", async () => {
        const { template } = await jobOf();
        const [container] = template.spec.containers;
        const env = Object.fromEntries(
            (container!["env"] as { name: string; value: string }[]).map(({ name, value }) => [
                name,
                value,
            ]),
        );
        assert.deepEqual(container!["command"], ["bash", "-c", readFileSync(SCRIPT, "utf8")]);
        const { ADMIN_PROPERTIES, ...rest } = env;
        assert.match(ADMIN_PROPERTIES!, /^security\.protocol=SSL$/m);
        assert.deepEqual(rest, {
            BOOTSTRAP: "kafka-headless:9091",
            AUTHORIZATION: "true",
            PASSWORDS: "/etc/kafka-eks-passwords",
            USERS: [
                "user alice scram-sha-512",
                "quota producer_byte_rate=2.0E7",
                "quota controller_mutation_rate=0.5",
                "acl allow prefixed topic Read * orders",
                "acl allow prefixed topic Describe * orders",
                "acl deny literal transactional-id All 10.0.0.9 *",
                "user bob.example.com tls",
                "acl allow literal cluster Describe * kafka-cluster",
                "acl allow literal group Read * g",
                "user carol scram-sha-512",
                "quota consumer_byte_rate=1.0",
                "quota request_percentage=50.0",
                "",
            ].join("\n"),
        });
        assert.deepEqual(container!["volumeMounts"], [
            { name: "certificates", mountPath: "/etc/kafka-eks-tls", readOnly: true },
            { name: "secrets", mountPath: "/etc/kafka-eks-passwords", readOnly: true },
        ]);
        const item = (name: string) => ({
            secret: { name: `kafka-user-${name}`, items: [{ key: "password", path: name }] },
        });
        assert.deepEqual((template.spec["volumes"] as PlainObject[])[1], {
            name: "secrets",
            projected: { defaultMode: 0o440, sources: [item("alice"), item("carol")] },
        });
        assert.deepEqual((template as unknown as PlainObject)["metadata"], {
            labels: { "app.kubernetes.io/name": "kafka-users" },
            annotations: template.metadata.annotations,
        });
        assert.doesNotMatch(JSON.stringify(template), new RegExp(PASSWORD));
    });

    it("have no permissions where brokers do not look at them", async () => {
        const { template } = await jobOf({ users: [BOB], security: { encrypted: false } });
        assert.deepEqual(template.spec.containers[0]!["env"], [
            { name: "BOOTSTRAP", value: "kafka-headless:9091" },
            { name: "AUTHORIZATION", value: "false" },
            { name: "PASSWORDS", value: "/etc/kafka-eks-passwords" },
            { name: "USERS", value: "user bob.example.com tls\n" },
        ]);
        assert.equal(template.spec["volumes"], undefined);
    });

    it("are made again for everything that changes, a configured password included, and only then", async () => {
        const change = (fields: Partial<User>) => [{ ...ALICE, ...fields }, BOB, CAROL];
        const password = (text?: string) =>
            change({ authentication: { type: "scram-sha-512", ...(text && { password: text }) } });
        const first = (await jobOf()).name;
        assert.equal((await jobOf()).name, first);
        const others: Partial<KafkaUsersArgs>[] = [
            { image: "kafka:2" },
            { users: [ALICE, BOB] },
            { users: password("another-password") },
            { users: password() },
            { users: change({ acls: [] }) },
            { users: change({ quotas: {} }) },
            { security: { encrypted: true } },
            // Of the same password nobody can tell that it is the same in another namespace.
            { namespace: "other" },
        ];
        const names = [first];
        for (const args of others) {
            names.push((await jobOf(args)).name);
        }
        assert.equal(new Set(names).size, names.length);
    });

    it("are made again when a Secret with a generated password is another one", async () => {
        const generation = async (users: readonly User[]) =>
            (await jobOf({ users })).template.metadata.annotations;
        const ofCarol = await generation([ALICE, CAROL]);
        assert.deepEqual(Object.keys(ofCarol ?? {}), ["kafka-eks/generation"]);
        assert.notDeepEqual(await generation([{ ...CAROL, name: "dave" }]), ofCarol);
        // The hash tells of these.
        assert.equal(await generation([ALICE, BOB]), undefined);
    });
});

describe("javaDouble", () => {
    it("writes a number as Java does", () => {
        const cases: readonly (readonly [number, string])[] = [
            [1, "1.0"],
            [0.5, "0.5"],
            [0.001, "0.001"],
            [0.0005, "5.0E-4"],
            [1048576, "1048576.0"],
            [9_999_999, "9999999.0"],
            [10_000_000, "1.0E7"],
            [10_485_760, "1.048576E7"],
            [Number.MAX_SAFE_INTEGER, "9.007199254740991E15"],
        ];
        for (const [value, text] of cases) {
            assert.equal(javaDouble(value), text);
        }
    });
});
