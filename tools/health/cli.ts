import { explainFault } from "../client/describeFault";
import { EXIT, runMain } from "../cli/main";
import { parseHealthOptions } from "./options";

void runMain({
    parse: parseHealthOptions,
    run: async (request) => {
        // Only now, because it takes a second to load.
        const { runHealth } = await import("./run.js");
        return runHealth(request);
    },
    // A failure says nothing of Kafka's health: it was not checked.
    exits: [[Error, EXIT.usage]],
    explain: explainFault,
});
