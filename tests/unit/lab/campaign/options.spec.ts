import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { UsageError } from "../../../../tools/cli/errors";
import { campaignNamed, CAMPAIGNS } from "../../../../lab/campaign/catalogue";
import { listText } from "../../../../lab/campaign/list";
import { parseCampaignOptions } from "../../../../lab/campaign/options";
import { groupsOf, selectRounds } from "../../../../lab/campaign/selection";
import { REPOSITORY } from "../../../../tools/cli/repository";

describe("options of campaigns", () => {
    const none = { anew: false, allowDirty: false, append: false, json: false };

    it("run all rounds of a campaign by default", () => {
        assert.deepEqual(parseCampaignOptions(["bench"]), {
            action: "run",
            name: "bench",
            ...none,
        });
    });

    it("choose groups and a seed", () => {
        const args = ["bench", "--only", "roll, node", "--seed", "7", "--json", "--anew"];
        assert.deepEqual(parseCampaignOptions(args), {
            action: "run",
            name: "bench",
            ...none,
            only: ["roll", "node"],
            seed: 7,
            json: true,
            anew: true,
        });
    });

    it("list, and write tables", () => {
        assert.deepEqual(parseCampaignOptions(["--list", "--json"]), {
            action: "list",
            json: true,
        });
        assert.deepEqual(parseCampaignOptions(["tables"]), { action: "tables" });
    });

    it("have help with exit codes and examples", () => {
        const request = parseCampaignOptions(["--help"]);
        assert.ok(request.action === "help");
        assert.match(request.text, /Exit codes:\n {2}0 /);
        assert.match(request.text, /Examples:\n {2}npm run campaign -- --list/);
    });

    for (const args of [[], ["bench", "more"], ["bench", "--seed", "-1"], ["bench", "--fast"]]) {
        it(`are refused: ${args.join(" ") || "none"}`, () => {
            assert.throws(() => parseCampaignOptions(args), UsageError);
        });
    }
});

describe("campaigns", () => {
    it("get Ctrl-C from the terminal and not from tsx, which kills what does not answer at once", () => {
        const file = join(REPOSITORY, "package.json");
        const { scripts } = JSON.parse(readFileSync(file, "utf8")) as {
            scripts: Record<string, string>;
        };
        assert.match(scripts.campaign!, /node --require \.\/load\.cjs lab\/campaign\/cli\.ts$/);
    });

    it("are found by their name", () => {
        assert.equal(campaignNamed("bench").name, "bench");
        assert.throws(() => campaignNamed("speed"), {
            message: "name: expected one of bench, faults, impact, killed, got speed",
            next: "npm run campaign -- --list",
        });
    });

    for (const campaign of CAMPAIGNS) {
        describe(campaign.name, () => {
            it("has rounds with names that are theirs alone and fit a file", () => {
                const names = campaign.rounds.map(({ name }) => name);
                assert.equal(new Set(names).size, names.length);
                names.forEach((name) => assert.match(name, /^[a-z0-9-]+$/));
            });

            it("gives each round more time than it takes", () => {
                campaign.rounds.forEach(({ estimate, limit }) => assert.ok(limit > estimate));
            });

            it("shows tables that there are", () => {
                campaign.shown.forEach((table) => assert.ok(table in campaign.tables, table));
            });

            it("is listed with its groups", () => {
                const text = listText([campaign]);
                groupsOf(campaign).forEach((group) => assert.match(text, RegExp(`│ ${group} +│`)));
            });
        });
    }

    it("run the rounds of some groups, and those that these need", () => {
        const names = selectRounds(campaignNamed("bench"), ["node"]).map(({ name }) => name);
        assert.deepEqual(names, ["counter", "node-1", "node-2", "node-3"]);
    });

    it("have no groups but their own", () => {
        assert.throws(() => selectRounds(campaignNamed("bench"), ["roll", "speed"]), {
            message: /^--only: expected some of lab, counter, .*, got speed$/,
        });
    });

    it("bench takes at most 45 minutes", () => {
        const seconds = campaignNamed("bench").rounds.reduce(
            (sum, { estimate }) => sum + estimate,
            0,
        );
        assert.ok(seconds <= 45 * 60, `${seconds} s`);
    });
});
