import { UserError } from "../../tools/cli/errors";

/** The demo can't go on. */
export class DemoError extends UserError {}

/** The cluster can't be used. */
export class ClusterError extends DemoError {}
