import assert from "node:assert/strict";
import type { Check } from "../../../../tools/health";
import { renderReport } from "../../../../tools/health/report";

const FINE: Check = { area: "pods", name: "kafka-0", ok: true, detail: "Running" };
const FAILED: Check = {
    area: "listeners",
    name: "external: addresses",
    ok: false,
    detail: "can't be reached",
    next: "kubectl get services",
};
const SKIPPED: Check = { ...FINE, area: "listeners", name: "tls", skipped: true };
const ESCAPE = "\u001b[";

function render(checks: Check[], options: { colors?: boolean; width?: number } = {}): string {
    const healthy = checks.every(({ ok }) => ok);
    return renderReport({ healthy, checks }, { colors: false, ...options });
}

describe("renderReport", () => {
    it("has a table for each area, in the order of causes", () => {
        const text = render([FAILED, FINE]);
        assert.ok(text.indexOf("\n│ kafka-0") < text.indexOf("\nlisteners\n"));
        assert.ok(!text.includes("volumes"));
    });

    it("follows a failure with the next command, and counts", () => {
        const text = render([FINE, FAILED]);
        assert.match(text, /FAILED +│ can't be reached/);
        assert.match(text, /next for external: addresses: kubectl get services\n/);
        assert.match(text, /\nnot healthy: 1 of 2 checks failed\n$/);
    });

    it("does not count what was not tried as passed", () => {
        assert.match(render([FINE]), /\nhealthy: 1 checks passed\n$/);
        const text = render([FINE, SKIPPED]);
        assert.match(text, /skipped/);
        assert.match(text, /\nhealthy: 1 checks passed, 1 not tried\n$/);
    });

    it("keeps to the width of the terminal", () => {
        const long = { ...FINE, detail: "word ".repeat(80).trim() };
        for (const width of [60, 100]) {
            const longest = Math.max(
                ...render([long], { width })
                    .split("\n")
                    .map((line) => line.length),
            );
            assert.ok(longest <= width, `${longest} characters`);
        }
    });

    it("has colours only when asked for", () => {
        assert.ok(!render([FINE, FAILED]).includes(ESCAPE));
        assert.ok(render([FINE, FAILED], { colors: true }).includes(`${ESCAPE}31mFAILED`));
    });
});
