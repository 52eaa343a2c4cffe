import assert from "node:assert/strict";
import { loadConfig } from "../../../config";
import { show } from "../../../config/problems";
import { warningsOf } from "../../../config/warnings";
import { stackValues } from "../../support/mocks";
import { accepts, type BadCase, INTERNAL, kafka, type Keys, refuses } from "./cases";

const EKS = { platform: "eks", "aws:region": "eu-west-1" };
const eks = (fields: Keys) => ({ eks: { environment: "dev", publicAccessCidrs: [], ...fields } });
const external = (name: string, port: number) => ({ name, port, type: "loadBalancer" });
const LISTENERS = [INTERNAL, external("one", 9094)];

/** As many brokers on as many nodes. */
const brokers = (layout: string, replicas: number, listeners: readonly unknown[] = LISTENERS) => ({
    ...eks({ loadBalancers: { layout }, brokerNodes: { perZone: 20 } }),
    ...kafka({ replicas }),
    listeners,
});
const ROLE = "the ARN of an IAM role";
const PARTITION = `${ROLE} in AWS's public partition (arn:aws:…), as the region is`;
const previews = (previewRoleArn: string, expected: string): BadCase => [
    eks({ previewRoleArn }),
    "eks.previewRoleArn",
    expected,
    show(previewRoleArn),
];

describe("what AWS has no room for, or no name", () => {
    refuses(EKS, {
        "more brokers than a load balancer has listeners": [
            [
                brokers("shared", 50),
                "eks.loadBalancers.layout",
                '"perBroker" with more than 49 brokers: AWS gives a load balancer 50 listeners at most',
                '"shared"',
            ],
        ],
        "what is no role": [
            previews("arn:aws:iam::123:role/x", ROLE),
            previews("arn:aws:iam::123456789012:user/x", ROLE),
            previews("arn:aws:iam::123456789012:role/", ROLE),
            previews("arn:aws:iam::123456789012:role/x y", ROLE),
            previews(`arn:aws:iam::123456789012:role/${"x".repeat(65)}`, ROLE),
            previews("arn:aws:sts::123456789012:assumed-role/x/y", ROLE),
            previews("arn:aws-cn:iam::123456789012:role/x", PARTITION),
            previews("arn:aws-us-gov:iam::123456789012:role/x", PARTITION),
        ],
    });

    accepts(EKS, {
        "as many brokers as a load balancer has listeners": brokers("shared", 49),
        "more brokers without a load balancer": brokers("shared", 50, [INTERNAL]),
        "a role with a path": eks({
            previewRoleArn:
                "arn:aws:iam::123456789012:role/aws-reserved/sso.amazonaws.com/a_b+=,.@-c",
        }),
    });

    it("is a warning where AWS may have raised its quota", () => {
        const warnings = (keys: Keys) =>
            warningsOf(loadConfig(stackValues({ ...EKS, ...keys })), new Date("2026-09-30"));
        const said = (count: number) => [
            `eks.loadBalancers.layout is perBroker, with ${count} load balancers: AWS's quota is 50 ` +
                "network load balancers in a region, unless it has raised yours",
        ];
        const two = [...LISTENERS, external("two", 9095)];
        assert.deepEqual(warnings(brokers("perBroker", 49)), []);
        assert.deepEqual(warnings(brokers("perBroker", 50)), said(51));
        assert.deepEqual(warnings(brokers("perBroker", 24, two)), []);
        assert.deepEqual(warnings(brokers("perBroker", 25, two)), said(52));
        assert.deepEqual(warnings(brokers("perBroker", 50, [INTERNAL])), []);
        assert.deepEqual(warnings(brokers("shared", 49, two)), []);
    });
});
