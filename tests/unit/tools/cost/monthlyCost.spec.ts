import assert from "node:assert/strict";
import { loadConfig } from "../../../../config";
import { monthlyCost } from "../../../../tools/cost/monthlyCost";
import { DEV_EKS, fileStack } from "./stacks";

describe("monthlyCost", () => {
    it("says what a stack costs, of what prices, and how to see more", () => {
        assert.deepEqual(monthlyCost(fileStack("dev", { eks: DEV_EKS }).config, "dev"), {
            usd: 365.46,
            of: "us-east-1 list prices of 2026-01, without traffic",
            command: "npm run cost -- --stack dev",
        });
        assert.equal(monthlyCost(fileStack("prod").config, "prod")?.usd, 837.19);
    });

    it("does not know what somebody else's cluster costs", () =>
        assert.equal(
            monthlyCost(loadConfig({ "kafka-eks:platform": "kubeconfig" }), "local"),
            undefined,
        ));
});
