import type { KubeConfig } from "@kubernetes/client-node";
import type { StackConfig } from "../../config/stackConfig";
import { withDeadline } from "../cli/deadline";
import { describeFault } from "../client/describeFault";
import { requireApiServer } from "../client/kubernetes";
import type { RenderedStack } from "../render/renderStack";
import { judgeCapacity, judgeZones } from "./capacity";
import { askCluster } from "./facts";
import { type Area, AREAS, type Finding, type Judgement, notKnown } from "./finding";
import { plannedPods } from "./plannedPods";
import { judgeApis, judgeVersion } from "./versions";
import { volumesOfClaims } from "./volumes";

/** What is checked, and where. */
export interface PreflightOptions {
    /** What the stack registers, as {@link renderStack} returns it. */
    readonly stack: RenderedStack;
    /** The cluster on which it is to run. */
    readonly kubeConfig: KubeConfig;
    /** Called with the areas that are still being checked whenever one is done. */
    readonly onProgress?: (waitingFor: readonly Area[]) => void;
}

const AREA_TIMEOUT_MS = 60_000;

/**
 * Checks whether a cluster can take what a stack asks for, before anything is made. It only reads; what it may not read is a finding,
 * too.
 *
 * @throws KubernetesAccessError when the cluster itself can't be asked.
 */
export async function preflight(options: PreflightOptions): Promise<Finding[]> {
    const { stack, kubeConfig, onProgress } = options;
    const { config }: { config: StackConfig } = stack;
    const { namespace } = config;
    await requireApiServer(kubeConfig, namespace);
    const facts = askCluster(kubeConfig, namespace);
    const groups = plannedPods(stack);
    const waitingFor = new Set<Area>(AREAS);

    /** Judges one area; an error becomes a finding, so that the other areas are still reported. */
    async function area(name: Area, judge: () => Promise<Judgement[]>): Promise<Finding[]> {
        let judgements: Judgement[];
        try {
            judgements = await withDeadline(judge(), AREA_TIMEOUT_MS, `the check of ${name}`);
        } catch (error) {
            judgements = [notKnown(name, describeFault(error).message)];
        }
        waitingFor.delete(name);
        onProgress?.([...waitingFor]);
        return judgements.map((judgement) => ({ area: name, ...judgement }));
    }

    const found = await Promise.all([
        area("versions", async () => [
            ...judgeVersion(config, await facts.version),
            ...judgeApis(stack.objects, await facts.groups),
        ]),
        area("capacity", async () => {
            const nodes = await facts.nodes;
            return [
                ...judgeCapacity(groups, {
                    nodes,
                    pods: await facts.pods,
                    volumes: volumesOfClaims(await facts.claims, await facts.volumes),
                }),
                ...judgeZones(config.kafka.rackAwareness, nodes),
            ];
        }),
    ]);
    return found.flat();
}
