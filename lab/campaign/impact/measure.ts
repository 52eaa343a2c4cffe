import { removeTopic } from "../../bench/benchTopic";
import { findPlantedFaults } from "../../bench/plantedFaults";
import { type LoadResult, underLoad } from "../../bench/load";
import { Pods } from "../../faults/pods";
import { waitFor } from "../../wait";
import type { Outcome, RoundContext } from "../campaign";
import type { DeploymentArgs, Stage } from "../stage";
import { ChangingKafka } from "./changingKafka";
import { type ChangeSample, compare, differences } from "./compare";
import type { Observation } from "./observation";
import { observe, sendOldMessages } from "./observe";
import type { ChangeRound } from "./plan";
import { saidBy } from "./said";
import { type Seen, seenIn } from "./seen";
import { BASES } from "./settings";
import { waysNow } from "./ways";

/** The stacks that are changed, by what they begin with. */
export type ImpactStage = Stage<Record<keyof typeof BASES, ChangingKafka>>;

/** A broker that is deleted is back within this time. */
const PLANTED_SECONDS = 180;

/** What a change that was watched did. */
interface Watched {
    readonly seen: Seen;
    readonly before: Observation;
    readonly after: Observation;
    readonly load: LoadResult;
}

/** Makes the stacks; none is deployed yet. */
export function changingStacks(args: DeploymentArgs): Record<keyof typeof BASES, ChangingKafka> {
    return {
        three: new ChangingKafka(args, BASES.three, 3),
        one: new ChangingKafka(args, BASES.one, 1),
    };
}

/** Makes a change under load, and compares what it did with what `impact` said of it. */
export async function measure(
    stage: ImpactStage,
    round: ChangeRound,
    { signal, say }: RoundContext,
): Promise<Outcome> {
    const { base, before, after, judgements, name } = round;
    const deployment = await stage.show(base);
    await deployment.bring(before);
    const said = saidBy(await deployment.assess(after));
    say(said.verdict);
    signal.throwIfAborted();
    let refused: string | undefined;
    const watched = await watch(stage, deployment, name, async () => {
        refused = await deployment.change(after);
    });
    const sample: ChangeSample = {
        said,
        seen: watched.seen,
        ...(refused !== undefined && { refused }),
    };
    if (refused !== undefined) {
        // What it is now, nobody has asked for.
        await stage.abandon();
    }
    for (const [judgement, subject] of Object.entries(judgements)) {
        const { verdict, wrong } = compare(judgement, subject, sample);
        say([`${judgement}: ${verdict}`, ...wrong].join("; "));
    }
    return { samples: { ...sample, ...watched } };
}

/**
 * Shows that losses are counted, and that a wrong judgement is found: a broker is deleted, and nothing was said of it.
 *
 * @throws Error when that is not so: whatever else is found says nothing then.
 */
export async function plantWrong(
    stage: ImpactStage,
    { signal, say }: RoundContext,
): Promise<Outcome> {
    const deployment = await stage.show("three");
    await deployment.bring(BASES.three);
    const java = await stage.java();
    await findPlantedFaults({ java, directory: stage.files }, deployment.kafka);
    const kubeConfig = await stage.kubeConfig();
    const pods = new Pods(kubeConfig, deployment.kafka.namespace);
    const said = saidBy(await deployment.assess(BASES.three));
    const { seen } = await watch(stage, deployment, "planted", async () => {
        await pods.delete("kafka-2");
        await waitFor("the broker that was deleted", PLANTED_SECONDS, () => pods.areReady(), {
            signal,
        });
        await deployment.kafka.waitForFullIsr();
    });
    const wrong = differences({ said, seen });
    const expected = "brokers that restart: said 0, seen 1";
    if (wrong.join() !== expected) {
        throw new Error(`a planted wrong: expected "${expected}", got "${wrong.join()}"`);
    }
    say("found what was planted: a loss, and a judgement that did not say a restart");
    return { samples: { said, seen } };
}

async function watch(
    stage: ImpactStage,
    { kafka }: ChangingKafka,
    name: string,
    happening: () => Promise<void>,
): Promise<Watched> {
    const observed = { kubeConfig: await stage.kubeConfig(), kafka };
    const ways = () => waysNow(observed.kubeConfig, kafka.namespace);
    const tools = { java: await stage.java(), directory: stage.files };
    const topic = `impact-${name}`;
    await sendOldMessages(kafka);
    const known = await ways();
    const before = await observe(observed, known, known);
    const load = await underLoad(tools, kafka, topic, happening);
    await removeTopic(kafka.client(), topic);
    const after = await observe(observed, known, await ways());
    return { seen: seenIn(before, after, load), before, after, load };
}
