import { existsSync, readdirSync, rmSync } from "node:fs";
import { type ListrTask } from "listr2";
import { NODES } from "./addresses";
import { buildTasks, missingArtifacts } from "../build";
import { removeCgroups } from "./cgroups";
import { applyManifests, coreApi, listNodes } from "./cluster";
import { startControlPlane, stopControlPlane } from "./controlPlane";
import { startController, stopController } from "./controllerProcess";
import { raiseLimits, restoreLimits } from "./kernel";
import { exclusively } from "./lock";
import { removeMountPoints } from "./mountPoints";
import { createNetwork, removeNetwork } from "./network";
import { nodeRuns, stopNode } from "./node";
import { STATE, volumesDirectory } from "../paths";
import { createPki } from "./pki";
import { checkPrerequisites } from "../prerequisites";
import { show, type Renderer } from "../progress";
import { startNodes } from "./startNodes";
import { labStatus } from "./status";
import { waitFor } from "../wait";

/** Options of {@link labUp}. */
export interface UpOptions {
    /** @default - `default` on a terminal, `simple` elsewhere. */
    renderer?: Renderer;
}

/**
 * Builds what is missing and starts what does not run, and returns when all nodes are ready. A lab
 * that was stopped uncleanly, for example with the machine, is cleaned and goes on with its data.
 *
 * @throws Error that names all missing prerequisites, or the step that failed.
 */
export async function labUp(options: UpOptions = {}): Promise<void> {
    if ((await labStatus()).state !== "up") {
        await checkPrerequisites((await missingArtifacts()).length > 0);
    }
    await exclusively(async () => {
        const { state } = await labStatus();
        if (state === "up" && NODES.every(nodeRuns)) {
            if (options.renderer !== "silent") {
                console.log("The lab is up.");
            }
            return;
        }
        const missing = await missingArtifacts();
        const tasks: ListrTask[] = [
            ...buildTasks(missing),
            ...(state === "broken"
                ? [{ title: "Clean after an unclean stop", task: stopAll }]
                : []),
            ...(state === "up" ? [] : START_TASKS),
            {
                title: "Start the nodes",
                task: (_, task) =>
                    startMissingNodes((message) => {
                        task.output = message;
                    }),
            },
        ];
        await show(tasks, options.renderer);
    });
}

/**
 * Stops the lab and removes all that it left on the machine, its volumes included. What was built
 * stays in the cache.
 */
export function labDown(options: { deleteVolumes: true; renderer?: Renderer }): Promise<void> {
    return exclusively(() =>
        show(
            [
                { title: "Stop all processes", task: stopAll },
                {
                    title: "Remove all data",
                    task: async () => {
                        restoreLimits();
                        await removeMountPoints();
                        rmSync(STATE, { recursive: true, force: true });
                    },
                },
            ],
            options.renderer,
        ),
    );
}

/** How many volumes the lab holds. */
export function countVolumes(): number {
    const folders = NODES.map((node) => volumesDirectory(node.number)).filter(existsSync);
    return folders.flatMap((folder) => readdirSync(folder)).length;
}

const START_TASKS: ListrTask[] = [
    { title: "Create certificates", task: createPki },
    {
        title: "Create the network",
        task: async () => {
            raiseLimits();
            await createNetwork();
        },
    },
    {
        title: "Start the control plane",
        task: async () => {
            await startControlPlane();
            await waitFor("the API server", 120, answers);
            await waitFor("the lab's own objects", 30, applied);
            startController();
        },
    },
];

async function answers(): Promise<boolean> {
    await listNodes(coreApi());
    return true;
}

async function applied(): Promise<boolean> {
    await applyManifests();
    return true;
}

function startMissingNodes(say: (message: string) => void): Promise<void> {
    return startNodes(
        NODES.filter((node) => !nodeRuns(node)),
        say,
    );
}

async function stopAll(): Promise<void> {
    await stopController();
    for (const node of NODES) {
        await stopNode(node);
    }
    await stopControlPlane();
    await removeNetwork();
    await removeCgroups();
}
