import assert from "node:assert/strict";
import { nearest } from "../../../config/nearest";

describe("nearest", () => {
    const STACKS = ["dev", "local", "prod"];

    it("takes other capitals and other signs for the same", () => {
        assert.equal(
            nearest("Log-Retention_MS", ["log.retention.bytes", "log.retention.ms"]),
            "log.retention.ms",
        );
    });

    it("allows as many mistakes as a name can bear", () => {
        assert.equal(nearest("prd", STACKS), "prod");
        assert.equal(nearest("nosuch", STACKS), undefined);
        assert.equal(nearest("x", STACKS), undefined);
    });

    it("takes two letters in each other's place for one mistake", () => {
        assert.equal(nearest("nmae", ["name"]), "name");
        assert.equal(nearest("prdo", STACKS), "prod");
        assert.equal(nearest("naem", ["name"]), "name");
        assert.equal(nearest("anem", ["name"]), undefined);
    });

    it("prefers the least of a path", () => {
        const names = ["log.cleaner.delete.retention.ms", "log.retention.ms"];
        assert.equal(nearest("retention.ms", names), "log.retention.ms");
        assert.equal(nearest("kafka.log.retention.ms", names), "log.retention.ms");
    });
});
