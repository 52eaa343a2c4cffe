import { KAFKA, ordinals, ZOOKEEPER } from "../../../components/kafka/names";
import type { Effect, Restart } from "../finding";
import { type FieldChange, numberAt, show, textAt } from "../fields";
import { type FieldRule, type Judgement, judgeFields, LABELS, notJudged } from "../judgement";
import type { Change } from "../preview";

/** What a StatefulSet's pods are to Kafka. */
interface Pods {
    readonly many: "brokers" | "ZooKeeper members";
    readonly one: string;
    readonly subject: string;
}

const PODS: Readonly<Record<string, Pods>> = {
    [KAFKA]: { many: "brokers", one: "broker", subject: "brokers" },
    [ZOOKEEPER]: { many: "ZooKeeper members", one: "member", subject: "ZooKeeper" },
};

const STOPS: Readonly<Record<Pods["many"], string>> = {
    brokers: "no topic can be written or read",
    "ZooKeeper members": "the brokers lose their sessions, and no topic can be written",
};

/** Judges the StatefulSets of the brokers and of ZooKeeper. */
export const judgeStatefulSet: Judgement = (change) => {
    const inputs = (change.old ?? change.new)?.inputs;
    const name = textAt(inputs, "metadata", "name") ?? "";
    const pods = PODS[name];
    if (pods === undefined) {
        return [notJudged(change, `StatefulSet ${name}`)];
    }
    const running = numberAt(change.old?.inputs, "spec", "replicas") ?? 0;
    const { subject, many } = pods;
    switch (change.action) {
        case "create":
            return [
                {
                    subject,
                    from: "-",
                    to: `${numberAt(inputs, "spec", "replicas")} pods`,
                    what: `new ${many} start`,
                    severity: "nothing",
                },
            ];
        case "delete":
            return [
                {
                    subject,
                    from: `${running} pods`,
                    to: "-",
                    what: `all ${running} ${many} stop at once: ${STOPS[many]}`,
                    severity: "cluster-stops",
                },
            ];
        case "replace":
            return [
                {
                    subject,
                    from: `${running} pods`,
                    to: "deleted and made again",
                    what: `all ${running} ${many} stop at once: ${STOPS[many]}`,
                    severity: "cluster-stops",
                },
            ];
        case "update":
            return judgeFields(change, subject, rules(pods, change, running));
    }
};

function rules(pods: Pods, change: Change, running: number): readonly FieldRule[] {
    const wanted = numberAt(change.new?.inputs, "spec", "replicas") ?? running;
    const restart: Restart = { of: pods.many, count: Math.min(running, wanted), by: "StatefulSet" };
    return [
        LABELS,
        { path: ["spec", "replicas"], judge: () => [judgeReplicas(pods, running, wanted)] },
        {
            path: ["spec", "template"],
            judge: (field) => [judgeTemplate(pods, change, field, restart)],
        },
        {
            path: ["spec", "persistentVolumeClaimRetentionPolicy"],
            judge: ({ from, to }) => [
                {
                    subject: `volumes of the ${pods.many}`,
                    from: show(from),
                    to: show(to),
                    ...(JSON.stringify(to)?.includes("Delete")
                        ? {
                              what: "Kubernetes deletes volumes together with their pods",
                              severity: "data-may-be-lost",
                          }
                        : { what: "Kubernetes keeps the volumes", severity: "nothing" }),
                },
            ],
        },
    ];
}

function judgeReplicas({ many, one }: Pods, from: number, to: number): Effect {
    const effect = { subject: `number of ${many}`, from: String(from), to: String(to) };
    if (many === "ZooKeeper members") {
        return {
            ...effect,
            what:
                "zookeeper-update-check refuses it: an ensemble can't be resized in place, and members that don't " +
                "agree on who belongs to it can lose its data",
            severity: "data-may-be-lost",
        };
    }
    if (to > from) {
        const added = ordinals(to).slice(from);
        return {
            ...effect,
            what: `added: ${one} ${added.join(", ")}; existing partitions stay where they are until they are moved`,
            severity: "data-moves",
        };
    }
    const gone = ordinals(from).slice(to).reverse();
    return {
        ...effect,
        what: `gone: ${one} ${gone.join(", ")}; kafka-scale-in-check refuses, and with it up, while partitions are there`,
        severity: "data-may-be-lost",
    };
}

function judgeTemplate(pods: Pods, change: Change, field: FieldChange, restart: Restart): Effect {
    return {
        subject: `${pods.subject}: ${templatePart(change, field.path)}`,
        from: show(field.from),
        to: show(field.to),
        what: `the ${pods.many} restart one by one, highest first; each has to be back before the next one goes`,
        severity: "rolling-restart",
        restarts: [restart],
    };
}

/** What a path below `spec.template` is called. */
function templatePart({ new: now }: Change, path: readonly string[]): string {
    if (path.includes("kafka-eks/config-hash")) {
        return "configuration (its hash)";
    }
    if (!path.includes("containers")) {
        return path.slice(2).join(".");
    }
    const variable = textAt(now?.inputs, ...path.slice(0, -1), "name");
    return path.includes("env") && variable !== undefined
        ? `variable ${variable}`
        : path.slice(5).join(".");
}
