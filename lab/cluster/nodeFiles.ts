import { totalmem } from "node:os";
import { join } from "node:path";
import { CLUSTER_DNS_ADDRESS, CONTROL_PLANE_ADDRESS, RANGES, type NodePlan } from "./addresses";
import { PAUSE_IMAGE } from "../build/images";
import { cgroupOf } from "./cgroups";
import { nodeDirectory, PKI } from "../paths";

const MIB = 2 ** 20;

/**
 * The memory that a node must not offer, in MiB. Each node sees the whole machine: a quarter for
 * each of three leaves a quarter to the control plane and to the machine.
 */
export function reservedMemoryMib(total = totalmem()): number {
    return Math.floor((total / MIB) * 0.75);
}

/** The configuration of a node's kubelet. */
export function kubeletConfig(node: NodePlan, totalMemory?: number): object {
    const directory = nodeDirectory(node.number);
    return {
        apiVersion: "kubelet.config.k8s.io/v1beta1",
        kind: "KubeletConfiguration",
        containerRuntimeEndpoint: "unix:///run/containerd/containerd.sock",
        cgroupDriver: "cgroupfs",
        cgroupRoot: cgroupOf(node),
        clusterDNS: [CLUSTER_DNS_ADDRESS],
        clusterDomain: "cluster.local",
        resolvConf: join(directory, "resolv.conf"),
        podLogsDir: join(directory, "pod-logs"),
        volumePluginDir: join(directory, "volume-plugins"),
        failSwapOn: false,
        authentication: {
            anonymous: { enabled: false },
            webhook: { enabled: true },
            x509: { clientCAFile: join(PKI, "ca.crt") },
        },
        authorization: { mode: "Webhook" },
        tlsCertFile: join(PKI, `${node.name}.crt`),
        tlsPrivateKeyFile: join(PKI, `${node.name}.key`),
        // Pods get the files of a changed Secret or ConfigMap so soon, instead of within two minutes.
        syncFrequency: "10s",
        // The disk is the machine's: its being fairly full is no reason to evict a pod.
        evictionHard: {
            "nodefs.available": "1%",
            "imagefs.available": "1%",
            "memory.available": "100Mi",
        },
        // There is no registry from which a removed image could come again.
        imageGCHighThresholdPercent: 100,
        systemReserved: { memory: `${reservedMemoryMib(totalMemory)}Mi` },
        enforceNodeAllocatable: ["pods"],
        // Go on where a setting of the kernel may not be changed, as root of a container or of a
        // restricted machine.
        featureGates: { KubeletInUserNamespace: true },
    };
}

/** The configuration of a node's containerd. */
export function containerdConfig(node: NodePlan, packages: string): string {
    const directory = nodeDirectory(node.number);
    return `version = 2
root = "${join(directory, "containerd")}"
disabled_plugins = [
    "io.containerd.snapshotter.v1.aufs",
    "io.containerd.snapshotter.v1.btrfs",
    "io.containerd.snapshotter.v1.devmapper",
    "io.containerd.snapshotter.v1.zfs",
]
[plugins."io.containerd.grpc.v1.cri"]
sandbox_image = "${PAUSE_IMAGE}"
restrict_oom_score_adj = true
[plugins."io.containerd.grpc.v1.cri".cni]
bin_dir = "${join(packages, "usr/lib/cni")}"
conf_dir = "${join(directory, "cni")}"
`;
}

/** The network of a node's pods. */
export function podNetworkConfig(node: NodePlan): object {
    return {
        cniVersion: "0.4.0",
        name: "lab",
        plugins: [
            {
                type: "bridge",
                bridge: "cni0",
                isGateway: true,
                hairpinMode: true,
                // The plugin would also hide the addresses of pods from pods of other nodes.
                ipMasq: false,
                ipam: {
                    type: "host-local",
                    dataDir: "/run/cni",
                    ranges: [[{ subnet: node.podCidr }]],
                    routes: [{ dst: "0.0.0.0/0" }],
                },
            },
            { type: "portmap", capabilities: { portMappings: true } },
        ],
    };
}

/** The resolver of the pods that use their node's. */
export const RESOLV_CONF = `nameserver ${CONTROL_PLANE_ADDRESS}\n`;

/** The environment of `node.sh`. */
export function nodeEnvironment(node: NodePlan): Record<string, string> {
    return {
        NODE_NAME: node.name,
        NODE_ADDRESS: node.address,
        ZONE: node.zone,
        POD_RANGE: RANGES.pods,
        DIRECTORY: nodeDirectory(node.number),
    };
}
