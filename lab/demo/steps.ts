import { Listr, PRESET_TIMER } from "listr2";
import type { Report } from "./engine";

/** A part of the demo. */
export interface Step {
    readonly title: string;
    /** @returns What came of it, to be shown behind the title. */
    run(report: Report): Promise<string | undefined>;
}

/** How long something took. */
export interface Timing {
    readonly title: string;
    readonly ms: number;
}

/** Runs steps one after the other and shows their progress: live on a terminal, else in plain lines. */
export async function runSteps(steps: readonly Step[]): Promise<Timing[]> {
    return process.stdout.isTTY ? runLive(steps) : runPlain(steps);
}

async function timed(step: Step, report: Report): Promise<{ result?: string; timing: Timing }> {
    const start = performance.now();
    const result = await step.run(report);
    return { result, timing: { title: step.title, ms: performance.now() - start } };
}

async function runLive(steps: readonly Step[]): Promise<Timing[]> {
    const timings: Timing[] = [];
    const tasks = steps.map((step) => ({
        title: step.title,
        task: async (_: unknown, task: { title: string; output: string }) => {
            const { result, timing } = await timed(step, (line) => {
                task.output = line;
            });
            timings.push(timing);
            if (result !== undefined) {
                task.title = `${step.title}: ${result}`;
            }
        },
    }));
    await new Listr(tasks, {
        // Pulumi ends in good order after Ctrl-C; the list would end the process before it.
        registerSignalListeners: false,
        rendererOptions: { timer: PRESET_TIMER, showErrorMessage: false },
    }).run();
    return timings;
}

async function runPlain(steps: readonly Step[]): Promise<Timing[]> {
    const timings: Timing[] = [];
    for (const step of steps) {
        console.log(`${step.title} …`);
        let last = "";
        const { result, timing } = await timed(step, (line) => {
            if (line !== last) {
                last = line;
                console.log(`    ${line}`);
            }
        });
        timings.push(timing);
        const seconds = (timing.ms / 1000).toFixed(1);
        console.log(`  done in ${seconds} s${result === undefined ? "" : `: ${result}`}`);
    }
    return timings;
}
