import { runMain } from "../cli/main";
import { REPOSITORY } from "../cli/repository";
import { explainFault } from "../client/describeFault";
import { parsePreflightOptions } from "./options";

void runMain({
    parse: parsePreflightOptions,
    run: async (request) => {
        // Only now, because Pulumi's SDK and the Kubernetes client take seconds to load.
        const { runPreflight } = await import("./run.js");
        const { stdout, exit } = await runPreflight(request, REPOSITORY);
        process.stdout.write(stdout);
        return exit;
    },
    explain: explainFault,
});
