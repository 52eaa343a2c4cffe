import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as prettier from "prettier";
import { CAMPAIGNS } from "../../../../lab/campaign/catalogue";
import { outdatedDocuments, rewriteTables, withTables } from "../../../../lab/campaign/documents";
import { writeRuns } from "../../../../lab/campaign/rawFile";
import { digestsOf } from "../../../../lab/campaign/subject";
import { markdownTable } from "../../../../lab/campaign/table";
import { tableText } from "../../../../lab/campaign/tableText";
import { campaignOf, measured, put, RUN, temporaryDirectory } from "./fixtures";
import { REPOSITORY } from "../../../../tools/cli/repository";

const CAMPAIGN = campaignOf([], () => measured(1));

describe("tables of this repository's documents", () => {
    it("are what the raw files say", () => {
        for (const { document } of outdatedDocuments(REPOSITORY, CAMPAIGNS)) {
            assert.fail(
                `${document}: expected the tables of docs/campaigns, got others: typed by hand, or what they measure ` +
                    "has changed since. Next: npm run campaign -- tables",
            );
        }
    });
});

describe("a table", () => {
    const table = {
        head: ["a|b", "c"],
        rows: [["x", "≤ 2 ×"], ["long text", "1 (0–2)"], ["only"]],
    };

    it("is in Markdown as Prettier writes it", async () => {
        const text = `${markdownTable(table)}\n`;
        assert.equal(await prettier.format(text, { parser: "markdown" }), text);
        assert.match(text, /^\| a\\\|b {6}\| c {7}\|$/m);
    });

    const source = { runs: [RUN], subject: RUN.subject };

    it("says when, where and on what it was measured", () => {
        assert.equal(
            tableText(CAMPAIGN, "all", source),
            [
                "| round | figure |",
                "| ----- | ------ |",
                "| a     | 1      |",
                "| b     | 2      |",
                "",
                "Measured on 30 November 2026 at 0123456; 2 cores, 24 GiB, Linux 6.1; load average before the rounds 0.5 to 2.1.",
                "",
                "Every sample is in [test.json](campaigns/test.json).",
            ].join("\n"),
        );
    });

    it("says that it is stale when its subject has changed", () => {
        assert.match(
            tableText(CAMPAIGN, "all", { ...source, subject: { program: "bbbb", lab: "cccc" } }),
            /^\*\*Stale:\*\* `program`, `lab` changed since these figures were measured at 0123456 on 30 November 2026\.\n\n\|/,
        );
    });

    it("says that changes were measured, and has all runs", () => {
        const text = tableText(CAMPAIGN, "all", {
            ...source,
            runs: [RUN, { ...RUN, dirty: true }],
        });
        assert.equal(text.match(/^\| a /gm)?.length, 2);
        assert.match(text, /^Measured .* at 0123456 with changes that were not committed;/m);
    });

    it("says that nothing was measured yet", () => {
        assert.equal(
            tableText(CAMPAIGN, "all", { ...source, runs: [] }),
            "Not measured yet: `npm run campaign -- test`.",
        );
    });

    it("has to be one of its campaign", () => {
        assert.throws(() => tableText(CAMPAIGN, "more", source), {
            message: "a table of campaign test: expected one of all, got more",
        });
    });
});

describe("tables in documents", () => {
    const text = (table: string) =>
        `# Title\n\n<!-- campaign test: all -->\n\n${table}\n\n<!-- end -->\n\nText.\n`;

    it("are replaced, and nothing else is", () => {
        const render = (campaign: string, table: string) => `${campaign} ${table}`;
        assert.equal(withTables("a.md", text("old\nlines"), render), text("test all"));
        assert.equal(withTables("a.md", "No table.\n", render), "No table.\n");
    });

    it("need an end", () => {
        assert.throws(() => withTables("a.md", "<!-- campaign test: all -->\n", () => ""), {
            message: "a.md: expected <!-- end --> after <!-- campaign test: all -->, got none",
        });
    });

    it("are outdated when a figure is typed or the subject has changed, and only until they are rewritten", () => {
        const root = temporaryDirectory();
        const outdated = () => outdatedDocuments(root, [CAMPAIGN]).map(({ document }) => document);
        put(root, "program/index.ts", "one");
        put(root, "docs/a.md", text(""));
        writeRuns(root, "test", [{ ...RUN, subject: digestsOf(root, ["program"]) }]);
        assert.deepEqual(rewriteTables(root, [CAMPAIGN]), ["docs/a.md"]);
        assert.deepEqual(outdated(), []);

        put(
            root,
            "docs/a.md",
            readFileSync(join(root, "docs/a.md"), "utf8").replace("| 2 ", "| 1 "),
        );
        assert.deepEqual(outdated(), ["docs/a.md"]);
        rewriteTables(root, [CAMPAIGN]);

        put(root, "program/README.md", "For people.");
        assert.deepEqual(outdated(), []);
        put(root, "program/more.ts", "two");
        assert.deepEqual(outdated(), ["docs/a.md"]);
        rewriteTables(root, [CAMPAIGN]);
        assert.deepEqual(outdated(), []);
        assert.match(
            readFileSync(join(root, "docs/a.md"), "utf8"),
            /^\*\*Stale:\*\* `program` changed/m,
        );
    });

    it("are of a campaign that there is", () => {
        const root = temporaryDirectory();
        put(root, "docs/a.md", "<!-- campaign speed: all -->\n<!-- end -->\n");
        assert.throws(() => outdatedDocuments(root, [CAMPAIGN]), {
            message: "a campaign: expected one of test, got speed",
        });
    });
});
