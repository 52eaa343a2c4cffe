import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { requireNamespaces } from "./sandbox";

const SCRIPT = join(__dirname, "../../lab/faults/small-volume.sh");
const NAMESPACES = "--user --map-root-user --mount --pid --fork --mount-proc --kill-child";

describe("small-volume.sh", function () {
    let volumes: string;
    let volume: string;

    before(function () {
        requireNamespaces(this);
    });

    beforeEach(() => {
        volumes = mkdtempSync(join(tmpdir(), "kafka-eks-volumes-"));
        volume = join(volumes, "data");
        mkdirSync(volume, { mode: 0o750 });
        writeFileSync(join(volume, "log"), "before");
    });

    afterEach(() => rmSync(volumes, { recursive: true }));

    /** Runs commands among mounts of their own; `small` is the script. */
    function run(commands: string) {
        const script = `set -euo pipefail; small() { bash "${SCRIPT}" "$@"; }; cd "$1"\n${commands}`;
        const args = [...NAMESPACES.split(" "), "bash", "-c", script, "bash", volumes];
        const { status, stdout, stderr } = spawnSync("unshare", args, { encoding: "utf8" });
        return { status, stdout, stderr };
    }

    it("makes a volume small with what is in it, fills it, and frees it", () => {
        const { status, stdout, stderr } = run(`
            small shrink "$PWD/data" 1m
            cat data/log; echo
            stat --format %a data
            small fill "$PWD/data"
            { echo more >>data/new; } 2>/dev/null || echo full
            small free "$PWD/data"
            echo more >data/new
            small restore "$PWD"
            ls data
        `);
        assert.equal(stderr, "");
        assert.deepEqual(
            stdout.split("\n").map((line) => line.trim()),
            ["before", "750", "0", "full", "log", ""],
        );
        assert.equal(status, 0);
        assert.deepEqual(readdirSync(volume), ["log"]);
    });

    it("leaves a volume alone that does not fit", () => {
        writeFileSync(join(volume, "log"), Buffer.alloc(2 ** 21));
        const { status, stderr, stdout } = run(`
            small shrink "$PWD/data" 1m || echo "failed; left: $(ls)"
            grep -c "$PWD" /proc/self/mountinfo || true
        `);
        assert.match(stderr, /data: expected to fit into 1m\n$/);
        assert.equal(stdout, "failed; left: data\n0\n");
        assert.equal(status, 0);
        assert.equal(readFileSync(join(volume, "log")).length, 2 ** 21);
    });
});
