import { ProgramError } from "../../components/kafka/programError";

/**
 * A fault that a user can act on: says what happened, where, and what to do next. One subclass for each kind, so that
 * callers can tell them apart and a command can choose an exit code.
 */
export abstract class UserError extends Error {
    /**
     * @param message What is wrong and where, with what was expected and given.
     * @param next What the user does next.
     */
    constructor(
        message: string,
        readonly next: string,
        options?: ErrorOptions,
    ) {
        super(message, options);
        this.name = new.target.name;
    }
}

/** The command line, an address or a file that it names is wrong; nothing was tried. */
export class UsageError extends UserError {}

/** Time was up. */
export class TimeoutError extends UserError {}

/** What is wrong, in one sentence, and what to do next when that is known. */
export interface Description {
    readonly message: string;
    readonly next?: string;
}

/** A text as one line, without a stack trace. */
export function oneLine(text: string): string {
    return text.split("\n", 1)[0]!.trim();
}

/** What an error says by itself: one of ours all of it, any other its first line. */
export function describeError(error: unknown): Description {
    if (error instanceof UserError) {
        return { message: error.message, next: error.next };
    }
    const { message } = (error ?? {}) as { readonly message?: string };
    return { message: oneLine(message || String(error)) };
}

/**
 * An error as a text for a user: what is wrong and where, then what to do next. One line, but for the problems of a
 * configuration, which are a list.
 *
 * @param describe Describes errors of libraries, too.
 */
export function explain(error: unknown, describe = describeError): string {
    if (error instanceof ProgramError) {
        return error.message;
    }
    const { message, next } = describe(error);
    return next === undefined ? message : `${message}. Next: ${next}`;
}
