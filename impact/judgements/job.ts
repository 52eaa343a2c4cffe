import type { Effect } from "../finding";
import { isObject, textAt, valueAt } from "../fields";
import { type Judgement, notJudged } from "../judgement";
import type { State } from "../preview";
import { judgeTopic, topicAdded, type TopicDescription, topicKept } from "./topics";

/** Judges the Jobs: the one that makes topics, and those before an update of ZooKeeper and before brokers go. */
export const judgeJob: Judgement = (change) => {
    const { action, old, new: now } = change;
    const name = textAt((old ?? now)?.inputs, "metadata", "name") ?? "";
    if (name.startsWith("zookeeper-update-check-")) {
        return [
            {
                subject: "check before an update of ZooKeeper",
                what:
                    action === "delete"
                        ? "goes; it only ran before updates"
                        : "fails, and with it up, unless all members serve",
                severity: "nothing",
            },
        ];
    }
    if (name.startsWith("kafka-scale-in-check-")) {
        return [
            {
                subject: "check before brokers go",
                what:
                    action === "delete"
                        ? "goes; it only ran before the number of brokers changed"
                        : "fails, and with it up, while a broker that would go holds replicas",
                severity: "nothing",
            },
        ];
    }
    if (!name.startsWith("kafka-topics-")) {
        return [notJudged(change, `Job ${name}`)];
    }
    const effects = judgeTopics(topicsOf(old), topicsOf(now));
    return effects.length > 0
        ? effects
        : [
              {
                  subject: "topics",
                  what: "the same list is applied again; what was changed by hand becomes as it says",
                  severity: "dynamic",
              },
          ];
};

type Topics = Readonly<Record<string, TopicDescription>>;

function judgeTopics(from: Topics, to: Topics): readonly Effect[] {
    return [...new Set([...Object.keys(from), ...Object.keys(to)])].sort().flatMap((name) => {
        const [before, after] = [from[name], to[name]];
        if (before === undefined) {
            return [topicAdded(name)];
        }
        return after === undefined ? [topicKept(name)] : judgeTopic(name, before, after);
    });
}

/** The list as `components/rendering/topicsJob.ts` writes it for the Job's script. */
function topicsOf(state: State | undefined): Topics {
    const container = valueAt(state?.inputs, "spec", "template", "spec", "containers", "0");
    const env = valueAt(container, "env");
    const list = (Array.isArray(env) ? env : [])
        .filter(isObject)
        .find(({ name }) => name === "TOPICS");
    const topics: Record<
        string,
        { partitions?: number; replicas?: number; config: Record<string, string> }
    > = {};
    let current: Record<string, string> = {};
    for (const line of (textAt(list, "value") ?? "").split("\n")) {
        const [, name, partitions, replicas] = /^topic (\S+) (\S+) (\S+)$/.exec(line) ?? [];
        const [, key, value] = /^config ([^=]+)=(.*)$/.exec(line) ?? [];
        if (name !== undefined) {
            current = {};
            topics[name] = {
                ...(partitions !== "-" && { partitions: Number(partitions) }),
                ...(replicas !== "-" && { replicas: Number(replicas) }),
                config: current,
            };
        } else if (key !== undefined) {
            current[key] = value!;
        }
    }
    return topics;
}
