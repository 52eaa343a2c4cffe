import assert from "node:assert/strict";
import * as k8s from "@pulumi/kubernetes";
import type { User } from "../../../../../components/kafka/users";
import { clientSpec } from "../../../../../components/statefulset/certificates/certificates";
import { readScript } from "../../../../../components/statefulset/scripts";
import { KafkaUsers, KafkaUsersArgs } from "../../../../../components/statefulset/users/kafkaUsers";
import { AnsweringCluster } from "../../../../support/answeringCluster";
import { PlainObject, register } from "../../../../support/mocks";
import { envOf, onlyContainerOf, pathsOf, type PodTemplate, templateOf } from "../../pods";

const COMPONENT = "kafka-eks:index:KafkaUsers kafka";
const JOB = "kubernetes:batch/v1:Job kafka-users";
const SECRET = "kubernetes:core/v1:Secret kafka-user-";
const CERTIFICATE = "kubernetes:cert-manager.io/v1:Certificate kafka-user-bob.example.com";
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
    live: new AnsweringCluster(),
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

async function jobOf(
    args: Partial<KafkaUsersArgs> = {},
): Promise<{ name: string; template: PodTemplate }> {
    const job = (await create(args)).resource(JOB);
    const { name } = job.inputs.metadata as { name: string };
    assert.match(name, /^kafka-users-[0-9a-f]{8}$/);
    return { name, template: templateOf(job) };
}

async function containerOf(args?: Partial<KafkaUsersArgs>) {
    return onlyContainerOf((await jobOf(args)).template.spec);
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
        assert.equal(options.deleteBeforeReplace, true);
        assert.deepEqual(options.gates, ["kafka-users-leftover"]);
    });

    it("keep a password in a Secret: the one that is given, or one that is generated once", async () => {
        const resources = await create();
        const given = resources.resource(`${SECRET}alice`);
        assert.equal(passwordIn(given.inputs), PASSWORD);
        assert.deepEqual(given.options.ignoreChanges, []);
        assert.deepEqual(given.options.gates, []);
        const generated = resources.resource(`${SECRET}carol`);
        assert.deepEqual((generated.inputs["metadata"] as PlainObject)["annotations"], {
            "kafka-eks/generated": "true",
        });
        assert.match(passwordIn(generated.inputs), /^[\w-]{32}$/);
        assert.deepEqual(generated.options.ignoreChanges, ["data"]);
        assert.deepEqual(generated.options.gates, ["kafka-user-carol-unused"]);
    });

    it("get certificates of cert-manager's, whose common name is theirs, and are waited for", async () => {
        const { inputs } = (await create()).resource(CERTIFICATE);
        const { annotations } = inputs.metadata as { annotations: PlainObject };
        assert.deepEqual(annotations, { "pulumi.com/waitFor": "condition=Ready" });
        assert.deepEqual(
            inputs.spec,
            clientSpec({
                secretName: "kafka-user-bob.example.com",
                commonName: "bob.example.com",
            }),
        );
    });

    it("bring their own certificates where none are made", async () => {
        const resources = await create({ issueCertificates: false, users: [BOB] });
        assert.deepEqual(resources.childrenOf(COMPONENT), [JOB]);
        const container = await containerOf({ issueCertificates: false, users: [BOB] });
        assert.deepEqual(pathsOf(container).read, ["/etc/kafka-eks-tls"]);
    });

    it("are made by a Job with the brokers' image, as one of the brokers", async () => {
        const container = await containerOf();
        assert.equal(container.image, "kafka:1");
        assert.deepEqual(container.command, ["bash", "-c", readScript("users/apply-users.sh")]);
        const { ADMIN_PROPERTIES, BOOTSTRAP } = envOf(container);
        assert.match(ADMIN_PROPERTIES!, /^security\.protocol=SSL$/m);
        assert.equal(BOOTSTRAP, "kafka-headless:9091");
    });

    it("are told to it with each of their quotas and permissions", async () => {
        const { USERS, AUTHORIZATION } = envOf(await containerOf());
        assert.equal(AUTHORIZATION, "true");
        assert.deepEqual(USERS!.split("\n"), [
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
        ]);
    });

    it("have passwords that it reads from files of its group, and is told none", async () => {
        const { template } = await jobOf();
        const container = onlyContainerOf(template.spec);
        assert.equal(envOf(container).PASSWORDS, "/etc/kafka-eks-passwords");
        assert.deepEqual(pathsOf(container), {
            write: [],
            read: ["/etc/kafka-eks-passwords", "/etc/kafka-eks-tls"],
        });
        const item = (name: string) => ({
            secret: { name: `kafka-user-${name}`, items: [{ key: "password", path: name }] },
        });
        assert.deepEqual(template.spec.volumes[1], {
            name: "secrets",
            projected: { defaultMode: 0o440, sources: [item("alice"), item("carol")] },
        });
        assert.doesNotMatch(JSON.stringify(template), new RegExp(PASSWORD));
    });

    it("are made by pods that no Service of the brokers leads to", async () => {
        const { template } = await jobOf();
        assert.deepEqual(template.metadata.labels, { "app.kubernetes.io/name": "kafka-users" });
    });

    it("have no permissions where brokers do not look at them", async () => {
        const container = await containerOf({ users: [BOB], security: { encrypted: false } });
        assert.deepEqual(envOf(container), {
            BOOTSTRAP: "kafka-headless:9091",
            AUTHORIZATION: "false",
            PASSWORDS: "/etc/kafka-eks-passwords",
            USERS: "user bob.example.com tls\n",
        });
        assert.deepEqual(pathsOf(container), { write: [], read: [] });
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
