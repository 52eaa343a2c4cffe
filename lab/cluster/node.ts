import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type NodePlan } from "./addresses";
import { pathOf } from "../build/cache";
import { artifacts } from "../build";
import { createCgroups, hierarchies, removeCgroups, systemCgroupOf } from "./cgroups";
import { copyImages } from "./imageCopies";
import { createMountPoint } from "./mountPoints";
import { startInNamespaces } from "./namespaces";
import { connectNode, disconnectNode, unplugNode } from "./network";
import {
    containerdConfig,
    kubeletConfig,
    nodeEnvironment,
    podNetworkConfig,
    RESOLV_CONF,
} from "./nodeFiles";
import { LOGS, nodeDirectory, PKI, volumesDirectory } from "../paths";
import { daemonsOf, isRunning, kill, recorded } from "./processes";

const DAEMONS = ["containerd", "kubelet", "kube-proxy"];

/** Whether a node was started and has not ended. */
export function nodeRuns(node: NodePlan): boolean {
    return isRunning(node.name);
}

/** Whether none of a node's daemons has ended. */
export function nodeIsWhole(node: NodePlan): boolean {
    return endedDaemons(node).length === 0;
}

/** The daemons of a node that do not run. */
export function endedDaemons(node: NodePlan): string[] {
    const running = daemonsOf(node.name);
    return DAEMONS.filter((daemon) => !running.has(daemon));
}

/** The names of a node's logs: of its first process and of its daemons. */
export function nodeLogs(node: NodePlan): string[] {
    return [node.name, ...["containerd", "kubelet", "proxy"].map((log) => `${node.name}-${log}`)];
}

/** Starts a node, new or with the data that it had. */
export async function startNode(node: NodePlan): Promise<void> {
    const { kubernetes, nodePackages, images } = await artifacts();
    const packages = pathOf(nodePackages);
    const directory = nodeDirectory(node.number);
    for (const name of ["cgroup", "cni", "kubelet", "pod-logs", "volume-plugins"]) {
        mkdirSync(join(directory, name), { recursive: true });
    }
    mkdirSync(volumesDirectory(node.number), { recursive: true });
    await copyImages(pathOf(images), join(directory, "containerd"));
    writeFileSync(join(directory, "kubelet.json"), JSON.stringify(kubeletConfig(node)));
    writeFileSync(join(directory, "containerd.toml"), containerdConfig(node, packages));
    writeFileSync(join(directory, "cni", "lab.conflist"), JSON.stringify(podNetworkConfig(node)));
    writeFileSync(join(directory, "resolv.conf"), RESOLV_CONF);
    createMountPoint("/var/lib/kubelet");
    createCgroups(node);
    await connectNode(node);
    const cgroups = hierarchies().map((folder) => join(folder, systemCgroupOf(node)));
    startInNamespaces(node.name, node.name, ["--uts"], join(__dirname, "node.sh"), {
        ...nodeEnvironment(node),
        CGROUPS: cgroups.join(":"),
        KUBERNETES: pathOf(kubernetes),
        PACKAGES: packages,
        PKI,
        LOGS,
        NAME: node.name,
    });
}

/** Ends all processes of a node at once. Their connections are closed, as the kernel does. */
export async function stopNode(node: NodePlan): Promise<void> {
    await kill(node.name, true);
    await disconnectNode(node);
    await removeCgroups(node);
}

/** As {@link stopNode}, but nobody hears of it: the cable is cut first. */
export async function cutNode(node: NodePlan): Promise<void> {
    await unplugNode(node);
    await stopNode(node);
}

/** Whether a node was stopped, not lost: nothing is recorded of a node that was stopped. */
export function nodeIsStopped(node: NodePlan): boolean {
    return recorded(node.name) === undefined && existsSync(nodeDirectory(node.number));
}
