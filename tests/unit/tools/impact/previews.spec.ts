import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { assess } from "../../../../tools/impact/assess";
import { parsePreview } from "../../../../tools/impact/preview";
import { mergeNumbered, verdictOf } from "../../../../tools/impact/verdict";
import { EXPECTED as EXPECTED_ELSEWHERE } from "./expected";
import { EXPECTED_ON_EKS } from "./expectedOnEks";

const EXPECTED = { ...EXPECTED_ELSEWHERE, ...EXPECTED_ON_EKS };

const PREVIEWS = join(__dirname, "previews");

function assessFile(name: string) {
    return assess(parsePreview(readFileSync(join(PREVIEWS, `${name}.json`), "utf8")));
}

describe("the impact of recorded previews", () => {
    it("is tested for each of them", () => {
        const recorded = readdirSync(PREVIEWS)
            .filter((file) => file.endsWith(".json"))
            .map((file) => file.replace(/\.json$/, ""));
        assert.deepEqual(recorded.sort(), Object.keys(EXPECTED).sort());
    });

    for (const [name, { verdict, findings }] of Object.entries(EXPECTED)) {
        it(`is known for ${name}`, () => {
            const assessment = assessFile(name);
            assert.equal(verdictOf(assessment), verdict);
            assert.deepEqual(
                mergeNumbered(assessment.findings).map(
                    ({ severity, subject, from = "", to = "", what }) =>
                        `${severity}: ${subject}: ${from} → ${to}: ${what}`,
                ),
                findings,
            );
        });
    }

    it("says the same with and without the steps of a replacement", () => {
        assert.deepEqual(assessFile("statefulset-replaced-steps"), {
            ...assessFile("statefulset-replaced"),
            changes: assessFile("statefulset-replaced-steps").changes,
        });
    });

    it("is never unknown for what the program itself makes, unless nobody knows it before", () => {
        for (const name of Object.keys(EXPECTED)) {
            assert.deepEqual(
                assessFile(name).findings.filter(
                    ({ severity, to }) =>
                        severity === "not judged" && to !== "(known when it is made)",
                ),
                [],
                name,
            );
        }
    });
});
