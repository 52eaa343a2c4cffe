import { once } from "node:events";
import { createInterface } from "node:readline/promises";

/** Asks a question on the terminal; only a yes is one. */
export async function confirm(question: string): Promise<boolean> {
    const prompt = createInterface({ input: process.stdin, output: process.stdout });
    const answer = await Promise.race([
        prompt.question(`${question} [y/N] `),
        // End of input is no answer, and no answer is no.
        once(prompt, "close").then(() => ""),
    ]);
    prompt.close();
    return /^y(es)?$/i.test(answer.trim());
}
