import { join } from "node:path";
import { BROKERS_TLS } from "../../components/statefulset/certificates/certificates";
import type { Engine as Pulumi } from "../pulumi/find";
import { projectDirectory } from "../pulumi/project";
import type { ClusterAccess } from "./cluster";
import type { Deployment } from "./deployment";
import { accessArguments, kubectlCommand } from "./kubectl";
import { TOPIC } from "./messages";

/** Where the user's commands keep the certificate of Kafka's CA. */
const CA_FILE = "/tmp/kafka-ca.crt";

/** What the commands depend on. */
interface GoOnArgs {
    readonly cluster: ClusterAccess;
    readonly deployment: Pick<Deployment, "choice" | "directory" | "stack">;
    readonly request: { readonly namespace: string };
    readonly bootstrap?: string;
    /** Whether that listener is encrypted. */
    readonly tls?: boolean;
}

/** Commands to try next, and those that take everything away. */
export function nextSteps({ cluster, deployment, request, bootstrap, tls }: GoOnArgs): string {
    const { namespace } = request;
    const kubectl = `${kubectlCommand(cluster)} --namespace ${namespace}`;
    const access = accessArguments(cluster)
        .map((argument) => ` ${argument}`)
        .join("");
    const inNamespace = namespace === "kafka" ? "" : ` --namespace ${namespace}`;
    const lines: [string, string][] = [
        ["pods", `${kubectl} get pods`],
        ["health", `npm run -s health --${access}${inNamespace}`],
    ];
    if (bootstrap !== undefined) {
        const trust = tls ? ` KAFKA_CA=${CA_FILE}` : "";
        const client = `KAFKA_BOOTSTRAP=${bootstrap}${trust} npm run -s client -- --topic ${TOPIC}`;
        if (tls) {
            const path = "jsonpath='{.data.ca\\.crt}'";
            const secret = `get secret ${BROKERS_TLS} -o ${path}`;
            lines.push(["trust", `${kubectl} ${secret} | base64 -d >${CA_FILE}`]);
        }
        lines.push(["read", `${client} --consume --from-beginning`]);
        lines.push(["send", `${client} --produce "Hello again"`]);
    }
    const { choice } = deployment;
    if (choice.engine === "pulumi") {
        lines.push(["stack", pulumiCommand(choice.pulumi, deployment)]);
    }
    const demo = `npm run demo --${cluster.isLab ? "" : access}${inNamespace}`;
    lines.push(["take Kafka away", `${demo} --destroy`]);
    lines.push(["… and its data", `${demo} --destroy --delete-data`]);
    if (cluster.isLab) {
        lines.push(["take the lab away", "npm run lab -- down"]);
    }
    const width = Math.max(...lines.map(([what]) => what.length));
    return ["Next:", ...lines.map(([what, how]) => `  ${what.padEnd(width)}  ${how}`)].join("\n");
}

/** Pulumi's CLI on the stack of the demo. */
function pulumiCommand(
    { pulumi }: Pick<Pulumi, "pulumi">,
    { directory, stack }: GoOnArgs["deployment"],
): string {
    return [
        `PULUMI_BACKEND_URL=file://${join(directory, "backend")}`,
        `PULUMI_CONFIG_PASSPHRASE_FILE=${join(directory, "passphrase")}`,
        `${pulumi.command} --cwd ${projectDirectory(directory)} stack --stack ${stack}`,
    ].join(" ");
}
