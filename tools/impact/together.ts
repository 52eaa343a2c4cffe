import { KAFKA } from "../../components/kafka/names";
import type { Finding, Restart } from "./finding";
import { type Change, objectName } from "./preview";

const STATEFUL_SET = "kubernetes:apps/v1:StatefulSet";

/** Tells whether a resource is Kafka itself: with it, everybody who uses it loses it. */
export function isKafka(change: Change): boolean {
    const { type } = change;
    return (
        type === "kubernetes:kafka.strimzi.io/v1:Kafka" ||
        type === "aws:eks/cluster:Cluster" ||
        isServers(change)
    );
}

/** Tells whether a resource is the StatefulSet of the brokers. */
export function isServers(change: Change): boolean {
    return change.type === STATEFUL_SET && objectName(change) === KAFKA;
}

/**
 * What findings mean together, beside what each of them says.
 *
 * @param changes The changes of this program's resources.
 */
export function judgeTogether(
    findings: readonly Finding[],
    changes: readonly Change[],
): readonly Finding[] {
    const kafka = changes.filter(isKafka).map(({ action }) => action);
    const isGone = kafka.includes("delete") && !kafka.includes("create");
    const isReplaced = kafka.includes("replace") || kafka.includes("delete");
    const replaced = changes
        .filter(({ action, type }) => action !== "update" && !LISTS.includes(type))
        .map(({ urn }) => urn);
    // What stays, such as the way to the Kubernetes API, is open whether or not Kafka is there.
    const deleted = changes.filter(({ action }) => action === "delete").map(({ urn }) => urn);
    return [
        ...onlyOnes(findings),
        ...findings.map((finding) => {
            const goes = replaced.includes(finding.urn);
            if (isGone || (isReplaced && goes)) {
                return withKafka(finding, isGone && deleted.includes(finding.urn));
            }
            return finding;
        }),
    ];
}

/** What they hold may change for good while they are replaced. */
const LISTS = ["kubernetes:batch/v1:Job", "kubernetes:core/v1:ConfigMap"];

/** Where Kafka goes, its clients go with it. Where none comes in its place, nobody gets in. */
function withKafka(finding: Finding, goesToo: boolean): Finding {
    if (finding.severity === "clients-cut-off") {
        return { ...finding, severity: "cluster-stops" };
    }
    return goesToo && finding.severity === "cluster-opens"
        ? { ...finding, severity: "dynamic" }
        : finding;
}

/** What happens while servers restart of which there is only one. */
const MEANWHILE: Partial<Record<Restart["of"], string>> = {
    brokers: "the only broker restarts: no topic can be written or read until it is back",
    "ZooKeeper members":
        "the only member restarts: the brokers lose their sessions, and no topic can be written until they are back",
};

/** One server can't restart while others serve. */
function onlyOnes(findings: readonly Finding[]): readonly Finding[] {
    return Object.entries(MEANWHILE).flatMap(([of, what]) => {
        const finding = findings.find(({ restarts = [] }) =>
            restarts.some((restart) => restart.of === of && restart.count === 1),
        );
        return finding === undefined
            ? []
            : [{ urn: finding.urn, subject: of, what, severity: "cluster-stops" as const }];
    });
}
