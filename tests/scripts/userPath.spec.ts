import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { REPOSITORY } from "../../tools/cli/repository";

describe("the directory in which npm was run", () => {
    it("is followed by a command that npm runs", () => {
        const directory = mkdtempSync(join(tmpdir(), "kafka-eks-path-"));
        try {
            writeFileSync(join(directory, "ca.crt"), "no certificate");
            const args = ["--prefix", REPOSITORY, "run", "--silent", "client", "--"];
            const { stderr } = spawnSync(
                "npm",
                [...args, "--consume", "--bootstrap", "a:1", "--ca", "ca.crt"],
                { cwd: directory, encoding: "utf8" },
            );
            assert.match(stderr, /^error: --ca ca\.crt is wrong: /);
        } finally {
            rmSync(directory, { recursive: true, force: true });
        }
    });
});
