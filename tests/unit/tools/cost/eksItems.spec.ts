import assert from "node:assert/strict";
import { INSTANCE_TYPES } from "../../../../components/eks/instanceTypes";
import { eksItems, EksStack } from "../../../../tools/cost/eksItems";
import { GROUPS, total } from "../../../../tools/cost/item";
import { bill, DEV_EKS, eksStack, fileStack, Keys } from "./stacks";

const SMALLEST = bill(eksItems(eksStack()));

/** The positions that a stack has and the smallest one has not, and the other way round. */
function difference(stack: EksStack) {
    const items = bill(eksItems(stack));
    const only = (some: typeof items, others: typeof items) =>
        some.filter((each) => !others.some((other) => String(other) === String(each)));
    return { more: only(items, SMALLEST), less: only(SMALLEST, items) };
}

const EXTERNAL = {
    name: "external",
    port: 9094,
    type: "loadBalancer",
    sourceRanges: ["203.0.113.0/24"],
};
const INTERNAL = { name: "internal", port: 9092, type: "internal" };
const listeners = (...more: Keys[]) => ({ listeners: [INTERNAL, ...more] });

describe("eksItems", () => {
    it("has every position of the stack dev", () => {
        assert.deepEqual(bill(eksItems(fileStack("dev", { eks: DEV_EKS }))), [
            ["EKS cluster", "1", 73],
            ["KMS key of the secrets", "1", 1],
            ["nodes of the brokers", "3 × m7g.large", 178.7],
            ["nodes of the system", "2 × t4g.medium", 49.06],
            ["disks of the nodes", "5 × 50 GB gp3", 20],
            ["Kafka volumes", "3 × 20 GB gp3", 4.8],
            ["controller volumes", "3 × 10 GB gp3", 2.4],
            ["NAT gateways", "1", 32.85],
            ["public IPv4 addresses of the NAT gateways", "1", 3.65],
        ]);
    });

    it("has every position of the stack prod", () => {
        assert.deepEqual(bill(eksItems(fileStack("prod"))), [
            ["EKS cluster", "1", 73],
            ["KMS key of the secrets", "1", 1],
            ["nodes of the brokers", "3 × m7g.xlarge", 357.41],
            ["nodes of the system", "3 × t4g.medium", 73.58],
            ["disks of the nodes", "6 × 50 GB gp3", 24],
            ["Kafka volumes", "3 × 500 GB gp3", 120],
            ["controller volumes", "3 × 10 GB gp3", 2.4],
            ["NAT gateways", "3", 98.55],
            ["public IPv4 addresses of the NAT gateways", "3", 10.95],
            ["load balancers of the listener external", "4", 65.7],
            ["logs of the control plane and the network", "20 GB (assumed)", 10],
            ["logs kept for 30 days", "20 GB (assumed)", 0.6],
        ]);
    });

    const cases: readonly [
        what: string,
        stack: () => EksStack,
        more: unknown[][],
        less?: unknown[][],
    ][] = [
        [
            "nodes of other types and numbers",
            () =>
                eksStack(
                    {},
                    {
                        brokerNodes: { instanceType: "r7g.xlarge", perZone: 2 },
                        systemNodes: { instanceType: "t4g.large", count: 3 },
                    },
                ),
            [
                ["nodes of the brokers", "6 × r7g.xlarge", 938.2],
                ["nodes of the system", "3 × t4g.large", 147.17],
                ["disks of the nodes", "9 × 50 GB gp3", 36],
            ],
            [
                ["nodes of the brokers", "3 × m7g.large", 178.7],
                ["nodes of the system", "2 × t4g.medium", 49.06],
                ["disks of the nodes", "5 × 50 GB gp3", 20],
            ],
        ],
        [
            "a NAT gateway in each zone",
            () => eksStack({}, { natGateways: "perZone" }),
            [
                ["NAT gateways", "3", 98.55],
                ["public IPv4 addresses of the NAT gateways", "3", 10.95],
            ],
            [
                ["NAT gateways", "1", 32.85],
                ["public IPv4 addresses of the NAT gateways", "1", 3.65],
            ],
        ],
        [
            "IOPS and throughput above what is free, of every volume",
            () => eksStack({}, { volumes: { iops: 6000, throughput: 250 } }),
            [
                ["Kafka volumes: IOPS above 3000", "3 × 3000", 45],
                ["Kafka volumes: MB/s above 125", "3 × 125", 15],
                ["controller volumes: IOPS above 3000", "3 × 3000", 45],
                ["controller volumes: MB/s above 125", "3 × 125", 15],
            ],
        ],
        [
            "IOPS alone",
            () => eksStack({ strimzi: { dualRole: true } }, { volumes: { iops: 4000 } }),
            [["Kafka volumes: IOPS above 3000", "3 × 1000", 15]],
            [["controller volumes", "3 × 10 GB gp3", 2.4]],
        ],
        [
            "a class that is not the program's",
            () =>
                eksStack(
                    { kafka: { storage: { size: "50Gi", storageClass: "fast" } } },
                    { volumes: { iops: 6000 } },
                ),
            [
                ["Kafka volumes", "3 × 50 GB fast", 12],
                ["controller volumes: IOPS above 3000", "3 × 3000", 45],
            ],
            [["Kafka volumes", "3 × 50 GB gp3", 12]],
        ],
        [
            "EKS's older class",
            () => eksStack({ kafka: { storage: { size: "50Gi", storageClass: "gp2" } } }),
            [["Kafka volumes", "3 × 50 GB gp2", 15]],
            [["Kafka volumes", "3 × 50 GB gp3", 12]],
        ],
        [
            "sizes in other units: whole GiB, as EBS makes them",
            () => eksStack({ kafka: { storage: { size: "1Ti" } } }),
            [["Kafka volumes", "3 × 1024 GB gp3", 245.76]],
            [["Kafka volumes", "3 × 50 GB gp3", 12]],
        ],
        [
            "sizes that are no whole GiB",
            () => eksStack({ kafka: { storage: { size: "50G" } } }),
            [["Kafka volumes", "3 × 47 GB gp3", 11.28]],
            [["Kafka volumes", "3 × 50 GB gp3", 12]],
        ],
        [
            "ZooKeeper",
            () => eksStack({ kafkaDeploymentType: "statefulset" }),
            [["ZooKeeper volumes", "3 × 20 GB gp3", 4.8]],
            [["controller volumes", "3 × 10 GB gp3", 2.4]],
        ],
        [
            "brokers that are the controllers",
            () => eksStack({ strimzi: { dualRole: true } }),
            [],
            [["controller volumes", "3 × 10 GB gp3", 2.4]],
        ],
        [
            "a load balancer for each broker",
            () => eksStack(listeners(EXTERNAL)),
            [["load balancers of the listener external", "4", 65.7]],
        ],
        [
            "load balancers of each listener",
            () => eksStack(listeners(EXTERNAL, { ...EXTERNAL, name: "partners", port: 9095 })),
            [
                ["load balancers of the listener external", "4", 65.7],
                ["load balancers of the listener partners", "4", 65.7],
            ],
        ],
        [
            "one load balancer for all brokers",
            () => eksStack(listeners(EXTERNAL), { loadBalancers: { layout: "shared" } }),
            [["load balancers of the listener external", "1", 16.43]],
        ],
        [
            "load balancers with addresses of the internet",
            () => eksStack(listeners(EXTERNAL), { loadBalancers: { scheme: "internet-facing" } }),
            [
                ["load balancers of the listener external", "4", 65.7],
                ["public IPv4 addresses of the listener external", "4 × 3", 43.8],
            ],
        ],
        [
            "one load balancer with addresses of the internet",
            () =>
                eksStack(listeners(EXTERNAL), {
                    loadBalancers: { layout: "shared", scheme: "internet-facing" },
                }),
            [
                ["load balancers of the listener external", "1", 16.43],
                ["public IPv4 addresses of the listener external", "1 × 3", 10.95],
            ],
        ],
        [
            "a listener whose annotation makes it public",
            () =>
                eksStack(
                    listeners({
                        ...EXTERNAL,
                        annotations: {
                            "service.beta.kubernetes.io/aws-load-balancer-scheme":
                                "internet-facing",
                        },
                    }),
                ),
            [
                ["load balancers of the listener external", "4", 65.7],
                ["public IPv4 addresses of the listener external", "4 × 3", 43.8],
            ],
        ],
        [
            "node ports, which are free",
            () =>
                eksStack(
                    listeners({
                        name: "external",
                        port: 9094,
                        type: "nodePort",
                        advertisedHosts: ["node.example.com"],
                        basePort: 30100,
                    }),
                ),
            [],
        ],
        [
            "logs",
            () => eksStack({}, { logs: true }),
            [
                ["logs of the control plane and the network", "20 GB (assumed)", 10],
                ["logs kept for 30 days", "20 GB (assumed)", 0.6],
            ],
        ],
        [
            "two zones",
            () =>
                eksStack(
                    { kafka: { replicas: 2 }, strimzi: { controllers: { replicas: 1 } } },
                    { zones: ["us-east-1a", "us-east-1b"], natGateways: "perZone" },
                ),
            [
                ["nodes of the brokers", "2 × m7g.large", 119.14],
                ["disks of the nodes", "4 × 50 GB gp3", 16],
                ["Kafka volumes", "2 × 50 GB gp3", 8],
                ["controller volumes", "1 × 10 GB gp3", 0.8],
                ["NAT gateways", "2", 65.7],
                ["public IPv4 addresses of the NAT gateways", "2", 7.3],
            ],
            [
                ["nodes of the brokers", "3 × m7g.large", 178.7],
                ["disks of the nodes", "5 × 50 GB gp3", 20],
                ["Kafka volumes", "3 × 50 GB gp3", 12],
                ["controller volumes", "3 × 10 GB gp3", 2.4],
                ["NAT gateways", "1", 32.85],
                ["public IPv4 addresses of the NAT gateways", "1", 3.65],
            ],
        ],
    ];
    for (const [what, stack, more, less = []] of cases) {
        it(`counts ${what}, and changes nothing else`, () =>
            assert.deepEqual(difference(stack()), { more, less }));
    }

    it("agrees with a bill that was worked out by hand", () => {
        const stack = eksStack(
            {
                ...listeners(EXTERNAL),
                kafka: { storage: { size: "1000Gi" } },
                strimzi: { dualRole: true },
            },
            {
                brokerNodes: { instanceType: "r7g.xlarge" },
                systemNodes: { instanceType: "t4g.large", count: 3 },
                volumes: { iops: 6000, throughput: 250 },
                natGateways: "perZone",
            },
        );
        const key = 1;
        // Control plane, brokers, system, root disks, volumes, NAT gateways, load balancers.
        assert.equal(total(eksItems(stack)), 1188.47 + key);
    });

    it("has a price for every instance type", () => {
        for (const instanceType of Object.keys(INSTANCE_TYPES)) {
            // Of the system: the smallest types have no room for brokers.
            const items = eksItems(eksStack({}, { systemNodes: { instanceType } }));
            const nodes = items.find(({ what }) => what === "nodes of the system");
            assert.ok(nodes!.usd > 40 && nodes!.usd < 700, `${instanceType}: ${nodes?.usd}`);
        }
    });

    it("belongs to the known groups, in their order, and adds up to whole cents", () => {
        const items = eksItems(fileStack("prod"));
        const groups = items.map(({ group }) => GROUPS.indexOf(group));
        assert.deepEqual(
            groups,
            [...groups].sort((a, b) => a - b),
        );
        assert.equal(total(items), 837.19);
    });
});
