import type { V1Pod, V1StatefulSet } from "@kubernetes/client-node";
import type { types } from "@pulumi/kubernetes";
import { KAFKA, ZOOKEEPER } from "../../kafka/names";
import type { Change } from "../../live/gate";
import { POD, STATEFUL_SET } from "../../live/objects";
import { ask } from "../../live/question";
import { cannotStart } from "../../live/rollout/cannotStart";
import { ordinalOf } from "../../live/rollout/pods";
import { askFacts, type AskFactsArgs } from "../admin/askFacts";
import { degradations } from "../brokers/objections";
import { restartsPods } from "../restartsPods";
import { updateCheckJob } from "./updateCheck";
import type { ZookeeperAuthentication } from "./zookeeperIdentity";

/** Exit code of the check when no key may overrule it: brokers would lose their sessions. */
const REFUSED = 2;

/** What {@link checkMembers} asks with. */
export interface MemberCheckArgs extends AskFactsArgs {
    readonly authentication: ZookeeperAuthentication;
    /** Whether members may restart although another one is down, or Kafka is not whole. */
    readonly restartWhileDegraded: boolean;
    readonly warn: (text: string) => void;
}

/**
 * Asks whether the StatefulSet of the ensemble may change.
 *
 * @throws Error with everything that speaks against it.
 */
export async function checkMembers(
    change: Change<types.input.apps.v1.StatefulSet>,
    args: MemberCheckArgs,
): Promise<void> {
    const { live, namespace } = args;
    const set = await live.read<V1StatefulSet>({ ...STATEFUL_SET, namespace, name: ZOOKEEPER });
    const pods = await live.list<V1Pod>(POD, namespace, `app.kubernetes.io/name=${ZOOKEEPER}`);
    const members = pods.filter((pod) => ordinalOf(pod, ZOOKEEPER) !== undefined);
    if (set === undefined || members.length === 0) {
        return;
    }
    if (!restartsPods(change, set)) {
        return;
    }
    const problems = await objectionsOf(set, members, args);
    if (problems.length > 0) {
        const text = `zookeeper: ${problems.join("; ")}`;
        if (!args.restartWhileDegraded) {
            throw new Error(
                `${text}. No member was changed. Next: bring the missing ones back, npm run health says more; ` +
                    "restartWhileDegraded: true goes on all the same",
            );
        }
        args.warn(text);
    }
}

async function objectionsOf(
    set: V1StatefulSet,
    members: readonly V1Pod[],
    args: MemberCheckArgs,
): Promise<readonly string[]> {
    const { live, namespace, authentication } = args;
    const broken = members.filter(cannotStart).map((pod) => ordinalOf(pod, ZOOKEEPER)!);
    const healthy = members
        .map((pod) => ordinalOf(pod, ZOOKEEPER)!)
        .filter((id) => !broken.includes(id));
    if (healthy.length === 0) {
        return [];
    }
    // The highest ones restart first, whatever state the others are in.
    if (broken.length > 0 && Math.min(...broken) < Math.max(...healthy)) {
        return [
            `expected members that can't start to be the last ones, got ${broken.join(", ")} beside ${healthy.join(", ")}`,
        ];
    }
    const job = updateCheckJob({
        namespace,
        // The one that runs: the new one may be what is wrong.
        image: set.spec!.template.spec!.containers[0]!.image!,
        members: set.spec!.replicas!,
        authentication,
        broken,
    });
    const { exitCode, text } = await ask(live, namespace, job);
    if (exitCode === REFUSED) {
        throw new Error(`zookeeper.authentication: ${text}`);
    }
    if (exitCode !== 0) {
        return [text];
    }
    // Without a quorum Kafka would not answer: the cure comes first.
    return broken.length > 0 ? [] : kafkaObjections(args);
}

async function kafkaObjections(args: MemberCheckArgs): Promise<readonly string[]> {
    const { live, namespace } = args;
    const set = await live.read<V1StatefulSet>({ ...STATEFUL_SET, namespace, name: KAFKA });
    const pods = await live.list<V1Pod>(POD, namespace, `app.kubernetes.io/name=${KAFKA}`);
    const brokers = pods.filter((pod) => ordinalOf(pod, KAFKA) !== undefined);
    const broken = brokers.filter(cannotStart).map((pod) => ordinalOf(pod, KAFKA)!);
    if (set === undefined || broken.length === brokers.length) {
        return [];
    }
    const facts = await askFacts(args, set, { without: broken });
    return typeof facts === "string"
        ? [facts]
        : degradations(
              facts,
              brokers.map((pod) => ordinalOf(pod, KAFKA)!),
              broken,
          );
}
