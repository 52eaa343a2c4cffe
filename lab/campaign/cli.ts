import { explainFault } from "../../tools/client/describeFault";
import { EXIT, runMain } from "../../tools/cli/main";
import { beginOrGoOn } from "./begin";
import type { Campaign } from "./campaign";
import { campaignNamed, CAMPAIGNS } from "./catalogue";
import { rewriteTables } from "./documents";
import { InterruptedError, RefusedError } from "./errors";
import { checkUnchanged, writeDown } from "./finish";
import { listText } from "./list";
import { parseCampaignOptions, type RunOptions } from "./options";
import type { Run } from "./rawFile";
import { runRounds } from "./run";
import { selectRounds } from "./selection";
import { RunState, stateDirectory } from "./state";
import { drawTable } from "../../tools/cli/table";
import { REPOSITORY } from "../../tools/cli/repository";

const SECOND_PRESS_MS = 1_000;

async function run(campaign: Campaign, options: RunOptions): Promise<number> {
    const rounds = selectRounds(campaign, options.only);
    const state = new RunState(stateDirectory(campaign.name, options.only));
    try {
        beginOrGoOn({ root: REPOSITORY, campaign, rounds, state, options, say });
        const interrupted = untilInterrupted();
        const result = await runRounds({ campaign, rounds, state, interrupted, say });
        show(campaign, result, options);
        if (options.only === undefined) {
            checkUnchanged(REPOSITORY, campaign, rounds, state);
            say(`written: ${writeDown(REPOSITORY, campaign, result, options)}`);
            writeTables();
        }
        state.remove();
        const faults = campaign.faults?.(result) ?? [];
        faults.forEach((fault) => say(`campaign ${campaign.name}: ${fault}`));
        return faults.length === 0 ? EXIT.ok : EXIT.failed;
    } finally {
        state.release();
    }
}

/** Aborted by the first Ctrl-C, after which everything is taken down; a second one does not wait for that. */
function untilInterrupted(): AbortSignal {
    const controller = new AbortController();
    let first = Infinity;
    const interrupt = () => {
        if (controller.signal.aborted) {
            // One press may come from the terminal and from npm.
            if (performance.now() - first > SECOND_PRESS_MS) {
                process.exit(EXIT.interrupted);
            }
            return;
        }
        first = performance.now();
        say("interrupted: what runs comes to its end, then everything is taken down");
        controller.abort();
    };
    process.on("SIGINT", interrupt);
    process.on("SIGTERM", interrupt);
    return controller.signal;
}

function show(campaign: Campaign, result: Run, { only, json }: RunOptions): void {
    if (json) {
        console.log(JSON.stringify(result, undefined, 2));
        return;
    }
    const names = only?.filter((name) => name in campaign.tables) ?? campaign.shown;
    for (const name of names) {
        console.log(`${name}\n${drawTable(campaign.tables[name]!([result]))}`);
    }
}

function writeTables(): void {
    const documents = rewriteTables(REPOSITORY, CAMPAIGNS);
    say(
        documents.length === 0
            ? "tables: nothing changed"
            : `tables written anew: ${documents.join(", ")}`,
    );
}

function jsonList(): string {
    const campaigns = CAMPAIGNS.map(({ name, title, subject, rounds }) => ({
        name,
        title,
        subject,
        rounds,
    }));
    return JSON.stringify(campaigns, undefined, 2);
}

/** Progress, aside from results. */
function say(line: string): void {
    process.stderr.write(`${line}\n`);
}

void runMain({
    parse: parseCampaignOptions,
    run: (request) => {
        switch (request.action) {
            case "list":
                console.log(request.json ? jsonList() : listText(CAMPAIGNS));
                return EXIT.ok;
            case "tables":
                writeTables();
                return EXIT.ok;
            case "run":
                return run(campaignNamed(request.name), request);
        }
    },
    exits: [
        [InterruptedError, EXIT.interrupted],
        [RefusedError, EXIT.usage],
    ],
    explain: explainFault,
});
