import { CONFIG_MAP, KAFKA_LISTENERS } from "../../../components/kafka/names";
import type { Effect } from "../finding";
import { type FieldChange, show } from "../fields";
import { type Judgement, judgeFields, LABELS, notJudged, removed } from "../judgement";
import { judgeProperties, type Properties } from "./brokerProperties";
import { objectName } from "../preview";

const SUBJECTS: Readonly<Record<string, string>> = {
    [CONFIG_MAP.kafka]: "broker configuration",
    [CONFIG_MAP.zookeeper]: "ZooKeeper configuration",
    [KAFKA_LISTENERS]: "directory of the listeners",
};

const AT_START = "read when a pod starts, so with the rolling restart";

/** Judges the ConfigMaps of brokers and ZooKeeper, and the directory of the listeners. */
export const judgeConfigMap: Judgement = (change) => {
    const name = objectName(change);
    const subject = SUBJECTS[name];
    if (subject === undefined) {
        return [notJudged(change, `ConfigMap ${name}`)];
    }
    switch (change.action) {
        case "create":
            return [{ subject, from: "-", to: "new", what: "is made", severity: "nothing" }];
        case "delete":
        case "replace":
            return [leaves(name, subject, change.action)];
        case "update":
            return judgeFields(change, subject, [
                LABELS,
                { path: ["data", "server.properties"], judge: judgeServerProperties },
                { path: ["data", "zookeeper.properties"], judge: judgeZookeeperProperties },
                { path: ["data", "listeners.json"], judge: () => [listed(subject)] },
                { path: ["data", "security.json"], judge: () => [listed(subject)] },
                { path: ["data", "*"], judge: judgeFile },
            ]);
    }
};

function leaves(name: string, subject: string, action: "delete" | "replace"): Effect {
    const values = {
        subject,
        from: "in the stack",
        to: removed(action),
    };
    return name === KAFKA_LISTENERS
        ? { ...values, what: "only npm run client and npm run health read it", severity: "nothing" }
        : {
              ...values,
              what: "a pod that starts while it is missing can't start",
              severity: "cluster-stops",
          };
}

function listed(subject: string): Effect {
    return {
        subject,
        from: "before",
        to: "now",
        what: "only npm run client and npm run health read it",
        severity: "nothing",
    };
}

function judgeServerProperties({ from, to }: FieldChange): readonly Effect[] {
    return typeof from === "string" && typeof to === "string"
        ? judgeProperties(parseProperties(from), parseProperties(to))
        : [unknownFile("broker configuration: server.properties", from, to)];
}

function judgeZookeeperProperties({ from, to }: FieldChange): readonly Effect[] {
    if (typeof from !== "string" || typeof to !== "string") {
        return [unknownFile("ZooKeeper configuration: zookeeper.properties", from, to)];
    }
    const [before, after] = [parseProperties(from), parseProperties(to)];
    return [...new Set([...Object.keys(before), ...Object.keys(after)])]
        .filter((name) => before[name] !== after[name])
        .sort()
        .map((name) => ({
            subject: `ZooKeeper property ${name}`,
            from: show(before[name]),
            to: show(after[name]),
            what: AT_START,
            severity: "rolling-restart",
            ...(name === REQUIRE_SASL && judgeAuthentication(before, after)),
        }));
}

/** Property with which a member refuses sessions that don't authenticate; with the other one it knows how to. */
const REQUIRE_SASL = "sessionRequireClientSASLAuth";
const KNOWS_SASL = "authProvider.1";

function judgeAuthentication(
    before: Properties,
    after: Properties,
): Pick<Effect, "what"> & Partial<Effect> {
    if (after[REQUIRE_SASL] !== "true") {
        return { what: "sessions without the password are accepted, with the rolling restart" };
    }
    return before[KNOWS_SASL] === undefined
        ? {
              what: "zookeeper-update-check refuses it: the brokers that run don't authenticate. Set zookeeper.authentication to optional first",
              severity: "cluster-stops",
          }
        : { what: "sessions without the password are refused, with the rolling restart" };
}

function unknownFile(subject: string, from: unknown, to: unknown): Effect {
    return {
        subject,
        from: show(from),
        to: show(to),
        what: "the file is not known before it is made",
        severity: "not judged",
    };
}

function judgeFile({ path, from, to }: FieldChange): readonly Effect[] {
    const file = path[1]!;
    const [, broker] = /^advertised-(\d+)$/.exec(file) ?? [];
    if (broker === undefined) {
        return [
            {
                subject: `file ${file}`,
                from: from === undefined ? "-" : "before",
                to: to === undefined ? "-" : "now",
                what: AT_START,
                severity: "rolling-restart",
            },
        ];
    }
    const isOwn = from === undefined || to === undefined;
    return [
        {
            subject: `advertised addresses of broker ${broker}`,
            from: show(from),
            to: show(to),
            what: isOwn
                ? "comes and goes with the broker"
                : "clients are told these from its restart on",
            severity: isOwn ? "nothing" : "rolling-restart",
        },
    ];
}

/** The properties of a file as the program writes it: a line for each. */
function parseProperties(text: string): Properties {
    return Object.fromEntries(
        text
            .split("\n")
            .filter((line) => line.includes("=") && !line.startsWith("#"))
            .map((line) => {
                const at = line.indexOf("=");
                return [line.slice(0, at), line.slice(at + 1)];
            }),
    );
}
