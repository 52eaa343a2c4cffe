import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY } from "../../tools/cli/repository";
import { matchesGolden } from "../support/golden";

describe("golden files", () => {
    const { CI, UPDATE_GOLDEN } = process.env;
    const set = (name: string, value: string | undefined) => {
        if (value === undefined) {
            delete process.env[name];
        } else {
            process.env[name] = value;
        }
    };
    afterEach(() => {
        set("CI", CI);
        set("UPDATE_GOLDEN", UPDATE_GOLDEN);
    });

    /** Asks for an update, and tells what it was refused with. No file may be there after it. */
    async function refusalOf(name: string, ci: string | undefined): Promise<string> {
        const file = join(REPOSITORY, "tests/golden", `${name}.json`);
        assert.ok(!existsSync(file), file);
        set("CI", ci);
        set("UPDATE_GOLDEN", "1");
        let message = "";
        await assert.rejects(matchesGolden(name, {}), (error: Error) => {
            message = error.message;
            return true;
        });
        assert.ok(!existsSync(file), file);
        return message;
    }

    it("are not updated on CI, where nobody reviews the difference", async () => {
        assert.equal(
            await refusalOf("nobody-has-this-name", "true"),
            "UPDATE_GOLDEN: expected not to be set where CI is true, got 1. " +
                "Next: update the golden files on your machine, review the difference and commit it",
        );
    });

    it("are compared on CI as everywhere", async () => {
        set("CI", "true");
        set("UPDATE_GOLDEN", undefined);
        await assert.rejects(matchesGolden("statefulset", []), { code: "ERR_ASSERTION" });
    });

    it("lie in their folder: no kept state is ever written", async () => {
        for (const name of ["../states/nobody", "../../nobody", "/tmp/nobody", "nobody.json", ""]) {
            assert.equal(
                await refusalOf(name, undefined),
                `golden file: expected a name of small letters, digits and hyphens, got ${name}. ` +
                    "Next: name a file of tests/golden, without its folder and ending",
            );
        }
    });
});
