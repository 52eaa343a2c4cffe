import { CERT_MANAGER } from "../../components/statefulset/certificates/certManagerChart";
import { type ConfigProblem, optionNear, show } from "../problems";
import type { ParsedConfig } from "../schema";

/** What the certificates' source can't provide. */
export function certificateConflicts(config: ParsedConfig): ConfigProblem[] {
    const { kafkaDeploymentType, certificates, listeners = [] } = config;
    if (kafkaDeploymentType !== "statefulset" || certificates === undefined) {
        return [];
    }
    const problems: ConfigProblem[] = [];
    if (certificates.source === "cert-manager") {
        problems.push(
            ...certManagerConflicts(certificates),
            ...namespaceConflicts(certificates, config.namespace),
        );
    }
    if (certificates.source === "none") {
        listeners.forEach((listener, index) => {
            if (listener?.tls === true) {
                const expected =
                    listener.type === "internal"
                        ? 'false with certificates.source "none"'
                        : 'false, and allowInsecure true, with certificates.source "none"';
                problems.push({ key: `listeners[${index}].tls`, expected, given: "true" });
            }
            if (listener?.authentication !== undefined) {
                problems.push({
                    key: `listeners[${index}].authentication`,
                    expected:
                        'nothing with certificates.source "none": authorization requires TLS between brokers',
                    given: show(listener.authentication),
                });
            }
        });
    }
    if (
        certificates.source === "files" &&
        certificates.clientsCaFile === undefined &&
        listeners.some((listener) => listener?.authentication?.type === "tls")
    ) {
        problems.push({
            key: "certificates.clientsCaFile",
            expected:
                'the CAs of the clients\' certificates, for the listener with authentication of type "tls"',
            given: "nothing",
        });
    }
    return problems;
}

/** Kafka in the namespace that the stack makes for cert-manager: its policies would cut cert-manager off. */
function namespaceConflicts(
    { installCertManager }: CertManager,
    namespace: string | undefined,
): ConfigProblem[] {
    return installCertManager && namespace === CERT_MANAGER
        ? [
              {
                  key: "namespace",
                  expected: "a namespace of its own: the stack installs cert-manager in this one",
                  given: show(namespace),
              },
          ]
        : [];
}

/** Kinds of issuers that cert-manager itself has. */
const ISSUER_KINDS = ["Issuer", "ClusterIssuer"];

type CertManager = Extract<
    NonNullable<ParsedConfig["certificates"]>,
    { readonly source: "cert-manager" }
>;

/** A chart of what the stack does not install, and issuers that nobody would know. */
function certManagerConflicts({ installCertManager, chart, issuer }: CertManager): ConfigProblem[] {
    const problems: ConfigProblem[] = [];
    if (!installCertManager && chart !== undefined) {
        const expected =
            "nothing with certificates.installCertManager false: cert-manager is there already";
        problems.push({ key: "certificates.chart", expected, given: show(chart) });
    }
    if (issuer?.group === "cert-manager.io" && !ISSUER_KINDS.includes(issuer.kind)) {
        problems.push({
            key: "certificates.issuer.kind",
            expected: `${ISSUER_KINDS.map(show).join(" or ")} with certificates.issuer.group ${show(issuer.group)}`,
            given: show(issuer.kind),
            ...optionNear(issuer.kind, ISSUER_KINDS),
        });
    }
    return problems;
}
