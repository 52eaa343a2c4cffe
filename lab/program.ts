import { Command, InvalidArgumentError } from "commander";
import { EXIT } from "../tools/cli/main";
import type { COMMANDS } from "./commands";

const HELP_AFTER = `
Exit codes:
  0  done
  1  it failed, or this user may not see the lab, which is root's
  2  the command line is wrong, or it lacks --yes where volumes would be deleted
  3  the lab is not up (status)
kubectl passes on its own.
`;

/** The command line of the lab. */
export const program = new Command("lab")
    .usage("<command>")
    .description("A real Kubernetes of three nodes on this machine, without Docker")
    .helpCommand(false)
    .enablePositionalOptions()
    .addHelpText("afterAll", HELP_AFTER)
    .exitOverride((error) => process.exit(error.exitCode === 0 ? EXIT.ok : EXIT.usage));

program
    .command("up")
    .description("build what is missing, start what does not run, wait until all nodes are ready")
    .action(lazily("up"));

program
    .command("down")
    .description("stop everything and remove it from the machine; what was built stays")
    .option("--yes", "delete the volumes of the lab without asking")
    .action(lazily("down"));

program
    .command("status")
    .description("show nodes and components; exit code 3 unless the lab is up")
    .option("--json", "as JSON")
    .action(lazily("status"));

program
    .command("kubeconfig")
    .description("print the path of the kubeconfig file, whose context is `lab`")
    .action(lazily("kubeconfig"));

program
    .command("kubectl")
    .description("run kubectl on the lab")
    .argument("[args...]", "passed on as they are")
    .helpOption(false)
    .allowUnknownOption()
    .passThroughOptions()
    .action(lazily("kubectl"));

program
    .command("engine")
    .description(
        "build Pulumi's CLI and Kubernetes provider, for machines that have none; needs Go",
    )
    .action(lazily("engine"));

program
    .command("admin-jar")
    .description("build the jar with which the brokers' probe and gates ask Kafka; needs a JDK 17")
    .action(lazily("adminJar"));

program
    .command("kafka-properties")
    .description("write Kafka's own definitions of its properties; needs a JDK 17 and Maven")
    .action(lazily("kafkaProperties"));

const node = program.command("node").description("stop, cut off and start a node");

node.command("stop")
    .description("end all processes of a node; its connections are closed")
    .argument("<number>", "1 to 3", parseNumber)
    .action(lazily("nodeStop"));

node.command("cut")
    .description("lose a node: cut it off, then end its processes, so that nobody is told")
    .argument("<number>", "1 to 3", parseNumber)
    .action(lazily("nodeCut"));

node.command("start")
    .description("start a node that was stopped or cut, with its data")
    .argument("<number>", "1 to 3", parseNumber)
    .action(lazily("nodeStart"));

/** An action that is loaded when it is called: all of the lab takes a second to load, which `--help` need not wait for. */
function lazily<Name extends keyof typeof COMMANDS>(name: Name) {
    return async (...args: Parameters<(typeof COMMANDS)[Name]>): Promise<void> => {
        const commands = await import("./commands.js");
        const action = commands.COMMANDS[name] as (...given: typeof args) => Promise<void> | void;
        await action(...args);
    };
}

function parseNumber(text: string): number {
    if (!/^[1-3]$/.test(text)) {
        throw new InvalidArgumentError("Nodes are 1 to 3.");
    }
    return Number(text);
}
