// Brings a stack up, in a process of its own that can be killed. Gets its arguments as JSON, and tells its parent how it goes.
import { UpdateLog } from "../demo/updateLog";
import { requireEngine } from "../pulumi/find";
import { openStack } from "../pulumi/stack";
import { reasonIn, type UpArgs, type UpMessage } from "./upMessages";

async function main(args: UpArgs): Promise<void> {
    const log = new UpdateLog((line) => void tell({ type: "says", line }));
    try {
        const stack = await openStack({ ...args, engine: await requireEngine() });
        await tell({ type: "begins" });
        await stack.up({ onEvent: (event) => log.add(event), suppressProgress: true });
        await tell({ type: "done" });
    } catch (error) {
        const reason = log.error()?.message ?? reasonIn((error as Error).message);
        await tell({ type: "failed", reason });
    }
    process.exit();
}

function tell(message: UpMessage): Promise<void> {
    return new Promise((resolve, reject) => {
        process.send!(message, undefined, undefined, (error) =>
            error === null ? resolve() : reject(error),
        );
    });
}

void main(JSON.parse(process.argv[2]!) as UpArgs);
