import assert from "node:assert/strict";
import { STRIMZI_POLICIES } from "../../../../components/strimzi/networkPolicies";

describe("network policies of Strimzi", () => {
    it("leave what its pods may do to the operator, and refuse other connections to any pod", () => {
        assert.deepEqual(STRIMZI_POLICIES, { allow: [], deny: ["Ingress"] });
    });
});
