import { CoreV1Api } from "@kubernetes/client-node";
import { listStrimzi, STRIMZI_KAFKA } from "../../components/kafka/strimziObjects";
import { STATEFUL_SET } from "../../components/live/objects";
import { labStatus } from "..";
import { type Cluster, isLab, openCluster } from "./cluster";
import { deleteData as deleteDataIn, findData } from "./data";
import { openDeployment } from "./deployment";
import { ENGINE_TITLES, type Report } from "./engine";
import { DemoError } from "./errors";
import { kubectlCommand } from "./kubectl";
import type { DemoRequest } from "./options";
import { runSteps, type Step } from "./steps";
import { timingTable } from "./tables";

/** Takes away what the demo deployed; the data only when that is asked for. */
export async function destroyDemo(
    request: Extract<DemoRequest, { action: "run" | "destroy" }>,
): Promise<void> {
    if (isLab(request) && (await labStatus()).state === "down") {
        console.log("The lab is down, and with it everything that was on it.");
        return;
    }
    const { namespace, deleteData } = request;
    const cluster = await openCluster(request);
    const { engine, choice, exists, type } = await openDeployment(cluster, request, "destroy");
    const steps: Step[] = [];
    if (exists) {
        steps.push({
            title: `Take Kafka away with ${ENGINE_TITLES[choice.engine]}`,
            run: async (report) => {
                await engine.destroy(report);
                return undefined;
            },
        });
    } else {
        console.log(`There is no Kafka of the demo in namespace ${namespace}.`);
    }
    if (deleteData) {
        steps.push({
            title: "Delete the namespace and the volumes",
            run: (report) => deleteUnusedData(cluster, namespace, report),
        });
    }
    const timings = await runSteps(steps);
    if (timings.length > 0) {
        console.log(timingTable(timings));
    }
    const core = cluster.kubeConfig.makeApiClient(CoreV1Api);
    if ((await findData(core, namespace)) !== undefined) {
        console.log(
            `Namespace ${namespace} and its volumes stay; the next demo takes them back.\n` +
                "They go with --destroy --delete-data.",
        );
    }
    if (exists && type === "strimzi") {
        console.log(
            "Strimzi's CRDs stay, for any other Kafka of the cluster. If there is none, they go with:\n" +
                `${kubectlCommand(cluster)} delete crd --selector app=strimzi`,
        );
    }
    if (cluster.isLab) {
        console.log("To take the lab away: npm run lab -- down");
    }
}

async function deleteUnusedData(
    { kubeConfig, live }: Cluster,
    namespace: string,
    report: Report,
): Promise<undefined> {
    const [set] = await live.list(STATEFUL_SET, namespace);
    const [kafka] = await listStrimzi(live, STRIMZI_KAFKA, namespace);
    const inUse = set ?? kafka;
    if (inUse !== undefined) {
        throw new DemoError(
            `namespace ${namespace} still has ${set === undefined ? "Kafka" : "StatefulSet"} ${inUse.metadata?.name}, which may use the data`,
            "take it away where it was deployed",
        );
    }
    await deleteDataIn(kubeConfig.makeApiClient(CoreV1Api), namespace, report);
}
