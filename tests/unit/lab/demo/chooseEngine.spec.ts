import assert from "node:assert/strict";
import { chooseEngine, type EngineCircumstances } from "../../../../lab/demo/chooseEngine";
import { type EngineName, engineOf } from "../../../../lab/demo/engine";
import { DemoError } from "../../../../lab/demo/errors";
import type { Engine } from "../../../../lab/pulumi/find";

const PULUMI = { path: "/bin" } as Engine;
const found = () => Promise.resolve(PULUMI);
const missing = () => Promise.resolve(undefined);
const notLookedFor = () => Promise.reject(new Error("looked for Pulumi"));

describe("chooseEngine", () => {
    for (const [what, circumstances, engine, why] of [
        ["Pulumi when it is there", { findPulumi: found }, "pulumi", /it is there/],
        ["kubectl without Pulumi", { findPulumi: missing }, "kubectl", /no Pulumi CLI/],
        [
            "kubectl when asked to",
            { forced: "kubectl", findPulumi: notLookedFor },
            "kubectl",
            /--engine/,
        ],
        ["Pulumi when asked to", { forced: "pulumi", findPulumi: found }, "pulumi", /--engine/],
        [
            "kubectl where it was used before",
            { existing: "kubectl", findPulumi: notLookedFor },
            "kubectl",
            /was deployed with it/,
        ],
        [
            "Pulumi where it was used before",
            { existing: "pulumi", findPulumi: found },
            "pulumi",
            /was deployed with it/,
        ],
    ] as [string, EngineCircumstances, EngineName, RegExp][]) {
        it(`takes ${what}`, async () => {
            const choice = await chooseEngine(circumstances);
            assert.equal(choice.engine, engine);
            assert.match(choice.why, why);
            assert.equal(
                "pulumi" in choice ? choice.pulumi : undefined,
                engine === "pulumi" ? PULUMI : undefined,
            );
        });
    }

    for (const [what, circumstances, message] of [
        [
            "to change the engine of a Kafka that is there",
            { forced: "kubectl", existing: "pulumi", findPulumi: notLookedFor },
            /deployed with the Pulumi CLI, not with kubectl/,
        ],
        [
            "Pulumi that was asked for and is missing",
            { forced: "pulumi", findPulumi: missing },
            /needed because --engine says so/,
        ],
        [
            "to leave Pulumi's Kafka to another engine when the CLI is missing",
            { existing: "pulumi", findPulumi: missing },
            /needed because the Kafka that is there/,
        ],
    ] as [string, EngineCircumstances, RegExp][]) {
        it(`refuses ${what}`, async () => {
            await assert.rejects(
                chooseEngine(circumstances),
                (error) => error instanceof DemoError && message.test(error.message),
            );
        });
    }
});

describe("engineOf", () => {
    const managedBy = (...managers: string[]) =>
        engineOf({ metadata: { managedFields: managers.map((manager) => ({ manager })) } });

    it("is told by who has set the fields", () => {
        assert.equal(managedBy("kube-controller-manager", "kafka-eks"), "kubectl");
        assert.equal(managedBy("pulumi-kubernetes-80ef9a44"), "pulumi");
        assert.equal(managedBy("kubectl"), undefined);
        assert.equal(managedBy(), undefined);
    });
});
