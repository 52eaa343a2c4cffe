import assert from "node:assert/strict";
import { nodeNumbered } from "../../../lab/cluster/addresses";
import { corefile, localPathConfig } from "../../../lab/cluster/controlPlane";
import {
    containerdConfig,
    kubeletConfig,
    podNetworkConfig,
    reservedMemoryMib,
} from "../../../lab/cluster/nodeFiles";

const NODE = nodeNumbered(3);
const GIB = 2 ** 30;

describe("files of a lab node", () => {
    it("lets a node offer a quarter of the machine's memory", () => {
        assert.equal(reservedMemoryMib(24 * GIB), 18 * 1024);
        assert.equal(reservedMemoryMib(8 * GIB), 6 * 1024);
    });

    it("gives each kubelet cgroups and folders of its own", () => {
        const config = kubeletConfig(NODE, 24 * GIB) as Record<string, unknown>;
        assert.equal(config["cgroupRoot"], "/lab/node-3");
        assert.equal(config["podLogsDir"], "/var/lib/kafka-eks-lab/nodes/3/pod-logs");
        assert.deepEqual(config["systemReserved"], { memory: "18432Mi" });
        assert.deepEqual(config["clusterDNS"], ["10.96.0.10"]);
    });

    it("points containerd at its own folders and at the unpacked plugins", () => {
        const config = containerdConfig(NODE, "/cache/packages");
        assert.match(config, /^root = "\/var\/lib\/kafka-eks-lab\/nodes\/3\/containerd"$/m);
        assert.match(config, /^bin_dir = "\/cache\/packages\/usr\/lib\/cni"$/m);
        assert.match(config, /^sandbox_image = "docker\.io\/lab\/pause:1"$/m);
    });

    it("gives pods the addresses of their node and does not hide them", () => {
        const { plugins } = podNetworkConfig(NODE) as {
            plugins: { ipMasq?: boolean; ipam?: { ranges: unknown } }[];
        };
        assert.equal(plugins[0]?.ipMasq, false);
        assert.deepEqual(plugins[0]?.ipam?.ranges, [[{ subnet: "10.244.3.0/24" }]]);
    });

    it("keeps the volumes of each node apart", () => {
        const { nodePathMap } = localPathConfig() as {
            nodePathMap: { node: string; paths: string[] }[];
        };
        assert.deepEqual(nodePathMap[2], {
            node: "lab-node-3",
            paths: ["/var/lib/kafka-eks-lab/nodes/3/volumes"],
        });
    });

    it("asks no DNS server outside of the lab", () => {
        assert.doesNotMatch(corefile(), /forward/);
    });
});
