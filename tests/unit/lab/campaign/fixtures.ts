import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Campaign, OpenCampaign, Outcome, Round } from "../../../../lab/campaign/campaign";
import type { Run } from "../../../../lab/campaign/rawFile";

/** A new directory, which goes after the tests. */
export function temporaryDirectory(): string {
    const directory = mkdtempSync(join(tmpdir(), "kafka-eks-campaign-"));
    after(() => rmSync(directory, { recursive: true, force: true }));
    return directory;
}

/** Writes a file, and the folders to it. */
export function put(root: string, path: string, content: string): void {
    const file = join(root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
}

/** A repository with one commit of a program and of something else. */
export function repository(): string {
    const root = temporaryDirectory();
    put(root, "program/index.ts", "one");
    put(root, "other/index.ts", "one");
    commit(root);
    return root;
}

/** Commits everything. */
export function commit(root: string): void {
    const git = (...args: string[]) =>
        execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@t", ...args], { cwd: root });
    git("init", "--quiet");
    git("add", "--all");
    git("commit", "--quiet", "--message", "all");
}

/** Some rounds of 10 s each, in one group unless their names say another one: `group-1`. */
export function roundsOf(...names: string[]): Round[] {
    return names.map((name) => ({
        name,
        group: name.replace(/-\d+$/, ""),
        estimate: 10,
        limit: 60,
    }));
}

/** A campaign of a function that is called for each round. */
export function campaignOf(
    rounds: readonly Round[],
    run: OpenCampaign["run"],
    more: Partial<Campaign> = {},
): Campaign {
    return {
        name: "test",
        title: "a test",
        subject: ["program"],
        rounds,
        tables: {
            all: (runs) => ({
                head: ["round", "figure"],
                rows: runs
                    .flatMap((each) => each.rounds)
                    .map(({ round, samples }) => [round, String(samples)]),
            }),
        },
        shown: ["all"],
        open: () => Promise.resolve({ run, close: () => Promise.resolve() }),
        ...more,
    };
}

/** What a round hands back. */
export function measured(samples: unknown): Promise<Outcome> {
    return Promise.resolve({ samples });
}

/** A run of two rounds. */
export const RUN: Run = {
    commit: "0123456789abcdef0123456789abcdef01234567",
    dirty: false,
    subject: { program: "aaaa" },
    started: "2026-11-30T23:30:00.000Z",
    finished: "2026-11-30T23:40:00.000Z",
    seed: 7,
    versions: { "Node.js": "24.21.0" },
    machine: { cores: 2, memoryGib: 24, kernel: "Linux 6.1" },
    rounds: [
        { round: "a", group: "a", started: "", seconds: 1, load: 0.5, samples: 1 },
        { round: "b", group: "b", started: "", seconds: 1, load: 2.1, samples: 2 },
    ],
    failures: [],
};
