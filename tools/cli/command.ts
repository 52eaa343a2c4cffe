import { type Command, CommanderError } from "commander";
import { UsageError } from "./errors";

/** A request for the help text. */
export interface HelpRequest {
    readonly action: "help";
    readonly text: string;
}

/**
 * Reads a command line into a program's options.
 *
 * @param args The arguments without the program's name.
 * @returns The help text, if that is what it asks for.
 * @throws {@link UsageError} when it is wrong.
 */
export function parseOrHelp(program: Command, args: readonly string[]): string | undefined {
    let text = "";
    program
        .helpOption("-h, --help", "print this help")
        .allowExcessArguments(false)
        .exitOverride()
        .configureOutput({ writeOut: (help) => (text += help), writeErr: () => undefined });
    try {
        program.parse([...args], { from: "user" });
        return undefined;
    } catch (error) {
        if (error instanceof CommanderError && error.exitCode === 0) {
            return text;
        }
        const message =
            error instanceof Error ? error.message.replace(/^error: /, "") : String(error);
        throw new UsageError(message.replace(/\.$/, ""), "run it with --help for the options");
    }
}
