import type { types } from "@pulumi/kubernetes";
import { KAFKA, ZOOKEEPER } from "../../kafka/names";
import { brief } from "../../live/brief";
import type { Change } from "../../live/gate";
import { ask } from "../../live/question";
import { askFacts, type AskFactsArgs } from "../admin/askFacts";
import { degradations } from "../brokers/objections";
import { restartsPods } from "../restartsPods";
import { imageOf, type Servers, serversOf } from "../servers";
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
 * Asks whether the StatefulSet of the ensemble may change. Members that were left without a StatefulSet are asked for, too:
 * the one that is made takes them over, and may restart them.
 *
 * @throws Error with everything that speaks against it.
 */
export async function checkMembers(
    change: Change<types.input.apps.v1.StatefulSet>,
    args: MemberCheckArgs,
): Promise<void> {
    const { live, namespace } = args;
    const servers = await serversOf(live, namespace, ZOOKEEPER);
    if (servers === undefined || (servers.set && !restartsPods(change, servers.set))) {
        return;
    }
    const problems = await objectionsOf(servers, args);
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
    { ids, broken, running, pod }: Servers,
    args: MemberCheckArgs,
): Promise<readonly string[]> {
    const { live, namespace, authentication } = args;
    if (running.length === 0) {
        return [];
    }
    // The highest ones restart first, whatever state the others are in.
    if (broken.length > 0 && Math.min(...broken) < Math.max(...running)) {
        return [
            `expected members that can't start to be the last ones, got ${broken.join(", ")} beside ${running.join(", ")}`,
        ];
    }
    const job = updateCheckJob({
        namespace,
        // The one that runs: another one may be what is wrong.
        image: imageOf(pod, ZOOKEEPER),
        members: ids.length,
        authentication,
        broken,
        jobPods: args.jobPods,
    });
    const { exitCode, text } = await ask(live, namespace, job);
    if (exitCode === REFUSED) {
        throw new Error(`zookeeper.authentication: ${text}`);
    }
    if (exitCode !== 0) {
        return [brief(text)];
    }
    // Without a quorum Kafka would not answer: the cure comes first.
    return broken.length > 0 ? [] : kafkaObjections(args);
}

async function kafkaObjections(args: MemberCheckArgs): Promise<readonly string[]> {
    const { live, namespace } = args;
    const brokers = await serversOf(live, namespace, KAFKA);
    if (brokers === undefined || brokers.running.length === 0) {
        return [];
    }
    const { ids, broken } = brokers;
    const facts = await askFacts(args, brokers, { without: broken });
    return typeof facts === "string" ? [facts] : degradations(facts, ids, broken);
}
