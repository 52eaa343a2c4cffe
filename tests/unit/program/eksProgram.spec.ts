import assert from "node:assert/strict";
import { readStackConfig } from "../../../tools/cli/stackFile";
import { AnsweringCluster } from "../../support/answeringCluster";
import { itMakesGoodPods } from "../../support/goodPods";
import { matchesGolden } from "../../support/golden";
import { EKS_CLUSTER, ProgramRun, Recorded, Registrations, runProgram } from "../../support/mocks";
import { REPOSITORY } from "../../../tools/cli/repository";

type Configuration = Readonly<Record<string, unknown>>;

/** A stack of the repository, with what the person who deploys it has to add. */
function stack(name: "dev" | "prod", change: Configuration = {}): Configuration {
    const { "kafka-eks:eks": eks, ...values } = readStackConfig(REPOSITORY, name, {});
    const added = { publicAccessCidrs: ["192.0.2.0/24"] };
    return {
        ...values,
        eks: { ...added, ...(JSON.parse(eks!) as object), ...(change.eks as object) },
        ...Object.fromEntries(Object.entries(change).filter(([key]) => key !== "eks")),
    };
}

const EVERYTHING = {
    owner: "streams team",
    costCenter: "4711",
    adminRoleArns: ["arn:aws:iam::123456789012:role/admins"],
    previewRoleArn: "arn:aws:iam::123456789012:role/previews",
};

const SHARED = {
    eks: { loadBalancers: { layout: "shared", scheme: "internet-facing" } },
    listeners: [
        { name: "internal", port: 9092, type: "internal" },
        {
            name: "external",
            port: 9094,
            type: "loadBalancer",
            sourceRanges: ["192.0.2.0/24", "198.51.100.0/24"],
        },
    ],
};

const PROGRAMS: Readonly<Record<string, Configuration>> = {
    "the stack dev": stack("dev"),
    "the stack dev with StatefulSets": stack("dev", { kafkaDeploymentType: "statefulset" }),
    "the stack prod": stack("prod", { eks: EVERYTHING }),
    "the stack prod with StatefulSets": stack("prod", { kafkaDeploymentType: "statefulset" }),
    "a shared load balancer": stack("prod", SHARED),
    "a shared load balancer with StatefulSets": stack("prod", {
        ...SHARED,
        kafkaDeploymentType: "statefulset",
    }),
};

const GOLDEN_FILES = {
    "eks-dev": "the stack dev",
    "eks-prod": "the stack prod",
    "eks-shared": "a shared load balancer",
};

const runs = new Map<string, ProgramRun>();

/** A run of one of the programs; it is the same for every test. */
async function runOf(what: keyof typeof PROGRAMS): Promise<ProgramRun> {
    const run = runs.get(what) ?? (await runProgram(PROGRAMS[what]!));
    runs.set(what, run);
    return run;
}

/** All that has to do with AWS. */
function ofAws({ resources }: ProgramRun): Recorded[] {
    return resources.all.filter(
        ({ type, name }) => /^(aws|eks):/.test(type) || name.startsWith("eks-"),
    );
}

const ZONES = ["us-east-1a", "us-east-1b", "us-east-1c"];

/** What the network of a stack is made of. */
function networkOf(stackName: "dev" | "prod"): string[] {
    const each = (make: (zone: string) => string[]) => ZONES.flatMap(make);
    const nat = (zone: string) => [
        `aws:ec2/eip:Eip eks-network-nat-${zone}-address`,
        `aws:ec2/natGateway:NatGateway eks-network-nat-${zone}`,
    ];
    return [
        "aws:ec2/vpc:Vpc eks-network-vpc",
        "aws:ec2/internetGateway:InternetGateway eks-network-internet",
        "aws:ec2/vpcEndpoint:VpcEndpoint eks-network-s3",
        "aws:ec2/routeTable:RouteTable eks-network-public-routes",
        "aws:ec2/route:Route eks-network-public-default-route",
        ...each((zone) => [
            `aws:ec2/subnet:Subnet eks-network-public-${zone}`,
            `aws:ec2/subnet:Subnet eks-network-private-${zone}`,
            `aws:ec2/routeTable:RouteTable eks-network-private-${zone}-routes`,
            `aws:ec2/route:Route eks-network-private-${zone}-default-route`,
            `aws:ec2/routeTableAssociation:RouteTableAssociation eks-network-private-${zone}-association`,
            `aws:ec2/routeTableAssociation:RouteTableAssociation eks-network-public-${zone}-association`,
        ]),
        ...(stackName === "dev"
            ? nat("us-east-1a")
            : [
                  ...each(nat),
                  "aws:cloudwatch/logGroup:LogGroup eks-network-flow-logs",
                  "aws:iam/role:Role eks-network-flow-log-role",
                  "aws:iam/rolePolicy:RolePolicy eks-network-flow-log-policy",
                  "aws:ec2/flowLog:FlowLog eks-network-flow-log",
              ]),
    ].sort();
}

describe("program on EKS", () => {
    for (const [name, what] of Object.entries(GOLDEN_FILES)) {
        it(`registers what the golden file ${name} has of AWS`, async () => {
            const run = await runOf(what);
            assert.equal(run.error, undefined);
            const resources = ofAws(run).map(({ key, inputs, options }) => ({
                key,
                inputs,
                ...(options.protect && { protect: true }),
            }));
            resources.sort((a, b) => (a.key < b.key ? -1 : 1));
            await matchesGolden(name, resources);
        });
    }

    it("registers the permissions of previews of the golden file eks-preview", async () => {
        const { resources } = await runOf("the stack prod");
        const keys = resources.childrenOf("kafka-eks:index:PreviewAccess preview").sort();
        await matchesGolden(
            "eks-preview",
            keys.map((key) => resources.resource(key).inputs),
        );
    });

    for (const stackName of ["dev", "prod"] as const) {
        describe(`has on the stack ${stackName}`, () => {
            let run: ProgramRun;
            before(async () => {
                run = await runOf(`the stack ${stackName}`);
            });

            const children = (parent: string | undefined) =>
                run.resources.childrenOf(parent).sort();

            it("at the top the platform, its services and Kafka", () => {
                assert.deepEqual(
                    children(undefined),
                    [
                        "kafka-eks:index:EksPlatform eks",
                        "kafka-eks:index:EksServices eks",
                        "kafka-eks:index:KafkaNamespace kafka",
                        "kafka-eks:index:KafkaNetworkPolicies kafka",
                        // Where the configuration names the role of previews.
                        ...(stackName === "prod" ? ["kafka-eks:index:PreviewAccess preview"] : []),
                        "kafka-eks:index:StrimziKafka kafka",
                        "kafka-eks:index:StrimziOperator strimzi",
                        "pulumi:index:Stash first-endpoint",
                        "pulumi:index:Stash first-name",
                        "pulumi:providers:kubernetes cluster",
                        "pulumi:providers:kubernetes data",
                    ].sort(),
                );
            });

            it("in the platform a network, a cluster, who may use it, nodes and add-ons", () => {
                assert.deepEqual(
                    children("kafka-eks:index:EksPlatform eks"),
                    [
                        "kafka-eks:index:EksNetwork eks-network",
                        "aws:kms/key:Key eks-secrets-key",
                        ...(stackName === "prod"
                            ? ["aws:cloudwatch/logGroup:LogGroup eks-control-plane-logs"]
                            : []),
                        "eks:index:Cluster eks-cluster",
                        "kafka-eks:index:EksAccess eks-access",
                        "kafka-eks:index:EksNodeGroups eks-nodes",
                        "kafka-eks:index:EksAddons eks-addons",
                    ].sort(),
                );
            });

            it("in the network subnets, routes and NAT gateways", () => {
                assert.deepEqual(
                    children("kafka-eks:index:EksNetwork eks-network"),
                    networkOf(stackName),
                );
            });

            it("in the nodes one group for each zone and one for the rest", () => {
                assert.deepEqual(
                    children("kafka-eks:index:EksNodeGroups eks-nodes"),
                    [
                        "aws:iam/role:Role eks-nodes-role",
                        ...[
                            "AmazonEKSWorkerNodePolicy",
                            "AmazonEKS_CNI_Policy",
                            "AmazonEC2ContainerRegistryPullOnly",
                        ].map(
                            (policy) =>
                                `aws:iam/rolePolicyAttachment:RolePolicyAttachment eks-nodes-${policy}`,
                        ),
                        "aws:ec2/launchTemplate:LaunchTemplate eks-nodes-template",
                        ...ZONES.map(
                            (zone) => `aws:eks/nodeGroup:NodeGroup eks-nodes-brokers-${zone}`,
                        ),
                        "aws:eks/nodeGroup:NodeGroup eks-nodes-system",
                    ].sort(),
                );
            });

            it("in the add-ons DNS, Pod Identity and volumes", () => {
                assert.deepEqual(
                    children("kafka-eks:index:EksAddons eks-addons"),
                    [
                        "aws:eks/addon:Addon eks-addons-coredns",
                        "aws:eks/addon:Addon eks-addons-eks-pod-identity-agent",
                        "aws:iam/role:Role eks-addons-ebs-csi-role",
                        "aws:iam/rolePolicyAttachment:RolePolicyAttachment eks-addons-ebs-csi-policy",
                        "aws:eks/addon:Addon eks-addons-aws-ebs-csi-driver",
                    ].sort(),
                );
            });

            it("in the services the class of the volumes and the load balancers", () => {
                assert.deepEqual(
                    children("kafka-eks:index:EksServices eks"),
                    [
                        "kubernetes:storage.k8s.io/v1:StorageClass eks-gp3",
                        "aws:iam/role:Role eks-load-balancer-controller-role",
                        "aws:iam/rolePolicy:RolePolicy eks-load-balancer-controller-policy",
                        "aws:eks/podIdentityAssociation:PodIdentityAssociation eks-load-balancer-controller-association",
                        "kubernetes:helm.sh/v3:Release eks-load-balancer-controller-release",
                    ].sort(),
                );
            });
        });
    }

    it("lets in admins of the same name, each by an entry of its own", async () => {
        const adminRoleArns = ["a/admin", "b/admin"].map(
            (path) => `arn:aws:iam::123456789012:role/${path}`,
        );
        const { resources } = await runProgram(stack("prod", { eks: { adminRoleArns } }));
        const admins = resources
            .childrenOf("kafka-eks:index:EksAccess eks-access")
            .map((key) => resources.resource(key).inputs as unknown as { principalArn: string });
        assert.deepEqual(
            admins.map(({ principalArn }) => principalArn).sort(),
            adminRoleArns.flatMap((arn) => [arn, arn]),
        );
    });

    it("lets connected networks reach the API server", async () => {
        const { resources } = await runProgram(
            stack("prod", { eks: { privateAccessCidrs: ["10.9.0.0/16"] } }),
        );
        const key =
            "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule eks-api-from-10.9.0.0/16";
        const { inputs } = resources.resource(key);
        const { tags, securityGroupId, ...rule } = inputs as unknown as Record<string, unknown>;
        assert.deepEqual(rule, {
            cidrIpv4: "10.9.0.0/16",
            ipProtocol: "tcp",
            fromPort: 443,
            toPort: 443,
        });
        assert.ok(securityGroupId);
        assert.ok(tags);
        assert.ok(resources.childrenOf("kafka-eks:index:EksPlatform eks").includes(key));
    });

    it("has no load balancer controller of its own where one is there already", async () => {
        const { resources } = await runProgram(
            stack("prod", { eks: { installLoadBalancerController: false } }),
        );
        assert.deepEqual(resources.childrenOf("kafka-eks:index:EksServices eks"), [
            "kubernetes:storage.k8s.io/v1:StorageClass eks-gp3",
        ]);
    });

    it("asks for a load balancer controller that an interrupted up left, before it makes one", async () => {
        const { resources } = await runProgram(PROGRAMS["the stack dev"]!, {
            live: new AnsweringCluster(),
            preview: true,
        });
        const { gates, ignoreChanges } = resources.resource(
            "kubernetes:helm.sh/v3:Release eks-load-balancer-controller-release",
        ).options;
        assert.deepEqual(gates, ["eks-load-balancer-controller-release-interrupted"]);
        // An installed one has none, and is not to change for it.
        assert.deepEqual(ignoreChanges, ["description"]);
    });

    it("makes everything in the cluster after the nodes, the add-ons and the way out", async () => {
        const { resources } = await runOf("the stack dev");
        const { dependencies } = resources.resource("kafka-eks:index:EksServices eks").options;
        for (const needed of [
            "aws:eks/nodeGroup:NodeGroup eks-nodes-brokers-us-east-1a",
            "aws:eks/nodeGroup:NodeGroup eks-nodes-system",
            "aws:eks/addon:Addon eks-addons-aws-ebs-csi-driver",
            "aws:eks/addon:Addon eks-addons-coredns",
            "aws:ec2/route:Route eks-network-private-us-east-1a-default-route",
        ]) {
            assert.ok(dependencies.includes(needed), needed);
        }
        const namespace = resources.resource("kafka-eks:index:KafkaNamespace kafka");
        assert.ok(
            namespace.options.dependencies.includes(
                "kubernetes:helm.sh/v3:Release eks-load-balancer-controller-release",
            ),
        );
    });

    it("changes the brokers' nodes in one zone after the other", async () => {
        const { resources } = await runOf("the stack prod");
        const group = (zone: string) => `aws:eks/nodeGroup:NodeGroup eks-nodes-brokers-${zone}`;
        const before = ZONES.map((zone) =>
            resources
                .resource(group(zone))
                .options.dependencies.filter((each) => each.startsWith("aws:eks/nodeGroup")),
        );
        const [first, second] = ZONES.map(group);
        assert.deepEqual(before, [[], [first], [second]]);
    });

    it("makes nodes after the cluster and the routes that lead out", async () => {
        const { resources } = await runOf("the stack prod");
        const { dependencies } = resources.resource(
            "kafka-eks:index:EksNodeGroups eks-nodes",
        ).options;
        assert.ok(dependencies.includes("eks:index:Cluster eks-cluster"));
        assert.ok(
            dependencies.includes("aws:ec2/natGateway:NatGateway eks-network-nat-us-east-1c"),
        );
        const cluster = resources.resource("eks:index:Cluster eks-cluster").options.dependencies;
        assert.ok(cluster.includes("aws:cloudwatch/logGroup:LogGroup eks-control-plane-logs"));
        assert.ok(cluster.includes("aws:ec2/route:Route eks-network-public-default-route"));
    });

    it("makes its providers from the new cluster's kubeconfig", async () => {
        const { resources } = await runOf("the stack dev");
        for (const name of ["cluster", "data"]) {
            const { inputs } = resources.resource(`pulumi:providers:kubernetes ${name}`);
            // Marked as a secret on its way to the engine.
            const { value } = inputs.kubeconfig as { value: string };
            assert.equal(value, EKS_CLUSTER.kubeconfigJson);
            assert.equal(inputs.context, undefined);
            assert.equal(inputs.clusterIdentifier, "test");
        }
    });

    it("is the same after a rename: names of AWS, tags, and whose cluster it is", async () => {
        const { resources } = await runOf("the stack prod");
        const renamed = await runProgram(PROGRAMS["the stack prod"]!, {
            stack: "renamed",
            remembered: { "first-name": { project: "kafka-eks", stack: "test" } },
        });
        const inputsOf = ({ all }: Registrations) =>
            all
                .filter(({ type }) => !type.endsWith(":Stash"))
                .map(({ key, inputs }) => ({ key, inputs }));
        assert.deepEqual(inputsOf(renamed.resources), inputsOf(resources));
    });

    it("takes a cluster at another address for another one", async () => {
        const { resources } = await runProgram(PROGRAMS["the stack dev"]!, {
            remembered: { "first-endpoint": "https://before.example.com" },
        });
        const { clusterIdentifier } = resources.resource(
            "pulumi:providers:kubernetes cluster",
        ).inputs;
        assert.equal(clusterIdentifier, "test-1a2a3343");
    });

    it("has outputs that lead to the cluster", async () => {
        const { outputs } = await runOf("the stack dev");
        assert.equal(outputs.clusterName, "kafka-eks-test");
        assert.equal(outputs.kubeconfig, EKS_CLUSTER.kubeconfigJson);
        assert.deepEqual(outputs.kubernetes, { namespace: "kafka" });
        const command = "aws eks update-kubeconfig --region us-east-1 --name kafka-eks-test";
        assert.equal(outputs.updateKubeconfig, command);
        assert.equal((outputs.next as string[])[0], command);
        assert.equal((outputs.next as string[]).at(-1), "npm run cost -- --stack test");
    });

    it("lets pods wait for their load balancers", async () => {
        const { resources } = await runOf("the stack prod");
        const { labels } = resources.object("Namespace", "kafka").inputs.metadata;
        assert.equal(labels["elbv2.k8s.aws/pod-readiness-gate-inject"], "enabled");
    });

    it("advertises the ports of a shared load balancer", async () => {
        const host = "kafka-external-nlb-id.elb.eu-west-1.amazonaws.com";
        for (const [type, what] of [
            ["strimzi", "a shared load balancer"],
            ["statefulset", "a shared load balancer with StatefulSets"],
        ] as const) {
            const { resources, outputs } = await runOf(what);
            const { external } = outputs.bootstrap as Record<string, string>;
            assert.equal(external, `${host}:9094`);
            const { data } = resources.object("ConfigMap", "kafka-listeners").inputs;
            const [, listener] = JSON.parse(
                (data as Record<string, string>)["listeners.json"]!,
            ) as { brokers: string[] }[];
            assert.deepEqual(
                listener?.brokers,
                [9095, 9096, 9097].map((port) => `${host}:${port}`),
            );
            const bindings = resources.objects.filter(
                ({ inputs }) => inputs.kind === "TargetGroupBinding",
            );
            const brokers = resources.resource(
                type === "strimzi"
                    ? "kafka-eks:index:StrimziKafka kafka"
                    : "kafka-eks:index:KafkaCluster kafka",
            );
            // A pod has a readiness gate only if the binding was there first.
            for (const { key } of bindings) {
                assert.ok(brokers.options.dependencies.includes(key), key);
            }
            const services = bindings.map(
                ({ inputs }) => (inputs.spec as { serviceRef: unknown }).serviceRef,
            );
            assert.deepEqual(
                services,
                type === "strimzi"
                    ? [
                          { name: "kafka-kafka-external-bootstrap", port: 9094 },
                          ...[0, 1, 2].map((id) => ({ name: `kafka-broker-${id}`, port: 9094 })),
                      ]
                    : [
                          { name: "kafka-service", port: 9092 },
                          ...[0, 1, 2].map((id) => ({
                              name: `kafka-external-${id}`,
                              port: 9094,
                          })),
                      ],
            );
        }
    });

    for (const [what, config] of Object.entries(PROGRAMS)) {
        describe(`with ${what}`, () => {
            let run: ProgramRun;
            before(async () => {
                run = await runOf(what);
            });

            it("registers the same in a preview as in an update", async () => {
                const keys = ({ resources }: ProgramRun) =>
                    resources.all.map(({ key }) => key).sort();
                assert.equal(run.error, undefined);
                assert.deepEqual(keys(await runProgram(config, { preview: true })), keys(run));
            });

            itMakesGoodPods(() => run);

            it("registers nothing twice", () => {
                const keys = run.resources.all.map(({ key }) => key);
                assert.equal(new Set(keys).size, keys.length);
            });

            it("names each child after its parent", () => {
                for (const { key, parent, name } of run.resources.all) {
                    const parentName = parent?.split(" ")[1];
                    assert.ok(
                        parentName === undefined || name.startsWith(`${parentName}-`),
                        `${key} below ${parent}`,
                    );
                }
            });

            it("tags all that AWS lets it tag", () => {
                const untaggable = [
                    "aws:ec2/route:Route",
                    "aws:ec2/routeTableAssociation:RouteTableAssociation",
                    "aws:eks/accessPolicyAssociation:AccessPolicyAssociation",
                    "aws:iam/rolePolicy:RolePolicy",
                    "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
                ];
                const environment = what.includes("dev") ? "dev" : "prod";
                for (const { key, type, inputs } of ofAws(run)) {
                    if (/^(aws|eks):/.test(type) && !untaggable.includes(type)) {
                        const {
                            project,
                            stack: of,
                            environment: is,
                        } = inputs.tags as Configuration;
                        assert.deepEqual(
                            [project, of, is],
                            ["kafka-eks", "test", environment],
                            key,
                        );
                    }
                }
            });

            it("gives every object in the cluster a provider of the stack", () => {
                for (const { key, type, options } of run.resources.all) {
                    if (type.startsWith("kubernetes:")) {
                        assert.ok(["cluster", "data"].includes(options.provider ?? "none"), key);
                    }
                }
            });
        });
    }
});
