import {
    existsSync,
    mkdirSync,
    readdirSync,
    readFileSync,
    rmdirSync,
    writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { type NodePlan } from "./addresses";
import { waitFor } from "../wait";

const ROOT = "/sys/fs/cgroup";
const LAB = "lab";

/** Where the kubelet of a node makes its pods' cgroups, from the root of a hierarchy. */
export function cgroupOf(node: NodePlan): string {
    return join("/", LAB, `node-${node.number}`);
}

/** The cgroup of a node's own daemons. */
export function systemCgroupOf(node: NodePlan): string {
    return join(cgroupOf(node), "system");
}

/** The folders of all hierarchies: one with cgroup v2, one for each controller with v1. */
export function hierarchies(): string[] {
    if (existsSync(join(ROOT, "cgroup.controllers"))) {
        return [ROOT];
    }
    return readdirSync(ROOT)
        .map((name) => join(ROOT, name))
        .filter((folder) => existsSync(join(folder, "cgroup.procs")));
}

/** Makes the cgroups of a node. Each node has a tree of its own: a kubelet removes what it does not know. */
export function createCgroups(node: NodePlan): void {
    for (const hierarchy of hierarchies()) {
        mkdirSync(join(hierarchy, systemCgroupOf(node)), { recursive: true });
        const parents = [hierarchy, join(hierarchy, LAB), join(hierarchy, cgroupOf(node))] as const;
        if (existsSync(join(hierarchy, "cpuset.mems"))) {
            initializeCpuset([...parents, join(hierarchy, systemCgroupOf(node))]);
        }
        if (hierarchy === ROOT) {
            delegateControllers(parents);
        }
    }
}

/** Removes the cgroups of a node, or of the whole lab. Those of dead processes are empty. */
export async function removeCgroups(node?: NodePlan): Promise<void> {
    const path = node ? cgroupOf(node) : LAB;
    for (const folder of hierarchies().map((hierarchy) => join(hierarchy, path))) {
        // A process that has just been killed may still be in its cgroup for a moment.
        await waitFor(`removal of ${folder}`, 10, () => {
            removeTree(folder);
            return true;
        });
    }
}

// The files of a cgroup cannot be removed, so this is not what `rm -r` does.
function removeTree(folder: string): void {
    if (!existsSync(folder)) {
        return;
    }
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
        if (entry.isDirectory()) {
            removeTree(join(folder, entry.name));
        }
    }
    rmdirSync(folder);
}

// A new cpuset of cgroup v1 has no processor and no memory, and nothing can run in it.
function initializeCpuset([root, ...children]: readonly string[]): void {
    for (const child of children) {
        for (const file of ["cpuset.cpus", "cpuset.mems"]) {
            writeFileSync(join(child, file), readFileSync(join(root ?? "", file)));
        }
    }
}

// With cgroup v2 a controller is available only where each parent passes it on.
function delegateControllers(parents: readonly string[]): void {
    for (const parent of parents) {
        const available = readFileSync(join(parent, "cgroup.controllers"), "utf8").trim();
        const all = available.split(" ").map((controller) => `+${controller}`);
        writeFileSync(join(parent, "cgroup.subtree_control"), all.join(" "));
    }
}
