import { ClientError } from "../client/errors";

/** The demo can't go on. */
export class DemoError extends ClientError {}
