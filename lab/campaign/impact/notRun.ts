import { entryOf } from "./compare";

const POLICIES =
    "the lab does not enforce network policies; `npm run test:policies` asks a matcher";
const CLOUD = "needs a cloud's load balancer, which refuses clients";
const STRIMZI = "needs Strimzi's operator, which the lab does not have";
const NEW = "is about a new stack: nobody uses it yet";
const GONE = "leaves no Kafka that could be asked";
const NO_KEY = "no key of the configuration does it alone";

/** Why nothing is changed on the lab for a judgement; those that are about EKS or Strimzi alone say so themselves. */
const REASONS: Readonly<Record<string, string>> = {
    "budget-gone": NO_KEY,
    "budget-with-servers": GONE,
    "cert-manager-gone": "the lab has its own cert-manager, which is not the stack's",
    "cert-manager-updated": "the lab has its own cert-manager, which is not the stack's",
    "certificate-gone": `${NO_KEY}: listeners have to be without TLS before`,
    "certificate-issuer":
        "needs a second CA; `tests/integration/pemFiles.spec.ts` replaces certificates",
    "checks-and-last-users": "the load is a user, too",
    "claim-gone": NO_KEY,
    "claim-kept": "`up` refuses it, or it is about brokers that go",
    "crd-gone": STRIMZI,
    "crd-kept": STRIMZI,
    "crd-updated": STRIMZI,
    "data-mount-changed": NO_KEY,
    "empty-volume-accepted": "a volume has to be lost with it, as in docs/faults.md",
    "files-gone": NO_KEY,
    "list-applied-again": "needs another version of the program",
    "load-balancer-on-internet": CLOUD,
    "namespace-gone": GONE,
    "namespace-kept": NEW,
    "namespace-replaced": GONE,
    "object-made": NEW,
    "part-made": NEW,
    "peers-fewer": POLICIES,
    "peers-more": POLICIES,
    "peers-same": POLICIES,
    "policy-made": POLICIES,
    "policy-of-jobs": POLICIES,
    "policy-removed": POLICIES,
    "policy-servers-narrower": POLICIES,
    "provider-replaced": GONE,
    "provider-updated": "needs another version of the program",
    "ranges-narrower": CLOUD,
    "ranges-same": CLOUD,
    "ranges-wider": CLOUD,
    "replication-opened": `${NO_KEY}: all listeners have to be without TLS, that of the load, too`,
    "servers-made": NEW,
    "servers-older": "the lab has one version of Kafka with ZooKeeper",
    "servers-removed":
        "`up` refuses it while the load has replicas there; `tests/integration/scaleIn.spec.ts` removes a broker",
    "servers-stop": GONE,
    "service-of-servers-gone": `${NO_KEY}, but for a broker that goes`,
    "topic-min-isr-raised": "the configuration refuses it",
    "zookeeper-password": NO_KEY,
    "zookeeper-password-made": NEW,
};

const SCOPES = {
    EKS: "needs EKS",
    Strimzi: STRIMZI,
} as const;

/** Why a judgement is not checked on the lab; `undefined` where nobody has said so. */
export function reasonNotRun(judgement: string): string | undefined {
    const [, scope] = /^(EKS|Strimzi): /.exec(entryOf(judgement).about) ?? [];
    return REASONS[judgement] ?? SCOPES[scope as keyof typeof SCOPES];
}

/** Judgements that have a reason of their own. */
export const WITH_REASON = Object.keys(REASONS);

/** What was once judged wrongly, and belongs to no judgement: what it is about, and why nothing is changed for it. */
export const NO_JUDGEMENT: readonly (readonly [about: string, reason: string])[] = [
    [
        "a Helm release or a namespace of another program",
        "is not judged, as this program does not make it; `tests/unit/tools/impact/unknown.spec.ts`",
    ],
    [
        "the verdict on a preview with changes that are not judged",
        "is about the report's first line; `tests/unit/tools/impact/unknown.spec.ts`",
    ],
    [
        "a preview in UTF-16, or with a byte order mark",
        "is about reading a file; `tests/unit/tools/impact/cli.spec.ts`",
    ],
];
