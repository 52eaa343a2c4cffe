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
    refuseSlips(program);
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

/**
 * Refuses what commander takes without a word: of an option with one value that is given twice the last one, and the next option
 * for a value that is missing. Options with several values begin as none of them.
 */
function refuseSlips(command: Command): void {
    const names = command.options.flatMap(({ long, short }) => [long, short]);
    for (const option of command.options.filter(({ required }) => required)) {
        const isSingle = typeof option.defaultValue !== "object";
        let isGiven = false;
        command.on(`option:${option.name()}`, (value: unknown) => {
            if (isGiven && isSingle) {
                throw new Error(`option ${option.long}: expected it once, got it several times`);
            }
            isGiven = true;
            if (names.includes(String(value))) {
                throw new Error(
                    `option ${option.long}: expected a value, got the option ${String(value)}`,
                );
            }
        });
    }
    command.commands.forEach(refuseSlips);
}
