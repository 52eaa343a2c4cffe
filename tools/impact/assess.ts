import { BROKER_POOL, CONTROLLER_POOL } from "../../components/strimzi/names";
import { numberAt, textAt, valueAt } from "./fields";
import type { Effect, Finding, Restart } from "./finding";
import { type Context, type JudgedChange, type Judgement, notJudged } from "./judgement";
import { AWS_JUDGEMENTS } from "./judgements/aws";
import { judgeTargetGroupBinding } from "./judgements/aws/loadBalancer";
import { judgeCertificate, judgeIssuer } from "./judgements/certificate";
import { judgeConfigMap } from "./judgements/configMap";
import { judgeCrd } from "./judgements/crd";
import { judgeDisruptionBudget } from "./judgements/disruptionBudget";
import { judgeJob } from "./judgements/job";
import { judgeKafkaResource } from "./judgements/kafkaResource";
import { judgeNamespace } from "./judgements/namespace";
import { judgeNetworkPolicy } from "./judgements/networkPolicy";
import { judgeNodePool } from "./judgements/nodePool";
import { judgePreviewAccess, PREVIEW_ACCESS_TYPES } from "./judgements/previewAccess";
import { judgeAwsProvider, judgeMemory, judgeProvider } from "./judgements/provider";
import { judgeRelease } from "./judgements/release";
import { judgeRetention } from "./judgements/dataOnDestroy";
import { judgeSecret } from "./judgements/secret";
import { judgeService } from "./judgements/service";
import { judgeStatefulSet } from "./judgements/statefulSet";
import { judgeStorageClass } from "./judgements/storageClass";
import { judgeTopicResource } from "./judgements/topicResource";
import { judgeUserResource } from "./judgements/userResource";
import { judgeVolumeClaim } from "./judgements/volumeClaim";
import { isOurs } from "./ours";
import { type Change, type Preview, resourceName } from "./preview";
import { ACCESS, highest, SEVERITIES, type Severity } from "./severity";
import { isKafka, isServers, judgeTogether } from "./together";

/** What a change means for Kafka. */
export interface Assessment {
    readonly severity: Severity;
    /** Whether the stack has no Kafka yet. */
    readonly isNew: boolean;
    /** Who gets in or is cut off first, then what is not judged, then the worst; of one class, what matters most first. */
    readonly findings: readonly Finding[];
    /** The pods that restart, once for each kind. */
    readonly restarts: readonly Restart[];
    /** The resources that change. */
    readonly changes: readonly Change[];
    /** Why the preview failed; then the rest is about what it got to. */
    readonly errors: readonly string[];
}

const STACK = "pulumi:pulumi:Stack";

const STRIMZI = "kubernetes:kafka.strimzi.io/v1";
const POOL = `${STRIMZI}:KafkaNodePool`;

const EKS_CLUSTER = "aws:eks/cluster:Cluster";

/** The judgement of each type of resource, the ones that matter most first. */
const JUDGEMENTS: Readonly<Record<string, Judgement>> = {
    // Everything is in it; the rest of AWS comes after Kafka itself.
    [EKS_CLUSTER]: AWS_JUDGEMENTS[EKS_CLUSTER]!,
    "kubernetes:core/v1:Namespace": judgeNamespace,
    [`${STRIMZI}:Kafka`]: judgeKafkaResource,
    "kubernetes:apps/v1:StatefulSet": judgeStatefulSet,
    [POOL]: judgeNodePool,
    "kubernetes:core/v1:PersistentVolumeClaim": judgeVolumeClaim,
    "kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition": judgeCrd,
    "kubernetes:helm.sh/v3:Release": judgeRelease,
    [`${STRIMZI}:KafkaTopic`]: judgeTopicResource,
    "kubernetes:batch/v1:Job": judgeJob,
    "kubernetes:core/v1:ConfigMap": judgeConfigMap,
    "kubernetes:core/v1:Secret": judgeSecret,
    "kubernetes:core/v1:Service": judgeService,
    "kubernetes:networking.k8s.io/v1:NetworkPolicy": judgeNetworkPolicy,
    [`${STRIMZI}:KafkaUser`]: judgeUserResource,
    "kubernetes:cert-manager.io/v1:Certificate": judgeCertificate,
    "kubernetes:cert-manager.io/v1:Issuer": judgeIssuer,
    "kubernetes:policy/v1:PodDisruptionBudget": judgeDisruptionBudget,
    ...AWS_JUDGEMENTS,
    "kubernetes:elbv2.k8s.aws/v1beta1:TargetGroupBinding": judgeTargetGroupBinding,
    "kubernetes:storage.k8s.io/v1:StorageClass": judgeStorageClass,
    ...Object.fromEntries(
        PREVIEW_ACCESS_TYPES.map((type) => [`kubernetes:${type}`, judgePreviewAccess]),
    ),
    "pulumi:providers:kubernetes": judgeProvider,
    "pulumi:providers:aws": judgeAwsProvider,
    "pulumi:providers:eks": judgeAwsProvider,
    "pulumi:index:Stash": judgeMemory,
};

/** There are some eighty resources of it, and Kafka comes after all of them. */
const NEW_PLATFORM = {
    subject: "EKS cluster, with its network, nodes and permissions",
    from: "-",
    to: "new",
    what: "is made first; Kafka comes after it",
    severity: "nothing",
} as const satisfies Effect;

const ORDER = Object.keys(JUDGEMENTS);

/** Says what all changes of a preview mean for Kafka. */
export function assess({ changes: all, errors }: Preview): Assessment {
    const isNew = all.some(({ type, action }) => type === STACK && action === "create");
    // Components and the stack itself are no objects of Kubernetes; what they are made of is judged.
    const changes = all
        .filter(({ action, old, new: now }) => action !== "same" && (now ?? old)?.custom !== false)
        .toSorted(
            (a, b) =>
                ORDER.indexOf(a.type) - ORDER.indexOf(b.type) ||
                resourceName(a.urn).localeCompare(resourceName(b.urn), "en", { numeric: true }),
        );
    const ours = all.filter(isOurs);
    const context = contextOf(ours);
    const found = [
        ...judgeRetention(ours),
        ...changes.flatMap((change) => judge(change, context, isNew)),
    ];
    const findings = judgeTogether(found, ours).toSorted((a, b) => weight(b) - weight(a));
    return {
        severity: highest(
            findings.flatMap(({ severity }) => (severity === "not judged" ? [] : [severity])),
        ),
        isNew,
        findings,
        restarts: restartsOf(findings),
        changes,
        errors,
    };
}

function judge(change: Change, context: Context, isNew: boolean): readonly Finding[] {
    const { urn, type } = change;
    const judgement = JUDGEMENTS[type];
    if (judgement === undefined || !isJudged(change) || !isOurs(change)) {
        return [{ urn, ...notJudged(change, resourceName(urn)) }];
    }
    if (isNew && change.action === "create" && type in AWS_JUDGEMENTS) {
        return [{ urn, ...NEW_PLATFORM }];
    }
    return judgement(change, context).map((effect) => ({
        urn,
        ...effect,
        // There is no Kafka to which anything could happen.
        ...(isNew &&
            change.action === "create" &&
            effect.severity !== "not judged" && { severity: "nothing" as const }),
    }));
}

function isJudged(change: Change): change is JudgedChange {
    return change.action !== "same" && change.action !== "other";
}

/** What does not change is in the preview only with `--show-sames`. */
function contextOf(changes: readonly Change[]): Context {
    const pool = (wanted: string) =>
        changes
            .filter(({ type }) => type === POOL)
            .map(({ old }) => old?.inputs)
            .find((inputs) => textAt(inputs, "metadata", "name") === wanted);
    const brokers = pool(BROKER_POOL);
    const roles = valueAt(brokers, "spec", "roles");
    const haveOwnController = Array.isArray(roles) && roles.includes("controller");
    const servers = changes.find(isServers);
    return {
        changes,
        isNewKafka: changes.some((change) => isKafka(change) && change.action === "create"),
        brokersLeft:
            servers?.action === "delete" ? 0 : numberAt(servers?.new?.inputs, "spec", "replicas"),
        brokers: numberAt(brokers, "spec", "replicas"),
        controllers: haveOwnController ? 0 : numberAt(pool(CONTROLLER_POOL), "spec", "replicas"),
    };
}

/** What is not judged comes after who gets in or is cut off, and before all else. */
function weight({ severity }: Finding): number {
    return severity === "not judged"
        ? SEVERITIES.indexOf(ACCESS[0]) - 0.5
        : SEVERITIES.indexOf(severity);
}

/** Several findings restart the same pods, and these restart once; a drain comes on top. */
function restartsOf(findings: readonly Finding[]): readonly Restart[] {
    const all = findings.flatMap(({ restarts }) => restarts ?? []);
    const byCause = all.map(
        (restart) => [`${restart.of} ${restart.by === "drain"}`, restart] as const,
    );
    return [...new Map(byCause).values()].filter(({ count }) => count !== 0);
}
