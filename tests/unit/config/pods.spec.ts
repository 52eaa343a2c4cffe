import assert from "node:assert/strict";
import {
    accepts,
    INTERNAL,
    kafka,
    type Keys,
    load,
    problemsOf,
    refuses,
    STATEFULSET,
    STRIMZI,
    strimzi,
    UNKNOWN,
    zookeeper,
} from "./cases";

const ALWAYS = "requiredDuringSchedulingIgnoredDuringExecution";
const IF_POSSIBLE = "preferredDuringSchedulingIgnoredDuringExecution";
const HOST = "kubernetes.io/hostname";
const ZONE = "topology.kubernetes.io/zone";

const TOLERATION = { key: "dedicated", operator: "Exists", effect: "NoSchedule" };
const DRAINED =
    "a taint in key other than node.kubernetes.io/unschedulable: a pod would come back to the node that is being drained";

const term = (key: string, ...values: string[]) => ({
    matchExpressions: [{ key, operator: "In", values }],
});
const nodes = (...terms: object[]) => ({
    affinity: { nodeAffinity: { [ALWAYS]: { nodeSelectorTerms: terms } } },
});
const preferred = (preference: object) => ({
    affinity: { nodeAffinity: { [IF_POSSIBLE]: [{ weight: 1, preference }] } },
});
const beside = (labelSelector: object, more: object = {}) => ({
    affinity: { podAffinity: { [ALWAYS]: [{ labelSelector, topologyKey: HOST, ...more }] } },
});
const KAFKA_PODS = { matchLabels: { "app.kubernetes.io/name": "kafka" } };
const ANY_TEAM = { matchExpressions: [{ key: "team", operator: "Exists" }] };

const over = (place: string, what = "brokers") =>
    `it would take the spread of the ${what} over ${place}s away`;
const TOGETHER = "terms that don't select the brokers themselves: it would take their spread away";

const SELECTED = "nothing: selectors, the program or the operator use this label";
const ACTED = "nothing: the program, Pulumi or the operator act by this annotation";
const ONE_NAME =
    "nothing: all Services would have this name; a listener's domain gives each its own";
const BALANCERS = "nothing: annotations of load balancers stand in listeners[].annotations";
const EXTERNAL_DNS = "external-dns.alpha.kubernetes.io/hostname";

const env = (...list: object[]) => ({ env: list });
const SECRET = "valueFrom with a secretKeyRef: whoever may read pods reads this value";
const JVM = "probes would read it, too; jvmOptions is for the servers only";

const jvm = (options: Keys, resources: Keys = {}) => ({ jvmOptions: options, resources });
const properties = (name: string) => jvm({ javaSystemProperties: [{ name, value: "1" }] });
const ONE_VALUE = "a variable with either value or valueFrom";
const JVM_VALUE = "a text without blanks, quotes, backslashes and characters of shells";
const HEAP = 'a size of the heap in MiB or GiB, such as "2048m" or "2g"';

describe("additions to pods", () => {
    for (const [type, base] of Object.entries({ statefulset: STATEFULSET, strimzi: STRIMZI })) {
        describe(`with ${type}`, () => {
            refuses(base, {
                "what brings pods back to a node that is drained": [
                    [
                        kafka({ tolerations: [{ operator: "Exists" }] }),
                        "kafka.tolerations[0]",
                        DRAINED,
                        '{"operator":"Exists"}',
                    ],
                    [
                        kafka({
                            tolerations: [
                                TOLERATION,
                                { key: "node.kubernetes.io/unschedulable", operator: "Exists" },
                            ],
                        }),
                        "kafka.tolerations[1]",
                        DRAINED,
                        '{"key":"node.kubernetes.io/unschedulable","operator":"Exists"}',
                    ],
                ],
                "tolerations that Kubernetes refuses": [
                    [
                        kafka({ tolerations: [{ ...TOLERATION, value: "kafka" }] }),
                        "kafka.tolerations[0].value",
                        'nothing with operator "Exists", which takes any value',
                        '"kafka"',
                    ],
                    [
                        kafka({ tolerations: [{ ...TOLERATION, tolerationSeconds: 5 }] }),
                        "kafka.tolerations[0].tolerationSeconds",
                        'nothing without effect "NoExecute"',
                        "5",
                    ],
                    [
                        kafka({ tolerations: [{ ...TOLERATION, effect: "Never" }] }),
                        "kafka.tolerations[0].effect",
                        '"NoSchedule" or "PreferNoSchedule" or "NoExecute"',
                        '"Never"',
                    ],
                ],
                "what takes the spread away": [
                    [
                        kafka({ nodeSelector: { [ZONE]: "a" } }),
                        `kafka.nodeSelector.${ZONE}`,
                        `nothing: ${over("zone")}`,
                        '"a"',
                    ],
                    [
                        kafka({ nodeSelector: { [HOST]: "node-1" } }),
                        `kafka.nodeSelector.${HOST}`,
                        `nothing: ${over("host")}`,
                        '"node-1"',
                    ],
                    [
                        kafka(nodes(term(ZONE, "a"))),
                        `kafka.affinity.nodeAffinity.${ALWAYS}`,
                        `at least 2 values of ${ZONE}, or none: ${over("zone")}`,
                        '["a"]',
                    ],
                    [
                        kafka({ ...nodes(term(HOST, "x"), term(HOST, "y")), spread: "required" }),
                        `kafka.affinity.nodeAffinity.${ALWAYS}`,
                        `at least 3 values of ${HOST}, or none: ${over("host")}`,
                        '["x","y"]',
                    ],
                    [
                        kafka(preferred(term(ZONE, "a"))),
                        `kafka.affinity.nodeAffinity.${IF_POSSIBLE}`,
                        `at least 2 values of ${ZONE}, or none: ${over("zone")}`,
                        '["a"]',
                    ],
                    [
                        kafka(beside(KAFKA_PODS)),
                        "kafka.affinity.podAffinity",
                        TOGETHER,
                        '{"labelSelector":{"matchLabels":{"app.kubernetes.io/name":"kafka"}},"topologyKey…',
                    ],
                    [
                        kafka({
                            ...beside(ANY_TEAM, { namespaces: ["kafka"] }),
                            podLabels: { team: "a" },
                        }),
                        "kafka.affinity.podAffinity",
                        TOGETHER,
                        '{"labelSelector":{"matchExpressions":[{"key":"team","operator":"Exists"}]},"topo…',
                    ],
                    [
                        kafka(beside({}, { namespaceSelector: {} })),
                        "kafka.affinity.podAffinity",
                        TOGETHER,
                        '{"labelSelector":{},"topologyKey":"kubernetes.io/hostname","namespaceSelector":{…',
                    ],
                ],
                "what there is no key for": [
                    [
                        kafka({ hostNetwork: true }),
                        "kafka.hostNetwork",
                        "nothing: servers have addresses of their own, which network policies know",
                        UNKNOWN[1],
                    ],
                    [
                        kafka({ topologySpreadConstraints: [] }),
                        "kafka.topologySpreadConstraints",
                        "nothing: spread decides how servers are spread over zones and hosts",
                        UNKNOWN[1],
                    ],
                ],
                "labels that selectors use": [
                    "app.kubernetes.io/name",
                    "strimzi.io/cluster",
                    "kafka-eks/files-of",
                    ZONE,
                ].flatMap((label) =>
                    (["podLabels", "serviceLabels"] as const).map(
                        (field) =>
                            [
                                kafka({ [field]: { [label]: "mine" } }),
                                `kafka.${field}.${label}`,
                                SELECTED,
                                '"mine"',
                            ] as const,
                    ),
                ),
                "annotations that somebody acts by": [
                    ...[
                        "kafka-eks/config-hash",
                        "pulumi.com/skipAwait",
                        "strimzi.io/delete-pod",
                    ].flatMap((annotation) =>
                        (["podAnnotations", "serviceAnnotations"] as const).map(
                            (field) =>
                                [
                                    kafka({ [field]: { [annotation]: "true" } }),
                                    `kafka.${field}.${annotation}`,
                                    ACTED,
                                    '"true"',
                                ] as const,
                        ),
                    ),
                    [
                        kafka({ serviceAnnotations: { [EXTERNAL_DNS]: "k.example.com" } }),
                        `kafka.serviceAnnotations.${EXTERNAL_DNS}`,
                        ONE_NAME,
                        '"k.example.com"',
                    ],
                    [
                        kafka({
                            serviceAnnotations: {
                                "service.beta.kubernetes.io/aws-load-balancer-scheme": "internal",
                            },
                        }),
                        "kafka.serviceAnnotations.service.beta.kubernetes.io/aws-load-balancer-scheme",
                        BALANCERS,
                        '"internal"',
                    ],
                    ...["pulumi.com/waitFor", EXTERNAL_DNS].map(
                        (annotation) =>
                            [
                                {
                                    listeners: [
                                        INTERNAL,
                                        {
                                            name: "external",
                                            port: 9094,
                                            type: "loadBalancer",
                                            annotations: { [annotation]: "x" },
                                        },
                                    ],
                                },
                                `listeners[1].annotations.${annotation}`,
                                annotation === EXTERNAL_DNS
                                    ? "nothing: all load balancers would have this name; domain gives each its own"
                                    : ACTED,
                                '"x"',
                            ] as const,
                    ),
                ],
                "variables that the program owns, or that tell a secret": [
                    [
                        kafka(env({ name: "KAFKA_HEAP_OPTS", value: "-Xmx9g" })),
                        "kafka.env[0]",
                        "another variable: jvmOptions and the memory limit decide on the heap",
                        '"KAFKA_HEAP_OPTS"',
                    ],
                    [
                        kafka(env({ name: "KAFKA_OPTS", value: "-Da=b" })),
                        "kafka.env[0]",
                        "another variable: jvmOptions has flags and properties of the JVM, and the program sets the rest",
                        '"KAFKA_OPTS"',
                    ],
                    [
                        kafka(env({ name: "KAFKA_NUM_IO_THREADS", value: "3" })),
                        "kafka.env[0]",
                        "another variable: images take it for a broker property; kafka.config has those",
                        '"KAFKA_NUM_IO_THREADS"',
                    ],
                    [
                        kafka(env({ name: "JAVA_TOOL_OPTIONS", value: "-Da=b" })),
                        "kafka.env[0]",
                        `another variable: ${JVM}`,
                        '"JAVA_TOOL_OPTIONS"',
                    ],
                    [
                        kafka(env({ name: "JMX_PORT", value: "9999" })),
                        "kafka.env[0]",
                        "another variable: it opens a port without authentication, and tools in the pod fail with it",
                        '"JMX_PORT"',
                    ],
                    [
                        kafka(env({ name: "POD_NAME", value: "kafka-9" })),
                        "kafka.env[0]",
                        "another variable: the program sets it",
                        '"POD_NAME"',
                    ],
                    [
                        kafka(env({ name: "TZ", value: "UTC" }, { name: "TZ", value: "CET" })),
                        "kafka.env[1]",
                        "a name that kafka.env[0] does not have",
                        '"TZ"',
                    ],
                    [
                        kafka(env({ name: "AWS_SECRET_ACCESS_KEY", value: "hush" })),
                        "kafka.env[0]",
                        SECRET,
                        "a value of AWS_SECRET_ACCESS_KEY",
                    ],
                    [kafka(env({ name: "A" })), "kafka.env[0]", ONE_VALUE, "an object"],
                    [
                        kafka(env({ name: "A", value: ["hush"] })),
                        "kafka.env[0].value",
                        "a text, a number, true or false",
                        "a list",
                    ],
                    [kafka({ env: "A=hush" }), "kafka.env", "a list of variables", "a text"],
                ],
                "options of the JVM that the program owns": [
                    [
                        kafka(jvm({ "-XX": { MaxRAMPercentage: 90 } })),
                        "kafka.jvmOptions.-XX.MaxRAMPercentage",
                        "nothing: -Xmx is its key",
                        '"90"',
                    ],
                    [
                        kafka(jvm({ "-XX": { ExitOnOutOfMemoryError: false } })),
                        "kafka.jvmOptions.-XX.ExitOnOutOfMemoryError",
                        "nothing: the program has a server with a full heap end",
                        '"false"',
                    ],
                    [
                        kafka(properties("sun.net.inetaddr.ttl")),
                        "kafka.jvmOptions.javaSystemProperties[0]",
                        "another property: the address of a restarted server has to be asked for soon",
                        '"sun.net.inetaddr.ttl"',
                    ],
                    [
                        kafka(properties("com.sun.management.jmxremote.port")),
                        "kafka.jvmOptions.javaSystemProperties[0]",
                        "another property: it opens a port that asks nobody who they are",
                        '"com.sun.management.jmxremote.port"',
                    ],
                    [
                        kafka(jvm({ javaSystemProperties: [{ name: "a", value: "b -Dc=d" }] })),
                        "kafka.jvmOptions.javaSystemProperties[0].value",
                        JVM_VALUE,
                        "a text",
                    ],
                    [kafka(jvm({ "-Xmx": "512" })), "kafka.jvmOptions.-Xmx", HEAP, '"512"'],
                ],
                "heaps that don't fit": [
                    [
                        kafka(jvm({ "-Xmx": "1g", "-Xms": "1025m" })),
                        "kafka.jvmOptions.-Xms",
                        "at most 1g, the -Xmx",
                        '"1025m"',
                    ],
                    [
                        kafka(jvm({ "-Xms": "1025m" })),
                        "kafka.jvmOptions.-Xms",
                        "at most 1024m, the -Xmx",
                        '"1025m"',
                    ],
                    [
                        kafka(jvm({ "-Xmx": "128m" })),
                        "kafka.jvmOptions.-Xmx",
                        `at least ${type === "statefulset" ? 384 : 256}m, to run with`,
                        '"128m"',
                    ],
                    [
                        kafka(
                            jvm(
                                { "-Xmx": "4G" },
                                { requests: { memory: "1Gi" }, limits: { memory: "4Gi" } },
                            ),
                        ),
                        "kafka.jvmOptions.-Xmx",
                        type === "statefulset"
                            ? "at most 3776m, which the memory limit of 4Gi leaves beside the 320 MiB that everything else takes"
                            : "at most 3916m, which the memory limit of 4Gi leaves beside the 180 MiB that everything else takes",
                        '"4G"',
                    ],
                ],
            });
            accepts(base, {
                "what does not choose a place, and places enough": kafka({
                    ...nodes(term(ZONE, "a", "b"), term(ZONE, "c")),
                    nodeSelector: { "kubernetes.io/arch": "arm64" },
                    tolerations: [
                        TOLERATION,
                        { ...TOLERATION, effect: "NoExecute", tolerationSeconds: 60 },
                    ],
                }),
                "one zone where only some of the terms name it": kafka(
                    nodes(term(ZONE, "a"), term("disk", "fast")),
                ),
                "one zone and one host for one broker": kafka({
                    replicas: 1,
                    nodeSelector: { [ZONE]: "a", [HOST]: "node-1" },
                    ...beside(KAFKA_PODS),
                }),
                "a zone that is preferred to a spread that is required": kafka({
                    ...preferred(term(ZONE, "a")),
                    spread: "required",
                }),
                "pods of others, and those of other namespaces": kafka(
                    beside({ matchLabels: { app: "cache" } }),
                ),
                "pods of other namespaces": kafka(beside({}, { namespaces: ["caches"] })),
                "pods of namespaces with another name": kafka(
                    beside(
                        {},
                        {
                            namespaceSelector: {
                                matchLabels: { "kubernetes.io/metadata.name": "x" },
                            },
                        },
                    ),
                ),
                "the largest heap": kafka(
                    jvm(
                        { "-Xmx": type === "statefulset" ? "1728m" : "1868m", "-Xms": "1g" },
                        { requests: { memory: "2Gi" } },
                    ),
                ),
                "variables, also from Secrets": kafka(
                    env(
                        { name: "TZ", value: "UTC" },
                        { name: "RETRIES", value: 3 },
                        { name: "TOKEN", valueFrom: { secretKeyRef: { name: "s", key: "k" } } },
                        { name: "LEVEL", valueFrom: { configMapKeyRef: { name: "c", key: "k" } } },
                    ),
                ),
            });
        });
    }

    refuses(STATEFULSET, {
        "the same for members of ZooKeeper": [
            [
                zookeeper({ nodeSelector: { [ZONE]: "a" } }),
                `zookeeper.nodeSelector.${ZONE}`,
                `nothing: ${over("zone", "members")}`,
                '"a"',
            ],
            [
                zookeeper({ podLabels: { "app.kubernetes.io/name": "zk" } }),
                "zookeeper.podLabels.app.kubernetes.io/name",
                SELECTED,
                '"zk"',
            ],
            [
                zookeeper(env({ name: "ZOOKEEPER_TICK_TIME", value: "1" })),
                "zookeeper.env[0]",
                "another variable: images take it for a setting of ZooKeeper",
                '"ZOOKEEPER_TICK_TIME"',
            ],
            [
                zookeeper(jvm({ "-Xmx": "500m" })),
                "zookeeper.jvmOptions.-Xmx",
                "at most 412m, which the memory limit of 512Mi leaves beside the 100 MiB that everything else takes",
                '"500m"',
            ],
        ],
    });

    refuses(STRIMZI, {
        "the same for controllers": [
            [
                strimzi({ controllers: { tolerations: [{ operator: "Exists" }] } }),
                "strimzi.controllers.tolerations[0]",
                DRAINED,
                '{"operator":"Exists"}',
            ],
            [
                strimzi({ controllers: jvm({ "-Xmx": "1g" }) }),
                "strimzi.controllers.jvmOptions.-Xmx",
                "at most 884m, which the memory limit of 1Gi leaves beside the 140 MiB that everything else takes",
                '"1g"',
            ],
            [
                strimzi({ controllers: { serviceLabels: { a: "b" } } }),
                "strimzi.controllers.serviceLabels",
                ...UNKNOWN,
            ],
        ],
    });

    it("can't be a zone's node group on EKS", () => {
        const selector = { nodeSelector: { "eks.amazonaws.com/nodegroup": "a" } };
        assert.deepEqual(problemsOf({ ...STRIMZI, ...kafka(selector) }), []);
        const onEks = {
            platform: "eks",
            "aws:region": "eu-west-1",
            eks: { publicAccessCidrs: [] },
            ...kafka(selector),
        };
        assert.deepEqual(problemsOf(onEks), [
            {
                key: "kafka.nodeSelector.eks.amazonaws.com/nodegroup",
                expected: `nothing: ${over("zone")}`,
                given: '"a"',
            },
        ]);
    });

    it("don't print what stands in variables", () => {
        for (const bad of [
            { kafka: { env: [{ name: "A", value: "hush", extra: 1 }] } },
            { strimzi: { dualRole: true, controllers: env({ name: "A", value: "hush" }) } },
            {
                strimzi: {
                    overlay: {
                        brokers: {
                            spec: {
                                template: { kafkaContaner: env({ name: "A", value: "hush" }) },
                            },
                        },
                    },
                },
            },
            { strimzi: '{controllers: {env: [{name: A, value: "hush"}]}}' },
        ]) {
            const problems = problemsOf({ ...STRIMZI, ...bad });
            assert.equal(problems.length > 0, true);
            assert.ok(!JSON.stringify(problems).includes("hush"));
        }
    });

    it("are part of the servers that have them, and of no others", () => {
        const { kafka: brokers, zookeeper: members } = load("statefulset", {
            kafka: {
                tolerations: [TOLERATION],
                podLabels: { team: "data" },
                serviceAnnotations: { "example.com/owner": "data" },
                jvmOptions: { "-Xmx": "1g", "-XX": { MaxGCPauseMillis: 50 } },
                env: [{ name: "RETRIES", value: 3 }],
            },
        });
        assert.deepEqual(
            {
                pods: brokers.pods,
                services: brokers.services,
                jvmOptions: brokers.jvmOptions,
                env: brokers.env,
            },
            {
                pods: { tolerations: [TOLERATION], labels: { team: "data" } },
                services: { annotations: { "example.com/owner": "data" } },
                jvmOptions: { "-Xmx": "1g", "-XX": { MaxGCPauseMillis: "50" } },
                env: [{ name: "RETRIES", value: "3" }],
            },
        );
        for (const key of ["pods", "services", "jvmOptions", "env"]) {
            assert.ok(!(key in members), key);
        }
    });
});
