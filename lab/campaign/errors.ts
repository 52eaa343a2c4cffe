import { UserError } from "../../tools/cli/errors";

/** A campaign does not begin, or what it found is not written down, as it would not be worth anything. */
export class RefusedError extends UserError {}

/** A round came to no end, twice. */
export class RoundFailedError extends UserError {}

/** Ctrl-C. */
export class InterruptedError extends UserError {}

/** A table in a document is not what its raw file says, or there is no such table. */
export class DocumentError extends UserError {}
