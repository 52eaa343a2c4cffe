import { explainFault } from "../../tools/client/describeFault";
import { EXIT, runMain } from "../../tools/cli/main";
import { ClusterError } from "./cluster";
import { destroyDemo } from "./destroy";
import { parseDemoOptions } from "./options";
import { runDemo } from "./run";

const NO_CLUSTER = 3;

void runMain({
    parse: parseDemoOptions,
    run: async (request) => {
        await (request.action === "run" ? runDemo(request) : destroyDemo(request));
        return EXIT.ok;
    },
    exits: [[ClusterError, NO_CLUSTER]],
    explain: explainFault,
});
