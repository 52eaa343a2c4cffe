import { join } from "node:path";
import { CONTROL_PLANE_ADDRESS, nodeNumbered, NODES, type NodePlan } from "./cluster/addresses";
import { buildTasks } from "./build";
import { isBuilt, pathOf } from "./build/cache";
import { kafkaLibs } from "./build/kafkaLibs";
import { KAFKA } from "./build/kafkaReleases";
import { CRDS_FILE, strimziCrds } from "./build/strimziCrds";
import { kubectlPath } from "./cluster/cluster";
import { exclusively } from "./cluster/lock";
import { cutNode, nodeRuns, stopNode } from "./cluster/node";
import { KUBECONFIG } from "./paths";
import { CONTEXT } from "./cluster/pki";
import { show, type Renderer } from "./progress";
import { startNodes } from "./cluster/startNodes";
import { labStatus } from "./cluster/status";

export { labDown, labUp, type UpOptions } from "./cluster/lifecycle";
export { type Renderer } from "./progress";
export { labStatus, type LabStatus, type NodeStatus } from "./cluster/status";

/** What is known of the lab without asking it. */
export interface LabInfo {
    /** The file for access with all permissions; it exists while the lab does. */
    readonly kubeconfig: string;
    readonly context: "lab";
    /** The image of Kafka and ZooKeeper, and its Kafka. */
    readonly image: string;
    readonly kafkaVersion: string;
    /** The image of a Kafka without ZooKeeper, which Strimzi's operator would run. */
    readonly strimzi: { readonly kafkaImage: string; readonly kafkaVersion: string };
    readonly nodes: readonly {
        readonly name: string;
        readonly address: string;
        readonly zone: string;
    }[];
    /** The DNS server of the cluster, at an address that the machine reaches too. */
    readonly dnsServer: string;
}

/** The facts of the lab, running or not. */
export const LAB: LabInfo = {
    kubeconfig: KUBECONFIG,
    context: CONTEXT,
    image: KAFKA.statefulset.image,
    kafkaVersion: KAFKA.statefulset.version,
    strimzi: { kafkaImage: KAFKA.strimzi.image, kafkaVersion: KAFKA.strimzi.version },
    nodes: NODES.map(({ name, address, zone }) => ({ name, address, zone })),
    dnsServer: CONTROL_PLANE_ADDRESS,
};

/** Stops a node: all its processes end at once, its connections are closed. */
export function nodeStop(number: number): Promise<void> {
    return changeNode(number, true, stopNode);
}

/** Cuts a node off and ends it, so that nobody is told. Unlike in a power cut the page cache stays. */
export function nodeCut(number: number): Promise<void> {
    return changeNode(number, true, cutNode);
}

/** Starts a node that was stopped or cut, with its data, and waits until it is ready. */
export function nodeStart(number: number): Promise<void> {
    return changeNode(number, false, (node) => startNodes([node]));
}

/** The programs of the lab for use from the machine. */
export function labBinaries(): { kubectl: string } {
    return { kubectl: kubectlPath() };
}

/** The folder of Kafka's and ZooKeeper's jars, to run them as plain processes. */
export function labKafkaLibs(): string {
    return pathOf(kafkaLibs(KAFKA.statefulset));
}

/**
 * The YAML file with all of Strimzi's CRDs. It is made when it is first asked for, since that needs a
 * newer Java than the lab does.
 *
 * @throws Error that says what is missing to make it.
 */
export async function labStrimziCrds(options: { renderer?: Renderer } = {}): Promise<string> {
    if (!isBuilt(strimziCrds)) {
        await exclusively(() => show(buildTasks([strimziCrds]), options.renderer));
    }
    return join(pathOf(strimziCrds), CRDS_FILE);
}

function changeNode(
    number: number,
    mustRun: boolean,
    change: (node: NodePlan) => Promise<void>,
): Promise<void> {
    const node = nodeNumbered(number);
    return exclusively(async () => {
        if ((await labStatus()).state === "down") {
            throw new Error("the lab is down");
        }
        if (nodeRuns(node) !== mustRun) {
            throw new Error(`${node.name} is ${mustRun ? "not running" : "running already"}`);
        }
        await change(node);
    });
}
