/** Where cert-manager runs, and the name of its Helm release: with others its chart's objects have longer names. */
export const CERT_MANAGER = "cert-manager";

/** cert-manager's own Helm chart. */
export const CERT_MANAGER_CHART = "oci://quay.io/jetstack/charts/cert-manager";

/** Version of the chart, and of cert-manager. */
export const CERT_MANAGER_VERSION = "v1.21.2";

/**
 * Values of cert-manager's chart. Its pods fit the `restricted` Pod Security Standard as they are.
 *
 * @see https://artifacthub.io/packages/helm/cert-manager/cert-manager/1.21.2
 */
export function certManagerValues(): Record<string, unknown> {
    return {
        // They outlive the release: with them every Certificate and Issuer of the Kubernetes cluster would go.
        crds: { enabled: true, keep: true },
        // By default in kube-system, where it then needs permissions.
        global: { leaderElection: { namespace: CERT_MANAGER } },
        ...replicated("50m", "128Mi", "512Mi"),
        // Without it the API server takes no Certificate and no Issuer.
        webhook: replicated("20m", "64Mi", "128Mi"),
        cainjector: replicated("20m", "128Mi", "512Mi"),
        // Lets the release wait until the webhook answers, as those who come after it need it at once.
        startupapicheck: {
            enabled: true,
            timeout: "5m",
            resources: resources("10m", "32Mi", "64Mi"),
        },
    };
}

/** Two pods, so that neither the loss nor the drain of a node leaves none. */
function replicated(cpu: string, memory: string, limit: string): Record<string, unknown> {
    return {
        replicaCount: 2,
        podDisruptionBudget: { enabled: true, maxUnavailable: 1 },
        resources: resources(cpu, memory, limit),
    };
}

function resources(cpu: string, memory: string, limit: string): Record<string, unknown> {
    return { requests: { cpu, memory }, limits: { memory: limit } };
}
