import assert from "node:assert/strict";
import fc from "fast-check";
import { compareVersions, releaseLine } from "../../../../components/kafka/versions";

describe("versions", () => {
    const version = fc
        .array(fc.nat(30), { minLength: 2, maxLength: 3 })
        .map((parts) => parts.join("."));
    const sign = (a: string, b: string) => Math.sign(compareVersions(a, b));

    it("have an order", () => {
        fc.assert(
            fc.property(version, version, version, (a, b, c) => {
                assert.equal(sign(a, a), 0);
                assert.equal(sign(a, b) + sign(b, a), 0);
                if (sign(a, b) <= 0 && sign(b, c) <= 0) {
                    assert.ok(sign(a, c) <= 0);
                }
                assert.equal(
                    sign(releaseLine(a), a),
                    a.endsWith(".0") || a === releaseLine(a) ? 0 : -1,
                );
            }),
        );
    });

    it("are compared as numbers, part by part", () => {
        const ascending = [
            "2.8.2",
            "3.4",
            "3.5",
            "3.5.1",
            "3.5.2",
            "3.5.10",
            "3.9.1",
            "3.10",
            "4.0",
        ];
        ascending.forEach((a, i) =>
            ascending.forEach((b, j) => assert.equal(sign(a, b), Math.sign(i - j), `${a} ${b}`)),
        );
        assert.equal(compareVersions("3.5", "3.5.0"), 0);
    });
});
