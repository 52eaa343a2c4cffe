import { ClientError } from "../client/errors";

/** The objects of a stack can't be rendered, or not where they were to be written. */
export class RenderError extends ClientError {}

/** The objects could not be applied, did not become ready, or could not be deleted. */
export class ApplyError extends ClientError {}
