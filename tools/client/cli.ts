import { runMain } from "../cli/main";
import { explainFault } from "./describeFault";
import { parseClientOptions } from "./options";

void runMain({
    parse: parseClientOptions,
    run: async (request) => {
        // Only now, because it takes a second to load.
        const { runClient } = await import("./run.js");
        return runClient(request);
    },
    explain: explainFault,
});
