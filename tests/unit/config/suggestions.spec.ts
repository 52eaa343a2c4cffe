import assert from "node:assert/strict";
import { loadConfig } from "../../../config";
import { stackValues } from "../../support/mocks";
import { type Keys, kafka, listeners, problemsOf, STRIMZI, topics, users } from "./cases";

const nextOf = (keys: Keys) => problemsOf({ ...STRIMZI, ...keys }).map(({ next }) => next);
const meant = (key: string) => [`did you mean ${key}?`];

describe("proposals of the configuration", () => {
    for (const [given, key] of Object.entries({
        replicas: "kafka.replicas",
        kafkadeploymenttype: "kafkaDeploymentType",
        "storage.class": "kafka.storage.storageClass",
        namspace: "namespace",
        kafkaVersion: "kafka.version",
        metadataVersion: "kafka.metadataVersion",
        topic: "topics",
        "min.insync.replicas": "kafka.config.min.insync.replicas",
        partitions: "topics[].partitions",
    })) {
        it(`name the key that is meant by ${given}`, () => {
            assert.deepEqual(nextOf({ [given]: "1" }), meant(key));
        });
    }

    for (const [key, keys] of Object.entries({
        "kafka.replicas": kafka({ replica: 1 }),
        "kafka.storage.storageClass": kafka({ storageClass: "fast" }),
        "kafka.config.num.partitions": kafka({ "num.partitions": 3 }),
        "topics[0].partitions": topics({ name: "a", partition: 1 }),
        "topics[1].config.retention.ms": topics({ name: "a" }, { name: "b", "retention.ms": 1 }),
        "listeners[0].tls": listeners({
            name: "internal",
            port: 9092,
            type: "internal",
            TLS: true,
        }),
    })) {
        it(`name ${key} where it stands elsewhere, or is written otherwise`, () => {
            assert.deepEqual(nextOf(keys), meant(key));
        });
    }

    it("name keys of ACLs", () => {
        const acl = { ressource: { type: "cluster" }, operations: ["Describe"] };
        const user = { name: "a", authentication: { type: "tls" }, acls: [acl] };
        const next = nextOf(users(user));
        assert.ok(next.includes("did you mean users[0].acls[0].resource?"), String(next));
    });

    it("are none where nothing is near", () => {
        assert.deepEqual(nextOf({ zzzz: "1" }), [undefined]);
        assert.deepEqual(nextOf(kafka({ verbose: true })), [undefined]);
    });

    it("say how a path is set", () => {
        assert.deepEqual(problemsOf({ ...STRIMZI, "kafka.replicas": "5", "topics[0].name": "a" }), [
            {
                key: "kafka.replicas",
                expected: "the key kafka with this in it",
                given: "a key of that name",
                next: "pulumi config rm 'kafka.replicas', then pulumi config set --path 'kafka.replicas' VALUE",
            },
            {
                key: "topics[0].name",
                expected: "the key topics with this in it",
                given: "a key of that name",
                next: "pulumi config rm 'topics[0].name', then pulumi config set --path 'topics[0].name' VALUE",
            },
        ]);
    });

    it("say how a path leads to a name with dots", () => {
        const config = { num: { io: { threads: 5 } } };
        const path = (properties: string) => [
            `write a name with dots in quotes, as the path ${properties}["num.io.threads"]`,
        ];
        assert.deepEqual(nextOf(kafka({ config })), path("kafka.config"));
        assert.deepEqual(nextOf(topics({ name: "a", config })), path("topics[0].config"));
    });

    it("say that versions need quotes", () => {
        assert.deepEqual(nextOf(kafka({ metadataVersion: 4.2 })), ["write it in quotes"]);
        const [problem] = problemsOf({ ...STRIMZI, kubernetesVersion: "1.3" });
        assert.match(problem!.expected, /in quotes/);
    });

    it("stand after the problem", () => {
        assert.throws(() => loadConfig(stackValues({ ...STRIMZI, replicas: "1" })), {
            message:
                "1 problem in the configuration of the stack:\n  kafka-eks:replicas: expected one of the keys " +
                "that the documentation lists, got an unknown key. Next: did you mean kafka.replicas?",
        });
    });
});
