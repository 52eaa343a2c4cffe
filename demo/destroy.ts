import { labStatus } from "../lab";
import { deleteObjects } from "../render/apply";
import { findData } from "../render/inventory";
import type { ObjectApi } from "../render/objectApi";
import { isLab, openCluster } from "./cluster";
import { openDeployment } from "./deployment";
import { ENGINE_TITLES, type Report } from "./engine";
import { DemoError } from "./errors";
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
    const { api, engine, choice, exists } = await openDeployment(cluster, request, "destroy");
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
            run: (report) => deleteAllData(api, namespace, report),
        });
    }
    const timings = await runSteps(steps);
    if (timings.length > 0) {
        console.log(timingTable(timings));
    }
    const left = await findData(api, namespace);
    if (left.length > 0) {
        console.log(
            `Namespace ${namespace} and its volumes stay; the next demo takes them back.\n` +
                "They go with --destroy --delete-data.",
        );
    }
    if (cluster.isLab) {
        console.log("To take the lab away: npm run lab -- down");
    }
}

async function deleteAllData(
    api: ObjectApi,
    namespace: string,
    onProgress: Report,
): Promise<undefined> {
    const statefulSets = await api.list(
        { apiVersion: "apps/v1", kind: "StatefulSet" },
        namespace,
        {},
    );
    const [inUse] = statefulSets;
    if (inUse !== undefined) {
        throw new DemoError(
            `namespace ${namespace} still has StatefulSet ${inUse.metadata?.name}, which may use the data`,
            "take it away where it was deployed",
        );
    }
    await deleteObjects(api, await findData(api, namespace), { onProgress, deleteData: true });
}
