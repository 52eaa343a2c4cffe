import assert from "node:assert/strict";
import { CHANGES } from "../../../../lab/campaign/impact/plan";
import { entryOf } from "../../../../lab/campaign/impact/compare";
import { saidBy } from "../../../../lab/campaign/impact/said";
import { assessChange } from "../../tools/impact/programChange";

describe("the changes of the campaign of judgements", () => {
    for (const { name, judgements, before, after } of CHANGES) {
        it(`are judged by what they are to show: ${name}`, async () => {
            const { lines } = saidBy(await assessChange(before, after));
            for (const [judgement, subject] of Object.entries(judgements)) {
                const { severity } = entryOf(judgement);
                const made = lines.filter((line) => line.severity === severity);
                assert.ok(
                    made.some((line) => line.subject.startsWith(subject)),
                    `${judgement}: expected ${severity} of ${subject}, got ${JSON.stringify(lines)}`,
                );
            }
        });
    }
});
