import { join } from "node:path";
import { runOnNode } from "./onNode";

const SCRIPT = join(__dirname, "small-volume.sh");
const SIZE = "512m";

/** A volume of a node, limited to 512 MiB of the machine's memory: the lab's own volumes have no size. */
export class SmallVolume {
    private constructor(
        /** Name of the node that has it. */
        readonly node: string,
        private readonly directory: string,
    ) {}

    /** @param directory A volume that no pod uses. */
    static async put(node: string, directory: string): Promise<SmallVolume> {
        await runOnNode(node, SCRIPT, "shrink", directory, SIZE);
        return new SmallVolume(node, directory);
    }

    /**
     * Fills what is free.
     *
     * @throws Error when something stays free.
     */
    async fill(): Promise<void> {
        const free = (await runOnNode(this.node, SCRIPT, "fill", this.directory)).trim();
        if (free !== "0") {
            throw new Error(`${this.directory}: expected no free space, got ${free} KiB`);
        }
    }

    /** Frees it again. */
    async free(): Promise<void> {
        await runOnNode(this.node, SCRIPT, "free", this.directory);
    }
}

/** Gives all volumes of a node their own directories back. A pod that runs keeps what it has until it ends. */
export async function restoreVolumes(node: string, volumes: string): Promise<void> {
    await runOnNode(node, SCRIPT, "restore", volumes);
}
