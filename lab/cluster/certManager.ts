/** Where cert-manager's webhook listens: beside the API server, and only that asks it. */
export const WEBHOOK_PORT = 10250;

/**
 * What makes the API server ask cert-manager's webhook about each of cert-manager's resources, with the
 * rules of its Helm chart. `CA` is the certificate, in PEM, that the webhook's is signed with.
 */
export function webhookConfigurations(ca: Buffer): object[] {
    const webhook = (path: string): object => ({
        name: "webhook.cert-manager.io",
        admissionReviewVersions: ["v1"],
        matchPolicy: "Equivalent",
        timeoutSeconds: 30,
        failurePolicy: "Fail",
        sideEffects: "None",
        clientConfig: {
            url: `https://127.0.0.1:${WEBHOOK_PORT}/${path}`,
            caBundle: ca.toString("base64"),
        },
    });
    const metadata = { name: "cert-manager-webhook" };
    return [
        {
            apiVersion: "admissionregistration.k8s.io/v1",
            kind: "ValidatingWebhookConfiguration",
            metadata,
            webhooks: [
                {
                    ...webhook("validate"),
                    namespaceSelector: {
                        matchExpressions: [
                            {
                                key: "cert-manager.io/disable-validation",
                                operator: "NotIn",
                                values: ["true"],
                            },
                        ],
                    },
                    rules: [
                        {
                            apiGroups: ["cert-manager.io", "acme.cert-manager.io"],
                            apiVersions: ["v1"],
                            operations: ["CREATE", "UPDATE"],
                            resources: ["*/*"],
                        },
                    ],
                },
            ],
        },
        {
            apiVersion: "admissionregistration.k8s.io/v1",
            kind: "MutatingWebhookConfiguration",
            metadata,
            webhooks: [
                {
                    ...webhook("mutate"),
                    rules: [
                        {
                            apiGroups: ["cert-manager.io"],
                            apiVersions: ["v1"],
                            operations: ["CREATE"],
                            resources: ["certificaterequests"],
                        },
                    ],
                },
            ],
        },
    ];
}
