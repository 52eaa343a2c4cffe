import { findPlantedFaults } from "../../bench/plantedFaults";
import { drainTwoNodes } from "../../faults/drain";
import { fillDisk, restoreAll } from "../../faults/fullDisk";
import { startOnFullVolume } from "../../faults/fullStart";
import { killBroker, killZookeeperLeader } from "../../faults/kill";
import { killDeployment, killUpdate } from "../../faults/killedUp";
import { loseClaim } from "../../faults/lostClaim";
import { cutNode } from "../../faults/nodeCut";
import { Pods } from "../../faults/pods";
import {
    type FaultGroup,
    type FaultSamples,
    INJECTED,
    type Injection,
    type InjectedGroup,
    type KilledUp,
} from "../../faults/samples";
import { hangBroker, pauseBroker } from "../../faults/stop";
import type { Target } from "../../faults/target";
import type { Outcome, RoundContext } from "../campaign";
import type { FaultStage } from "./deployments";
import type { FaultRound } from "./plan";

const BROKERS = 3;

/** What a fault found out, or why there was none. */
type Found<G extends FaultGroup> = FaultSamples[G] | { readonly missed: string };

type Inject<G extends FaultGroup> = (
    target: Target,
    stage: FaultStage,
    round: FaultRound,
) => Promise<Found<G>>;

const FAULTS: { readonly [G in FaultGroup]: Inject<G> } = {
    counter: ({ java, directory, deployment }) =>
        findPlantedFaults({ java, directory }, deployment.kafka),
    broker: killBroker,
    zookeeper: killZookeeperLeader,
    pause: pauseBroker,
    hang: hangBroker,
    // Each broker in turn, so one of them is with ZooKeeper's leader.
    node: (target, _, { name }) => cutNode(target, Number(/\d+$/.exec(name)) - 1),
    drain: drainTwoNodes,
    claim: (target) => loseClaim(target, Math.floor(target.random() * BROKERS)),
    disk: onSmallVolume(fillDisk),
    startup: onSmallVolume(startOnFullVolume),
    update: killUpdate,
    deploy: killDeployment,
};

/** Runs a round of the faults. */
export async function inject(
    stage: FaultStage,
    round: FaultRound,
    context: RoundContext,
): Promise<Outcome> {
    const { group, name } = round;
    const deployment = await (group === "deploy" ? stage.prepare("ours") : stage.show("ours"));
    const kubeConfig = await stage.kubeConfig();
    const target: Target = {
        ...context,
        name,
        deployment,
        pods: new Pods(kubeConfig, deployment.kafka.namespace),
        java: await stage.java(),
        directory: stage.files,
    };
    const found = await FAULTS[group](target, stage, round);
    if (isInjected(group)) {
        context.say(describe(found as Injection));
    }
    if (leavesItBroken(group, found)) {
        // It would be broken for the next fault, too.
        await stage.abandon();
    }
    return "missed" in found ? { notMeasured: found.missed } : { samples: found };
}

/** A fault that gives a broker another volume. The deployment goes with it. */
function onSmallVolume<G extends FaultGroup>(
    fault: (target: Target) => Promise<FaultSamples[G]>,
): Inject<G> {
    return async (target, stage) => {
        try {
            return await fault(target);
        } finally {
            await restoreAll();
            await stage.clear();
        }
    };
}

function isInjected(group: FaultGroup): group is InjectedGroup {
    return (INJECTED as readonly FaultGroup[]).includes(group);
}

function leavesItBroken(group: FaultGroup, found: object): boolean {
    const { fault, recovery } = found as Partial<Injection & KilledUp>;
    return fault !== undefined || (isInjected(group) && recovery === undefined);
}

function describe({ stall, recovery, lost, duplicates, reordered }: Injection): string {
    const whole =
        recovery === undefined ? "not whole again" : `whole after ${recovery.toFixed(1)} s`;
    return `stall ${stall.toFixed(2)} s, ${whole}, ${lost} lost, ${duplicates} twice, ${reordered} out of order`;
}
