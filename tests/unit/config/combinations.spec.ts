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
    refuses,
    STATEFULSET,
    STRIMZI,
    strimzi,
    topics,
    zookeeper,
} from "./cases";

const EXTERNAL = { name: "external", port: 9094, type: "loadBalancer" };
const DOMAIN = { ...EXTERNAL, domain: "kafka.example.com" };
const EKS = { platform: "eks", "aws:region": "eu-west-1", eks: { publicAccessCidrs: [] } };
const eks = (fields: Keys) => ({ eks: { publicAccessCidrs: [], ...fields } });

const size = (value: string, storageClass?: string) => ({
    storage: { size: value, ...(storageClass !== undefined && { storageClass }) },
});
const SEGMENT = (bytes: number) =>
    `more than the ${bytes} bytes of one log segment (log.segment.bytes), which would fill a volume`;

/** All addresses, in blocks of which none is all of them. */
const IN_TWO = ["0.0.0.0/1", "128.0.0.0/1"];
/** Half of all addresses, with blocks that overlap. */
const HALF = ["11.0.0.0/8", "0.0.0.0/2", "64.0.0.0/2"];
/** A quarter, of which the other two are parts. */
const QUARTER = ["0.0.0.0/2", "0.0.0.0/3", "32.0.0.0/3"];

const OWN = "the blocks of your own networks in production, or [] for a private endpoint";
const IPV6 = 'a CIDR block of IPv4 such as "10.0.0.0/16": nothing here has addresses of IPv6';

describe("values that can't work together", () => {
    refuses(STRIMZI, {
        "one domain for two listeners": [
            [
                listeners(INTERNAL, DOMAIN, { ...DOMAIN, name: "other", port: 9095 }),
                "listeners[2].domain",
                "a domain that listeners[1].domain does not have",
                '"kafka.example.com"',
            ],
        ],
        "volumes that a log segment fills": [
            [kafka(size("1Gi")), "kafka.storage.size", SEGMENT(2 ** 30), '"1Gi"'],
            [
                kafka({ ...size("2G"), config: { "log.segment.bytes": 2_000_000_000 } }),
                "kafka.storage.size",
                SEGMENT(2_000_000_000),
                '"2G"',
            ],
            [
                {
                    ...kafka({ ...size("1Gi"), config: { "log.segment.bytes": 1_048_576 } }),
                    ...topics(
                        { name: "a", config: { "segment.bytes": 1_073_741_823 } },
                        { name: "b", config: { "segment.bytes": 1_073_741_824 } },
                    ),
                },
                "topics[1].config.segment.bytes",
                'less than kafka.storage.size "1Gi": one segment would fill a volume',
                '"1073741824"',
            ],
        ],
        "networks of IPv6": [
            [
                listeners(INTERNAL, { ...EXTERNAL, sourceRanges: ["2001:db8::/32"] }),
                "listeners[1].sourceRanges[0]",
                IPV6,
                '"2001:db8::/32"',
            ],
            [
                listeners({
                    ...INTERNAL,
                    networkPolicyPeers: [{ ipBlock: { cidr: "2001:db8::/32" } }],
                }),
                "listeners[0].networkPolicyPeers[0].ipBlock.cidr",
                IPV6,
                '"2001:db8::/32"',
            ],
        ],
    });

    refuses(EKS, {
        "ports past the last one on a shared load balancer": [
            [
                {
                    ...eks({ loadBalancers: { layout: "shared" } }),
                    ...listeners(INTERNAL, { ...EXTERNAL, port: 65533 }),
                },
                "listeners[1].port",
                "a port of at most 65532: the brokers have the ports after it on the load balancer",
                "65533",
            ],
        ],
        "volumes that AWS does not make": [
            [
                kafka(size("100Ti")),
                "kafka.storage.size",
                'at most "64Ti", the largest volume of gp3',
                '"100Ti"',
            ],
            [
                kafka(size("17Ti", "gp2")),
                "kafka.storage.size",
                'at most "16Ti", the largest volume of gp2',
                '"17Ti"',
            ],
            [
                kafka(size("17Ti", "io1")),
                "kafka.storage.size",
                'at most "16Ti", the largest volume of io1',
                '"17Ti"',
            ],
            [
                strimzi({ controllers: size("65Ti", "io2") }),
                "strimzi.controllers.storage.size",
                'at most "64Ti", the largest volume of io2',
                '"65Ti"',
            ],
            [
                { kafkaDeploymentType: "statefulset", ...zookeeper(size("65Ti")) },
                "zookeeper.storage.size",
                'at most "64Ti", the largest volume of gp3',
                '"65Ti"',
            ],
        ],
        "an API server in production that the internet reaches": [
            [
                eks({ publicAccessCidrs: IN_TWO }),
                "eks.publicAccessCidrs",
                OWN,
                JSON.stringify(IN_TWO),
            ],
            [eks({ publicAccessCidrs: HALF }), "eks.publicAccessCidrs", OWN, JSON.stringify(HALF)],
        ],
    });

    accepts(EKS, {
        "the last port that leaves room": {
            ...eks({ loadBalancers: { layout: "shared" } }),
            ...listeners(INTERNAL, { ...EXTERNAL, port: 65532 }),
        },
        "the last port on load balancers of their own": listeners(INTERNAL, {
            ...EXTERNAL,
            port: 65535,
        }),
        "the largest volumes": kafka(size("64Ti")),
        "larger ones of a class that is not known": kafka(size("100Ti", "fast")),
        "less than half of all addresses": eks({ publicAccessCidrs: QUARTER }),
    });

    accepts(STRIMZI, {
        "domains that differ": listeners(INTERNAL, DOMAIN, {
            ...DOMAIN,
            name: "other",
            port: 9095,
            domain: "other.example.com",
        }),
        "large volumes of others than AWS": kafka(size("100Ti", "gp3")),
        "a volume with room beside a segment": kafka(size("2Gi")),
    });

    describe("are warnings where they may be meant", () => {
        const warnings = (keys: Keys) =>
            warningsOf(loadConfig(stackValues(keys)), new Date("2026-01-01"));
        const PUBLIC = eks({ loadBalancers: { scheme: "internet-facing" } });
        const open = (...sourceRanges: string[]) =>
            listeners(INTERNAL, { ...EXTERNAL, sourceRanges });
        const OPEN = "listener external: sourceRanges lets the internet in";
        const foreign = (key: string) =>
            `${key}.storage.storageClass is fast: the program makes gp3 only, ` +
            "so somebody has to make it on the new cluster before volumes can be";
        const TAKE_OVER =
            "takeOverFrom is kafka-eks/old: a second state with this configuration would take over what runs, too. " +
            "Once this stack is up: pulumi config rm kafka-eks:takeOverFrom";
        const ONE =
            "a restart of its broker stops its clients, and a lost volume loses its messages";

        for (const [what, keys, expected] of [
            ["a listener for everybody", { ...EKS, ...PUBLIC, ...open("0.0.0.0/0") }, [OPEN]],
            ["one that is so by two blocks", { ...EKS, ...PUBLIC, ...open(...IN_TWO) }, [OPEN]],
            ["one on a cluster of yours", { ...STATEFULSET, ...open("0.0.0.0/0") }, [OPEN]],
            ["none for some", { ...EKS, ...PUBLIC, ...open(...QUARTER) }, []],
            ["none with addresses of the VPC", { ...EKS, ...open("0.0.0.0/0") }, []],
            [
                "classes that somebody else makes",
                {
                    ...EKS,
                    ...kafka(size("9Gi", "fast")),
                    ...strimzi({ controllers: size("9Gi", "fast") }),
                },
                [foreign("kafka"), foreign("strimzi.controllers")],
            ],
            [
                "one for ZooKeeper",
                { ...EKS, kafkaDeploymentType: "statefulset", ...zookeeper(size("9Gi", "fast")) },
                [foreign("zookeeper")],
            ],
            ["no class on a cluster of yours", { ...STRIMZI, ...kafka(size("9Gi", "fast")) }, []],
            [
                "keys that lift a safeguard",
                {
                    ...STATEFULSET,
                    ...kafka({ acceptEmptyVolumes: [0, 2] }),
                    restartWhileDegraded: true,
                    takeOverFrom: "kafka-eks/old",
                },
                [
                    "kafka.acceptEmptyVolumes is [0, 2]: such a broker starts with an empty volume, and what it alone held is " +
                        "lost. Once it runs: pulumi config rm --path kafka-eks:kafka.acceptEmptyVolumes",
                    "restartWhileDegraded is true: servers restart although Kafka is not whole. " +
                        "Once it is: pulumi config rm kafka-eks:restartWhileDegraded",
                    TAKE_OVER,
                ],
            ],
            [
                "one of them with Strimzi",
                { ...STRIMZI, takeOverFrom: "kafka-eks/old" },
                [TAKE_OVER],
            ],
            [
                "one replica in production",
                { ...EKS, ...kafka({ replicas: 1 }) },
                [`default.replication.factor is 1 in production: ${ONE}`],
            ],
            [
                "a topic with one replica in production",
                {
                    ...EKS,
                    ...kafka({ config: { "min.insync.replicas": 1 } }),
                    ...topics({ name: "a", replicationFactor: 1 }, { name: "b" }),
                },
                [`topic a has replicationFactor 1 in production: ${ONE}`],
            ],
            [
                "no replicas elsewhere",
                { ...EKS, ...eks({ environment: "dev" }), ...kafka({ replicas: 1 }) },
                [],
            ],
        ] as const) {
            it(what, () => assert.deepEqual(warnings(keys), expected));
        }
    });
});
