import { isObject } from "../../../config/everyFault";
import { TOPICS_JOB, USERS_JOB } from "../../../components/kafka/names";
import type { Effect } from "../finding";
import { textAt, valueAt } from "../fields";
import { type JudgedChange, type Judgement, notJudged } from "../judgement";
import { objectName, type State } from "../preview";
import type { Permission } from "./permissions";
import { judgeTopic, topicAdded, type TopicDescription, topicKept } from "./topics";
import { judgeUser, userAdded, type UserDescription, userRemoved } from "./users";

/** The Jobs of an earlier program that only check something. */
const CHECKS = {
    "zookeeper-update-check": {
        subject: "check before an update of ZooKeeper",
        gone: "goes; it only ran before updates",
        runs: "fails, and with it up, unless all members serve",
    },
    "kafka-scale-in-check": {
        subject: "check before brokers go",
        gone: "goes; it only ran before the number of brokers changed",
        runs: "fails, and with it up, while a broker that would go holds replicas",
    },
} as const;

/** Judges the Jobs: those that make topics and users, and those before an update of ZooKeeper and before brokers go. */
export const judgeJob: Judgement = (change, context) => {
    const { action, old, new: now } = change;
    const name = objectName(change);
    const [, check] = Object.entries(CHECKS).find(([job]) => isRunOf(job, name)) ?? [];
    if (check !== undefined) {
        const { subject, gone, runs } = check;
        return [{ subject, what: action === "delete" ? gone : runs, severity: "nothing" }];
    }
    if (isRunOf(USERS_JOB, name)) {
        return judgeUsers(change);
    }
    if (!isRunOf(TOPICS_JOB, name)) {
        return [notJudged(change, `Job ${name}`)];
    }
    const effects = judgeEntries(topicsOf(old), topicsOf(now), {
        added: (topic, after) => topicAdded(topic, after, context),
        removed: topicKept,
        changed: judgeTopic,
    });
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

/** Whether a Job is one of that name: a hash of its content follows. */
function isRunOf(job: string, name: string): boolean {
    return name.startsWith(`${job}-`);
}

type Topics = Readonly<Record<string, TopicDescription>>;

/** Judges each entry of two lists: those of the second that are new, those of the first that left, and those of both. */
function judgeEntries<T>(
    from: Readonly<Record<string, T>>,
    to: Readonly<Record<string, T>>,
    judge: {
        readonly added: (name: string, after: T) => readonly Effect[];
        readonly removed: (name: string) => Effect;
        readonly changed: (name: string, before: T, after: T) => readonly Effect[];
    },
): readonly Effect[] {
    return [...new Set([...Object.keys(from), ...Object.keys(to)])].sort().flatMap((name) => {
        const [before, after] = [from[name], to[name]];
        if (before === undefined) {
            return judge.added(name, after!);
        }
        return after === undefined ? [judge.removed(name)] : judge.changed(name, before, after);
    });
}

/** The list as `components/statefulset/topics/topicsJob.ts` writes it for the Job's script. */
function topicsOf(state: State | undefined): Topics {
    const topics: Record<
        string,
        { partitions?: number; replicas?: number; config: Record<string, string> }
    > = {};
    let current: Record<string, string> = {};
    for (const line of linesOf(state, "TOPICS")) {
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

function judgeUsers({ action, old, new: now }: JudgedChange): readonly Effect[] {
    if (action === "delete") {
        return [
            {
                subject: "users",
                from: "in the stack",
                to: "-",
                what: "nobody looks at them any more: passwords and permissions stay in Kafka as they are",
                severity: "nothing",
            },
        ];
    }
    const effects = judgeEntries(usersOf(old), usersOf(now), {
        added: userAdded,
        removed: (name) => userRemoved(name),
        changed: judgeUser,
    });
    return effects.length > 0
        ? effects
        : [
              {
                  subject: "users",
                  what: "the same list is applied again, with the passwords of now; what was changed by hand becomes as it says",
                  severity: "dynamic",
              },
          ];
}

/** The list as `components/statefulset/users/usersJob.ts` writes it for the Job's script. */
function usersOf(state: State | undefined): Readonly<Record<string, UserDescription>> {
    const users: Record<string, { type: string; permissions: Permission[]; quotas: string[] }> = {};
    let current: (typeof users)[string] = { type: "", permissions: [], quotas: [] };
    for (const line of linesOf(state, "USERS")) {
        const [, name, type] = /^user (\S+) (\S+)$/.exec(line) ?? [];
        const [, quota] = /^quota (.*)$/.exec(line) ?? [];
        const [, permission, pattern, resource, operation, host, where] =
            /^acl (allow|deny) (\S+) (\S+) (\S+) (\S+) (.*)$/.exec(line) ?? [];
        if (name !== undefined) {
            current = { type: type!, permissions: [], quotas: [] };
            users[name] = current;
        } else if (quota !== undefined) {
            current.quotas.push(quota.replace("=", " "));
        } else if (permission !== undefined) {
            current.permissions.push({
                isDenied: permission === "deny",
                operation: operation!,
                resource: resource!,
                name: resource === "cluster" ? undefined : where,
                isPrefix: pattern === "prefixed",
                host: host!,
            });
        }
    }
    return users;
}

/** Lines of an environment variable of the Job's container. */
function linesOf(state: State | undefined, variable: string): string[] {
    const container = valueAt(state?.inputs, "spec", "template", "spec", "containers", "0");
    const env = valueAt(container, "env");
    const list = (Array.isArray(env) ? env : [])
        .filter(isObject)
        .find(({ name }) => name === variable);
    return (textAt(list, "value") ?? "").split("\n");
}
