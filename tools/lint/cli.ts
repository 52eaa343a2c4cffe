import { EXIT, runMain } from "../cli/main";
import { ACCEPTED } from "./accepted";
import { isClean, judge } from "./judge";
import { scoreStack } from "./kubeScore";
import { parseLintOptions } from "./options";
import { renderJson, renderText } from "./report";
import { lintedStacks } from "./stacks";

void runMain({
    parse: parseLintOptions,
    run: async ({ json }) => {
        const verdict = judge((await lintedStacks()).map(scoreStack), ACCEPTED);
        process.stdout.write(json ? renderJson(verdict) : renderText(verdict));
        return isClean(verdict) ? EXIT.ok : EXIT.failed;
    },
    // Nothing was judged.
    exits: [[Error, EXIT.usage]],
});
