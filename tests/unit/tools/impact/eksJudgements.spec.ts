import assert from "node:assert/strict";
import { previewName } from "../../../../components/eks/previewRules";
import { assess } from "../../../../tools/impact/assess";
import { parsePreview } from "../../../../tools/impact/preview";
import { mergeNumbered, verdictOf } from "../../../../tools/impact/verdict";
import { findingsOf, line, previewOf, step, type StepArgs, type TYPES } from "./changes";

type Case = readonly [
    title: string,
    op: string,
    kind: keyof typeof TYPES,
    args: StepArgs,
    ...findings: string[],
];

const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

const BROKERS = "eks-nodes-brokers-eu-west-1a";
const brokers = (inputs: object) => ({ labels: { dedicated: "kafka" }, ...inputs });
const nodes = (desiredSize: number) => ({
    scalingConfig: { minSize: desiredSize, desiredSize, maxSize: desiredSize },
});
const SYSTEM = "eks-nodes-system";
const changed = (name: string, from: object, to: object): StepArgs => ({
    name,
    old: from,
    new: to,
});

const replaced = (reason: string, name: string, from: object, to: object): StepArgs => ({
    ...changed(name, from, to),
    reasons: [reason],
});

const NODES: readonly Case[] = [
    [
        "more nodes for the brokers",
        "update",
        "NodeGroup",
        changed(BROKERS, brokers(nodes(1)), brokers(nodes(2))),
        "nothing: nodes of the brokers in eu-west-1a: 1 → 2",
    ],
    [
        "fewer nodes for the brokers",
        "update",
        "NodeGroup",
        changed(BROKERS, brokers(nodes(2)), brokers(nodes(1))),
        "cluster-stops: nodes of the brokers in eu-west-1a: 2 → 1",
    ],
    [
        "nodes of another Kubernetes version",
        "update",
        "NodeGroup",
        changed(BROKERS, brokers({ version: "1.35" }), brokers({ version: "1.36" })),
        "rolling-restart: nodes of the brokers in eu-west-1a: 1.35 → 1.36",
    ],
    [
        "nodes from another version of their template",
        "update",
        "NodeGroup",
        changed(
            BROKERS,
            brokers({ launchTemplate: { id: "lt", version: "1" } }),
            brokers({ launchTemplate: { id: "lt", version: UNKNOWN } }),
        ),
        "rolling-restart: nodes of the brokers in eu-west-1a: 1 → (known when it is made)",
    ],
    [
        "nodes in another subnet",
        "replace",
        "NodeGroup",
        replaced(
            "subnetIds",
            BROKERS,
            brokers({ subnetIds: ["a"] }),
            brokers({ subnetIds: ["b"] }),
        ),
        "cluster-stops: nodes of the brokers in eu-west-1a: a → b",
    ],
    [
        "a zone without nodes",
        "delete",
        "NodeGroup",
        { name: BROKERS, old: brokers({}) },
        "cluster-stops: nodes of the brokers in eu-west-1a: in the stack → -",
    ],
    [
        "fewer nodes for everything else",
        "update",
        "NodeGroup",
        changed(SYSTEM, nodes(3), nodes(2)),
        "dynamic: nodes of everything else: 3 → 2",
    ],
    [
        "no nodes for everything else",
        "delete",
        "NodeGroup",
        { name: SYSTEM, old: {} },
        "cluster-stops: nodes of everything else: in the stack → -",
    ],
    ["another group", "delete", "NodeGroup", { name: "mine", old: {} }, "not judged: mine"],
    [
        "another taint",
        "update",
        "NodeGroup",
        changed(BROKERS, brokers({}), brokers({ taints: [] })),
        "not judged: nodes of the brokers in eu-west-1a: taints: - → []",
    ],
    [
        "another disk of the nodes",
        "update",
        "LaunchTemplate",
        changed("t", { blockDeviceMappings: [] }, { blockDeviceMappings: [{}] }),
        "rolling-restart: template of the nodes: [] → [{}]",
    ],
    [
        "another tag of the instances",
        "update",
        "LaunchTemplate",
        changed(
            "t",
            { tagSpecifications: [{ tags: {} }] },
            { tagSpecifications: [{ tags: { owner: "me" } }] },
        ),
        "rolling-restart: template of the nodes: - → me",
    ],
    [
        "no template",
        "delete",
        "LaunchTemplate",
        { old: {} },
        "cluster-stops: template of the nodes: in the stack → -",
    ],
];

const vpcConfig = (fields: object) => ({ vpcConfig: fields });

const CLUSTER: readonly Case[] = [
    [
        "the next Kubernetes version",
        "update",
        "EksCluster",
        { old: { version: "1.35" }, new: { version: "1.36" } },
        "dynamic: EKS cluster: 1.35 → 1.36",
    ],
    [
        "the Kubernetes version after the next",
        "update",
        "EksCluster",
        { old: { version: "1.34" }, new: { version: "1.36" } },
        "nothing: EKS cluster: 1.34 → 1.36",
    ],
    [
        "an API server that is not public any more",
        "update",
        "EksCluster",
        {
            old: vpcConfig({ endpointPublicAccess: true }),
            new: vpcConfig({ endpointPublicAccess: false }),
        },
        "nothing: EKS cluster: all → nobody from the internet",
    ],
    [
        "a cluster that may be deleted",
        "update",
        "EksCluster",
        { old: { deletionProtection: true }, new: { deletionProtection: false } },
        "nothing: EKS cluster: true → false",
    ],
    [
        "a cluster that may not be deleted",
        "update",
        "EksCluster",
        { old: {}, new: { deletionProtection: true } },
        "nothing: EKS cluster: - → true",
    ],
    [
        "no cluster",
        "delete",
        "EksCluster",
        { old: {} },
        "data-may-be-lost: EKS cluster: in the stack → -",
    ],
    [
        "another cluster",
        "replace",
        "EksCluster",
        replaced("name", "it", { name: "a" }, { name: "b" }),
        "data-may-be-lost: EKS cluster: a → b",
    ],
    [
        "another subnet of the control plane",
        "update",
        "EksCluster",
        { old: vpcConfig({ subnetIds: ["a"] }), new: vpcConfig({ subnetIds: ["b"] }) },
        "dynamic: EKS cluster: some subnets → others",
    ],
    [
        "another field",
        "update",
        "EksCluster",
        { old: {}, new: { outpostConfig: {} } },
        "not judged: EKS cluster: outpostConfig: - → {}",
    ],
    [
        "another administrator",
        "create",
        "AccessEntry",
        { new: {} },
        "cluster-opens: who may use the Kubernetes API: - → new",
    ],
    [
        "a key that is switched off",
        "update",
        "Key",
        { old: {}, new: { isEnabled: false } },
        "cluster-stops: key of the cluster's Secrets: - → false",
    ],
    [
        "a key that is switched on",
        "update",
        "Key",
        { old: { isEnabled: false }, new: { isEnabled: true } },
        "nothing: key of the cluster's Secrets: false → true",
    ],
    [
        "no key",
        "delete",
        "Key",
        { old: {} },
        "cluster-stops: key of the cluster's Secrets: in the stack → -",
    ],
    ["only tags", "update", "Key", { old: { tags: {} }, new: { tags: { a: "b" } } }],
    [
        "more logs",
        "update",
        "LogGroup",
        { old: { retentionInDays: 30 }, new: { retentionInDays: 90 } },
        "nothing: logs of the network and the control plane: 30 → 90",
    ],
];

const ADDONS: readonly Case[] = Object.entries({
    "vpc-cni": "network of the pods (vpc-cni)",
    coredns: "names in the cluster (coredns)",
    "kube-proxy": "addresses of Services (kube-proxy)",
    "eks-pod-identity-agent": "permissions of pods (eks-pod-identity-agent)",
    "aws-ebs-csi-driver": "driver of the volumes (aws-ebs-csi-driver)",
}).flatMap(([addonName, subject]): Case[] => [
    [
        `another version of ${addonName}`,
        "update",
        "Addon",
        {
            old: { addonName, addonVersion: "v1" },
            new: { addonName, addonVersion: "v2" },
        },
        `dynamic: ${subject}: v1 → v2`,
    ],
    [
        `no ${addonName}`,
        "delete",
        "Addon",
        { old: { addonName } },
        `cluster-stops: ${subject}: in the stack → -`,
    ],
]);

const OTHER_ADDONS: readonly Case[] = [
    ["another add-on", "delete", "Addon", { old: { addonName: "mine" } }, "not judged: it"],
    ["an add-on without a name", "delete", "Addon", { name: "x", old: {} }, "not judged: x"],
];

const NAT = "eks-network-nat-eu-west-1b";

const NETWORK: readonly Case[] = [
    [
        "another VPC",
        "replace",
        "Vpc",
        replaced("cidrBlock", "it", { cidrBlock: "10.0.0.0/16" }, { cidrBlock: "10.8.0.0/16" }),
        "cluster-stops: VPC: 10.0.0.0/16 → 10.8.0.0/16",
    ],
    [
        "a subnet less",
        "delete",
        "Subnet",
        { old: { availabilityZone: "eu-west-1a" } },
        "cluster-stops: subnets in eu-west-1a: in the stack → -",
    ],
    ["a subnet more", "create", "Subnet", { new: {} }, "nothing: subnets in a zone: - → new"],
    [
        "no way to the internet",
        "delete",
        "InternetGateway",
        { old: {} },
        "cluster-stops: way to and from the internet: in the stack → -",
    ],
    [
        "no routes",
        "delete",
        "RouteTable",
        { old: {} },
        "cluster-stops: routes of the subnets: in the stack → -",
    ],
    [
        "other routes",
        "update",
        "RouteTableAssociation",
        { old: { routeTableId: "a" }, new: { routeTableId: "b" } },
        "nothing: routes of the subnets: a → b",
    ],
    [
        "a route through another gateway",
        "update",
        "Route",
        { old: { natGatewayId: "a" }, new: { natGatewayId: "b" } },
        "nothing: routes of the subnets: one NAT gateway → another one",
    ],
    [
        "a NAT gateway less",
        "delete",
        "NatGateway",
        { name: NAT, old: {} },
        "nothing: NAT gateway in eu-west-1b: in the stack → -",
    ],
    [
        "another address of a NAT gateway",
        "replace",
        "Eip",
        { name: `${NAT}-address`, old: {}, new: {} },
        "nothing: NAT gateway in eu-west-1b: in the stack → another one",
    ],
    [
        "a shortcut for another zone",
        "update",
        "VpcEndpoint",
        { old: { routeTableIds: ["a"] }, new: { routeTableIds: ["a", "b"] } },
    ],
    [
        "another field",
        "update",
        "Vpc",
        { old: { enableDnsSupport: true }, new: { enableDnsSupport: false } },
        "not judged: VPC: enableDnsSupport: true → false",
    ],
];

const RIGHTS: readonly Case[] = [
    ...(
        [
            [
                "eks-addons-ebs-csi-policy",
                "cluster-stops",
                "permissions of the driver of the volumes",
            ],
            ["eks-nodes-AmazonEKS_CNI_Policy", "cluster-stops", "permissions of the nodes"],
            ["eks-cluster-eksRole-policy", "cluster-stops", "permissions of the control plane"],
            ["eks-network-flow-log-role", "nothing", "permissions of the flow logs"],
        ] as const
    ).map(([name, severity, subject]): Case => [
        `no ${subject}`,
        "delete",
        "RolePolicyAttachment",
        { name, old: {} },
        `${severity}: ${subject}: in the stack → -`,
    ]),
    [
        "no role of the load balancer controller",
        "delete",
        "PodIdentityAssociation",
        { name: "eks-load-balancer-controller-association", old: {} },
        "cluster-stops: permissions of the load balancer controller: in the stack → -",
    ],
    [
        "another policy",
        "update",
        "RolePolicy",
        changed("eks-load-balancer-controller-policy", { policy: "a" }, { policy: "b" }),
        "not judged: permissions of the load balancer controller: a → b",
    ],
    ["another role", "delete", "Role", { name: "mine", old: {} }, "not judged: mine"],
];

const LOAD_BALANCERS: readonly Case[] = [
    [
        "a load balancer on the internet",
        "replace",
        "LoadBalancer",
        replaced(
            "internal",
            "kafka-external-nlb",
            { internal: true, subnets: ["a"] },
            { internal: false, subnets: ["b"] },
        ),
        "cluster-opens: load balancer of listener external: internal → internet-facing",
        "clients-cut-off: load balancer of listener external: true → false",
    ],
    [
        "no load balancer",
        "delete",
        "LoadBalancer",
        { name: "kafka-external-nlb", old: {} },
        "clients-cut-off: load balancer of listener external: in the stack → -",
    ],
    [
        "a load balancer in another zone",
        "update",
        "LoadBalancer",
        changed("kafka-external-nlb", { subnets: ["a", "b"] }, { subnets: ["a", "b", "c"] }),
        'dynamic: load balancer of listener external: ["a","b"] → ["a","b","c"]',
    ],
    [
        "a load balancer that leaves a zone",
        "update",
        "LoadBalancer",
        changed("kafka-external-nlb", { subnets: ["a", "b"] }, { subnets: ["a"] }),
        'clients-cut-off: load balancer of listener external: ["a","b"] → ["a"]',
    ],
    [
        "connections across zones",
        "update",
        "LoadBalancer",
        changed(
            "kafka-external-nlb",
            { enableCrossZoneLoadBalancing: false },
            { enableCrossZoneLoadBalancing: true },
        ),
        "dynamic: load balancer of listener external: false → true",
    ],
    ["another load balancer", "delete", "LoadBalancer", { old: {} }, "not judged: it"],
    [
        "a port for a new broker",
        "create",
        "LbListener",
        { name: "kafka-external-3-listener", new: {} },
        "dynamic: address on listener external of broker 3: - → new",
    ],
    [
        "another port of the bootstrap address",
        "update",
        "LbListener",
        changed("kafka-external-bootstrap-listener", { port: 9094 }, { port: 9194 }),
        "clients-cut-off: bootstrap address on listener external: 9094 → 9194",
    ],
    [
        "a port at another load balancer",
        "replace",
        "LbListener",
        replaced(
            "loadBalancerArn",
            "kafka-external-1-listener",
            { loadBalancerArn: "a" },
            { loadBalancerArn: UNKNOWN },
        ),
        "clients-cut-off: address on listener external of broker 1: in the stack → another one",
    ],
    [
        "another group of pods",
        "replace",
        "TargetGroup",
        replaced("port", "kafka-external-1-targets", { port: 9094 }, { port: 9095 }),
        "clients-cut-off: address on listener external of broker 1: 9094 → 9095",
    ],
    [
        "other health checks",
        "update",
        "TargetGroup",
        changed(
            "kafka-external-1-targets",
            { healthCheck: { interval: 5 } },
            { healthCheck: { interval: 10 } },
        ),
        "dynamic: address on listener external of broker 1: 5 → 10",
    ],
    [
        "no pods",
        "delete",
        "TargetGroupBinding",
        { name: "kafka-external-1-binding", old: {} },
        "clients-cut-off: address on listener external of broker 1: in the stack → -",
    ],
    [
        "other pods",
        "update",
        "TargetGroupBinding",
        changed(
            "kafka-external-1-binding",
            { spec: { serviceRef: { port: 1 } } },
            { spec: { serviceRef: { port: 2 } } },
        ),
        "dynamic: address on listener external of broker 1: 1 → 2",
    ],
    [
        "a port whose broker is reached in every zone",
        "update",
        "TargetGroup",
        changed("kafka-external-1-targets", {}, { loadBalancingCrossZoneEnabled: "true" }),
        "dynamic: address on listener external of broker 1: - → true",
    ],
    ["another group", "delete", "TargetGroup", { name: "mine", old: {} }, "not judged: mine"],
    [
        "clients that are let in",
        "create",
        "IngressRule",
        { name: "kafka-external-from-10.0.0.0/8", new: { cidrIpv4: "10.0.0.0/8" } },
        "cluster-opens: clients of listener external from 10.0.0.0/8: - → new",
    ],
    [
        "clients that are not let in any more",
        "delete",
        "IngressRule",
        { name: "kafka-external-from-10.0.0.0/8", old: {} },
        "clients-cut-off: clients of listener external from 10.0.0.0/8: in the stack → -",
    ],
    ...(["fromPort", "toPort"] as const).flatMap((port): Case[] =>
        (
            [
                [9097, 9098],
                [9098, 9097],
            ] as const
        ).map(([from, to]) => [
            `${port} ${to}`,
            "update",
            "IngressRule",
            changed("kafka-external-to-pods", { [port]: from }, { [port]: to }),
            `${(port === "toPort") === to > from ? "dynamic" : "clients-cut-off"}: ` +
                `connections of listener external from the load balancer to pods: ${from} → ${to}`,
        ]),
    ),
    [
        "a network that reaches the API server no more",
        "delete",
        "IngressRule",
        { name: "eks-api-from-10.9.0.0/16", old: {} },
        "nothing: who reaches the API server: 10.9.0.0/16: in the stack → -",
    ],
    ["another rule", "delete", "IngressRule", { old: {} }, "not judged: it"],
    [
        "no security group",
        "delete",
        "SecurityGroup",
        { name: "kafka-external-security-group", old: {} },
        "clients-cut-off: who reaches listener external from outside: in the stack → -",
    ],
    ["another security group", "delete", "SecurityGroup", { old: {} }, "not judged: it"],
];

const controller = (fields: object) => ({ name: "aws-load-balancer-controller", ...fields });
const certManager = (fields: object) => ({ name: "cert-manager", ...fields });
const gp3 = (fields: object) => ({ metadata: { name: "gp3" }, ...fields });
const preview = {
    metadata: { name: previewName({ group: "kafka-eks:preview", namespace: "kafka" }) },
};

const IN_CLUSTER: readonly Case[] = [
    [
        "another load balancer controller",
        "update",
        "Release",
        { old: controller({ version: "3.4.0" }), new: controller({ version: "3.5.0" }) },
        "dynamic: load balancer controller: 3.4.0 → 3.5.0",
    ],
    [
        "no load balancer controller",
        "delete",
        "Release",
        { old: controller({}) },
        "cluster-stops: load balancer controller: in the stack → -",
    ],
    [
        "a first cert-manager",
        "create",
        "Release",
        { new: certManager({}) },
        "nothing: cert-manager: - → new",
    ],
    [
        "another cert-manager",
        "update",
        "Release",
        { old: certManager({ version: "v1.20.0" }), new: certManager({ version: "v1.21.2" }) },
        "nothing: cert-manager: v1.20.0 → v1.21.2",
    ],
    [
        "no cert-manager",
        "delete",
        "Release",
        { old: certManager({}) },
        "cluster-stops: cert-manager: in the stack → -",
    ],
    [
        "faster new volumes",
        "replace",
        "StorageClass",
        {
            old: gp3({ parameters: { iops: "3000" } }),
            new: gp3({ parameters: { iops: "6000" } }),
        },
        "nothing: class of the volumes (gp3): iops: 3000 → 6000",
    ],
    [
        "volumes that go with their claims",
        "replace",
        "StorageClass",
        { old: gp3({ reclaimPolicy: "Retain" }), new: gp3({ reclaimPolicy: "Delete" }) },
        "data-may-be-lost: class of the volumes (gp3): reclaimPolicy: Retain → Delete",
    ],
    [
        "volumes that outlive their claims",
        "replace",
        "StorageClass",
        { old: gp3({ reclaimPolicy: "Delete" }), new: gp3({ reclaimPolicy: "Retain" }) },
        "nothing: class of the volumes (gp3): reclaimPolicy: Delete → Retain",
    ],
    [
        "another tag of new volumes",
        "replace",
        "StorageClass",
        { old: gp3({}), new: gp3({ parameters: { tagSpecification_4: "owner=me" } }) },
        'nothing: class of the volumes (gp3): parameters: - → {"tagSpecification_4":"owner=me"}',
    ],
    [
        "volumes that can't grow",
        "update",
        "StorageClass",
        { old: gp3({ allowVolumeExpansion: true }), new: gp3({ allowVolumeExpansion: false }) },
        "cluster-stops: class of the volumes (gp3): allowVolumeExpansion: true → false",
    ],
    [
        "volumes that can grow",
        "update",
        "StorageClass",
        { old: gp3({ allowVolumeExpansion: false }), new: gp3({ allowVolumeExpansion: true }) },
        "nothing: class of the volumes (gp3): allowVolumeExpansion: false → true",
    ],
    [
        "no class of volumes",
        "delete",
        "StorageClass",
        { old: gp3({}) },
        "cluster-stops: class of the volumes (gp3): in the stack → -",
    ],
    [
        "another class",
        "delete",
        "StorageClass",
        { old: { metadata: { name: "io2" } } },
        "not judged: StorageClass it",
    ],
    [
        "another ClusterRole of previews, with as many permissions",
        "update",
        "ClusterRole",
        { old: preview, new: { ...preview, rules: [] } },
        "nothing: permissions of previews",
    ],
    [
        "another policy of previews",
        "update",
        "ValidatingAdmissionPolicy",
        { old: preview, new: { ...preview, spec: {} } },
        "cluster-opens: permissions of previews",
    ],
    [
        "another ClusterRole",
        "delete",
        "ClusterRole",
        { old: { metadata: { name: "mine" } } },
        "not judged: it",
    ],
    [
        "another version of the provider for AWS",
        "update",
        "AwsProvider",
        { old: { version: "7.48.0" }, new: { version: "7.49.0" } },
        "nothing: version of Pulumi's provider (way to AWS): 7.48.0 → 7.49.0",
    ],
    [
        "another region",
        "replace",
        "AwsProvider",
        { old: { region: "eu-west-1" }, new: { region: "eu-west-2" } },
        "cluster-stops: way to AWS",
    ],
    ["a type that it does not know", "create", "Bucket", { new: {} }, "not judged: it"],
];

const ANNOTATION = "service.beta.kubernetes.io/aws-load-balancer-";
const service = (type: string, annotations: Record<string, string>, spec: object = {}) => ({
    metadata: {
        name: "kafka-external-0",
        annotations: Object.fromEntries(
            Object.entries(annotations).map(([key, value]) => [ANNOTATION + key, value]),
        ),
    },
    spec: { type, ports: [{ port: 9094 }], ...spec },
});

const SERVICES: readonly Case[] = [
    [
        "another scheme",
        "update",
        "Service",
        {
            old: service("LoadBalancer", { scheme: "internal" }),
            new: service("LoadBalancer", { scheme: "internet-facing" }),
        },
        "cluster-opens: address on listener external of broker 0: internal → internet-facing",
        "clients-cut-off: address on listener external of broker 0: internal → internet-facing",
    ],
    [
        "other health checks",
        "update",
        "Service",
        {
            old: service("LoadBalancer", { "healthcheck-interval": "5" }),
            new: service("LoadBalancer", { "healthcheck-interval": "10" }),
        },
        "dynamic: address on listener external of broker 0: 5 → 10",
    ],
    [
        "connections across zones",
        "update",
        "Service",
        {
            old: service("LoadBalancer", { attributes: "a" }),
            new: service("LoadBalancer", { attributes: "b" }),
        },
        "dynamic: address on listener external of broker 0: a → b",
    ],
    [
        "no load balancer of its own any more",
        "update",
        "Service",
        {
            old: service("LoadBalancer", { scheme: "internal" }, { loadBalancerClass: "nlb" }),
            new: service("ClusterIP", {}),
        },
        "clients-cut-off: address on listener external of broker 0: LoadBalancer 9094 → ClusterIP 9094",
    ],
    [
        "another class of load balancers",
        "update",
        "Service",
        {
            old: service("LoadBalancer", {}, { loadBalancerClass: "nlb" }),
            new: service("LoadBalancer", {}, { loadBalancerClass: "other" }),
        },
        "clients-cut-off: address on listener external of broker 0: nlb → other",
    ],
];

describe("the impact of a change on EKS", () => {
    for (const [concept, cases] of Object.entries({
        nodes: NODES,
        "the cluster": CLUSTER,
        "an add-on": [...ADDONS, ...OTHER_ADDONS],
        "the network": NETWORK,
        permissions: RIGHTS,
        "a load balancer": LOAD_BALANCERS,
        "what is in the cluster": IN_CLUSTER,
        "a Service": SERVICES,
    })) {
        describe(`of ${concept}`, () => {
            for (const [title, op, kind, args, ...findings] of cases) {
                it(`is known for ${title}`, () => {
                    assert.deepEqual(findingsOf(op, kind, args), findings);
                });
            }
        });
    }

    it("is one line for all that a new stack has of AWS", () => {
        const stack = {
            op: "create",
            urn: "urn:pulumi:test::kafka-eks::pulumi:pulumi:Stack::kafka-eks-test",
            newState: { type: "pulumi:pulumi:Stack", custom: false },
        };
        const all = (["Vpc", "Subnet", "EksCluster", "NodeGroup", "Role"] as const).map((kind) =>
            step("create", kind, { new: {} }),
        );
        const { findings, severity } = assess(parsePreview(previewOf(stack, ...all)));
        assert.equal(findings.length, all.length);
        assert.equal(severity, "nothing");
        assert.deepEqual(
            mergeNumbered(findings).map(({ subject }) => subject),
            ["EKS cluster, with its network, nodes and permissions"],
        );
    });

    it("tells the restarts of a drain from those of a roll", () => {
        const set = (memory: string) => ({
            metadata: { name: "kafka" },
            spec: {
                replicas: 3,
                template: { spec: { containers: [{ resources: { limits: { memory } } }] } },
            },
        });
        const assessment = assess(
            parsePreview(
                previewOf(
                    step("update", "StatefulSet", { old: set("1Gi"), new: set("2Gi") }),
                    step("replace", "NodeGroup", {
                        name: BROKERS,
                        reasons: ["instanceTypes"],
                        old: brokers({ instanceTypes: ["m7g.large"] }),
                        new: brokers({ instanceTypes: ["m7g.xlarge"] }),
                    }),
                ),
            ),
        );
        assert.deepEqual(
            assessment.restarts.map(({ by }) => by),
            ["StatefulSet", "drain"],
        );
        assert.match(
            verdictOf(assessment),
            /; brokers restart one by one, as their nodes are drained$/,
        );
        assert.match(
            assessment.findings.map(line).join("\n"),
            /nodes of the brokers in eu-west-1a: m7g\.large → m7g\.xlarge/,
        );
    });
});
