import { EXIT, runMain } from "../cli/main";
import { REPOSITORY } from "../cli/repository";
import { parseCostOptions } from "./options";
import { runCost } from "./run";

void runMain({
    parse: parseCostOptions,
    run: (request) => {
        process.stdout.write(runCost(request, REPOSITORY));
        return EXIT.ok;
    },
});
