import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { REPOSITORY } from "../../tools/cli/repository";

const EKS = { environment: "dev", publicAccessCidrs: [] };
const DEV = ["--stack", "dev", "--config", `eks=${JSON.stringify(EKS)}`];

describe("npm run cost, as a process", () => {
    /** The command as npm runs it. */
    const cli = (...args: string[]) =>
        spawnSync(process.execPath, ["--require", "./load.cjs", "tools/cost/cli.ts", ...args], {
            cwd: REPOSITORY,
            encoding: "utf8",
        });

    it("exits with 0", () => {
        const { status, stdout, stderr } = cli(...DEV);
        // What it says of prices depends on the day.
        assert.deepEqual([status, stderr], [0, ""]);
        assert.match(stdout, /^Stack dev in us-east-1: \$365\.46 a month, .* at 1 MB\/s\n/);
    });

    it("exits with 2 for a wrong configuration", () => {
        const { status, stderr } = cli("--stack", "prod", "--config", "namespace=No");
        assert.equal(status, 2);
        assert.match(stderr, /^error: 1 problem in .*\n {2}kafka-eks:namespace: expected /);
    });

    it("exits with 2 for wrong usage", () => {
        const { status, stderr } = cli("--stack", "local");
        assert.equal(status, 2);
        assert.match(stderr, /^error: stack local is on a cluster .* Next: .*\n$/);
    });
});
