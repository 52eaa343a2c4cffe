import assert from "node:assert/strict";
import fc from "fast-check";
import { parseQuantity } from "../../../../components/kubernetes/quantity";

describe("quantities", () => {
    const suffixes = {
        m: 1e-3,
        "": 1,
        k: 1e3,
        M: 1e6,
        G: 1e9,
        T: 1e12,
        P: 1e15,
        Ki: 2 ** 10,
        Mi: 2 ** 20,
        Gi: 2 ** 30,
        Ti: 2 ** 40,
        Pi: 2 ** 50,
    };

    it("are a number times the value of the suffix", () => {
        fc.assert(
            fc.property(
                fc.nat(1e6),
                fc.option(fc.stringMatching(/^\d{1,3}$/), { nil: undefined }),
                fc.constantFrom(...Object.entries(suffixes)),
                (whole, decimals, [suffix, factor]) => {
                    const number = decimals === undefined ? `${whole}` : `${whole}.${decimals}`;
                    assert.equal(parseQuantity(number + suffix), Number(number) * factor);
                },
            ),
        );
    });

    it("keep their order in one unit, and are the same in the next larger one", () => {
        fc.assert(
            fc.property(fc.nat(1e4), fc.nat(1e4), (a, b) => {
                assert.equal(parseQuantity(`${a}Mi`)! < parseQuantity(`${b}Mi`)!, a < b);
                assert.equal(parseQuantity(`${a * 1024}Mi`), parseQuantity(`${a}Gi`));
                assert.equal(parseQuantity(`${a * 1000}M`), parseQuantity(`${a}G`));
            }),
        );
    });

    it("are nothing else", () => {
        for (const text of [
            "",
            "Gi",
            "1 Gi",
            "1gi",
            "1KB",
            "-1",
            "+1",
            ".5",
            "1.",
            "1e3Gi",
            "0x1",
        ]) {
            assert.equal(parseQuantity(text), undefined, text);
        }
    });
});
