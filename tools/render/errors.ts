import { UserError } from "../cli/errors";

/** The objects of a stack can't be rendered, or not where they were to be written. */
export class RenderError extends UserError {}
