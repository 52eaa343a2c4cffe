import type { V1Deployment } from "@kubernetes/client-node";
import { CERT_MANAGER } from "../../components/statefulset/certificates/certManagerChart";
import { fails, type Judgement, listOf, notKnown, ok, warning } from "./finding";
import { isOfRelease, ownerOf } from "./helm";
import { judgeKnown, type Known } from "./known";
import type { Definitions } from "./operators";

/** What is known of cert-manager in a cluster. */
export interface CertManagerFacts {
    /** The CRDs of what the stack has. */
    readonly definitions: Definitions;
    /** Of all namespaces. */
    readonly deployments: Known<readonly V1Deployment[]>;
    /** Whether Kafka's namespace is this stack's already, and so may be what is there. */
    readonly isDeployed: boolean;
}

const KEY = "cert-manager";
const SWITCH = "certificates.installCertManager";

/** Judges whether cert-manager can be installed, or whether the one that is there issues certificates. */
export function judgeCertManager(installs: boolean, facts: CertManagerFacts): Judgement[] {
    return judgeKnown(facts.deployments, KEY, (all) => {
        const found = all.filter(isController);
        return installs ? judgeInstallation(found, facts) : judgeForeign(found, facts.definitions);
    });
}

function isController({ metadata }: V1Deployment): boolean {
    const labels = metadata?.labels ?? {};
    return (
        labels["app.kubernetes.io/name"] === KEY &&
        labels["app.kubernetes.io/component"] === "controller"
    );
}

/** There can be one in a cluster. */
function judgeInstallation(
    found: readonly V1Deployment[],
    { isDeployed }: CertManagerFacts,
): Judgement[] {
    const [first] = found;
    if (first === undefined) {
        return [ok(KEY, "none yet: up installs it")];
    }
    const isOurs =
        isDeployed && isOfRelease(first.metadata, { name: KEY, namespace: CERT_MANAGER });
    return isOurs
        ? [ok(KEY, `there, as ${ownerOf(first.metadata)}`)]
        : [
              fails(KEY, {
                  expected: "none before up installs it",
                  got: `one in ${first.metadata?.namespace} (${ownerOf(first.metadata)})`,
                  next: `set ${SWITCH} to false, so that up takes the one that is there`,
              }),
          ];
}

function judgeForeign(found: readonly V1Deployment[], definitions: Definitions): Judgement[] {
    const unread = definitions.flatMap(([, known]) => ("unknown" in known ? [known.unknown] : []));
    if (unread.length > 0) {
        return [notKnown(KEY, unread[0]!)];
    }
    const missing = definitions
        .filter(
            ([, known]) =>
                !("value" in known) ||
                !known.value?.spec.versions.some(({ name, served }) => name === "v1" && served),
        )
        .map(([name]) => name);
    if (missing.length > 0) {
        return [
            fails(KEY, {
                expected: `CRDs that serve v1, since ${SWITCH} is false`,
                got: `none for ${listOf(missing)}`,
                next: `install cert-manager, or set ${SWITCH} to true`,
            }),
        ];
    }
    const ready = found.filter(({ status }) => (status?.availableReplicas ?? 0) > 0);
    return ready.length > 0
        ? [ok(KEY, `there, in ${ready[0]!.metadata?.namespace}`)]
        : [
              warning(KEY, {
                  expected: "a Deployment of cert-manager that is available",
                  got: "its CRDs alone",
                  next: "kubectl get deployments --all-namespaces -l app.kubernetes.io/name=cert-manager",
              }),
          ];
}
