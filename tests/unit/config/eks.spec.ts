import assert from "node:assert/strict";
import { loadConfig } from "../../../config";
import type { EksConfig, StackConfig } from "../../../config/stackConfig";
import { warningsOf } from "../../../config/warnings";
import { stackValues } from "../../support/mocks";
import {
    ANY_POD,
    accepts,
    BadCase,
    INTERNAL,
    kafka,
    Keys,
    listeners,
    problemsOf,
    refuses,
    UNKNOWN,
    zookeeper,
} from "./cases";

const REGION = { "aws:region": "eu-west-1" };
const EKS = { ...REGION, eks: { publicAccessCidrs: ["192.0.2.0/24"] } };
const STATEFULSET = { ...EKS, kafkaDeploymentType: "statefulset" };

const eks = (fields: Keys) => ({ eks: { publicAccessCidrs: ["192.0.2.0/24"], ...fields } });

function load(keys: Keys): StackConfig & { eks: EksConfig } {
    return loadConfig(stackValues({ ...REGION, ...keys })) as StackConfig & { eks: EksConfig };
}

/** Without the keys that have no value. */
function plain<T>(value: T): T {
    return JSON.parse(JSON.stringify(value)) as T;
}

const PROD = {
    environment: "prod",
    region: "eu-west-1",
    kubernetesVersion: "1.35",
    nodeKubernetesVersion: "1.35",
    zones: ["eu-west-1a", "eu-west-1b", "eu-west-1c"],
    vpcCidr: "10.0.0.0/16",
    serviceCidr: "172.20.0.0/16",
    publicAccessCidrs: ["192.0.2.0/24"],
    privateAccessCidrs: [],
    adminRoleArns: [],
    natGateways: "perZone",
    logs: true,
    brokerNodes: { instanceType: "m7g.xlarge", perZone: 1 },
    systemNodes: { instanceType: "t4g.medium", count: 3 },
    volumes: { iops: 3000, throughput: 125 },
    loadBalancers: { layout: "perBroker", scheme: "internal", crossZone: false },
    installLoadBalancerController: true,
};

const ADMIN = "arn:aws:iam::123456789012:role/admins";

const PREFIX = "service.beta.kubernetes.io/aws-load-balancer-";

const PRIVATE_RANGES = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];

describe("defaults of the configuration on EKS", () => {
    it("are those of production, complete and exact", () => {
        const config = load(EKS);
        assert.deepEqual(plain(config.eks), PROD);
        assert.equal(config.platform, "eks");
        assert.equal(config.protect, true);
        assert.equal(config.deleteDataOnDestroy, false);
    });

    it("are cheaper for development, and protect nothing", () => {
        const config = load(eks({ environment: "dev" }));
        assert.deepEqual(plain(config.eks), {
            ...PROD,
            environment: "dev",
            natGateways: "single",
            logs: false,
            brokerNodes: { instanceType: "m7g.large", perZone: 1 },
            systemNodes: { instanceType: "t4g.medium", count: 2 },
        });
        assert.equal(config.protect, false);
    });

    it("give way to every key", () => {
        const fields = {
            environment: "dev",
            owner: "streams team",
            costCenter: "4711",
            zones: ["eu-west-1b", "eu-west-1c", "eu-west-1a", "eu-west-1d"],
            vpcCidr: "172.16.0.0/18",
            serviceCidr: "10.96.0.0/16",
            publicAccessCidrs: [],
            privateAccessCidrs: ["10.9.0.0/16", "100.64.0.0/16"],
            adminRoleArns: ["arn:aws:iam::123456789012:role/admins"],
            previewRoleArn: "arn:aws:iam::123456789012:role/previews",
            natGateways: "perZone",
            logs: true,
            nodeKubernetesVersion: "1.35",
            brokerNodes: { instanceType: "r7g.2xlarge", perZone: 2 },
            systemNodes: { instanceType: "t4g.large", count: 4 },
            volumes: { iops: 6000, throughput: 250 },
            loadBalancers: { layout: "shared", scheme: "internet-facing", crossZone: true },
            installLoadBalancerController: true,
            loadBalancerControllerChart: "./chart",
        };
        const keys = { kubernetesVersion: "1.36", listeners: [INTERNAL], eks: fields };
        assert.deepEqual(plain(load(keys).eks), {
            ...fields,
            region: "eu-west-1",
            kubernetesVersion: "1.36",
        });
    });

    it("keep Kafka and its quorum to nodes, zones and volumes of their own", () => {
        const { kafka: brokers, ...config } = load(EKS);
        assert.equal(brokers.spread, "required");
        assert.deepEqual(brokers.placement, { key: "dedicated", value: "kafka" });
        assert.deepEqual(brokers.storage, { size: "50Gi", storageClass: "gp3" });
        assert.ok(config.kafkaDeploymentType === "strimzi");
        const { controllers } = config.strimzi;
        assert.equal(controllers?.spread, "required");
        assert.deepEqual(controllers?.placement, { key: "dedicated", value: "kafka" });
        assert.deepEqual(controllers?.storage, { size: "10Gi", storageClass: "gp3" });
        const statefulSets = load(STATEFULSET);
        assert.ok(statefulSets.kafkaDeploymentType === "statefulset");
        assert.deepEqual(statefulSets.zookeeper.storage, { size: "20Gi", storageClass: "gp3" });
        assert.deepEqual(statefulSets.zookeeper.placement, brokers.placement);
    });

    it("leave another class and a weaker spread to those who want them", () => {
        const { kafka: brokers } = load({
            ...EKS,
            ...kafka({ spread: "preferred", storage: { storageClass: "io2" } }),
        });
        assert.equal(brokers.spread, "preferred");
        assert.equal(brokers.storage.storageClass, "io2");
    });

    it("have a listener for clients in the VPC, with a load balancer for each broker", () => {
        assert.deepEqual(load(EKS).listeners, [
            { ...INTERNAL, ...ANY_POD, tls: false },
            {
                name: "external",
                port: 9094,
                type: "loadBalancer",
                tls: true,
                sourceRanges: PRIVATE_RANGES,
                class: "service.k8s.aws/nlb",
                annotations: {
                    [`${PREFIX}scheme`]: "internal",
                    [`${PREFIX}nlb-target-type`]: "ip",
                    [`${PREFIX}attributes`]: "load_balancing.cross_zone.enabled=false",
                    [`${PREFIX}healthcheck-interval`]: "5",
                    [`${PREFIX}healthcheck-timeout`]: "4",
                    [`${PREFIX}healthcheck-healthy-threshold`]: "2",
                    [`${PREFIX}healthcheck-unhealthy-threshold`]: "2",
                },
            },
        ]);
    });

    it("let a listener's own annotations win", () => {
        const external = {
            name: "external",
            port: 9094,
            type: "loadBalancer",
            annotations: { [`${PREFIX}scheme`]: "internet-facing", "example.com/a": "b" },
            sourceRanges: ["0.0.0.0/0"],
        };
        const [, listener] = load({ ...EKS, listeners: [INTERNAL, external] }).listeners;
        assert.ok(listener?.type === "loadBalancer");
        assert.equal(listener.annotations?.[`${PREFIX}scheme`], "internet-facing");
        assert.equal(listener.annotations["example.com/a"], "b");
        assert.equal(listener.annotations[`${PREFIX}nlb-target-type`], "ip");
    });

    it("leave listeners alone whose load balancer the stack makes", () => {
        const [, listener] = load(eks({ loadBalancers: { layout: "shared" } })).listeners;
        assert.deepEqual(listener, {
            name: "external",
            port: 9094,
            type: "loadBalancer",
            tls: true,
            sourceRanges: PRIVATE_RANGES,
        });
    });

    for (const [region, letters] of [
        ["us-east-1", "abc"],
        ["ap-northeast-1", "acd"],
        ["ca-central-1", "abd"],
    ] as const) {
        it(`use the zones ${[...letters].join(", ")} of ${region}`, () => {
            const { zones } = load({ ...EKS, "aws:region": region }).eks;
            assert.deepEqual(
                zones,
                [...letters].map((letter) => region + letter),
            );
        });
    }
});

const CLIENTS =
    'the CIDR blocks of the clients, for a load balancer with addresses of the internet; ["0.0.0.0/0"] lets everybody in';
const OF_EKS = 'nothing with platform "eks": the stack makes the cluster';

const BAD_CASES: Readonly<Record<string, readonly BadCase[]>> = {
    "load balancers of the internet that let everybody in": [
        [
            eks({ loadBalancers: { scheme: "internet-facing" } }),
            "listeners[1].sourceRanges",
            CLIENTS,
            "nothing",
        ],
        [
            listeners(INTERNAL, {
                name: "external",
                port: 9094,
                type: "loadBalancer",
                annotations: { [`${PREFIX}scheme`]: "internet-facing" },
            }),
            "listeners[1].sourceRanges",
            CLIENTS,
            "nothing",
        ],
    ],
    "a cluster that is there already": [
        [{ kubeconfig: "./kubeconfig" }, "kubeconfig", OF_EKS, '"./kubeconfig"'],
        [{ kubeContext: "staging" }, "kubeContext", OF_EKS, '"staging"'],
        [
            { clusterDomain: "corp.example" },
            "clusterDomain",
            '"cluster.local" with platform "eks", which has no other',
            '"corp.example"',
        ],
    ],
    regions: [
        [
            { "aws:region": "Frankfurt" },
            "aws:region",
            'an AWS region such as "eu-west-1"',
            '"Frankfurt"',
        ],
        [
            { "aws:region": "us-gov-west-1" },
            "aws:region",
            "a region of AWS's public partition",
            '"us-gov-west-1"',
        ],
    ],
    zones: [
        [
            { "aws:region": "us-west-1" },
            "eks.zones",
            "the names of at least three zones; us-west-1 does not have a, b and c in every account",
            "nothing",
        ],
        [
            eks({ zones: ["eu-west-1a", "eu-west-1b", "eu-west-2c"] }),
            "eks.zones",
            "zones of eu-west-1, the region in aws:region",
            '["eu-west-2c"]',
        ],
        [
            eks({ zones: ["eu-west-1a", "eu-west-1b", "eu-west-1b"] }),
            "eks.zones",
            "each zone once",
            '["eu-west-1a","eu-west-1b","eu-west-1b"]',
        ],
        [
            {
                ...eks({ zones: ["eu-west-1a", "eu-west-1b"], brokerNodes: { perZone: 2 } }),
                kafkaDeploymentType: "statefulset",
            },
            "eks.zones",
            "at least 3 zones, one for each replica of a partition (default.replication.factor)",
            '["eu-west-1a","eu-west-1b"]',
        ],
    ],
    networks: [
        [
            eks({ vpcCidr: "10.0.0.0/24" }),
            "eks.vpcCidr",
            "a block from /16 to /20",
            '"10.0.0.0/24"',
        ],
        [
            eks({ vpcCidr: "10.0.1.0/16" }),
            "eks.vpcCidr",
            "the first address of its block",
            '"10.0.1.0/16"',
        ],
        [
            eks({ vpcCidr: "100.64.0.0/16" }),
            "eks.vpcCidr",
            "a block inside 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16",
            '"100.64.0.0/16"',
        ],
        [
            eks({ vpcCidr: "172.20.128.0/17" }),
            "eks.serviceCidr",
            'a block that does not overlap with eks.vpcCidr "172.20.128.0/17"',
            '"172.20.0.0/16"',
        ],
        [
            eks({ publicAccessCidrs: ["0.0.0.0/0"] }),
            "eks.publicAccessCidrs",
            "the blocks of your own networks in production, or [] for a private endpoint",
            '["0.0.0.0/0"]',
        ],
        [
            eks({ publicAccessCidrs: ["10.1.2.3/0"] }),
            "eks.publicAccessCidrs[0]",
            "the first address of its block",
            '"10.1.2.3/0"',
        ],
        [
            eks({ publicAccessCidrs: ["203.0.113.7/32", "203.0.113.7/32"] }),
            "eks.publicAccessCidrs[1]",
            "another one than [0]",
            '"203.0.113.7/32"',
        ],
    ],
    versions: [
        [
            { kubernetesVersion: "1.33" },
            "kubernetesVersion",
            "one of 1.35, 1.36, which EKS has in standard support",
            '"1.33"',
        ],
        [
            eks({ nodeKubernetesVersion: "1.36" }),
            "eks.nodeKubernetesVersion",
            'a version that is not newer than kubernetesVersion "1.35" and at most 3 older',
            '"1.36"',
        ],
    ],
    "nodes that are too few or too small": [
        [
            kafka({ replicas: 4 }),
            "eks.brokerNodes.perZone",
            "at least 2: a zone may get 2 of the brokers, each on a host of its own",
            "1",
        ],
        [
            { kafkaDeploymentType: "statefulset", ...zookeeper({ replicas: 5 }) },
            "eks.brokerNodes.perZone",
            "at least 2: a zone may get 2 of the ZooKeeper members, each on a host of its own",
            "1",
        ],
        [
            kafka({ resources: { requests: { memory: "14Gi" } } }),
            "eks.brokerNodes.instanceType",
            "a type with 15.0 GiB for the brokers and controllers on one node; this one has about 13.8 GiB left",
            '"m7g.xlarge"',
        ],
        [
            kafka({ resources: { requests: { cpu: "3600m" } } }),
            "eks.brokerNodes.instanceType",
            "a type with 3.85 cores for the brokers and controllers on one node; this one has about 3.67 cores left",
            '"m7g.xlarge"',
        ],
        [
            {
                ...kafka({
                    replicas: 66,
                    spread: "preferred",
                    resources: { requests: { cpu: "1m", memory: "512Mi" } },
                }),
            },
            "eks.brokerNodes.perZone",
            "more nodes: 23 volumes on one are more than the 20 that an instance is given here",
            "1",
        ],
    ],
    "production whose data goes with it": [
        [
            { deleteDataOnDestroy: true },
            "protect",
            "false with deleteDataOnDestroy true, which is to delete what it keeps",
            "nothing, which is true in production",
        ],
    ],
    "volumes that can't be": [
        [
            eks({ volumes: { throughput: 800 } }),
            "eks.volumes.throughput",
            "at most 750, a quarter of eks.volumes.iops",
            "800",
        ],
    ],
    "names and annotations that a shared load balancer has no use for": [
        [
            {
                ...eks({ loadBalancers: { layout: "shared" } }),
                listeners: [
                    INTERNAL,
                    { name: "out", port: 9094, type: "loadBalancer", domain: "kafka.example.com" },
                ],
            },
            "listeners[1].domain",
            'nothing with eks.loadBalancers.layout "shared": all brokers have the name of the one load balancer',
            '"kafka.example.com"',
        ],
        [
            {
                ...eks({ loadBalancers: { layout: "shared" } }),
                listeners: [
                    INTERNAL,
                    { name: "out", port: 9094, type: "loadBalancer", annotations: { a: "b" } },
                ],
            },
            "listeners[1].annotations",
            'nothing with eks.loadBalancers.layout "shared": the load balancer belongs to no Service',
            '{"a":"b"}',
        ],
    ],
    "fields that are wrong by themselves": [
        [
            eks({ adminRoleArns: ["admins"] }),
            "eks.adminRoleArns[0]",
            "the ARN of an IAM role",
            '"admins"',
        ],
        [
            eks({ adminRoleArns: [ADMIN, ADMIN] }),
            "eks.adminRoleArns",
            "each role once",
            `${JSON.stringify([ADMIN, ADMIN]).slice(0, -1)}…`,
        ],
        [
            eks({ adminRoleArns: [ADMIN], previewRoleArn: ADMIN }),
            "eks.previewRoleArn",
            "a role that is not in eks.adminRoleArns: previews change nothing",
            JSON.stringify(ADMIN),
        ],
        [
            eks({ privateAccessCidrs: ["10.9.0.0/16", "203.0.113.0/24"] }),
            "eks.privateAccessCidrs[1]",
            "a block inside 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 100.64.0.0/10; those of the internet are eks.publicAccessCidrs",
            '"203.0.113.0/24"',
        ],
        [
            eks({ privateAccessCidrs: ["10.9.0.1/16"] }),
            "eks.privateAccessCidrs[0]",
            "the first address of its block",
            '"10.9.0.1/16"',
        ],
        [
            eks({ privateAccessCidrs: ["10.9.0.0/16", "10.9.0.0/16"] }),
            "eks.privateAccessCidrs",
            "each block once",
            '["10.9.0.0/16","10.9.0.0/16"]',
        ],
        [eks({ enviroment: "dev" }), "eks.enviroment", ...UNKNOWN],
        [
            eks({ owner: "a;b" }),
            "eks.owner",
            "up to 256 letters, digits, blanks and any of _.:/=+-@",
            '"a;b"',
        ],
    ],
};

describe("a region that YAML leaves open", () => {
    it("is said to be missing", () => {
        const values = { ...stackValues({ platform: "eks", eks: { publicAccessCidrs: [] } }) };
        assert.throws(() => loadConfig({ ...values, "aws:region": "null" }), {
            problems: [
                {
                    key: "aws:region",
                    expected: 'an AWS region such as "eu-west-1"',
                    given: "null",
                    next: "give it a value, or remove the key",
                },
            ],
        });
    });
});

describe("configuration on EKS", () => {
    refuses(EKS, BAD_CASES);

    it("needs a region and the networks that reach the API server", () => {
        assert.deepEqual(
            problemsOf({}).map(({ key }) => key),
            ["aws:region", "eks.publicAccessCidrs"],
        );
    });

    it("is refused with another platform", () => {
        assert.deepEqual(problemsOf({ platform: "kubeconfig", eks: {} }), [
            {
                key: "eks",
                expected: 'nothing with platform "kubeconfig": the cluster is there already',
                given: "an object",
            },
        ]);
    });

    accepts(EKS, {
        "two zones for two brokers": {
            ...eks({ zones: ["eu-west-1a", "eu-west-1b"], brokerNodes: { perZone: 2 } }),
            ...kafka({ replicas: 2 }),
        },
        "nodes that are older than the control plane": {
            kubernetesVersion: "1.36",
            ...eks({ nodeKubernetesVersion: "1.35" }),
        },
        "six brokers on two nodes in each zone": {
            ...eks({ brokerNodes: { perZone: 2 } }),
            ...kafka({ replicas: 6 }),
        },
        "production that is to be taken down": { protect: false, deleteDataOnDestroy: true },
        "the whole internet in development": eks({
            environment: "dev",
            publicAccessCidrs: ["0.0.0.0/0"],
        }),
    });
});

describe("warnings of the configuration", () => {
    const warnings = (fields: Keys, now = "2026-09-30") =>
        warningsOf(load(eks(fields)), new Date(now));

    it("are none by default, nor on other platforms", () => {
        assert.deepEqual(warnings({}), []);
        assert.deepEqual(warningsOf(loadConfig(stackValues({ platform: "kubeconfig" }))), []);
    });

    it("tell of a Kubernetes version from 60 days before its support ends", () => {
        const said = (end: string) =>
            `kubernetesVersion is 1.35: EKS's standard support of it ${end} on 2027-03-27`;
        assert.deepEqual(warnings({}, "2027-01-25"), []);
        assert.deepEqual(warnings({}, "2027-01-26"), [said("ends")]);
        assert.deepEqual(warnings({}, "2027-03-27"), [said("ends")]);
        assert.deepEqual(warnings({}, "2027-03-28T01:00:00Z"), [said("ended")]);
    });

    it("tell of volumes that are faster than their instance", () => {
        assert.deepEqual(warnings({ volumes: { iops: 8000, throughput: 300 } }), [
            "eks.volumes.throughput is 300 MiB/s, but m7g.xlarge keeps up 156.25 MB/s only: " +
                "the rest is paid for and used in bursts at most",
            "eks.volumes.iops is 8000, but m7g.xlarge keeps up 6000 only: " +
                "the rest is paid for and used in bursts at most",
        ]);
        assert.deepEqual(warnings({ volumes: { iops: 6000, throughput: 149 } }), []);
    });

    it("tell of an API server that everybody reaches", () => {
        for (const publicAccessCidrs of [["0.0.0.0/0"], ["203.0.113.7/32", "0.0.0.0/0"]]) {
            assert.deepEqual(warnings({ environment: "dev", publicAccessCidrs }), [
                "eks.publicAccessCidrs lets the internet reach the cluster's API server",
            ]);
        }
    });
});
