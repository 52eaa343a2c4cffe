import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parsePreview, PreviewError } from "../../../../tools/impact/preview";
import { previewOf, step } from "./changes";

/** What a preview without steps says. */
function diagnosed(severity: string, ...messages: string[]): string {
    return JSON.stringify({ diagnostics: messages.map((message) => ({ severity, message })) });
}

const NO_STEPS = "JSON without a list in steps: there is nothing";

const REFUSED: readonly (readonly [string, string, string])[] = [
    ["nothing", " \n", "nothing"],
    [
        "what people read",
        "Previewing update (dev)\n",
        'text that begins with "Previewing update (dev)"',
    ],
    ["another document", '{"kind": "Pod"}', NO_STEPS],
    ["a list", "[]", "a list"],
    ["null", "null", "null"],
    ["steps that are none", '{"steps": 1}', "JSON without a list in steps: there is a number"],
    [
        "a step without a resource",
        '{"steps": [{"op": "same"}]}',
        "JSON without a text in steps[0].urn: there is nothing",
    ],
    [
        "a state that is none",
        '{"steps": [{"op": "same", "urn": "u", "oldState": 1}]}',
        "JSON without an object in steps[0].oldState: there is a number",
    ],
    ["nothing but a warning", diagnosed("warning", "careful"), NO_STEPS],
    ["one that breaks off", '{"steps": [{"op": "sa', "JSON that breaks off after 21 characters"],
    [
        "one that breaks off between values",
        '{"steps": [',
        "JSON that breaks off after 11 characters",
    ],
    ["one with a fault", '{"steps": [],\n\n]}', "JSON with a fault in line 3"],
    ["two of them", '{"steps": []}\n{"steps": []}', "JSON with a fault in line 2"],
];

describe("a preview", () => {
    for (const [title, text, got] of REFUSED) {
        it(`is not ${title}`, () => {
            assert.throws(
                () => parsePreview(text),
                (error: unknown) =>
                    error instanceof PreviewError &&
                    error.message ===
                        `the input: expected the output of pulumi preview --json, got ${got}` &&
                    error.next.startsWith("run pulumi preview --json --show-sames"),
            );
        });
    }

    it("has one change for each resource", () => {
        const { changes, errors } = parsePreview(
            previewOf(
                step("delete-replaced", "Service", { old: { a: 1 } }),
                step("replace", "Service", { old: { a: 1 }, new: { a: 2 } }),
                step("create-replacement", "Service", { old: { a: 1 }, new: { a: 2 } }),
                step("update", "Job", { old: {}, new: {} }),
            ),
        );
        assert.deepEqual(
            changes.map(({ type, op, action }) => [type, op, action]),
            [
                ["kubernetes:core/v1:Service", "replace", "replace"],
                ["kubernetes:batch/v1:Job", "update", "update"],
            ],
        );
        assert.deepEqual(errors, []);
    });

    it("has no action for what only JavaScript knows", () => {
        const urn = "urn:pulumi:s::p::kubernetes:core/v1:Service::name";
        const { changes } = parsePreview(JSON.stringify({ steps: [{ op: "constructor", urn }] }));
        assert.equal(changes[0]!.action, "other");
    });

    it("has a type for a resource without a state", () => {
        const urn = "urn:pulumi:s::p::kafka-eks:index:Parent$kubernetes:core/v1:Service::name";
        const {
            changes: [change],
        } = parsePreview(JSON.stringify({ steps: [{ op: "read", urn }] }));
        assert.deepEqual(change, {
            urn,
            type: "kubernetes:core/v1:Service",
            op: "read",
            action: "other",
            reasons: [],
        });
    });

    it("that failed has the changes that it got to, and each error once, without Pulumi's last word", () => {
        const { changes, errors } = parsePreview(
            readFileSync(join(__dirname, "previews", "failed.json"), "utf8"),
        );
        assert.deepEqual(
            changes.map(({ op }) => op),
            ["replace", "replace", "replace", "same"],
        );
        assert.equal(errors.length, 3);
        assert.match(errors[0]!, /^Preview failed: resource ".*::kafka-brokers-data-1" was not /);
        const text = diagnosed(
            "error",
            "error: once\n",
            "error: once\n",
            "error: preview failed\n",
        );
        assert.deepEqual(parsePreview(text), { changes: [], errors: ["once"] });
    });

    it("that failed has Pulumi's last word where there is no other", () => {
        const { errors } = parsePreview(diagnosed("error", "error: preview failed\n"));
        assert.deepEqual(errors, ["preview failed"]);
    });

    it("has errors without colours, with the resource where they don't name it", () => {
        const urn = "urn:pulumi:s::p::kubernetes:core/v1:Service::kafka";
        const error = (message: string) => ({ severity: "error", urn, message });
        const { errors } = parsePreview(
            JSON.stringify({
                diagnostics: [
                    error(
                        "\u001b[31merror: \u001b[0m<{%reset%}>secret is <{%fg 1%}>forbidden<{%reset%}>",
                    ),
                    error(`error: unable to replace "${urn}"\nas it is protected`),
                    { severity: "warning", message: "careful" },
                ],
            }),
        );
        assert.deepEqual(errors, [
            "kafka: secret is forbidden",
            `unable to replace "${urn}"\nas it is protected`,
        ]);
    });
});
