import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { randomOf } from "../../lab/campaign/random";
import { RunState } from "../../lab/campaign/state";
import { temporaryDirectory } from "../unit/lab/campaign/fixtures";

const PROGRAM = join(__dirname, "killedCampaign.ts");

describe("a campaign that is killed", () => {
    const root = temporaryDirectory();
    const directory = join(root, "state");
    const log = join(root, "log");
    const args = (...more: string[]) => ["--import", "tsx", PROGRAM, directory, log, ...more];
    const begun = () => (existsSync(log) ? readFileSync(log, "utf8").trim().split("\n") : []);

    it("goes on behind the last round that has ended", async () => {
        const child = spawn(process.execPath, args("hangs"), { stdio: "inherit" });
        while (!begun().includes("b")) {
            assert.equal(child.exitCode, null);
            await sleep(20);
        }
        assert.throws(() => new RunState(directory), {
            message: `this campaign: expected to run once at a time, got process ${child.pid} that runs it, too`,
        });
        child.kill("SIGKILL");
        await once(child, "close");

        const { stdout } = spawnSync(process.execPath, args(), { encoding: "utf8" });
        assert.deepEqual(begun(), ["a", "b", "b", "c"]);
        assert.deepEqual(
            JSON.parse(stdout),
            ["a", "b", "c"].map((name) => ({ round: name, samples: randomOf(7, name)() })),
        );
    });
});
