import type { Judgement } from "../../judgement";
import { judgeAddon } from "./addon";
import { judgeAccess, judgeCluster } from "./cluster";
import { judgeEncryptionKey } from "./encryptionKey";
import { judgeLaunchTemplate } from "./launchTemplate";
import { judgeListener, judgeLoadBalancer, judgeTargetGroup } from "./loadBalancer";
import {
    judgeInternetGateway,
    judgeLogs,
    judgeNat,
    judgeRoute,
    judgeRouteTable,
    judgeSubnet,
    judgeVpc,
    judgeVpcEndpoint,
} from "./network";
import { judgeNodeGroup } from "./nodeGroup";
import { judgeRights } from "./permissions";
import { judgeSecurityGroup, judgeSecurityRule } from "./securityGroup";

/** The judgement of each type of AWS resource that a stack on EKS has, the ones that matter most first. */
export const AWS_JUDGEMENTS: Readonly<Record<string, Judgement>> = {
    "aws:eks/cluster:Cluster": judgeCluster,
    "aws:ec2/vpc:Vpc": judgeVpc,
    "aws:ec2/subnet:Subnet": judgeSubnet,
    "aws:eks/nodeGroup:NodeGroup": judgeNodeGroup,
    "aws:ec2/launchTemplate:LaunchTemplate": judgeLaunchTemplate,
    "aws:lb/loadBalancer:LoadBalancer": judgeLoadBalancer,
    "aws:lb/listener:Listener": judgeListener,
    "aws:lb/targetGroup:TargetGroup": judgeTargetGroup,
    "aws:ec2/securityGroup:SecurityGroup": judgeSecurityGroup,
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": judgeSecurityRule,
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": judgeSecurityRule,
    "aws:eks/addon:Addon": judgeAddon,
    "aws:kms/key:Key": judgeEncryptionKey,
    "aws:iam/role:Role": judgeRights,
    "aws:iam/rolePolicy:RolePolicy": judgeRights,
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": judgeRights,
    "aws:eks/podIdentityAssociation:PodIdentityAssociation": judgeRights,
    "aws:ec2/internetGateway:InternetGateway": judgeInternetGateway,
    "aws:ec2/routeTable:RouteTable": judgeRouteTable,
    "aws:ec2/routeTableAssociation:RouteTableAssociation": judgeRouteTable,
    "aws:ec2/route:Route": judgeRoute,
    "aws:ec2/natGateway:NatGateway": judgeNat,
    "aws:ec2/eip:Eip": judgeNat,
    "aws:ec2/vpcEndpoint:VpcEndpoint": judgeVpcEndpoint,
    "aws:eks/accessEntry:AccessEntry": judgeAccess,
    "aws:eks/accessPolicyAssociation:AccessPolicyAssociation": judgeAccess,
    "aws:ec2/flowLog:FlowLog": judgeLogs,
    "aws:cloudwatch/logGroup:LogGroup": judgeLogs,
};
