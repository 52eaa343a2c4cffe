import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Listr, type ListrTask, PRESET_TIMER } from "listr2";
import { explain } from "../client/errors";
import { loadKubeConfig } from "../client/kubernetes";
import { findPulumi } from "../demo/pulumiEngine";
import { LAB } from "../lab";
import { labCycle } from "./labCycle";
import { describeMachine } from "./machine";
import { isMet, measurementsOf, nothingLost, ratioOf } from "./measurements";
import { type BenchOptions, parseBenchOptions } from "./options";
import { noSamples } from "./samples";
import { Suite } from "./suite";
import { renderTable } from "./table";

/** Runs the benchmarks, prints what they found out, and returns the exit code. */
async function main({ benches, json }: BenchOptions): Promise<number> {
    const samples = noSamples();
    const machine = describeMachine();
    const directory = mkdtempSync(join(tmpdir(), "kafka-eks-bench-"));
    const interrupted = new AbortController();
    // What is under way ends first, or fails as its processes get the signal too; then everything is taken down.
    process.on("SIGINT", () => interrupted.abort(new Error("interrupted")));
    const run = (tasks: readonly ListrTask[]) => runTasks(tasks, json, interrupted.signal);
    let failure: unknown;
    try {
        const pulumi = await findPulumi();
        const cycle = await labCycle(samples);
        await run(cycle.before);
        const kubeConfig = loadKubeConfig({ kubeconfig: LAB.kubeconfig, context: LAB.context });
        const suite = new Suite({ benches, kubeConfig, pulumi, directory, samples });
        try {
            await run(suite.tasks());
        } finally {
            await suite.cleanUp();
            await run(cycle.after);
        }
    } catch (error) {
        failure = error;
    } finally {
        rmSync(directory, { recursive: true, force: true });
    }
    const measurements = measurementsOf(samples);
    if (json) {
        const figures = measurements.map((measurement) => ({
            ...measurement,
            ratio: ratioOf(measurement),
            met: isMet(measurement),
        }));
        const date = new Date().toISOString();
        console.log(JSON.stringify({ date, machine, measurements: figures }, undefined, 2));
    } else {
        const { cores, memoryGib, load } = machine;
        console.log(renderTable(measurements));
        console.log(`${cores} cores, ${memoryGib} GiB, load average before: ${load}`);
    }
    if (failure !== undefined) {
        console.error(`bench: ${explain(failure)}`);
    }
    return failure === undefined && nothingLost(samples) ? 0 : 1;
}

async function runTasks(
    tasks: readonly ListrTask[],
    silent: boolean,
    signal: AbortSignal,
): Promise<void> {
    const guarded = tasks.map((each): ListrTask => ({
        ...each,
        task: (context, task) => {
            signal.throwIfAborted();
            return each.task(context, task);
        },
    }));
    const list = new Listr(guarded, {
        // Ctrl-C is the caller's: the list would end the process before anything is taken down.
        registerSignalListeners: false,
        // Lines where there is no terminal.
        fallbackRenderer: "simple",
        renderer: silent ? "silent" : "default",
        rendererOptions: { timer: PRESET_TIMER, showErrorMessage: false },
        fallbackRendererOptions: { timer: PRESET_TIMER },
    } as object);
    await list.run();
}

main(parseBenchOptions(process.argv.slice(2))).then(
    // Not waiting for connections that are still being closed: the outcome is known.
    (code) => process.exit(code),
    (error: unknown) => {
        console.error(`bench: ${explain(error)}`);
        process.exit(1);
    },
);
