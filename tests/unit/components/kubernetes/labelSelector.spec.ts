import assert from "node:assert/strict";
import { selects } from "../../../../components/kubernetes/labelSelector";

const LABELS = { app: "kafka", team: "data" };
const where = (operator: string, key: string, ...values: string[]) => ({
    matchExpressions: [{ key, operator, ...(values.length > 0 && { values }) }],
});

describe("label selector", () => {
    for (const [selector, expected] of [
        [{}, true],
        [{ matchLabels: { app: "kafka" } }, true],
        [{ matchLabels: { app: "kafka", team: "web" } }, false],
        [where("In", "app", "a", "kafka"), true],
        [where("In", "app", "a"), false],
        [where("In", "zone", "a"), false],
        [where("NotIn", "app", "kafka"), false],
        [where("NotIn", "app", "a"), true],
        [where("NotIn", "zone", "a"), true],
        [where("Exists", "team"), true],
        [where("Exists", "zone"), false],
        [where("DoesNotExist", "team"), false],
        [where("DoesNotExist", "zone"), true],
        [{ matchLabels: { app: "kafka" }, ...where("Exists", "zone") }, false],
    ] as const) {
        it(`${JSON.stringify(selector)} ${expected ? "selects" : "does not select"} ${JSON.stringify(LABELS)}`, () => {
            assert.equal(selects(selector as never, LABELS), expected);
        });
    }
});
