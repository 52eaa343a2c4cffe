import type { Stored } from "../../tools/client/produce";
import { type ClusterDescription, describeCluster } from "../../tools/client/topics";
import { loadConfig } from "../../config";
import type { StackConfig } from "../../config/stackConfig";
import type { EngineChoice } from "./chooseEngine";
import { type Cluster, isLab, openCluster, startLab } from "./cluster";
import { chooseType } from "./deploymentType";
import { connect, type Connection } from "./connection";
import { demoConfig, openDeployment } from "./deployment";
import { ENGINE_TITLES } from "./engine";
import { ensureHelloTopic, MESSAGES, receiveHello, sendHello, TOPIC } from "./messages";
import { nextSteps } from "./nextSteps";
import type { DemoRequest } from "./options";
import { runSteps, type Timing } from "./steps";
import { brokerTable, timingTable, topicTable } from "./tables";

/** The demo: a cluster, Kafka on it, a message through it. */
export async function runDemo(
    request: Extract<DemoRequest, { action: "run" | "destroy" }>,
): Promise<void> {
    const timings: Timing[] = [];
    if (isLab(request)) {
        // A wrong configuration is found before minutes are spent on a cluster.
        const circumstances = { ...request, isLab: true };
        loadConfig(demoConfig(circumstances, "kubectl", chooseType(circumstances), request));
        const start = performance.now();
        await startLab();
        timings.push({ title: "Start the lab", ms: performance.now() - start });
    }
    const cluster = await openCluster(request);
    const deployment = await openDeployment(cluster, request, "deploy");
    const { choice, engine, type } = deployment;
    const config = loadConfig(deployment.config);
    console.log(
        [
            `Cluster: ${cluster.title}, namespace ${request.namespace}`,
            `Engine: ${ENGINE_TITLES[choice.engine]}${versionOf(choice)}, because ${choice.why}`,
            ...("next" in choice ? [`Next: ${choice.next}`] : []),
            `Configuration: platform=${config.platform}, kafkaDeploymentType=${type}`,
            ...installations(config),
        ].join("\n"),
    );
    const deploy = {
        title: deployment.exists ? "Bring Kafka up to date" : "Deploy Kafka",
        run: async (report: (line: string) => void) => {
            await engine.deploy(report);
            return undefined;
        },
    };
    timings.push(...(await runSteps([deploy])));
    const {
        connection,
        description,
        timings: more,
    } = await useKafka(cluster, request.namespace, MESSAGES[type]);
    connection.close();
    console.log(
        [
            brokerTable(description),
            topicTable(description, TOPIC),
            timingTable([...timings, ...more]),
            nextSteps({ cluster, deployment, request, ...connection }),
        ].join("\n"),
    );
}

function versionOf(choice: EngineChoice): string {
    const version = choice.engine === "pulumi" ? choice.pulumi.pulumi.version : null;
    return version === null ? "" : ` ${version.version}`;
}

/** What is installed for the whole cluster, so that nobody finds it there later without knowing why. */
export function installations(config: StackConfig): string[] {
    const operator = config.kafkaDeploymentType === "strimzi" ? config.strimzi.operator : undefined;
    return operator === undefined
        ? []
        : [
              `Installs: Strimzi ${operator.version} in namespace ${config.namespace} from ${operator.chart}, and for the ` +
                  `whole cluster its CRDs from ${operator.crds}, which replace other ones and stay after --destroy`,
          ];
}

/** Sends the message through Kafka and looks at what Kafka is made of. */
async function useKafka(
    cluster: Cluster,
    namespace: string,
    message: string,
): Promise<{ connection: Connection; description: ClusterDescription; timings: Timing[] }> {
    const connection = await connect(cluster.kubeConfig, namespace);
    const { kafka } = connection;
    let sent: Stored;
    let description: ClusterDescription | undefined;
    const timings = await runSteps([
        {
            title: `Make the topic ${TOPIC}`,
            run: async () => {
                await ensureHelloTopic(kafka);
                return `by ${connection.description}`;
            },
        },
        {
            title: "Produce",
            run: async () => {
                sent = await sendHello(kafka, message);
                return `"${message}" is at partition ${sent.partition}, offset ${sent.offset}`;
            },
        },
        {
            title: "Consume",
            run: async () => {
                const received = await receiveHello(kafka, sent, message);
                return `"${message}"${received === 1 ? "" : `, among ${received} messages`}`;
            },
        },
        {
            title: "Look at the brokers",
            run: async () => {
                description = await describeCluster(kafka);
                return undefined;
            },
        },
    ]);
    return { connection, description: description!, timings };
}
