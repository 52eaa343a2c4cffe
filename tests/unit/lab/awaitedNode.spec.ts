import assert from "node:assert/strict";
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type V1Node } from "@kubernetes/client-node";
import { reasonNotBack } from "../../../lab/cluster/awaitedNode";
import { endOfLogs } from "../../../lab/cluster/logs";

const START = 1_000_000;

function node(status: string, message?: string): V1Node {
    return { status: { conditions: [{ type: "Ready", status, message }] } };
}

describe("a node of the lab that is awaited", () => {
    const back = { runs: true, endedDaemons: [], node: node("True"), renewed: START };

    it("is back when it is ready and was heard of since its start", () => {
        assert.equal(reasonNotBack(back, START), undefined);
    });

    for (const [title, state, reason] of [
        ["ended", { runs: false }, "ended"],
        ["did not register", { node: undefined }, "not registered"],
        ["is still taken for ready", { renewed: START - 1 }, "not heard of since its start"],
        ["never had a lease", { renewed: undefined }, "not heard of since its start"],
        ["is not ready", { node: node("False", "no network") }, "not ready: no network"],
        ["has not said anything", { node: {} }, "not ready: no word on it yet"],
        [
            "lacks daemons",
            { node: undefined, endedDaemons: ["containerd", "kubelet"] },
            "not registered; does not run: containerd, kubelet",
        ],
    ] as const) {
        it(`says of one that ${title} why it is not back`, () => {
            assert.equal(reasonNotBack({ ...back, ...state }, START), reason);
        });
    }
});

describe("the end of the lab's logs", () => {
    let folder: string;

    beforeEach(() => {
        folder = mkdtempSync(join(tmpdir(), "lab-"));
    });

    afterEach(() => rmSync(folder, { recursive: true }));

    function log(name: string, text: string, modified: number): string {
        const file = join(folder, `${name}.log`);
        writeFileSync(file, text);
        utimesSync(file, modified / 1000, modified / 1000);
        return file;
    }

    it("has the last lines, cut, of what was written to", () => {
        const file = log("new", `1\n2\n3\n${"4".repeat(400)}\n`, START);
        log("old", "of an earlier start\n", START - 1000);
        assert.deepEqual(endOfLogs(["new", "old", "none"], START, folder), [
            `${file}:`,
            "  2",
            "  3",
            `  ${"4".repeat(300)}`,
        ]);
    });
});
