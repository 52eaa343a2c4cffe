import assert from "node:assert/strict";
import {
    INTERNAL,
    type Keys,
    kafka,
    listeners,
    NODE_PORT,
    problemsOf,
    STATEFULSET,
    strimzi,
    STRIMZI,
    users,
} from "./cases";

/** What is said of a configuration: keys, and what is expected there. */
const saidOf = (keys: Keys, base: Keys = STRIMZI) =>
    problemsOf({ ...base, ...keys }).map(({ key, expected }) => `${key}: ${expected}`);

describe("every problem", () => {
    it("of a user's ACLs is found, whatever else is wrong with them", () => {
        const acl = (resource: Keys, operation: string) => ({ resource, operations: [operation] });
        const bad = users(
            {
                name: "a",
                authentication: { type: "tls" },
                acls: [
                    acl({ type: "topic" }, "Read"),
                    acl({ type: "queue", name: "q" }, "Read"),
                    acl({ type: "group", name: "g" }, "Create"),
                ],
            },
            { name: "a", authentication: { type: "tls" } },
        );
        assert.deepEqual(
            problemsOf({ ...STRIMZI, ...bad }).map(({ key }) => key),
            [
                "users[0].acls[1].resource.type",
                "users[0].authentication.type",
                "users[0].acls[0].resource.name",
                "users[0].acls[2].operations[0]",
                "users[1].name",
                "users[1].authentication.type",
            ],
        );
    });

    for (const [field, wrong, key] of [
        ["tls", "yes", "tls"],
        ["allowAnonymous", "yes", "allowAnonymous"],
        ["authentication", { type: "none" }, "authentication.type"],
        ["authentication", "tls", "authentication"],
    ] as const) {
        it(`of a listener is found beside a wrong ${field}: ${JSON.stringify(wrong)}`, () => {
            const { name, port } = INTERNAL;
            const bad = { ...NODE_PORT, name, port, basePort: 32767, [field]: wrong };
            assert.deepEqual(
                problemsOf({ ...STRIMZI, ...listeners(INTERNAL, bad) }).map((each) => each.key),
                [key, "name", "port", "basePort"].map((each) => `listeners[1].${each}`),
            );
        });
    }

    it("of an internal listener is found beside a wrong tls", () => {
        const bad = listeners(INTERNAL, { ...INTERNAL, name: "other", tls: "yes" });
        assert.deepEqual(
            problemsOf({ ...STRIMZI, ...bad }).map(({ key }) => key),
            ["listeners[1].tls", "listeners[1].port"],
        );
    });

    it("of a listener's TLS is said once", () => {
        const authentication = { type: "tls" };
        const wrong = { tls: "yes", allowInsecure: "no" };
        for (const more of [{}, { authentication }]) {
            const bad = listeners(
                { ...INTERNAL, tls: true, authentication },
                { ...NODE_PORT, allowAnonymous: true, ...wrong, ...more },
            );
            assert.deepEqual(
                problemsOf({ ...STRIMZI, ...bad })
                    .map(({ key }) => key)
                    .filter((key) => !key.endsWith(".allowAnonymous")),
                ["listeners[1].tls", "listeners[1].allowInsecure"],
            );
        }
    });

    it("of a listener is found beside a wrong allowInsecure", () => {
        const tls = { ...INTERNAL, name: "tls", tls: true, authentication: { type: "tls" } };
        const bad = listeners(tls, { ...NODE_PORT, port: 9092, tls: false, allowInsecure: 1 });
        assert.deepEqual(
            problemsOf({ ...STRIMZI, ...bad }).map(({ key }) => key),
            ["listeners[1].allowInsecure", "listeners[1].port", "listeners[1].authentication"],
        );
    });

    it("of listeners does not follow from a value that nobody could read", () => {
        const bad = {
            ...listeners(
                { ...INTERNAL, authentication: { type: "TLS" }, tls: true },
                { ...NODE_PORT, authentication: { type: "scram-sha-512" } },
                { ...INTERNAL, name: "open", port: 9095, allowAnonymous: "yes" },
            ),
            ...users({ name: "a", authentication: { type: "tls" } }),
        };
        assert.deepEqual(
            problemsOf({ ...STRIMZI, ...bad }).map(({ key }) => key),
            ["listeners[0].authentication.type", "listeners[2].allowAnonymous"],
        );
    });

    it("of a user is found, whatever else is wrong with it", () => {
        const bad = users({
            name: "Not A Name",
            authentication: { type: "tls", password: "short" },
            acls: [{ resource: { type: "group", name: "g" }, operations: ["Create"] }],
            quotas: { producerByteRate: -1 },
        });
        assert.deepEqual(
            problemsOf({ ...STRIMZI, ...bad }).map(({ key }) => key),
            [
                "users[0].name",
                "users[0].authentication.password",
                "users[0].quotas.producerByteRate",
                "users[0].authentication.type",
                "users[0].acls[0].operations[0]",
            ],
        );
    });

    it("of a listener is found, whatever else is wrong with it", () => {
        const external = { type: "loadBalancer", tls: false, colour: "red" };
        const bad = listeners(
            { ...INTERNAL, networkPolicyPeers: [] },
            { ...external, name: "internal", port: 9092, sourceRanges: ["::/0", "0.0.0.0/0"] },
        );
        assert.deepEqual(
            problemsOf({ ...STRIMZI, ...bad }).map(({ key }) => key),
            [
                "listeners[0].networkPolicyPeers",
                "listeners[1].sourceRanges[0]",
                "listeners[1].colour",
                "listeners[1].tls",
                "listeners[1].name",
                "listeners[1].port",
            ],
        );
    });

    it("of what a block leaves out is found", () => {
        const except = ["10.1.0.0/24", "x", 7, "10.0.1.0/24"];
        const ipBlock = { cidr: "10.0.0.0/16", except, colour: "red" };
        const path = "listeners[0].networkPolicyPeers[0].ipBlock";
        const said = (block: Keys) =>
            saidOf(listeners({ ...INTERNAL, networkPolicyPeers: [{ ipBlock: block }] }));
        const { colour, ...known } = ipBlock;
        const block = 'a CIDR block such as "10.0.0.0/16"';
        assert.deepEqual(said(known), [
            `${path}.except[1]: ${block}`,
            `${path}.except[2]: ${block}`,
            `${path}.except[0]: a smaller block inside 10.0.0.0/16`,
        ]);
        assert.deepEqual(said({ ...ipBlock, except: colour }), [
            `${path}.except: a list of CIDR blocks`,
            `${path}.colour: one of the keys that the documentation lists`,
        ]);
    });

    it("of a list is found, what stands there twice, too", () => {
        const pair = { name: "a", value: "b" };
        const javaSystemProperties = [pair, null, null, { name: "1" }, { name: "1" }, pair];
        assert.deepEqual(
            problemsOf({ ...STRIMZI, ...kafka({ jvmOptions: { javaSystemProperties } }) }).map(
                ({ key, expected }) => `${key.replace(/^.*Properties/, "")}: ${expected}`,
            ),
            [
                "[1]: an object with name and value",
                "[2]: an object with name and value",
                "[3].name: the name of a property, without -D",
                "[3].value: a text, a number, true or false",
                "[4].name: the name of a property, without -D",
                "[4].value: a text, a number, true or false",
                "[5]: another one than [0]",
            ],
        );
    });

    it("of a text is found once, and hides nothing of what is around it", () => {
        const valueFrom = { secretKeyRef: { name: "a", key: " b " } };
        assert.deepEqual(saidOf(kafka({ env: [{ name: "A", value: "x", valueFrom }] })), [
            "kafka.env[0].valueFrom.secretKeyRef.key: a key of the Secret, without blanks at its ends",
            "kafka.env[0]: a variable with either value or valueFrom",
        ]);
        assert.deepEqual(saidOf(kafka({ image: " a " }), STATEFULSET), [
            `kafka.image: an image with its tag, its digest or both, such as "confluentinc/cp-kafka:7.5.0" or "confluentinc/cp-kafka:7.5.0@sha256:" and 64 digits, without blanks at its ends`,
        ]);
        const acls = [{ resource: { type: "topic", name: " a" }, operations: ["Read"] }];
        const user = { name: "a", authentication: { type: "tls" }, acls };
        assert.deepEqual(
            saidOf(users(user))[0],
            "users[0].acls[0].resource.name: a name without blanks, or * for any, without blanks at its ends",
        );
        assert.equal(saidOf(users(user)).length, 2);
    });

    it("of roles is found beside one that is wrong", () => {
        const role = "arn:aws:iam::123456789012:role/admins";
        const eks = {
            publicAccessCidrs: [],
            adminRoleArns: ["admins", role, role],
            previewRoleArn: role,
        };
        assert.deepEqual(
            problemsOf({ platform: "eks", "aws:region": "eu-west-1", eks }).map(({ key }) => key),
            ["eks.adminRoleArns[0]", "eks.adminRoleArns", "eks.previewRoleArn"],
        );
    });

    it("of a load balancer is found, whatever else is wrong with those on EKS", () => {
        const internetFacing = {
            annotations: {
                "service.beta.kubernetes.io/aws-load-balancer-scheme": "internet-facing",
            },
        };
        const found = (loadBalancers: unknown, fields: Keys) =>
            problemsOf({
                platform: "eks",
                "aws:region": "eu-west-1",
                eks: { publicAccessCidrs: [], loadBalancers },
                ...listeners(INTERNAL, { name: "a", port: 9094, type: "loadBalancer", ...fields }),
            }).map(({ key }) => key);
        assert.deepEqual(found({ scheme: "public", layout: "shared" }, { domain: "a.b" }), [
            "eks.loadBalancers.scheme",
            "listeners[1].domain",
        ]);
        assert.deepEqual(found({ scheme: "internet-facing", crossZone: "x" }, {}), [
            "eks.loadBalancers.crossZone",
            "listeners[1].sourceRanges",
        ]);
        for (const wrong of [{ layout: "one" }, { scheme: "public" }]) {
            const key = `eks.loadBalancers.${Object.keys(wrong)[0]!}`;
            assert.deepEqual(found(wrong, { domain: "a.b" }), [key]);
            assert.deepEqual(found(wrong, internetFacing), [key, "listeners[1].sourceRanges"]);
        }
    });

    it("of a value is said once where it is of another kind", () => {
        const text = "a".repeat(50);
        const eks = { zones: text, publicAccessCidrs: text, privateAccessCidrs: text };
        assert.deepEqual(
            problemsOf({ platform: "eks", "aws:region": "eu-west-1", eks }).map(({ key }) => key),
            ["eks.zones", "eks.publicAccessCidrs", "eks.privateAccessCidrs"],
        );
        assert.deepEqual(saidOf(listeners(INTERNAL, { ...NODE_PORT, advertisedHosts: "" })), [
            "listeners[1].advertisedHosts: a list of names or addresses of nodes",
        ]);
    });

    it("of a quota is found beside another one that is wrong", () => {
        const quotas = { producerByteRate: "x", consumerByteRate: 2 ** 31 };
        const user = { name: "a", authentication: { type: "scram-sha-512" }, quotas };
        assert.deepEqual(
            problemsOf({
                ...STRIMZI,
                ...listeners({ ...INTERNAL, authentication: { type: "scram-sha-512" } }),
                ...users(user),
            }).map(({ key }) => key),
            ["users[0].quotas.producerByteRate", "users[0].quotas.consumerByteRate"],
        );
    });

    it("of a list of blocks is found", () => {
        const eks = {
            publicAccessCidrs: ["0.0.0.0/0", "::/0"],
            privateAccessCidrs: ["::/0", "8.8.8.0/24"],
        };
        assert.deepEqual(
            problemsOf({ platform: "eks", "aws:region": "eu-west-1", eks }).map(
                ({ key, given }) => [key, given],
            ),
            [
                ["eks.publicAccessCidrs[1]", '"::/0"'],
                ["eks.privateAccessCidrs[0]", '"::/0"'],
                ["eks.publicAccessCidrs", '["0.0.0.0/0"]'],
                ["eks.privateAccessCidrs[1]", '"8.8.8.0/24"'],
            ],
        );
    });

    it("of a toleration is found, and of those beside it", () => {
        const tolerations = [
            { key: "a", operator: "Exists", value: "x", tolerationSeconds: 3 },
            { key: "!", operator: "Foo", tolerationSeconds: 3 },
            {},
            { key: "a", effect: "X", tolerationSeconds: 3 },
        ];
        assert.deepEqual(saidOf(kafka({ tolerations })), [
            "kafka.tolerations[1].key: the key of a label",
            'kafka.tolerations[1].operator: "Exists" or "Equal"',
            'kafka.tolerations[3].effect: "NoSchedule" or "PreferNoSchedule" or "NoExecute"',
            'kafka.tolerations[0].value: nothing with operator "Exists", which takes any value',
            'kafka.tolerations[0].tolerationSeconds: nothing without effect "NoExecute"',
            "kafka.tolerations[2]: a taint in key other than node.kubernetes.io/unschedulable: " +
                "a pod would come back to the node that is being drained",
        ]);
    });

    it("of variables is found, each once", () => {
        const valueFrom = { secretKeyRef: { name: "a", key: "b" } };
        const env = [
            { name: "1", value: {}, valueFrom },
            { name: "KAFKA_A", value: [] },
            { name: "A_PASSWORD", value: "x" },
            { name: "A_PASSWORD", value: "y" },
            { name: "B", valueFrom: { fieldRef: {} } },
            { name: "C", value: null, valueFrom },
            { name: "D", valueFrom: { secretKeyRef: null } },
        ];
        const secret = "valueFrom with a secretKeyRef: whoever may read pods reads this value";
        assert.deepEqual(saidOf(kafka({ env })), [
            "kafka.env[0].name: the name of a variable: letters, digits and underscores",
            "kafka.env[0].value: a text, a number, true or false",
            "kafka.env[0]: a variable with either value or valueFrom",
            "kafka.env[1].value: a text, a number, true or false",
            "kafka.env[4].valueFrom.fieldRef: one of the keys that the documentation lists",
            "kafka.env[5].value: a text, a number, true or false",
            "kafka.env[6].valueFrom.secretKeyRef: an object with name, key and optional",
            "kafka.env[1]: another variable: images take it for a broker property; kafka.config has those",
            `kafka.env[2]: ${secret}`,
            "kafka.env[3]: a name that kafka.env[2] does not have",
            `kafka.env[3]: ${secret}`,
        ]);
    });

    it("of labels, annotations and node selectors is found, in names and values", () => {
        const owned = "nothing: selectors, the program or the operator use this label";
        assert.deepEqual(
            saidOf(
                kafka({
                    podLabels: { "a b": "c d", c: "d e", "strimzi.io/x": "y" },
                    nodeSelector: { z: true, "kubernetes.io/hostname": "a" },
                    serviceAnnotations: { "a b": 1, "strimzi.io/x": "y" },
                }),
            ),
            [
                "kafka.nodeSelector.z: the value of a label",
                "kafka.podLabels.a b: the value of a label",
                "kafka.podLabels.c: the value of a label",
                "kafka.podLabels.a b: the key of a label",
                "kafka.serviceAnnotations.a b: a text",
                "kafka.serviceAnnotations.a b: the key of an annotation: a name of up to 63 letters, digits and -_. in between, alone or after a DNS name and /",
                "kafka.nodeSelector.kubernetes.io/hostname: nothing: it would take the spread of the brokers over hosts away",
                `kafka.podLabels.strimzi.io/x: ${owned}`,
                "kafka.serviceAnnotations.strimzi.io/x: nothing: the program, Pulumi or the operator act by this annotation",
            ],
        );
    });

    it("of an affinity is found, also of an expression whose operator nobody knows", () => {
        const always = "requiredDuringSchedulingIgnoredDuringExecution";
        const own = { labelSelector: {}, topologyKey: "kubernetes.io/hostname" };
        const expressions = [
            { key: "a b", operator: "Foo", values: [1], colour: "red" },
            { operator: "Foo" },
            { key: "a", operator: "In", values: [] },
        ];
        const affinity = {
            nodeAffinity: { [always]: { nodeSelectorTerms: [{ matchExpressions: expressions }] } },
            podAffinity: { [always]: [{ ...own, topologyKey: "a b" }, own] },
        };
        const term = `kafka.affinity.nodeAffinity.${always}.nodeSelectorTerms[0]`;
        const operators = '"In" or "NotIn" or "Exists" or "DoesNotExist" or "Gt" or "Lt"';
        assert.deepEqual(saidOf(kafka({ affinity })), [
            `${term}.matchExpressions[0].operator: ${operators}`,
            `${term}.matchExpressions[0].key: the key of a label`,
            `${term}.matchExpressions[0].values[0]: the value of a label`,
            `${term}.matchExpressions[0].colour: one of the keys that the documentation lists`,
            `${term}.matchExpressions[1].operator: ${operators}`,
            `${term}.matchExpressions[1].key: the key of a label`,
            `${term}.matchExpressions[2].values: at least one value`,
            `kafka.affinity.podAffinity.${always}[0].topologyKey: the key of a label`,
            "kafka.affinity.podAffinity: terms that don't select the brokers themselves: it would take their spread away",
        ]);
    });

    it("of the JVM's options is found", () => {
        const text = "a text without blanks, quotes, backslashes and characters of shells";
        const jvmOptions = {
            "-Xms": "9g",
            "-Xmx": "8g",
            "-XX": { "1": "a b", MaxRAM: "2" },
            javaSystemProperties: [{ name: "1" }, { name: "log4j.a", value: "b" }],
        };
        assert.deepEqual(saidOf(kafka({ jvmOptions })), [
            `kafka.jvmOptions.-XX.1: ${text}`,
            "kafka.jvmOptions.-XX.1: the name of a flag, without -XX and signs",
            "kafka.jvmOptions.javaSystemProperties[0].name: the name of a property, without -D",
            "kafka.jvmOptions.javaSystemProperties[0].value: a text, a number, true or false",
            "kafka.jvmOptions.-Xmx: at most 1868m, which the memory limit of 2Gi leaves beside the 180 MiB that everything else takes",
            "kafka.jvmOptions.-Xms: at most 8g, the -Xmx",
            "kafka.jvmOptions.-XX.MaxRAM: nothing: -Xmx and the memory limit decide",
            "kafka.jvmOptions.javaSystemProperties[1]: another property: the program sets the log",
        ]);
        // What the first has to be compared with is not known.
        assert.deepEqual(saidOf(kafka({ jvmOptions: { "-Xms": "9g", "-Xmx": "x" } })), [
            'kafka.jvmOptions.-Xmx: a size of the heap in MiB or GiB, such as "2048m" or "2g"',
        ]);
    });

    it("of memory is found beside another amount that is wrong, and nothing that may not be so", () => {
        const resources = { requests: { cpu: "x", memory: "1Mi" }, limits: { memory: "y" } };
        assert.deepEqual(saidOf(kafka({ resources, jvmOptions: { "-Xmx": "64g" } })), [
            'kafka.resources.requests.cpu: a Kubernetes quantity above zero such as "500m"',
            'kafka.resources.limits.memory: a Kubernetes quantity above zero such as "2Gi"',
            'kafka.resources.requests.memory: at least "512Mi", to run with',
        ]);
        const eks = { publicAccessCidrs: [] };
        const many = { replicas: 3, resources: { requests: { cpu: "100", memory: "x" } } };
        assert.deepEqual(
            saidOf({ platform: "eks", "aws:region": "eu-west-1", eks, ...kafka(many) }),
            ['kafka.resources.requests.memory: a Kubernetes quantity above zero such as "2Gi"'],
        );
    });

    it("of an overlay is found beside a resource that nobody knows", () => {
        const overlay = { kafka: { spec: { kafka: { config: {} } } }, broker: { spec: {} } };
        assert.deepEqual(saidOf(strimzi({ overlay })), [
            "strimzi.overlay.broker: one of the keys that the documentation lists",
            "strimzi.overlay.kafka.spec.kafka.config: nothing: kafka.config is its key",
        ]);
    });

    it("of the controllers is found, whatever else is wrong with them", () => {
        const controllers = {
            replicas: 2,
            tolerations: [{ effect: "X" }],
            env: [{ name: "HOME", value: "a" }],
        };
        assert.deepEqual(saidOf(strimzi({ controllers })), [
            "strimzi.controllers.replicas: an odd number of controllers from 1 to 7",
            'strimzi.controllers.tolerations[0].effect: "NoSchedule" or "PreferNoSchedule" or "NoExecute"',
            "strimzi.controllers.env[0]: another variable: the image sets it",
        ]);
    });

    it("of a listener is found, also where its type, its name or its port is wrong", () => {
        const bad = listeners(
            {
                name: "Internal",
                port: 80,
                type: "foo",
                authentication: { type: "x" },
                colour: "red",
            },
            { ...NODE_PORT, port: 80, basePort: 1 },
            { ...NODE_PORT, name: "Nodes", basePort: 30000 },
            { ...NODE_PORT, port: 9095, basePort: 30001 },
        );
        assert.deepEqual(
            problemsOf({ ...STRIMZI, ...bad }).map(({ key }) => key),
            [
                "listeners[0].type",
                "listeners[0].name",
                "listeners[0].port",
                "listeners[0].authentication.type",
                "listeners[0].colour",
                "listeners[1].port",
                "listeners[1].basePort",
                "listeners[2].name",
                "listeners[3].name",
                "listeners[3].basePort",
            ],
        );
    });

    it("of a user is found whose authentication is wrong", () => {
        const acl = { resource: { type: "group", name: "x y" }, operations: ["Foo", "Create"] };
        const bad = users(
            { name: "a", authentication: { type: "foo", password: "x" }, acls: [acl] },
            { name: "a", acls: {} },
        );
        assert.deepEqual(
            problemsOf({ ...STRIMZI, ...bad }).map(({ key }) => key),
            [
                "users[0].authentication.type",
                "users[0].authentication.password",
                "users[0].acls[0].resource.name",
                "users[0].acls[0].operations[0]",
                "users[1].authentication",
                "users[1].acls",
                "users[0].acls[0].operations[1]",
                "users[1].name",
            ],
        );
    });

    it("of what the deployment type does not have is found, also where it is wrong by itself", () => {
        assert.deepEqual(
            saidOf({ ...kafka({ acceptEmptyVolumes: [-1, "a"] }), certificates: { source: "x" } }),
            [
                "kafka.acceptEmptyVolumes[0]: ids of brokers, from 0",
                "kafka.acceptEmptyVolumes[1]: ids of brokers, from 0",
                'certificates.source: "cert-manager" or "files" or "none"',
                'certificates: nothing with kafkaDeploymentType "strimzi": the operator has its own CAs there',
                'kafka.acceptEmptyVolumes: nothing with kafkaDeploymentType "strimzi": the operator has no such check',
            ],
        );
    });

    it("of the certificates is found where their source is wrong", () => {
        assert.deepEqual(
            saidOf({ certificates: { source: "x", keyFile: 7, colour: "red" } }, STATEFULSET),
            [
                'certificates.source: "cert-manager" or "files" or "none"',
                "certificates.keyFile: the path of a PEM file",
                "certificates.colour: one of the keys that the documentation lists",
            ],
        );
    });
});
