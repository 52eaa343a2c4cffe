import {
    ACCEPT_EMPTY,
    ADMIN_TOOL,
    ADVERTISED,
    CONFIG_MAP,
    KAFKA_LISTENERS,
} from "../../../components/kafka/names";
import { DEFAULT_PROTOCOL_LINE } from "../../../components/kafka/versions";
import type { Effect } from "../finding";
import { changedNames, type FieldChange, showProperty } from "../fields";
import type { JudgedChange } from "../judgement";
import { objectName } from "../preview";
import { judgeAdvertised } from "./advertisedAddresses";
import { judgeProperties } from "./brokerProperties";
import { judgeListenerProperties } from "./listenerProperties";
import type { Properties } from "./propertyRisks";
import { type Consequence, judgeBy, LABELS, type Outcome, type Table } from "./table";

const AT_START = "read when a pod starts, so with the rolling restart";

const READ_BY_TOOLS: Consequence = {
    what: "only npm run client and npm run health read it",
    severity: "nothing",
};

/**
 * Judges the ConfigMaps: files of brokers and ZooKeeper, what brokers advertise, whose empty volumes are accepted, and the
 * directory of the listeners.
 */
export const judgeConfigMap = judgeBy(
    (change) => TABLES[objectName(change)] ?? filesOf(change),
    "ConfigMap",
);

const LISTENERS: Table = {
    subject: "directory of the listeners",
    gone: READ_BY_TOOLS,
    fields: {
        ...LABELS,
        "data.listeners.json": { from: "before", to: "now", ...READ_BY_TOOLS },
        "data.security.json": { from: "before", to: "now", ...READ_BY_TOOLS },
    },
};

const MISSING: Consequence = {
    what: "a pod that starts while it is missing can't start",
    severity: "cluster-stops",
};

const ACCEPTANCE: Table = {
    subject: "brokers that may start with an empty volume",
    gone: MISSING,
    fields: { ...LABELS, "data.accept-empty": judgeAcceptance },
};

/** By the name of the ConfigMap. */
const TABLES: Readonly<Record<string, Table>> = {
    [KAFKA_LISTENERS]: LISTENERS,
    [ACCEPT_EMPTY]: ACCEPTANCE,
};

/** Beginnings of the names of what pods read at start; a hash of a revision follows, but for an earlier program's. */
const FILES = {
    "broker configuration": CONFIG_MAP.kafka,
    "ZooKeeper configuration": CONFIG_MAP.zookeeper,
    "tool that asks Kafka": ADMIN_TOOL,
    "advertised addresses": ADVERTISED,
};

function filesOf(change: JudgedChange): Table | undefined {
    const name = objectName(change);
    const [subject, prefix] =
        Object.entries(FILES).find(([, each]) => name === each || name.startsWith(`${each}-`)) ??
        [];
    if (subject === undefined) {
        return undefined;
    }
    const isKept = change.old?.retainOnDelete === true;
    return {
        subject,
        gone: isKept ? KEPT : name === prefix ? OF_EARLIER_PROGRAM : MISSING,
        replaced: MISSING,
        // Pods of an earlier revision go on with theirs: what gets another name goes after them.
        keepsReplaced: isKept || objectName({ ...change, old: undefined }) !== name,
        fields: {
            ...LABELS,
            "metadata.name": undefined,
            "metadata.namespace": undefined,
            "data.server.properties": judgeServerProperties,
            "data.zookeeper.properties": judgeZookeeperProperties,
            "data.advertised-*": judgeAdvertised,
            "data.*": judgeFile,
            binaryData: undefined,
        },
    };
}

const KEPT: Consequence = { what: "is kept, for pods that have it", severity: "nothing" };

const OF_EARLIER_PROGRAM: Consequence = {
    what: "goes after the pods that read it",
    severity: "nothing",
};

function judgeServerProperties({ from, to }: FieldChange): Outcome {
    return typeof from === "string" && typeof to === "string"
        ? judgeServerChange(parseProperties(from), parseProperties(to))
        : unknownFile("broker configuration: server.properties");
}

/** A file does not say which Kafka reads it; whichever does, speaks the protocol that it says. */
function judgeServerChange(from: Properties, to: Properties): Outcome {
    return [
        ...judgeListenerProperties(from, to),
        ...judgeProperties(from, to, {
            version: to["inter.broker.protocol.version"] ?? DEFAULT_PROTOCOL_LINE,
        }),
    ];
}

function judgeZookeeperProperties({ from, to }: FieldChange): Outcome {
    if (typeof from !== "string" || typeof to !== "string") {
        return unknownFile("ZooKeeper configuration: zookeeper.properties");
    }
    const [before, after] = [parseProperties(from), parseProperties(to)];
    return changedNames(before, after).map((name) => ({
        subject: `ZooKeeper property ${name}`,
        ...showProperty(name, before[name], after[name]),
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
        return {
            what: "sessions without the password are accepted, with the rolling restart",
            severity: "cluster-opens",
        };
    }
    return before[KNOWS_SASL] === undefined
        ? {
              what: "up refuses it: the members that run don't know the password. Set zookeeper.authentication to optional first",
              severity: "cluster-stops",
          }
        : { what: "sessions without the password are refused, with the rolling restart" };
}

function unknownFile(subject: string): Consequence {
    return { subject, what: "the file is not known before it is made", severity: "not judged" };
}

function judgeFile({ path, from, to }: FieldChange): Consequence {
    return {
        subject: `file ${path[1]!}`,
        from: from === undefined ? "-" : "before",
        to: to === undefined ? "-" : "now",
        what: AT_START,
        severity: "rolling-restart",
    };
}

function judgeAcceptance({ from, to }: FieldChange): Consequence {
    const [before, after] = [from, to].map((ids) =>
        typeof ids === "string" ? ids.split(" ") : [],
    );
    return after!.every((id) => id === "" || before!.includes(id))
        ? { what: "only a broker that starts with an empty volume reads it", severity: "nothing" }
        : {
              what: "with an empty volume they start all the same: what only they held is lost",
              severity: "data-may-be-lost",
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
