import { EXIT, runMain } from "../cli/main";
import { REPOSITORY } from "../cli/repository";
import { parseRenderOptions } from "./options";

void runMain({
    parse: parseRenderOptions,
    run: async (request) => {
        // Only now, because Pulumi's SDK takes a second to load.
        const { runRender } = await import("./run.js");
        const { stdout, stderr } = await runRender(request, REPOSITORY);
        process.stdout.write(stdout);
        process.stderr.write(stderr);
        return EXIT.ok;
    },
});
