import assert from "node:assert/strict";
import { dataOwner } from "../../../program/dataOwner";

describe("the owner of data", () => {
    it("is the project and the stack, after the organization where there is one", () => {
        assert.equal(dataOwner("organization", "kafka-eks", "prod"), "kafka-eks/prod");
        assert.equal(dataOwner("acme", "kafka-eks", "prod"), "acme/kafka-eks/prod");
    });
});
