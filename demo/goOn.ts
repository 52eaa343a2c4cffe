import { join } from "node:path";
import { BROKERS_TLS } from "../components/rendering/certificates";
import { LAB } from "../lab";
import type { Cluster } from "./cluster";
import type { Deployment } from "./deployment";
import { projectDirectory } from "../engine/project";
import { TOPIC } from "./messages";

/** Where the user's commands keep the certificate of Kafka's authority. */
const CA_FILE = "/tmp/kafka-ca.crt";

/** What the commands depend on. */
interface GoOnArgs {
    readonly cluster: Pick<Cluster, "isLab" | "kubeconfig" | "context">;
    readonly deployment: Pick<Deployment, "choice" | "directory" | "stack">;
    readonly request: { readonly namespace: string };
    readonly bootstrap?: string;
    /** Whether that listener is encrypted. */
    readonly tls?: boolean;
}

/** Commands to try next, and those that take everything away. */
export function howToGoOn({ cluster, deployment, request, bootstrap, tls }: GoOnArgs): string {
    const { namespace } = request;
    const kubectl = cluster.isLab
        ? `npm run -s lab -- kubectl --namespace ${namespace}`
        : `kubectl${accessOptions(cluster)} --namespace ${namespace}`;
    const inNamespace = namespace === "kafka" ? "" : ` --namespace ${namespace}`;
    const lines: [string, string][] = [
        ["pods", `${kubectl} get pods`],
        ["health", `npm run -s health --${accessOptions(cluster)}${inNamespace}`],
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
    if (deployment.choice.engine === "pulumi") {
        lines.push(["stack", pulumiCommand(deployment)]);
    }
    const demo = `npm run demo --${cluster.isLab ? "" : accessOptions(cluster)}${inNamespace}`;
    lines.push(["take Kafka away", `${demo} --destroy`]);
    lines.push(["… and its data", `${demo} --destroy --delete-data`]);
    if (cluster.isLab) {
        lines.push(["take the lab away", "npm run lab -- down"]);
    }
    const width = Math.max(...lines.map(([what]) => what.length));
    return ["Next:", ...lines.map(([what, how]) => `  ${what.padEnd(width)}  ${how}`)].join("\n");
}

/** The options by which kubectl and the tools of this project find a cluster. */
function accessOptions({ isLab, kubeconfig, context }: GoOnArgs["cluster"]): string {
    const file = isLab ? LAB.kubeconfig : kubeconfig;
    return [
        ...(file === undefined ? [] : [` --kubeconfig ${file}`]),
        ...(context === undefined ? [] : [` --context ${context}`]),
    ].join("");
}

/** Pulumi's CLI on the stack of the demo. */
function pulumiCommand({ directory, stack }: GoOnArgs["deployment"]): string {
    return [
        `PULUMI_BACKEND_URL=file://${join(directory, "backend")}`,
        `PULUMI_CONFIG_PASSPHRASE_FILE=${join(directory, "passphrase")}`,
        `pulumi --cwd ${projectDirectory(directory)} stack --stack ${stack}`,
    ].join(" ");
}
