import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseCampaignOptions } from "../../../../lab/campaign/options";
import { parseDemoOptions } from "../../../../lab/demo/options";
import { program as lab } from "../../../../lab/program";
import type { HelpRequest } from "../../../../tools/cli/command";
import { REPOSITORY } from "../../../../tools/cli/repository";
import { parseClientOptions } from "../../../../tools/client/options";
import { parseCostOptions } from "../../../../tools/cost/options";
import { parseHealthOptions } from "../../../../tools/health/options";
import { parseCommentOptions } from "../../../../tools/impact/commentOptions";
import { parseImpactOptions } from "../../../../tools/impact/options";
import { parseLintOptions } from "../../../../tools/lint/options";
import { parsePreflightOptions } from "../../../../tools/preflight/options";
import { parseRenderOptions } from "../../../../tools/render/options";

type Parse = (args: readonly string[]) => { readonly action: string };

/** The commands whose arguments are parsed alike, by the script of package.json. */
const COMMANDS: Readonly<Record<string, Parse>> = {
    "lint:manifests": parseLintOptions,
    demo: parseDemoOptions,
    render: parseRenderOptions,
    preflight: parsePreflightOptions,
    client: parseClientOptions,
    health: parseHealthOptions,
    impact: parseImpactOptions,
    comment: parseCommentOptions,
    cost: parseCostOptions,
    campaign: parseCampaignOptions,
};

/** Scripts with the lab's own command line, and the one that only starts tests. */
const OTHERS = ["lab", "admin-jar", "kafka-properties", "test:integration"];

/** The exit codes that a help text lists. */
function codesIn(text: string): string[] {
    const list = text.split(/^Exit codes:\n/m)[1] ?? "";
    return [...list.matchAll(/^ {2}(\d+) {2,}\S/gm)].map(([, code]) => code!);
}

describe("--help", () => {
    it("is looked at in every command of package.json", () => {
        const { scripts } = JSON.parse(readFileSync(join(REPOSITORY, "package.json"), "utf8")) as {
            scripts: Record<string, string>;
        };
        const ours = Object.keys(scripts).filter((name) => scripts[name]!.includes("load.cjs"));
        assert.deepEqual(ours.sort(), [...Object.keys(COMMANDS), ...OTHERS].sort());
    });

    for (const [name, parse] of Object.entries(COMMANDS)) {
        it(`lists the exit codes of ${name}`, () => {
            const request = parse(["--help"]);
            assert.equal(request.action, "help");
            const codes = codesIn((request as HelpRequest).text);
            assert.deepEqual(
                codes.toSorted((a, b) => Number(a) - Number(b)),
                codes,
            );
            // Done, and a wrong input; each has its own ways to fail.
            assert.deepEqual(
                ["0", "2"].filter((code) => !codes.includes(code)),
                [],
            );
        });
    }

    it("lists the exit codes of the lab, below each of its commands, too", () => {
        const node = lab.commands.find((command) => command.name() === "node")!;
        for (const command of [lab, ...lab.commands, ...node.commands]) {
            let text = "";
            command.configureOutput({ writeOut: (part) => (text += part) });
            command.outputHelp();
            assert.deepEqual(codesIn(text), ["0", "1", "2", "3"], command.name());
        }
    });
});
