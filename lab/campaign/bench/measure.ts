import { deployEmptyStack } from "../../bench/emptyStack";
import { measureListeners } from "../../bench/listenerFigures";
import { labCycle, type LabCycle } from "../../bench/labCycle";
import { hasNodeHost, measurePreviews } from "../../bench/preview";
import { sidesInTurn } from "../../bench/pair";
import { findPlantedFaults } from "../../bench/plantedFaults";
import type { Group, RoundSamples } from "../../bench/samples";
import { SECURED } from "../../bench/ourConfig";
import { measureThroughput } from "../../bench/throughput";
import type { RoundContext } from "../campaign";
import { loseNode, roll } from "./loads";
import type { BenchStage } from "./deployments";
import type { BenchRound } from "./plan";
import { join } from "node:path";

const LAB_CYCLES = 2;

/** What was measured, or why it was not. */
type Measured<G extends Group> =
    { readonly samples: RoundSamples[G] } | { readonly notMeasured: string };

type Measure<G extends Group> = (
    stage: BenchStage,
    round: BenchRound,
    context: RoundContext,
) => Promise<Measured<G>>;

const MEASURES: { readonly [G in Group]: Measure<G> } = {
    lab,
    counter,
    deploy,
    throughput,
    preview,
    roll: async (...args) => ({ samples: await roll(...args) }),
    node: async (...args) => ({ samples: await loseNode(...args) }),
    security,
};

/** Runs a round of the benchmarks. */
export function measure(
    stage: BenchStage,
    round: BenchRound,
    context: RoundContext,
): Promise<Measured<Group>> {
    return MEASURES[round.group](stage, round, context);
}

async function lab(
    stage: BenchStage,
    _: BenchRound,
    { signal }: RoundContext,
): Promise<Measured<"lab">> {
    if (!(await stage.labIsFree())) {
        return { notMeasured: "the lab was up, and may be in use" };
    }
    await stage.endLab();
    stage.claimLab();
    const cycles: LabCycle[] = [];
    while (cycles.length < LAB_CYCLES) {
        signal.throwIfAborted();
        cycles.push(await labCycle());
    }
    await stage.endLab();
    return { samples: { cycles } };
}

async function counter(
    stage: BenchStage,
    _: BenchRound,
    { say }: RoundContext,
): Promise<Measured<"counter">> {
    // Any Kafka will do, and bare manifests are there soonest.
    const { kafka } = await stage.show(stage.deployed ?? "bare");
    const tools = { java: await stage.java(), directory: stage.files };
    const samples = await findPlantedFaults(tools, kafka);
    say("found what was planted: a loss, a duplicate and a message out of order");
    return { samples };
}

async function deploy(
    stage: BenchStage,
    _: BenchRound,
    { random, signal, say }: RoundContext,
): Promise<Measured<"deploy">> {
    const none = { deployed: NaN, firstMessage: NaN };
    const samples = { ours: none, reference: none };
    for (const side of sidesInTurn(random)) {
        signal.throwIfAborted();
        samples[side] = await stage.deploy(side === "ours" ? "ours" : "bare");
        say(`${side}: ${samples[side].firstMessage.toFixed(1)} s`);
    }
    await stage.clear();
    return { samples };
}

async function throughput(
    stage: BenchStage,
    _: BenchRound,
    context: RoundContext,
): Promise<Measured<"throughput">> {
    const { kafka } = await stage.show("ours");
    const [java, kubeConfig] = [await stage.java(), await stage.kubeConfig()];
    const args = { ...context, java, kubeConfig, directory: stage.files };
    return { samples: await measureThroughput(args, kafka) };
}

async function preview(
    stage: BenchStage,
    { name }: BenchRound,
    context: RoundContext,
): Promise<Measured<"preview">> {
    if (!hasNodeHost(stage.engine)) {
        return { notMeasured: "needs Pulumi's Node language host on PATH" };
    }
    const { previewed: ours } = await stage.show("ours");
    const reference = await deployEmptyStack(join(stage.files, name), stage.engine);
    return {
        samples: { pairs: await measurePreviews(stage.engine, context, { ours, reference }) },
    };
}

async function security(
    stage: BenchStage,
    { name }: BenchRound,
    context: RoundContext,
): Promise<Measured<"security">> {
    const { listeners } = SECURED;
    const isSecured = name === "security";
    const { kafka } = await stage.show(isSecured ? "secured" : "ours");
    const [java, kubeConfig] = [await stage.java(), await stage.kubeConfig()];
    const args = { ...context, java, kubeConfig, directory: stage.files };
    if (!isSecured) {
        const [unencrypted] = await measureListeners(args, kafka, [listeners.plaintext]);
        return { samples: { unencrypted } };
    }
    const { plaintext, tls, scram } = listeners;
    const [first, second, third] = await measureListeners(args, kafka, [plaintext, tls, scram]);
    return { samples: { plaintext: first, tls: second, scram: third } };
}
