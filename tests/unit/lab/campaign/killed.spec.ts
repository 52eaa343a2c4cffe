import assert from "node:assert/strict";
import { KILLED } from "../../../../lab/campaign/killed/campaign";
import type { ProviderGroup } from "../../../../lab/campaign/killed/plan";
import { RUN } from "./fixtures";

const round = (group: ProviderGroup, outcome: object) => ({
    ...RUN.rounds[0]!,
    round: group,
    group,
    samples: undefined,
    ...outcome,
});

const built = round("built", {
    samples: {
        provider: "4.0.0",
        tests: [
            { title: "takes back what it finds of the kind Secret", passed: true },
            { title: "runs a Job again that it finds", passed: true },
        ],
    },
});
const newer = round("newer", {
    samples: {
        provider: "4.32.0",
        tests: [{ title: "runs a Job again that it finds", passed: false }],
    },
});

const run = (...rounds: (typeof built)[]) => ({ ...RUN, rounds });

describe("the campaign of ups after killed ones", () => {
    it("says of each provider what went through", () => {
        assert.deepEqual(KILLED.tables["results"]!([run(built, newer)]), {
            head: ["the next `up`", "provider 4.0.0", "provider 4.32.0"],
            rows: [
                ["takes back what it finds of the kind Secret", "yes", ""],
                ["runs a Job again that it finds", "yes", "no"],
            ],
        });
    });

    it("says of a provider why it did not run", () => {
        const missing = round("newer", { notMeasured: "no provider on PATH" });
        assert.deepEqual(KILLED.tables["results"]!([run(built, missing)]).head, [
            "the next `up`",
            "provider 4.0.0",
            "not run: no provider on PATH",
        ]);
    });

    it("fails with what did not go through", () => {
        assert.deepEqual(KILLED.faults!(run(built)), []);
        assert.deepEqual(KILLED.faults!(run(built, newer)), [
            "with the provider 4.32.0, the next up runs a Job again that it finds: failed",
        ]);
    });
});
