import { existsSync } from "node:fs";
import { join } from "node:path";
import { CONTROL_PLANE_ADDRESS, HOST_ADDRESS, NODES, RANGES, type NodePlan } from "./addresses";
import { createMountPoint } from "./mountPoints";
import { run } from "../run";

/** The machine's interface into the lab. */
export const HOST_INTERFACE = "lab0";
/** The network namespace of the control plane, which also holds the bridge between the nodes. */
export const CONTROL_PLANE_NETWORK = "lab-cp";

/** Where `ip` keeps network namespaces; it mounts this folder onto itself. */
const NAMESPACES = "/run/netns";
const BRIDGE = "br0";
// Otherwise a bridge takes the lowest address of its ports and changes it when a node goes.
const BRIDGE_MAC = "02:00:0a:fe:00:0a";
/** These exist on the machine only while the lab is up, so that nothing of them can leave it. */
const SINKS = [RANGES.services, RANGES.pods, RANGES.loadBalancers];

/** The file to enter a network namespace by. */
export function namespaceFile(name: string): string {
    return join(NAMESPACES, name);
}

/**
 * Makes the bridge and connects the machine to it. There is no route from the lab to anywhere
 * else: the bridge's namespace has no default route, and the machine does not forward.
 */
export async function createNetwork(): Promise<void> {
    createMountPoint(NAMESPACES);
    await ip("netns", "add", CONTROL_PLANE_NETWORK);
    await ipBatch(CONTROL_PLANE_NETWORK, [
        "link set lo up",
        `link add ${BRIDGE} address ${BRIDGE_MAC} type bridge`,
        `addr add ${CONTROL_PLANE_ADDRESS}/24 dev ${BRIDGE}`,
        `link set ${BRIDGE} up`,
    ]);
    await sysctl(CONTROL_PLANE_NETWORK, {
        "net.ipv4.ip_forward": 0,
        // The bridge is only a switch: filtering is what the nodes do.
        "net.bridge.bridge-nf-call-iptables": 0,
        "net.bridge.bridge-nf-call-ip6tables": 0,
    });
    await ip(
        ...["link", "add", HOST_INTERFACE, "type", "veth"],
        ...["peer", "name", "host", "netns", CONTROL_PLANE_NETWORK],
    );
    await ipBatch(CONTROL_PLANE_NETWORK, [
        `link set host master ${BRIDGE} up`,
        ...NODES.map(routeToPods),
    ]);
    await ipBatch(undefined, [
        `addr add ${HOST_ADDRESS}/24 dev ${HOST_INTERFACE}`,
        `link set ${HOST_INTERFACE} up`,
        ...SINKS.map((range) => `route add blackhole ${range}`),
        ...NODES.map(routeToPods),
    ]);
}

/** Removes all that {@link createNetwork} and the nodes made, as far as it exists. */
export async function removeNetwork(): Promise<void> {
    for (const range of SINKS) {
        await ip("route", "del", "blackhole", range).catch(() => undefined);
    }
    await ip("link", "del", HOST_INTERFACE).catch(() => undefined);
    for (const name of [...NODES.map((node) => node.name), CONTROL_PLANE_NETWORK]) {
        await removeNamespace(name);
    }
}

/** Makes the network namespace of a node and plugs it into the bridge. */
export async function connectNode(node: NodePlan): Promise<void> {
    await ip("netns", "add", node.name);
    await ipBatch(CONTROL_PLANE_NETWORK, [
        `link add ${portOf(node)} type veth peer name eth0 netns ${node.name}`,
        `link set ${portOf(node)} master ${BRIDGE} up`,
    ]);
    await ipBatch(node.name, [
        "link set lo up",
        `addr add ${node.address}/24 dev eth0`,
        "link set eth0 up",
        ...NODES.filter((other) => other !== node).map(routeToPods),
        // Local clients of a Service must find a route before kube-proxy's rules see the packet.
        ...[RANGES.services, RANGES.loadBalancers].map(
            (range) => `route add ${range} dev eth0 src ${node.address}`,
        ),
    ]);
    await sysctl(node.name, {
        "net.ipv4.ip_forward": 1,
        // So that rules for Services also see traffic between two pods of one node.
        "net.bridge.bridge-nf-call-iptables": 1,
        "net.ipv4.conf.all.rp_filter": 0,
        "net.ipv4.conf.default.rp_filter": 0,
    });
}

/** Unplugs a node, as a cut cable: what its processes still send goes nowhere. */
export async function unplugNode(node: NodePlan): Promise<void> {
    await ip("-n", CONTROL_PLANE_NETWORK, "link", "set", portOf(node), "down");
}

/** Removes a node's network namespace and its port on the bridge. */
export async function disconnectNode(node: NodePlan): Promise<void> {
    await removeNamespace(node.name);
    await ip("-n", CONTROL_PLANE_NETWORK, "link", "del", portOf(node)).catch(() => undefined);
}

async function removeNamespace(name: string): Promise<void> {
    if (existsSync(namespaceFile(name))) {
        await ip("netns", "del", name);
    }
}

function portOf(node: NodePlan): string {
    return `node-${node.number}`;
}

function routeToPods(node: NodePlan): string {
    return `route add ${node.podCidr} via ${node.address}`;
}

async function ip(...args: string[]): Promise<void> {
    await run("ip", args);
}

async function ipBatch(namespace: string | undefined, lines: readonly string[]): Promise<void> {
    const where = namespace === undefined ? [] : ["-n", namespace];
    await run("ip", [...where, "-batch", "-"], { input: `${lines.join("\n")}\n` });
}

async function sysctl(namespace: string, values: Record<string, number>): Promise<void> {
    const commands = Object.entries(values).map(
        ([key, value]) => `echo ${value} >/proc/sys/${key.replaceAll(".", "/")}`,
    );
    await run("nsenter", [`--net=${namespaceFile(namespace)}`, "sh", "-ec", commands.join("\n")]);
}
