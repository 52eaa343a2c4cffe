import { EXIT, runMain } from "../cli/main";
import { REPOSITORY } from "../cli/repository";
import { parseCostOptions } from "./options";

void runMain({
    parse: parseCostOptions,
    run: async (request) => {
        // Only now, because the configuration takes a while to load.
        const { runCost } = await import("./run.js");
        process.stdout.write(runCost(request, REPOSITORY));
        return EXIT.ok;
    },
});
