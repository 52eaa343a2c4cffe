import { appendFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { runRounds } from "../../lab/campaign/run";
import { RunState } from "../../lab/campaign/state";

/**
 * A process that the test of resuming kills: runs three rounds in the state directory that it is given, writes each that
 * begins to a file, and does not end the second one where it is told to hang.
 */
const [directory, log, hangs] = process.argv.slice(2) as [string, string, string];

async function main(): Promise<void> {
    const state = new RunState(directory);
    if (state.header === undefined) {
        state.begin({
            identity: { commit: "c", subject: {}, rounds: "r" },
            dirty: false,
            started: "2026-11-30T00:00:00.000Z",
            seed: 7,
            machine: { cores: 1, memoryGib: 1, kernel: "" },
        });
    }
    const rounds = ["a", "b", "c"].map((name) => ({ name, group: name, estimate: 1, limit: 60 }));
    const result = await runRounds({
        campaign: {
            name: "killed",
            open: () =>
                Promise.resolve({
                    run: async ({ name }, { random }) => {
                        appendFileSync(log, `${name}\n`);
                        if (name === "b" && hangs === "hangs") {
                            await sleep(60_000);
                        }
                        return { samples: random() };
                    },
                    close: () => Promise.resolve(),
                }),
        },
        rounds,
        state,
        interrupted: new AbortController().signal,
        say: () => undefined,
    });
    console.log(JSON.stringify(result.rounds.map(({ round, samples }) => ({ round, samples }))));
}

void main();
