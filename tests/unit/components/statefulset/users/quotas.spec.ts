import assert from "node:assert/strict";
import { javaDouble } from "../../../../../components/statefulset/users/quotas";

describe("javaDouble", () => {
    it("writes a number as Java does", () => {
        const cases: readonly (readonly [number, string])[] = [
            [1, "1.0"],
            [0.5, "0.5"],
            [0.001, "0.001"],
            [0.0005, "5.0E-4"],
            [1048576, "1048576.0"],
            [9_999_999, "9999999.0"],
            [10_000_000, "1.0E7"],
            [10_485_760, "1.048576E7"],
            [Number.MAX_SAFE_INTEGER, "9.007199254740991E15"],
        ];
        for (const [value, text] of cases) {
            assert.equal(javaDouble(value), text);
        }
    });
});
