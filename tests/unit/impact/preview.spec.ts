import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parsePreview, PreviewError } from "../../../impact/preview";
import { previewOf, step } from "./changes";

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
        "the preview of a program that failed",
        readFileSync(join(__dirname, "previews", "failed.json"), "utf8"),
        /^the preview failed: expected .*, given one with the error "error: Preview failed: resource .*"$/,
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
        const changes = parsePreview(
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
    });

    it("has a type for a resource without a state", () => {
        const urn = "urn:pulumi:s::p::kafka-eks:index:Parent$kubernetes:core/v1:Service::name";
        const [change] = parsePreview(JSON.stringify({ steps: [{ op: "read", urn }] }));
        assert.deepEqual(change, {
            urn,
            type: "kubernetes:core/v1:Service",
            op: "read",
            action: "other",
            reasons: [],
        });
    });
});
