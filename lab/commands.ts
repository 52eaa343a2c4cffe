import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { labBinaries, LAB, labDown, labStatus, labUp, nodeCut, nodeStart, nodeStop } from ".";
import { buildAdminJar } from "./build/adminJar";
import { writeKafkaProperties } from "./build/kafkaProperties";
import { requireAccess } from "./cluster/access";
import { countVolumes } from "./cluster/lifecycle";
import type { LabStatus } from "./cluster/status";
import { confirm } from "./confirm";
import { buildEngine } from "./pulumi/build";
import { EXIT } from "../tools/cli/main";
import { drawTable } from "../tools/cli/table";

/** Exit code of `status` while the lab is not up. */
const NOT_UP = 3;

/** What the commands of the lab do. */
export const COMMANDS = {
    up: () => labUp(),
    down,
    status,
    kubeconfig: () => {
        requireLab();
        console.log(LAB.kubeconfig);
    },
    kubectl,
    engine: buildEngine,
    adminJar: () => buildAdminJar(),
    kafkaProperties: () => writeKafkaProperties(),
    nodeStop,
    nodeCut,
    nodeStart,
} as const;

async function down(options: { yes?: true }): Promise<void> {
    requireAccess();
    const volumes = countVolumes();
    if (volumes > 0 && !options.yes && !(await confirmDeletion(volumes))) {
        process.exitCode = EXIT.usage;
        return;
    }
    await labDown({ deleteVolumes: true });
}

async function confirmDeletion(volumes: number): Promise<boolean> {
    const what = volumes === 1 ? "1 volume" : `${volumes} volumes`;
    if (!process.stdin.isTTY) {
        console.error(`The lab holds ${what}, which would be deleted. To do that, add --yes.`);
        return false;
    }
    return confirm(`Delete ${what} with all data?`);
}

async function status(options: { json?: true }): Promise<void> {
    const lab = await labStatus();
    process.exitCode = lab.state === "up" ? 0 : NOT_UP;
    console.log(options.json ? JSON.stringify(lab, undefined, 2) : statusTables(lab));
}

function statusTables(lab: LabStatus): string {
    if (lab.state === "down") {
        return "The lab is down.";
    }
    const yesNo = (value: boolean): string => (value ? "yes" : "no");
    const nodes = drawTable({
        head: ["node", "zone", "address", "runs", "ready"],
        rows: lab.nodes.map(({ name, zone, address, running, ready }) => [
            name,
            zone,
            address,
            yesNo(running),
            yesNo(ready),
        ]),
    });
    const components = drawTable({
        head: ["component", "runs"],
        rows: Object.entries(lab.components).map(([name, runs]) => [name, yesNo(runs)]),
    });
    const summary =
        lab.state === "up"
            ? "The lab is up."
            : "The lab is broken; `up` starts it again, `down` removes it.";
    return [summary, nodes, components, `DNS server: ${LAB.dnsServer}`].join("\n");
}

function kubectl(args: string[]): void {
    requireLab();
    const { status: code, error } = spawnSync(labBinaries().kubectl, args, {
        env: { ...process.env, KUBECONFIG: LAB.kubeconfig },
        stdio: "inherit",
    });
    if (error) {
        throw error;
    }
    process.exitCode = code ?? 1;
}

function requireLab(): void {
    requireAccess();
    if (!existsSync(LAB.kubeconfig)) {
        throw new Error("the lab is down; start it with `npm run lab -- up`");
    }
}
