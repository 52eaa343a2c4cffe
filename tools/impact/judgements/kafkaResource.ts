import { compareVersions, releaseLine } from "../../../components/kafka/versions";
import { DEFAULT_STRIMZI, newestKafka } from "../../../components/strimzi/versions";
import type { Effect } from "../finding";
import { changedFields, type FieldChange, showChange, textAt, textsAt, valueAt } from "../fields";
import type { Context } from "../judgement";
import type { State } from "../preview";
import { judgeProperties } from "./brokerProperties";
import { judgeListeners, judgePeers } from "./kafkaListeners";
import { allRestart, brokersRestart, OPERATOR_ROLL } from "./operatorRoll";
import type { Properties } from "./propertyRisks";
import { type Consequence, type Fields, judgeBy, LABELS, WAITING } from "./table";

/** Judges the `Kafka` resource, which the Strimzi operator turns into a cluster. */
export const judgeKafkaResource = judgeBy(({ old, new: now }, context) => ({
    subject: "Kafka cluster",
    gone: {
        what: "the operator stops all brokers; clients lose Kafka",
        severity: "cluster-stops",
    },
    together: () => [
        ...judgeProperties(properties(old), properties(now), {
            operatorRestarts: allRestart(context),
            version:
                textAt(now?.inputs, "spec", "kafka", "version") ?? newestKafka(DEFAULT_STRIMZI),
        }),
        ...judgeListeners(old, now, context),
        ...judgePeers(old, now),
        ...judgeAuthorization(old, now, context),
    ],
    fields: {
        ...LABELS,
        ...WAITING,
        "spec.kafka.config": undefined,
        "spec.kafka.listeners": undefined,
        "spec.kafka.version": ({ from, to }) => ({
            subject: "version of Kafka",
            ...(isLower(to, from) && !isReadBy(to, metadataVersion(now))
                ? {
                      what: "an older Kafka may not read what a newer one has written: a node that restarts may not come back",
                      severity: "cluster-stops",
                  }
                : { what: OPERATOR_ROLL, severity: "rolling-restart" }),
            restarts: allRestart(context),
        }),
        "spec.kafka.metadataVersion": judgeMetadataVersion,
        "spec.kafka.rack": {
            subject: "rack of the brokers",
            what: `${OPERATOR_ROLL}; replicas that exist stay where they are`,
            severity: "rolling-restart",
            restarts: [brokersRestart(context)],
        },
        "spec.kafka.authorization": undefined,
        // Where the program keeps a hash of the pools; these are judged by themselves.
        "spec.kafka.template.bootstrapService": undefined,
        ...METADATA_OF_OTHERS,
        ...overlaid(context),
        "spec.entityOperator": {
            subject: "operators of topics and users",
            what: "they restart; Kafka does not",
            severity: "dynamic",
        },
    },
}));

/** Labels and annotations of objects beside the pods. */
const METADATA_OF_OTHERS: Fields = Object.fromEntries(
    [
        "brokersService",
        "externalBootstrapService",
        "clusterCaCert",
        "clusterRoleBinding",
        "jmxSecret",
        "serviceAccount",
    ].map((object) => [`spec.kafka.template.${object}`, undefined]),
);

/** What an overlay may add. */
function overlaid(context: Context): Fields {
    const roll: Consequence = {
        what: OPERATOR_ROLL,
        severity: "rolling-restart",
        restarts: allRestart(context),
    };
    const renewed: Consequence = {
        ...roll,
        what: `${OPERATOR_ROLL}, where a CA is renewed`,
    };
    return {
        "spec.kafka.logging": {
            subject: "log levels",
            what: "changed while Kafka runs",
            severity: "dynamic",
        },
        "spec.kafka.metricsConfig": { ...roll, subject: "metrics" },
        "spec.kafka.jmxOptions": { ...roll, subject: "JMX" },
        "spec.kafka.livenessProbe": { ...roll, subject: "liveness probe" },
        "spec.kafka.readinessProbe": { ...roll, subject: "readiness probe" },
        "spec.kafka.brokerRackInitImage": { ...roll, subject: "image of the init container" },
        "spec.kafka.tieredStorage": { ...roll, subject: "tiered storage" },
        "spec.clusterCa": { ...renewed, subject: "CA of the cluster" },
        "spec.clientsCa": { ...renewed, subject: "CA of the clients" },
        "spec.cruiseControl": ({ path, from, to }) => ({
            subject: "Cruise Control",
            // It reads metrics that the brokers write for it.
            ...(path.length === 2 && (from === undefined || to === undefined)
                ? roll
                : { what: "it restarts; Kafka does not", severity: "dynamic" as const }),
        }),
        "spec.kafkaExporter": {
            subject: "Kafka Exporter",
            what: "it restarts; Kafka does not",
            severity: "dynamic",
        },
        "spec.maintenanceTimeWindows": {
            subject: "maintenance windows",
            what: "when the operator renews certificates",
            severity: "nothing",
        },
    };
}

function properties(state: State | undefined): Properties {
    return textsAt(state?.inputs, "spec", "kafka", "config");
}

/** From permissions that nobody looks at to permissions that count, and back; or other clients that have all of them. */
function judgeAuthorization(
    old: State | undefined,
    now: State | undefined,
    context: Context,
): readonly Effect[] {
    const [from, to] = [old, now].map((state) =>
        valueAt(state?.inputs, "spec", "kafka", "authorization"),
    );
    const { opens, closes } = changedAuthorization(from, to);
    const effect = {
        subject: "permissions of clients",
        ...showChange(from, to),
        restarts: allRestart(context),
    };
    return [
        ...(opens
            ? [
                  {
                      ...effect,
                      what: `${OPERATOR_ROLL}; clients may do more`,
                      severity: "cluster-opens" as const,
                  },
              ]
            : []),
        ...(closes
            ? [
                  {
                      ...effect,
                      what: "clients may do only what their users may: all others are refused",
                      severity: "clients-cut-off" as const,
                  },
              ]
            : []),
    ];
}

/** Where the list of super users is another one, some may win and others lose at once. */
function changedAuthorization(
    from: unknown,
    to: unknown,
): { readonly opens: boolean; readonly closes: boolean } {
    if (from === undefined || to === undefined) {
        return { opens: from !== undefined, closes: to !== undefined };
    }
    const [before, after] = [from, to].map((each): unknown[] => {
        const users = valueAt(each, "superUsers");
        return Array.isArray(users) ? users : [];
    });
    return {
        // Another way to authorize is taken for a wider one.
        opens:
            after!.some((user) => !before!.includes(user)) ||
            changedFields(from, to).some(({ path: [field] }) => field !== "superUsers"),
        closes: before!.some((user) => !after!.includes(user)),
    };
}

function metadataVersion(state: State | undefined): string | undefined {
    return textAt(state?.inputs, "spec", "kafka", "metadataVersion");
}

/** Whether a Kafka reads what is written in a metadata version, such as `4.2` or `4.2-IV1`. */
function isReadBy(version: unknown, metadata: string | undefined): boolean {
    const [line] = /^\d+\.\d+/.exec(metadata ?? "") ?? [];
    return line !== undefined && compareVersions(releaseLine(String(version)), line) >= 0;
}

/** Without a version it is that of the operator, which nobody says is an older one. */
function isLower(version: unknown, than: unknown): boolean {
    return (
        typeof version === "string" &&
        typeof than === "string" &&
        compareVersions(version, than) < 0
    );
}

const FOR_GOOD = "it can't be lowered again, nor can Kafka's version below it";

function judgeMetadataVersion({ from, to }: FieldChange): Consequence {
    return {
        subject: "metadata version",
        ...(isLower(to, from)
            ? { what: "refused: it can't be lowered", severity: "nothing" }
            : {
                  what:
                      to === undefined
                          ? `the operator raises it to that of Kafka's version; ${FOR_GOOD}`
                          : `changed while Kafka runs; ${FOR_GOOD}`,
                  severity: "dynamic",
              }),
    };
}
