import { Listr, PRESET_TIMER, type ListrTask } from "listr2";

/** How progress is shown; `simple` writes lines, which is also what a log gets by default. */
export type Renderer = "default" | "simple" | "silent";

/** Runs tasks one after the other and shows what each does and how long it takes. */
export async function show(tasks: ListrTask[], renderer?: Renderer): Promise<void> {
    const list = new Listr(tasks, {
        // Lines where there is no terminal.
        fallbackRenderer: "simple",
        renderer: renderer ?? "default",
        rendererOptions: { timer: PRESET_TIMER },
        fallbackRendererOptions: { timer: PRESET_TIMER },
    } as object);
    await list.run();
}
