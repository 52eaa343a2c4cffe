import { ClientError } from "../../tools/cli/errors";

/** The demo can't go on. */
export class DemoError extends ClientError {}
