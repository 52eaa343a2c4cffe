import { readdirSync, readFileSync } from "node:fs";

/** Ends Pulumi's CLI and the providers that this process has started, as the loss of their machine would. */
export function killEngine(): void {
    const all = processes();
    const engines = all.filter(({ parent, name }) => parent === process.pid && name === "pulumi");
    for (const { pid } of engines.flatMap((engine) => [engine, ...descendantsOf(engine, all)])) {
        process.kill(pid, "SIGKILL");
    }
}

interface Process {
    readonly pid: number;
    readonly parent: number;
    readonly name: string;
}

function processes(): Process[] {
    return readdirSync("/proc")
        .filter((entry) => /^\d+$/.test(entry))
        .flatMap((pid) => {
            try {
                const status = readFileSync(`/proc/${pid}/status`, "utf8");
                const field = (key: string) =>
                    new RegExp(`^${key}:\\s+(.*)$`, "m").exec(status)![1]!;
                return [{ pid: Number(pid), parent: Number(field("PPid")), name: field("Name") }];
            } catch {
                // It has ended meanwhile.
                return [];
            }
        });
}

function descendantsOf({ pid }: Process, all: readonly Process[]): Process[] {
    const children = all.filter(({ parent }) => parent === pid);
    return children.flatMap((child) => [child, ...descendantsOf(child, all)]);
}
