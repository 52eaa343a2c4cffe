import assert from "node:assert/strict";
import { isIn } from "../../../../components/live/isIn";

const SENT = { replicas: 3, template: { image: "kafka:1", env: [{ name: "A", value: "1" }] } };

describe("what was sent", () => {
    const there: Record<string, unknown> = {
        "nothing was added": SENT,
        "others have added defaults": {
            ...SENT,
            updateStrategy: "RollingUpdate",
            template: {
                ...SENT.template,
                env: [{ name: "A", value: "1", source: "x" }],
                tty: false,
            },
        },
    };
    for (const [what, live] of Object.entries(there)) {
        it(`is there where ${what}`, () => {
            assert.ok(isIn(live, SENT));
        });
    }

    const missing: Record<string, unknown> = {
        "there is nothing": undefined,
        "a value is another one": { ...SENT, replicas: 4 },
        "a field is missing": { replicas: 3 },
        "an entry of a list is another one": {
            ...SENT,
            template: { ...SENT.template, env: [{ name: "A", value: "2" }] },
        },
        "a list has one more": {
            ...SENT,
            template: { ...SENT.template, env: [...SENT.template.env, { name: "B" }] },
        },
    };
    for (const [what, live] of Object.entries(missing)) {
        it(`is not there where ${what}`, () => {
            assert.ok(!isIn(live, SENT));
        });
    }

    it("may have left fields open", () => {
        assert.ok(isIn(SENT, { ...SENT, serviceName: undefined }));
    });
});
