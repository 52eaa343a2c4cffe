import type { KafkaDeployment } from "../../bench/deployment";
import { type LoadResult, underLoad } from "../../bench/load";
import { cutNodeOf, isWithZookeeperLeader } from "../../bench/nodeLoss";
import type { NodeLoss, Roll } from "../../bench/samples";
import type { RoundContext } from "../campaign";
import type { BenchStage } from "./deployments";
import type { BenchRound } from "./plan";

/** Restarts all brokers under load. */
export async function roll(
    stage: BenchStage,
    { name }: BenchRound,
    { say }: RoundContext,
): Promise<Roll> {
    const side = name.includes("reference") ? "reference" : "ours";
    const deployment = await stage.show(side === "ours" ? "ours" : "bare");
    let duration = 0;
    const load = await loadOn(stage, deployment, name, async () => {
        duration = await deployment.brokers.roll(() => deployment.change());
    });
    say(`${duration.toFixed(1)} s, ${describe(load)}`);
    return { side, duration, ...load };
}

/** Cuts the node of a broker off under load; the number at the end of the round's name says which one. */
export async function loseNode(
    stage: BenchStage,
    { name }: BenchRound,
    { say }: RoundContext,
): Promise<NodeLoss> {
    await stage.startNodes();
    const deployment = await stage.show("ours");
    const broker = Number(/\d+$/.exec(name)) - 1;
    const withZookeeperLeader = await isWithZookeeperLeader(deployment, broker);
    let recovery = 0;
    const load = await loadOn(stage, deployment, name, async () => {
        const start = await cutNodeOf(deployment, broker);
        await deployment.kafka.waitForFullIsr();
        recovery = (performance.now() - start) / 1000;
    });
    say(
        `broker ${broker}${withZookeeperLeader ? " and ZooKeeper's leader" : ""}: ${describe(load)}`,
    );
    return { broker, withZookeeperLeader, recovery, ...load };
}

async function loadOn(
    stage: BenchStage,
    { kafka }: KafkaDeployment,
    name: string,
    happening: () => Promise<void>,
): Promise<LoadResult> {
    await kafka.waitForFullIsr();
    const tools = { java: await stage.java(), directory: stage.files };
    return underLoad(tools, kafka, `bench-${name}`, happening);
}

function describe({ stall, lost, duplicates }: LoadResult): string {
    return `stall ${stall.toFixed(2)} s, ${lost} lost, ${duplicates} twice`;
}
