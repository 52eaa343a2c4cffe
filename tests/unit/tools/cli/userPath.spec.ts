import assert from "node:assert/strict";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { REPOSITORY } from "../../../../tools/cli/repository";
import { userPath } from "../../../../tools/cli/userPath";

describe("userPath", () => {
    const { INIT_CWD } = process.env;
    const cwd = process.cwd();
    afterEach(() => {
        process.chdir(cwd);
        if (INIT_CWD === undefined) {
            delete process.env.INIT_CWD;
        } else {
            process.env.INIT_CWD = INIT_CWD;
        }
    });

    it("begins where npm was run, which changes to the repository", () => {
        process.chdir(REPOSITORY);
        process.env.INIT_CWD = "/home/me/certificates";
        assert.equal(userPath("ca.crt"), "/home/me/certificates/ca.crt");
        assert.equal(userPath("../ca.crt"), "/home/me/ca.crt");
        assert.equal(userPath("/etc/ca.crt"), "/etc/ca.crt");
    });

    it("begins here where nothing was changed", () => {
        process.chdir(REPOSITORY);
        delete process.env.INIT_CWD;
        assert.equal(userPath("ca.crt"), join(REPOSITORY, "ca.crt"));
        // A command that a test starts in a directory of its own inherits the variable.
        process.chdir(tmpdir());
        process.env.INIT_CWD = REPOSITORY;
        assert.equal(userPath("ca.crt"), join(process.cwd(), "ca.crt"));
    });
});
