import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { Command, InvalidArgumentError } from "commander";
import { labBinaries, LAB, labDown, labStatus, labUp, nodeCut, nodeStart, nodeStop } from ".";
import { buildAdminJar } from "./build/adminJar";
import { writeKafkaProperties } from "./build/kafkaProperties";
import { confirm } from "./confirm";
import { buildEngine } from "./pulumi/build";
import { countVolumes } from "./cluster/lifecycle";
import { type LabStatus } from "./cluster/status";
import { EXIT } from "../tools/cli/main";
import { drawTable } from "../tools/cli/table";

/** Exit code of this command only. */
const NOT_UP = 3;

const HELP_AFTER = `
Exit codes:
  0  done
  1  it failed
  2  the command line is wrong, or it lacks --yes where volumes would be deleted
  3  the lab is not up (status)
kubectl passes on its own.
`;

const program = new Command("lab")
    .usage("<command>")
    .description("A real Kubernetes of three nodes on this machine, without Docker")
    .helpCommand(false)
    .enablePositionalOptions()
    .addHelpText("after", HELP_AFTER)
    .exitOverride((error) => process.exit(error.exitCode === 0 ? EXIT.ok : EXIT.usage));

program
    .command("up")
    .description("build what is missing, start what does not run, wait until all nodes are ready")
    .action(() => labUp());

program
    .command("down")
    .description("stop everything and remove it from the machine; what was built stays")
    .option("--yes", "delete the volumes of the lab without asking")
    .action(down);

program
    .command("status")
    .description(`show nodes and components; exit code ${NOT_UP} unless the lab is up`)
    .option("--json", "as JSON")
    .action(status);

program
    .command("kubeconfig")
    .description("print the path of the kubeconfig file, whose context is `lab`")
    .action(() => {
        requireLab();
        console.log(LAB.kubeconfig);
    });

program
    .command("kubectl")
    .description("run kubectl on the lab")
    .argument("[args...]", "passed on as they are")
    .helpOption(false)
    .allowUnknownOption()
    .passThroughOptions()
    .action(kubectl);

program
    .command("engine")
    .description(
        "build Pulumi's CLI and Kubernetes provider, for machines that have none; needs Go",
    )
    .action(buildEngine);

program
    .command("admin-jar")
    .description("build the jar with which the brokers' probe and gates ask Kafka; needs a JDK 17")
    .action(() => buildAdminJar());

program
    .command("kafka-properties")
    .description("write Kafka's own definitions of its properties; needs a JDK 17 and Maven")
    .action(() => writeKafkaProperties());

const node = program.command("node").description("stop, cut off and start a node");

node.command("stop")
    .description("end all processes of a node; its connections are closed")
    .argument("<number>", "1 to 3", parseNumber)
    .action(nodeStop);

node.command("cut")
    .description("lose a node: cut it off, then end its processes, so that nobody is told")
    .argument("<number>", "1 to 3", parseNumber)
    .action(nodeCut);

node.command("start")
    .description("start a node that was stopped or cut, with its data")
    .argument("<number>", "1 to 3", parseNumber)
    .action(nodeStart);

async function down(options: { yes?: true }): Promise<void> {
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
    if (!existsSync(LAB.kubeconfig)) {
        throw new Error("the lab is down; start it with `npm run lab -- up`");
    }
}

function parseNumber(text: string): number {
    if (!/^[1-3]$/.test(text)) {
        throw new InvalidArgumentError("Nodes are 1 to 3.");
    }
    return Number(text);
}

program.parseAsync().catch((error: unknown) => {
    // Whole: what is missing, or the end of a log, is a list.
    process.stderr.write(`error: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = EXIT.failed;
});
