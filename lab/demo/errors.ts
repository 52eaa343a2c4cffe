import { UserError } from "../../tools/cli/errors";

/** The demo can't go on. */
export class DemoError extends UserError {}
