import { ProgramError } from "../../components/kafka/programError";
import type { HelpRequest } from "./command";
import { explain, UsageError } from "./errors";

/** Exit codes that mean the same in every command. Codes of one command only begin at 3 and stand in its help. */
export const EXIT = {
    ok: 0,
    failed: 1,
    /** The command line, the configuration or another input is wrong; nothing was done. */
    usage: 2,
    /** What shells expect of a command that Ctrl-C ended. */
    interrupted: 130,
} as const;

/** A class of errors. */
type ErrorClass = abstract new (...args: never[]) => Error;

/** A command of the project. */
export interface CommandLine<Request extends { readonly action: string }> {
    /**
     * Reads the arguments.
     *
     * @throws {@link UsageError} when they are wrong.
     */
    parse(args: readonly string[]): Request | HelpRequest;
    /** Does what they ask for, and returns the exit code. */
    run(request: Exclude<Request, HelpRequest>): Promise<number> | number;
    /**
     * Exit codes of errors, the first that fits.
     *
     * @default - `EXIT.usage` for a wrong input, else `EXIT.failed`.
     */
    readonly exits?: readonly (readonly [ErrorClass, number])[];
    /**
     * What is printed of an error, after `error: `.
     *
     * @default explain
     */
    readonly explain?: (error: unknown) => string;
}

const WRONG_INPUT = [UsageError, ProgramError].map((each) => [each, EXIT.usage] as const);

/** Runs a command with the arguments of this process, and ends the process. */
export async function runMain<Request extends { readonly action: string }>(
    command: CommandLine<Request>,
): Promise<void> {
    const fail = (error: unknown): number => {
        process.stderr.write(`error: ${(command.explain ?? explain)(error)}\n`);
        const exits = [...(command.exits ?? []), ...WRONG_INPUT];
        return exits.find(([kind]) => error instanceof kind)?.[1] ?? EXIT.failed;
    };
    process.stdout.on("error", endWithoutReader);
    // Thrown where nobody waits for it, as by a client of Kafka that reads what is no answer of Kafka's.
    process.on("uncaughtException", (error) => process.exit(fail(error)));
    process.exitCode = await outcome(command).catch(fail);
    // Not waiting for connections that are still being closed: the outcome is known. What was written goes out first.
    process.stdout.write("", (error) => {
        if (!error) {
            process.exit();
        }
    });
}

/** Ends the process when nothing more can be printed. Whoever closed the pipe, as `head` does, has read enough. */
function endWithoutReader(error: NodeJS.ErrnoException): void {
    if (error.code === "EPIPE") {
        process.exit();
    }
    process.stderr.write(`error: cannot write to standard output: ${error.message}\n`);
    process.exit(EXIT.failed);
}

async function outcome<Request extends { readonly action: string }>(
    command: CommandLine<Request>,
): Promise<number> {
    const request = command.parse(process.argv.slice(2));
    if (isHelp(request)) {
        process.stdout.write(request.text);
        return EXIT.ok;
    }
    return command.run(request as Exclude<Request, HelpRequest>);
}

function isHelp(request: { readonly action: string }): request is HelpRequest {
    return request.action === "help";
}
