import assert from "node:assert/strict";
import { Command, Option } from "commander";
import { parseOrHelp } from "../../../../tools/cli/command";
import { UsageError } from "../../../../tools/cli/errors";

const parse = (...args: string[]) => {
    const program = new Command("it")
        .option("--stack <name>")
        .option("--count <n>", "how many", Number, 1)
        .addOption(new Option("--form <form>").choices(["a", "b"]))
        .option("--allow <class>", "", (text, before: string[]) => [...before, text], [])
        .option("--json")
        .action(() => undefined);
    program
        .command("sub")
        .option("--topic <name>")
        .action(() => undefined);
    return parseOrHelp(program, args) ?? program.opts();
};

const refuses = (args: readonly string[], message: string) =>
    assert.throws(
        () => parse(...args),
        (error) => error instanceof UsageError && error.message.startsWith(message),
        args.join(" "),
    );

describe("parseOrHelp", () => {
    it("refuses an option with one value that is given twice", () => {
        for (const [option, ...args] of [
            ["--stack", "--stack", "a", "--stack", "b"],
            ["--stack", "--stack", "a", "--stack=a"],
            ["--count", "--count", "1", "--count", "2"],
            ["--form", "--form", "a", "--form", "b"],
            ["--topic", "sub", "--topic", "a", "--topic", "b"],
        ] as const) {
            refuses(args, `option ${option}: expected it once, got it several times`);
        }
    });

    it("refuses an option as the value that another one lacks", () => {
        for (const [option, got, ...args] of [
            ["--stack", "--json", "--stack", "--json"],
            ["--count", "--stack", "--count", "--stack", "a"],
            ["--allow", "--allow", "--allow", "--allow", "a"],
            ["--topic", "--topic", "sub", "--topic", "--topic", "a"],
        ] as const) {
            refuses(args, `option ${option}: expected a value, got the option ${got}`);
        }
        assert.deepEqual(parse("--stack", "--other"), { allow: [], count: 1, stack: "--other" });
    });

    it("takes options that collect, and those without a value, several times", () => {
        assert.deepEqual(
            parse("--allow", "a", "--allow", "b", "--json", "--json", "--stack", "c"),
            {
                allow: ["a", "b"],
                count: 1,
                json: true,
                stack: "c",
            },
        );
    });
});
