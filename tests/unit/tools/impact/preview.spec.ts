import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parsePreview, PreviewError } from "../../../../tools/impact/preview";
import { previewOf, step } from "./changes";

/** What a preview without steps says. */
function diagnosed(severity: string, ...messages: string[]): string {
    return JSON.stringify({ diagnostics: messages.map((message) => ({ severity, message })) });
}

const REFUSED: readonly (readonly [string, string, RegExp])[] = [
    ["nothing", " \n", /the input is empty: expected .*, given nothing$/],
    [
        "what people read",
        "Previewing update (dev)\n",
        /not JSON: .* begins with "Previewing update \(dev\)"$/,
    ],
    ["another document", '{"kind": "Pod"}', /not a preview: .* in which steps is wrong/],
    ["a list", "[]", /not a preview: .* in which the document is wrong/],
    ["a step without a resource", '{"steps": [{"op": "same"}]}', /in which steps\.0\.urn is wrong/],
    [
        "a state that is none",
        '{"steps": [{"op": "same", "urn": "u", "oldState": 1}]}',
        /steps\.0\.oldState is wrong/,
    ],
    [
        "nothing but a warning",
        diagnosed("warning", "careful"),
        /in which steps is wrong \(missing\)/,
    ],
];

describe("a preview", () => {
    for (const [title, text, message] of REFUSED) {
        it(`is not ${title}`, () => {
            assert.throws(
                () => parsePreview(text),
                (error: unknown) =>
                    error instanceof PreviewError &&
                    message.test(error.message) &&
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
