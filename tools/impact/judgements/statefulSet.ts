import {
    CONFIG_VOLUME,
    DATA_VOLUME,
    KAFKA,
    ordinals,
    ZOOKEEPER,
} from "../../../components/kafka/names";
import { isObject } from "../../../config/everyFault";
import { compareVersions } from "../../../components/kafka/versions";
import type { Effect } from "../finding";
import { type FieldChange, numberAt, show, textAt, valueAt } from "../fields";
import { type Change, objectName, type State } from "../preview";
import { addedText } from "./addedBrokers";
import { type Consequence, judgeBy, LABELS, WAITING } from "./table";

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
export const judgeStatefulSet = judgeBy((change, { changes }) => {
    const pods = PODS[objectName(change)];
    if (pods === undefined) {
        return undefined;
    }
    const { subject, many } = pods;
    const running = numberAt(change.old?.inputs, "spec", "replicas") ?? 0;
    const wanted = numberAt(change.new?.inputs, "spec", "replicas");
    return {
        subject,
        made: { to: `${wanted} pods`, what: `new ${many} start`, severity: "nothing" },
        gone: {
            from: `${running} pods`,
            what: `all ${running} ${many} stop at once: ${STOPS[many]}`,
            severity: "cluster-stops",
        },
        together: () => judgeData(change, many),
        fields: {
            ...LABELS,
            ...WAITING,
            "spec.replicas": ({ to }) =>
                typeof to !== "number"
                    ? {
                          subject: `number of ${many}`,
                          what: "how many are left is not known before the change is made",
                          severity: "not judged",
                      }
                    : judgeReplicas(pods, running, to, changes),
            "spec.template": (field) => {
                const { path, to } = field;
                const isGone = to === undefined && volumeOf(change, path) === CONFIG_VOLUME;
                // What takes its place has a line.
                return isGone
                    ? undefined
                    : {
                          subject: `${subject}: ${templatePart(change, path)}`,
                          what: `the ${many} restart one by one, highest first; each has to be back before the next one goes`,
                          severity: "rolling-restart",
                          restarts: [
                              {
                                  of: many,
                                  count: Math.min(running, wanted ?? running),
                                  by: "StatefulSet",
                              },
                          ],
                          ...judgeStart(field),
                      };
            },
            "spec.persistentVolumeClaimRetentionPolicy": ({ to }) => ({
                subject: `volumes of the ${many}`,
                ...(JSON.stringify(to)?.includes("Delete")
                    ? {
                          what: "Kubernetes deletes volumes together with their pods",
                          severity: "data-may-be-lost",
                      }
                    : { what: "Kubernetes keeps the volumes", severity: "nothing" }),
            }),
        },
    };
}, "StatefulSet");

function judgeReplicas(
    { many, one }: Pods,
    from: number,
    to: number,
    changes: readonly Change[],
): Effect {
    const effect = { subject: `number of ${many}`, from: String(from), to: String(to) };
    if (many === "ZooKeeper members") {
        return {
            ...effect,
            what:
                "refused by preview and up: an ensemble can't be resized in place, and members that don't " +
                "agree on who belongs to it can lose its data",
            severity: "data-may-be-lost",
        };
    }
    if (to > from) {
        return {
            ...effect,
            what: addedText(ordinals(to).slice(from), changes),
            severity: "data-moves",
        };
    }
    const gone = ordinals(from).slice(to).reverse();
    return {
        ...effect,
        what:
            `removes ${one} ${gone.join(", ")}; up fails while ` +
            `${gone.length === 1 ? "it still hosts" : "they still host"} replicas`,
        severity: "data-may-be-lost",
    };
}

/** What pods of an older image do, or pods of which nobody knows when they serve again. */
function judgeStart({
    path,
    from,
    to,
}: FieldChange): Pick<Consequence, "what" | "severity"> | undefined {
    const field = path.at(-1);
    if (field === "image" && isOlder(to, from)) {
        return {
            what: "an older version may not read what a newer one has written: a pod that restarts may not come back",
            severity: "cluster-stops",
        };
    }
    return field === "readinessProbe" && to === undefined
        ? {
              what: "each counts as back at once: the next one goes while it still starts, and several are away together",
              severity: "cluster-stops",
          }
        : undefined;
}

/** By their tags; without a version there nobody knows. */
function isOlder(image: unknown, than: unknown): boolean {
    const [version, other] = [image, than].map(
        (each) => /:(\d+(?:\.\d+)*)[^/]*$/.exec(String(each))?.[1],
    );
    return version !== undefined && other !== undefined && compareVersions(version, other) < 0;
}

/** Without the mounts of their volumes, or with other volumes there, pods start with what is in the others. */
function judgeData({ old, new: now }: Change, many: Pods["many"]): readonly Effect[] {
    const [from, to] = [old, now].map((state) => show(dataOf(state)));
    return from === to
        ? []
        : [
              {
                  subject: `where the ${many} have their data`,
                  from,
                  to,
                  what: "they start without what is in their volumes, and what they write may not be kept",
                  severity: "data-may-be-lost",
              },
          ];
}

/** Where the claims are mounted, and the volume of the template that hides them, if any. */
function dataOf(state: State | undefined): unknown {
    const pod = valueAt(state?.inputs, "spec", "template", "spec");
    const list = (value: unknown) => (Array.isArray(value) ? value : []).filter(isObject);
    return [
        ...list(valueAt(pod, "containers")).flatMap(({ volumeMounts }) =>
            list(volumeMounts)
                .filter(({ name }) => name === DATA_VOLUME)
                .map(({ mountPath, subPath }) => [mountPath, subPath]),
        ),
        ...list(valueAt(pod, "volumes")).filter(({ name }) => name === DATA_VOLUME),
    ];
}

/** What a path below `spec.template` is called. */
function templatePart(change: Change, path: readonly string[]): string {
    const { new: now } = change;
    if (path.includes("kafka-eks/config-hash")) {
        return "configuration (its hash)";
    }
    if (volumeOf(change, path) === CONFIG_VOLUME) {
        return "files that they read at start";
    }
    if (!path.includes("containers")) {
        return path.slice(2).join(".");
    }
    const variable = textAt(now?.inputs, ...path.slice(0, -1), "name");
    return path.includes("env") && variable !== undefined
        ? `variable ${variable}`
        : path.slice(5).join(".") || "containers";
}

/** Name of the volume that a path below `spec.template` leads into. */
function volumeOf({ old, new: now }: Change, path: readonly string[]): string | undefined {
    const at = path.indexOf("volumes");
    const name = [...path.slice(0, at + 2), "name"];
    return at < 0 ? undefined : (textAt(now?.inputs, ...name) ?? textAt(old?.inputs, ...name));
}
