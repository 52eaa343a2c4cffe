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
    refuseRepeated(program);
    refuseOptionsAsValues(program);
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

/** Of an option with one value commander takes the last one, without a word. Those with several begin as none of them. */
function refuseRepeated(command: Command): void {
    const single = command.options.filter(
        ({ required, defaultValue }) => required && typeof defaultValue !== "object",
    );
    for (const option of single) {
        let isGiven = false;
        command.on(`option:${option.name()}`, () => {
            if (isGiven) {
                throw new Error(`option ${option.long}: expected it once, got it several times`);
            }
            isGiven = true;
        });
    }
    command.commands.forEach(refuseRepeated);
}

/** Commander takes the next option for the value that the one before it lacks. */
function refuseOptionsAsValues(command: Command): void {
    const names = command.options.flatMap(({ long, short }) => [long, short]);
    for (const option of command.options.filter(({ required }) => required)) {
        command.on(`option:${option.name()}`, (value: unknown) => {
            if (names.includes(String(value))) {
                throw new Error(
                    `option ${option.long}: expected a value, got the option ${String(value)}`,
                );
            }
        });
    }
    command.commands.forEach(refuseOptionsAsValues);
}
