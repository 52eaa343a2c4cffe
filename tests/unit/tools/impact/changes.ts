import { assess } from "../../../../tools/impact/assess";
import type { Finding } from "../../../../tools/impact/finding";
import { parsePreview } from "../../../../tools/impact/preview";

/** Types of resources, by the last part of their names. */
export const TYPES = {
    StatefulSet: "kubernetes:apps/v1:StatefulSet",
    PersistentVolumeClaim: "kubernetes:core/v1:PersistentVolumeClaim",
    Namespace: "kubernetes:core/v1:Namespace",
    ConfigMap: "kubernetes:core/v1:ConfigMap",
    Service: "kubernetes:core/v1:Service",
    Job: "kubernetes:batch/v1:Job",
    PodDisruptionBudget: "kubernetes:policy/v1:PodDisruptionBudget",
    NetworkPolicy: "kubernetes:networking.k8s.io/v1:NetworkPolicy",
    Kafka: "kubernetes:kafka.strimzi.io/v1:Kafka",
    KafkaNodePool: "kubernetes:kafka.strimzi.io/v1:KafkaNodePool",
    KafkaTopic: "kubernetes:kafka.strimzi.io/v1:KafkaTopic",
    KafkaUser: "kubernetes:kafka.strimzi.io/v1:KafkaUser",
    Certificate: "kubernetes:cert-manager.io/v1:Certificate",
    Issuer: "kubernetes:cert-manager.io/v1:Issuer",
    Release: "kubernetes:helm.sh/v3:Release",
    CustomResourceDefinition: "kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition",
    Provider: "pulumi:providers:kubernetes",
    AwsProvider: "pulumi:providers:aws",
    Stash: "pulumi:index:Stash",
    StorageClass: "kubernetes:storage.k8s.io/v1:StorageClass",
    TargetGroupBinding: "kubernetes:elbv2.k8s.aws/v1beta1:TargetGroupBinding",
    ClusterRole: "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole",
    ClusterRoleBinding: "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding",
    ValidatingAdmissionPolicy:
        "kubernetes:admissionregistration.k8s.io/v1:ValidatingAdmissionPolicy",
    NodeGroup: "aws:eks/nodeGroup:NodeGroup",
    LaunchTemplate: "aws:ec2/launchTemplate:LaunchTemplate",
    EksCluster: "aws:eks/cluster:Cluster",
    AccessEntry: "aws:eks/accessEntry:AccessEntry",
    Addon: "aws:eks/addon:Addon",
    Vpc: "aws:ec2/vpc:Vpc",
    Subnet: "aws:ec2/subnet:Subnet",
    InternetGateway: "aws:ec2/internetGateway:InternetGateway",
    RouteTable: "aws:ec2/routeTable:RouteTable",
    RouteTableAssociation: "aws:ec2/routeTableAssociation:RouteTableAssociation",
    Route: "aws:ec2/route:Route",
    NatGateway: "aws:ec2/natGateway:NatGateway",
    Eip: "aws:ec2/eip:Eip",
    VpcEndpoint: "aws:ec2/vpcEndpoint:VpcEndpoint",
    LogGroup: "aws:cloudwatch/logGroup:LogGroup",
    Key: "aws:kms/key:Key",
    Role: "aws:iam/role:Role",
    RolePolicy: "aws:iam/rolePolicy:RolePolicy",
    RolePolicyAttachment: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    PodIdentityAssociation: "aws:eks/podIdentityAssociation:PodIdentityAssociation",
    LoadBalancer: "aws:lb/loadBalancer:LoadBalancer",
    LbListener: "aws:lb/listener:Listener",
    TargetGroup: "aws:lb/targetGroup:TargetGroup",
    SecurityGroup: "aws:ec2/securityGroup:SecurityGroup",
    IngressRule: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    Bucket: "aws:s3/bucket:Bucket",
    Secret: "kubernetes:core/v1:Secret",
    ReplicaSet: "kubernetes:apps/v1:ReplicaSet",
} as const;

/** What a step of a preview is made of. */
export interface StepArgs {
    readonly old?: object;
    readonly new?: object;
    /** Whether the old state, and the new one, are retained. */
    readonly retained?: boolean;
    /**
     * Name of the resource in the program.
     *
     * @default "it"
     */
    readonly name?: string;
    /** Whether somebody else made it, outside of the program's components. */
    readonly foreign?: boolean;
    /** Properties that it is replaced for. */
    readonly reasons?: readonly string[];
}

/** A step as `pulumi preview --json` writes it. */
export function step(
    op: string,
    kind: keyof typeof TYPES,
    { old, new: now, retained = false, name = "it", foreign = false, reasons }: StepArgs,
): object {
    const type = TYPES[kind];
    const state = (inputs: object | undefined) =>
        inputs && { type, custom: true, inputs, ...(retained && { retainOnDelete: true }) };
    return {
        op,
        urn: `urn:pulumi:test::kafka-eks::${foreign ? "" : "kafka-eks:index:KafkaCluster$"}${type}::${name}`,
        oldState: state(old),
        newState: state(now),
        ...(reasons && { replaceReasons: reasons }),
    };
}

/** The text of a preview. */
export function previewOf(...steps: readonly object[]): string {
    return JSON.stringify({ steps });
}

/** What one step means, a line `class: subject: from → to` for each finding. */
export function findingsOf(op: string, kind: keyof typeof TYPES, args: StepArgs): string[] {
    return assess(parsePreview(previewOf(step(op, kind, args)))).findings.map(line);
}

/** A finding as one line. */
export function line({ severity, subject, from, to }: Finding): string {
    return `${severity}: ${subject}${from === undefined ? "" : `: ${from} → ${to}`}`;
}
