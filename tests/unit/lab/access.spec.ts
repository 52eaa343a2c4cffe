import assert from "node:assert/strict";
import { requireAccess } from "../../../lab/cluster/access";
import { STATE } from "../../../lab/paths";

/** Throws an error of the system. */
function failsWith(code: string): () => never {
    return () => {
        throw Object.assign(new Error(code), { code });
    };
}

describe("requireAccess", () => {
    it("looks at the lab's state", () => {
        const seen: string[] = [];
        requireAccess((directory) => seen.push(directory));
        assert.deepEqual(seen, [STATE]);
    });

    it("refuses whoever may not see the lab, in place of taking it for broken", () => {
        for (const code of ["EACCES", "EPERM"]) {
            assert.throws(
                () => requireAccess(failsWith(code)),
                /^Error: the lab is root's: expected a user who may read .*, got user \d+\. Next: run it as root/,
            );
        }
    });

    it("lets everybody see that there is no lab", () => requireAccess(failsWith("ENOENT")));
});
