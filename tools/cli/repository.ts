import { join } from "node:path";

/** Root of the repository: where the stack files, `docs/` and `package.json` are. */
export const REPOSITORY = join(__dirname, "..", "..");
