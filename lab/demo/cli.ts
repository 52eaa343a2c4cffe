import { explainFault } from "../../tools/client/describeFault";
import { EXIT, runMain } from "../../tools/cli/main";
import { ClusterError } from "./errors";
import { parseDemoOptions } from "./options";

const NO_CLUSTER = 3;

void runMain({
    parse: parseDemoOptions,
    run: async (request) => {
        // Only now, because it takes a second to load.
        await (request.action === "run"
            ? (await import("./run.js")).runDemo(request)
            : (await import("./destroy.js")).destroyDemo(request));
        return EXIT.ok;
    },
    exits: [[ClusterError, NO_CLUSTER]],
    explain: explainFault,
});
