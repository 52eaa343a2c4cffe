import { ClientError } from "../../tools/cli/errors";

/** A campaign does not begin, or what it found is not written down, as it would not be worth anything. */
export class RefusedError extends ClientError {}

/** A round came to no end, twice. */
export class RoundFailedError extends ClientError {}

/** Ctrl-C. */
export class InterruptedError extends ClientError {}

/** A table in a document is not what its raw file says, or there is no such table. */
export class DocumentError extends ClientError {}
