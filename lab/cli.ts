import { EXIT } from "../tools/cli/main";
import { program } from "./program";

program.parseAsync().catch((error: unknown) => {
    // Whole: what is missing, or the end of a log, is a list.
    process.stderr.write(`error: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = EXIT.failed;
});
