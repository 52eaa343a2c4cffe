import assert from "node:assert/strict";
import { loadConfig } from "../../../config";
import { warningsOf } from "../../../config/warnings";
import { stackValues } from "../../support/mocks";
import {
    accepts,
    INTERNAL,
    kafka,
    type Keys,
    listeners,
    NODE_PORT,
    problemsOf,
    properties,
    refuses,
    STATEFULSET,
    STRIMZI,
    strimzi,
    users,
    zookeeper,
} from "./cases";

const block = (cidr: string, ...except: string[]) =>
    listeners({ ...INTERNAL, networkPolicyPeers: [{ ipBlock: { cidr, except } }] });
const EXCEPT = "listeners[0].networkPolicyPeers[0].ipBlock.except[0]";
const balancer = (annotations: Keys) =>
    listeners(INTERNAL, { name: "out", port: 9094, type: "loadBalancer", annotations });
const ANNOTATION =
    "the key of an annotation: a name of up to 63 letters, digits and -_. in between, alone or after a DNS name and /";
const hosts = (...advertisedHosts: string[]) =>
    listeners(INTERNAL, { ...NODE_PORT, advertisedHosts });
const domain = (name: string) =>
    listeners(INTERNAL, { name: "out", port: 9094, type: "loadBalancer", domain: name });
const DOMAIN = "listeners[1].domain";
const RELEASE = "a version of Kafka: after 1.1 came 2.0, after 2.8 3.0, after 3.9 4.0";
const HOST = "a DNS name, or an address of four numbers from 0 to 255";

const EKS = {
    platform: "eks",
    "aws:region": "eu-west-1",
    eks: { environment: "dev", publicAccessCidrs: [] },
};
const withIops = (iops: number, size: string) => ({
    ...EKS,
    eks: { ...EKS.eks, volumes: { iops } },
    ...kafka({ storage: { size } }),
});

const warnings = (keys: Keys) =>
    warningsOf(loadConfig(stackValues(keys)), new Date("2026-01-01T00:00:00Z"));

describe("what Kubernetes or AWS would refuse", () => {
    refuses(STRIMZI, {
        "blocks without their own part": [
            [
                block("10.0.0.0/16", "10.1.0.0/24"),
                EXCEPT,
                "a smaller block inside 10.0.0.0/16",
                '"10.1.0.0/24"',
            ],
            [
                block("10.0.0.0/16", "10.0.0.0/16"),
                EXCEPT,
                "a smaller block inside 10.0.0.0/16",
                '"10.0.0.0/16"',
            ],
            [
                block("10.0.0.0/16", "10.0.0.0/8"),
                EXCEPT,
                "a smaller block inside 10.0.0.0/16",
                '"10.0.0.0/8"',
            ],
        ],
        "annotations with keys that are none, or too many bytes": [
            [
                balancer({ a: "x".repeat(2 ** 18) }),
                "listeners[1].annotations",
                "annotations of at most 262144 bytes together",
                `{"a":"${"x".repeat(74)}…`,
            ],
            [balancer({ "a b": "x" }), "listeners[1].annotations.a b", ANNOTATION, '"a b"'],
            [balancer({ "a/b/c": "x" }), "listeners[1].annotations.a/b/c", ANNOTATION, '"a/b/c"'],
            [
                balancer({ "a..b/c": "x" }),
                "listeners[1].annotations.a..b/c",
                ANNOTATION,
                '"a..b/c"',
            ],
        ],
        "addresses that are none": [
            [hosts("10.0.0.999"), "listeners[1].advertisedHosts[0]", HOST, '"10.0.0.999"'],
            [hosts("10.0.0"), "listeners[1].advertisedHosts[0]", HOST, '"10.0.0"'],
            ...["0.0.0.0", "0.1.2.3", "224.0.0.1", "255.255.255.255"].map(
                (host) =>
                    [
                        hosts(host),
                        "listeners[1].advertisedHosts[0]",
                        "a DNS name, or an address that a host can have",
                        `"${host}"`,
                    ] as const,
            ),
            [
                hosts(`${"a".repeat(64)}.b`),
                "listeners[1].advertisedHosts[0]",
                "a DNS name with at most 63 characters between dots",
                `"${"a".repeat(64)}.b"`,
            ],
        ],
        "domains under which there are no names": [
            [
                domain("10.0.0.1"),
                DOMAIN,
                "a DNS name, which does not end with a number",
                '"10.0.0.1"',
            ],
            [
                domain(`${"a".repeat(64)}.b`),
                DOMAIN,
                "a DNS name with at most 63 characters between dots",
                `"${"a".repeat(64)}.b"`,
            ],
            [
                domain("a.".repeat(121) + "b"),
                DOMAIN,
                "a DNS name of at most 242 characters: brokers have longer ones",
                `"${"a.".repeat(39)}a…`,
            ],
            [
                { clusterDomain: "10.0.0.1" },
                "clusterDomain",
                "a DNS name, which does not end with a number",
                '"10.0.0.1"',
            ],
        ],
        "versions that there never were": [
            [kafka({ metadataVersion: "3.10" }), "kafka.metadataVersion", RELEASE, '"3.10"'],
        ],
        "more garbage collectors than one": [
            [
                kafka({ jvmOptions: { "-XX": { UseZGC: true, UseG1GC: true } } }),
                "kafka.jvmOptions.-XX.UseG1GC",
                "false with UseZGC true: a JVM has one garbage collector",
                '"true"',
            ],
        ],
        "what nothing runs with": [
            [
                strimzi({ resources: { requests: { memory: "255Mi" } } }),
                "strimzi.resources.requests.memory",
                'at least "256Mi", to run with',
                '"255Mi"',
            ],
            [
                strimzi({ controllers: { storage: { size: "127Mi" } } }),
                "strimzi.controllers.storage.size",
                'at least "128Mi", for logs and snapshots',
                '"127Mi"',
            ],
        ],
    });
    refuses(STATEFULSET, {
        "a volume that ZooKeeper fills at once": [
            [
                zookeeper({ storage: { size: "1Ki" } }),
                "zookeeper.storage.size",
                'at least "128Mi", for logs and snapshots',
                '"1Ki"',
            ],
        ],
    });
    refuses(STATEFULSET, {
        "versions that there never were": ["0.12", "1.2", "2.9", "3.10"].map(
            (line) =>
                [
                    kafka({ interBrokerProtocolVersion: line }),
                    "kafka.interBrokerProtocolVersion",
                    RELEASE,
                    `"${line}"`,
                ] as const,
        ),
        "issuers that cert-manager does not have, and charts that nobody installs": [
            [
                { certificates: { issuer: { name: "a", kind: "clusterissuer" } } },
                "certificates.issuer.kind",
                '"Issuer" or "ClusterIssuer" with certificates.issuer.group "cert-manager.io"',
                '"clusterissuer"',
            ],
            [
                {
                    certificates: {
                        issuer: { name: "a", kind: "Vault", group: "cert-manager.io" },
                    },
                },
                "certificates.issuer.kind",
                '"Issuer" or "ClusterIssuer" with certificates.issuer.group "cert-manager.io"',
                '"Vault"',
            ],
            [
                { certificates: { issuer: { name: "a", group: "Cert-Manager.io" } } },
                "certificates.issuer.group",
                "a DNS name in lower case",
                '"Cert-Manager.io"',
            ],
            [
                { certificates: { installCertManager: false, chart: "./a" } },
                "certificates.chart",
                "nothing with certificates.installCertManager false: cert-manager is there already",
                '"./a"',
            ],
        ],
    });
    refuses(EKS, {
        "blocks of which the internet knows nothing": [
            "10.1.0.0/16",
            "100.64.0.0/10",
            "127.0.0.1/32",
            "169.254.1.0/24",
            "224.0.0.0/4",
            "240.0.0.0/5",
        ].map(
            (cidr) =>
                [
                    { eks: { publicAccessCidrs: ["203.0.113.0/24", cidr] } },
                    "eks.publicAccessCidrs[1]",
                    "a block of the internet, which EKS asks for; those of connected networks are eks.privateAccessCidrs",
                    `"${cidr}"`,
                ] as const,
        ),
        "a chart that nobody installs": [
            [
                {
                    eks: {
                        ...EKS.eks,
                        installLoadBalancerController: false,
                        loadBalancerControllerChart: "./a",
                    },
                },
                "eks.loadBalancerControllerChart",
                "nothing with eks.installLoadBalancerController false: the controller is there already",
                '"./a"',
            ],
        ],
    });
    accepts(STATEFULSET, {
        "lines that Kafka had": kafka({ interBrokerProtocolVersion: "2.8" }),
        "an issuer of another group": {
            certificates: { issuer: { name: "a", kind: "VaultIssuer", group: "example.com" } },
        },
        "one collector beside another that is off": kafka({
            jvmOptions: {
                "-XX": { UseG1GC: false, UseZGC: true, UseMaximumCompactionOnSystemGC: true },
            },
        }),
    });
    accepts(STRIMZI, {
        "the longest domain, and labels": domain("a.".repeat(120) + "bb"),
        "a part of a block": block("10.0.0.0/16", "10.0.255.0/24"),
        "keys of annotations": balancer({ "Example.com/a_b.c": "x", [`a/${"b".repeat(63)}`]: "" }),
        "addresses and names of nodes": hosts(
            "10.0.0.255",
            "node-1.example.com",
            "1.2.3.4.example",
        ),
        "just enough": strimzi({
            resources: { requests: { memory: "256Mi" } },
            controllers: { storage: { size: "128Mi" } },
        }),
    });

    it("are operations that a volume of its size does not have", () => {
        assert.deepEqual(problemsOf(withIops(5001, "10Gi")), [
            {
                key: "eks.volumes.iops",
                expected: 'at most 5000 with kafka.storage.size "10Gi": gp3 has 500 for each GiB',
                given: "5001",
                next: "lower it, or raise kafka.storage.size to at least 11Gi",
            },
        ]);
        assert.deepEqual(problemsOf(withIops(5000, "10Gi")), []);
        assert.deepEqual(problemsOf(withIops(3000, "2Gi")), []);
    });

    it("are regions whose names no region has", () => {
        const zones = (region: string) => ["a", "b", "c"].map((letter) => region + letter);
        const at = (region: string) =>
            problemsOf({ ...EKS, "aws:region": region, eks: { ...EKS.eks, zones: zones(region) } });
        assert.deepEqual(at("us-esat-1"), [
            {
                key: "aws:region",
                expected: "the name of one of AWS's regions",
                given: '"us-esat-1"',
                next: 'did you mean "us-east-1"?',
            },
        ]);
        assert.deepEqual(at("us-east-1"), []);
        // A new one.
        assert.deepEqual(at("eu-northwest-9"), []);
    });
});

describe("warnings of what may not be meant", () => {
    it("name memory limits above a node's memory", () => {
        const limit = (memory: string) =>
            warnings({
                ...EKS,
                ...kafka({ resources: { requests: { memory: "1Gi" }, limits: { memory } } }),
            });
        assert.deepEqual(limit("16Gi"), [
            "kafka.resources.limits.memory is 16Gi, but m7g.large has about 6.6 GiB for pods: before the limit is reached, the node ends pods",
        ]);
        assert.deepEqual(limit("6Gi"), []);
    });

    it("name classes that Kafka does not come with", () => {
        const given = {
            "client.quota.callback.class": "com.example.Mine",
            "metric.reporters": "org.apache.kafka.common.metrics.JmxReporter,com.example.Other",
            "group.consumer.assignors": "uniform",
        };
        assert.deepEqual(warnings({ ...STRIMZI, ...properties(given) }), [
            "kafka.config.client.quota.callback.class: Kafka does not come with com.example.Mine, and a broker without it ends at its start",
            "kafka.config.metric.reporters: Kafka does not come with com.example.Other, and a broker without it ends at its start",
        ]);
    });

    it("name flags that look like a slip", () => {
        const flags = { MaxGCPauseMilis: 50, MaxGCPauseMillis: 50, CompileThreshold: 10 };
        assert.deepEqual(warnings({ ...STRIMZI, ...kafka({ jvmOptions: { "-XX": flags } }) }), [
            "kafka.jvmOptions.-XX.MaxGCPauseMilis: did you mean MaxGCPauseMillis? A JVM does not start with a flag that it does not have",
        ]);
    });

    it("name permissions for names that end with a star", () => {
        const acl = (name: string, patternType?: string) => ({
            resource: { type: "topic", name, ...(patternType !== undefined && { patternType }) },
            operations: ["Read"],
        });
        const acls = [acl("orders-*"), acl("*"), acl("orders-", "prefix"), acl("a*", "prefix")];
        const user = { name: "anna", authentication: { type: "tls" }, acls };
        const tls = { ...INTERNAL, tls: true, authentication: { type: "tls" } };
        assert.deepEqual(warnings({ ...STRIMZI, ...listeners(tls), ...users(user) }), [
            'user anna: acls[0] is for the topic orders-*, star included; did you mean name: "orders-" with patternType: prefix?',
            'user anna: acls[3] is for names that begin with topic a*, star included; did you mean name: "a" with patternType: prefix?',
        ]);
    });
});
