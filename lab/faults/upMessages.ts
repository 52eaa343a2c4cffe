import type { StackArgs } from "../pulumi/stack";

/** The stack that a process brings up. */
export type UpArgs = Omit<StackArgs, "engine">;

/** What a process that brings a stack up tells the one that started it. */
export type UpMessage =
    | { readonly type: "begins" }
    /** What the engine says that it does, or waits for. */
    | { readonly type: "says"; readonly line: string }
    | { readonly type: "done" }
    | { readonly type: "failed"; readonly reason: string };

/** What went wrong, out of the text of an error of Pulumi's command, in one line. */
export function reasonIn(text: string): string {
    const [, reason] = /^\s*error: (.+)$/m.exec(text) ?? [];
    return (reason ?? text.split("\n", 1)[0]!).trim();
}
