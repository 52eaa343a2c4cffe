import assert from "node:assert/strict";
import { loadConfig } from "../../../config";
import { stackValues } from "../../support/mocks";
import {
    INTERNAL,
    type Keys,
    kafka,
    listeners,
    NODE_PORT,
    problemsOf,
    properties,
    STRIMZI,
    strimzi,
    topics,
    users,
} from "./cases";

const nextOf = (keys: Keys) => problemsOf({ ...STRIMZI, ...keys }).map(({ next }) => next);
const peers = (cidr: string) =>
    listeners({ ...INTERNAL, networkPolicyPeers: [{ ipBlock: { cidr } }] });
const onEks = (fields: Keys) => ({
    platform: "eks",
    "aws:region": "eu-west-1",
    eks: { publicAccessCidrs: [], ...fields },
});
const publicAccess = (publicAccessCidrs: unknown) => onEks({ publicAccessCidrs });
const TLS_USER = { name: "a", authentication: { type: "tls" } };
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
        "aws:region": { region: "eu-west-1" },
        "zookeeper.replicas": { zookeeper: { members: 3 } },
        // And not kafka.acceptEmptyVolumes, which gives data up.
        "kafka.storage": kafka({ volumes: [] }),
        "topics[0].replicationFactor": topics({ name: "a", replicas: 3 }),
        "certificates.caFile": { certificates: { ca: "a" } },
        "users[0].acls": users({ ...TLS_USER, permissions: [] }),
        "users[0].authentication.password": users({ ...TLS_USER, password: "a" }),
        "kafka.jvmOptions.-XX.ThreadStackSize, in KiB": kafka({ jvmOptions: { "-Xss": "1m" } }),
        "kafka.jvmOptions.-XX.UseG1GC": kafka({ jvmOptions: { "-XX:+UseG1GC": true } }),
        "kafka.jvmOptions.javaSystemProperties": kafka({ jvmOptions: { "-Da.b": 1 } }),
        "kafka.jvmOptions.-Xmx": kafka({ jvmOptions: { "-Xmx2g": true } }),
        "listeners[0].authentication": listeners({ ...INTERNAL, auth: { type: "tls" } }),
        "listeners[0].networkPolicyPeers": listeners({ ...INTERNAL, peers: [] }),
        "listeners[0].name": listeners({ ...INTERNAL, nmae: "a" }),
        // And not eks.nodeKubernetesVersion, which is nearer.
        kubernetesVersion: onEks({ kubernetesVersion: "1.3" }),
        "listeners[0].tls": listeners({
            name: "internal",
            port: 9092,
            type: "internal",
            TLS: true,
        }),
    })) {
        it(`name ${key} where it stands elsewhere, or is written otherwise`, () => {
            assert.equal(nextOf(keys)[0], meant(key)[0]);
        });
    }

    for (const word of ["nodes", "nodeGroup", "nodeGroups", "worker", "workers"]) {
        it(`name the brokers' nodes for ${word} on EKS`, () => {
            assert.deepEqual(nextOf(onEks({ [word]: 3 })), meant("eks.brokerNodes"));
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
        const path = (key: string) => [
            `write a name with dots in quotes, as the path ${key}["num.io.threads"]`,
        ];
        assert.deepEqual(nextOf(kafka({ config })), path("kafka.config"));
        assert.deepEqual(nextOf(topics({ name: "a", config })), path("topics[0].config"));
    });

    for (const [what, keys, next] of [
        ["a number for a size", kafka({ storage: { size: 50 } }), 'add its unit, such as "50Gi"'],
        [
            "a size without a unit",
            kafka({ storage: { size: "50" } }),
            'add its unit, such as "50Gi"',
        ],
        ["a text for a number", kafka({ replicas: "3" }), "write it without quotes"],
        ["a text for true", kafka({ rackAwareness: "true" }), "write it without quotes"],
        ["a word for true", kafka({ rackAwareness: "yes" }), "write true"],
        ["a word for false in a single value", { networkPolicies: "Off" }, "write false"],
        ["true for a text", kafka({ podLabels: { a: true } }), "write it in quotes"],
        ["a version that lost its zero", kafka({ podLabels: { a: 1.1 } }), "write it in quotes"],
        [
            "a list for a text",
            properties({ "log.cleanup.policy": ["compact", "delete"] }),
            "write one text, with commas between its parts",
        ],
        ["a text for a list", strimzi({ watchNamespaces: "a" }), "write a list, also of one"],
        [
            "a text with commas for a list",
            strimzi({ watchNamespaces: "a, b" }),
            "write a list, also of one",
        ],
        ["an object for a list", { topics: { name: "a" } }, "write a list, also of one"],
        ["an address for a block", peers("10.0.0.7"), 'did you mean "10.0.0.7/32"?'],
        ["another address of a block", peers("10.1.2.3/8"), 'did you mean "10.0.0.0/8"?'],
        [
            "an address for a list of blocks",
            publicAccess("203.0.113.7"),
            'write a list with "203.0.113.7/32"',
        ],
        ["a block for a list", publicAccess("203.0.113.0/24"), "write a list, also of one"],
        [
            "another address of a block for a list",
            publicAccess("203.0.113.7/24"),
            'write a list with "203.0.113.0/24"',
        ],
        ["a zone for a list, of which one is too few", onEks({ zones: "eu-west-1a" }), undefined],
        [
            "zones in a text",
            onEks({ zones: "eu-west-1a, eu-west-1b, eu-west-1c" }),
            "write a list, also of one",
        ],
        [
            "a source for an object",
            { kafkaDeploymentType: "statefulset", certificates: "none" },
            "write an object that has it as source",
        ],
        [
            "a source that says too little",
            { kafkaDeploymentType: "statefulset", certificates: "files" },
            undefined,
        ],
        ["an exponent", kafka({ storage: { size: "1e12" } }), 'did you mean "1T"?'],
        [
            "an exponent of a fraction",
            kafka({ storage: { size: "1.5E+9" } }),
            'did you mean "1500M"?',
        ],
        [
            "an exponent of cores",
            kafka({ resources: { requests: { cpu: "1e0" } } }),
            'did you mean "1"?',
        ],
        [
            "a resource of Strimzi with a mistake",
            strimzi({ overlay: { kafka: { spec: { kafkaExport: {} } } } }),
            'did you mean "kafkaExporter"?',
        ],
        ["blanks at the ends", { kubeContext: " a " }, "remove the blanks at its ends"],
        [
            "a name for an object",
            kafka({ imagePullSecrets: ["registry"] }),
            "write an object that has it as name",
        ],
        [
            "a heap without a unit",
            kafka({ jvmOptions: { "-Xmx": 2048 } }),
            'add its unit, such as "2048m"',
        ],
        ["a heap in another unit", kafka({ jvmOptions: { "-Xmx": "2Gi" } }), 'did you mean "2G"?'],
        [
            "a URL for a host",
            listeners(INTERNAL, { ...NODE_PORT, advertisedHosts: ["http://Node1:31000"] }),
            'did you mean "node1"?',
        ],
        ["capitals in a name", { namespace: "Kafka" }, 'did you mean "kafka"?'],
        ["a dot at the end", { clusterDomain: "a.local." }, 'did you mean "a.local"?'],
        ["nothing but blanks", { kubeContext: " " }, "give it a value, or remove the key"],
        [
            "another case of a word",
            listeners({ ...INTERNAL, type: "Internal" }),
            'did you mean "internal"?',
        ],
        ["a word with a mistake", kafka({ spread: "prefered" }), 'did you mean "preferred"?'],
        ["an image without a tag, for which quotes do nothing", kafka({ image: 7.5 }), undefined],
        ["a name that nothing is near", { kafkaDeploymentType: "helm" }, undefined],
    ] as const) {
        it(`say what to do about ${what}`, () => {
            assert.deepEqual(nextOf(keys), [next]);
        });
    }

    it("repeat no password", () => {
        const user = {
            name: "a",
            authentication: { type: "scram-sha-512", password: 123456789012 },
        };
        const listener = { ...INTERNAL, tls: true, authentication: { type: "scram-sha-512" } };
        const [problem] = problemsOf({ ...STRIMZI, ...users(user), ...listeners(listener) });
        assert.deepEqual([problem!.given, problem!.next], ["a number", "write it in quotes"]);
        const scheme = { ...user.authentication, password: `a://${"s".repeat(256)}` };
        const [long] = problemsOf({
            ...STRIMZI,
            ...users({ ...user, authentication: scheme }),
            ...listeners(listener),
        });
        assert.deepEqual([long!.given, long!.next], ["a text", undefined]);
    });

    it("say how a min ISR gets room", () => {
        const config = { "default.replication.factor": 1, "min.insync.replicas": 2 };
        assert.deepEqual(nextOf(kafka({ config })), [
            "lower it, or raise default.replication.factor to 3",
        ]);
        assert.deepEqual(nextOf(kafka({ config, replicas: 2 })), [undefined]);
    });

    for (const [given, key] of Object.entries({
        "kafkaeks:kafka": "kafka",
        "kafka_eks:namespace": "namespace",
        "kafka:replicas": "kafka.replicas",
    })) {
        it(`name the project's key where ${given} is nobody's`, () => {
            assert.throws(() => loadConfig({ ...stackValues(STRIMZI), [given]: "1" }), {
                message:
                    `1 problem in the configuration of the stack:\n  ${given}: expected a key of this project, or of a ` +
                    `package that it uses, got a key that nobody reads. Next: did you mean kafka-eks:${key}?`,
            });
        });
    }

    it("leave the keys of packages alone", () => {
        const others = { "eks:autoTag": "1", "kubernetes:context": "a", "other:kafka": "1" };
        loadConfig({ ...stackValues(STRIMZI), ...others });
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

    it("are in MiB too where as many GiB are not meant, an object with its type, and no list in a list", () => {
        assert.deepEqual(nextOf(kafka({ resources: { requests: { memory: 4096 } } })), [
            'add its unit, such as "4096Mi"',
        ]);
        assert.deepEqual(nextOf(listeners({ ...INTERNAL, authentication: "tls" })), [
            "write an object that has it as type",
        ]);
        assert.deepEqual(nextOf({ listeners: [] }), [undefined]);
    });
});
