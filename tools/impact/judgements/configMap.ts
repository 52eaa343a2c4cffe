import { CONFIG_MAP, KAFKA_LISTENERS } from "../../../components/kafka/names";
import type { Effect } from "../finding";
import { changedNames, type FieldChange, show } from "../fields";
import { objectName } from "../preview";
import { judgeProperties, type Properties } from "./brokerProperties";
import { type Consequence, judgeBy, LABELS, type Outcome } from "./table";

const SUBJECTS: Readonly<Record<string, string>> = {
    [CONFIG_MAP.kafka]: "broker configuration",
    [CONFIG_MAP.zookeeper]: "ZooKeeper configuration",
    [KAFKA_LISTENERS]: "directory of the listeners",
};

const AT_START = "read when a pod starts, so with the rolling restart";

const READ_BY_TOOLS: Consequence = {
    what: "only npm run client and npm run health read it",
    severity: "nothing",
};

/** Judges the ConfigMaps of brokers and ZooKeeper, and the directory of the listeners. */
export const judgeConfigMap = judgeBy((change) => {
    const name = objectName(change);
    return {
        subject: SUBJECTS[name],
        gone:
            name === KAFKA_LISTENERS
                ? READ_BY_TOOLS
                : {
                      what: "a pod that starts while it is missing can't start",
                      severity: "cluster-stops",
                  },
        fields: {
            ...LABELS,
            "data.server.properties": judgeServerProperties,
            "data.zookeeper.properties": judgeZookeeperProperties,
            "data.listeners.json": { from: "before", to: "now", ...READ_BY_TOOLS },
            "data.security.json": { from: "before", to: "now", ...READ_BY_TOOLS },
            "data.*": judgeFile,
        },
    };
}, "ConfigMap");

function judgeServerProperties({ from, to }: FieldChange): Outcome {
    return typeof from === "string" && typeof to === "string"
        ? judgeProperties(parseProperties(from), parseProperties(to))
        : unknownFile("broker configuration: server.properties");
}

function judgeZookeeperProperties({ from, to }: FieldChange): Outcome {
    if (typeof from !== "string" || typeof to !== "string") {
        return unknownFile("ZooKeeper configuration: zookeeper.properties");
    }
    const [before, after] = [parseProperties(from), parseProperties(to)];
    return changedNames(before, after).map((name) => ({
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

function unknownFile(subject: string): Consequence {
    return { subject, what: "the file is not known before it is made", severity: "not judged" };
}

function judgeFile({ path, from, to }: FieldChange): Consequence {
    const file = path[1]!;
    const [, broker] = /^advertised-(\d+)$/.exec(file) ?? [];
    if (broker === undefined) {
        return {
            subject: `file ${file}`,
            from: from === undefined ? "-" : "before",
            to: to === undefined ? "-" : "now",
            what: AT_START,
            severity: "rolling-restart",
        };
    }
    const isOwn = from === undefined || to === undefined;
    return {
        subject: `advertised addresses of broker ${broker}`,
        ...(isOwn
            ? { what: "comes and goes with the broker", severity: "nothing" }
            : {
                  what: "clients are told these from its restart on",
                  severity: "rolling-restart",
              }),
    };
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
