import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { webhookConfigurations } from "../../../lab/cluster/certManager";
import { CONTROL_PLANE_DAEMONS } from "../../../lab/cluster/controlPlane";
import { VERSIONS } from "../../../lab/versions";

const LAB = join(__dirname, "../../../lab");

describe("cert-manager in the lab", () => {
    it("is asked by the API server about each of its resources", () => {
        const common = {
            name: "webhook.cert-manager.io",
            admissionReviewVersions: ["v1"],
            matchPolicy: "Equivalent",
            timeoutSeconds: 30,
            failurePolicy: "Fail",
            sideEffects: "None",
        };
        assert.deepEqual(webhookConfigurations(Buffer.from("CA")), [
            {
                apiVersion: "admissionregistration.k8s.io/v1",
                kind: "ValidatingWebhookConfiguration",
                metadata: { name: "cert-manager-webhook" },
                webhooks: [
                    {
                        ...common,
                        clientConfig: {
                            url: "https://127.0.0.1:10250/validate",
                            caBundle: "Q0E=",
                        },
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
                metadata: { name: "cert-manager-webhook" },
                webhooks: [
                    {
                        ...common,
                        clientConfig: {
                            url: "https://127.0.0.1:10250/mutate",
                            caBundle: "Q0E=",
                        },
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
        ]);
    });

    it("shows in the status of the lab", () => {
        assert.ok(CONTROL_PLANE_DAEMONS.includes("cert-manager"));
    });

    it("is built from the module of its version", () => {
        const module = readFileSync(join(LAB, "build/cert-manager/go.mod"), "utf8");
        assert.match(
            module,
            new RegExp(`cert-manager/cert-manager v${VERSIONS.certManager}$`, "m"),
        );
    });
});
