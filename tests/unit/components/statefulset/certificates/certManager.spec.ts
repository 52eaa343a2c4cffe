import assert from "node:assert/strict";
import * as k8s from "@pulumi/kubernetes";
import {
    CertManager,
    CertManagerArgs,
} from "../../../components/statefulset/certificates/certManager";
import { certManagerValues } from "../../../components/statefulset/certificates/certManagerChart";
import { register } from "../../support/mocks";

const COMPONENT = "kafka-eks:index:CertManager certificates";
const RELEASE = "kubernetes:helm.sh/v3:Release certificates-release";

async function create(args: CertManagerArgs = {}) {
    const { resources } = await register(
        () => new CertManager("certificates", args, { provider: new k8s.Provider("cluster") }),
    );
    return resources;
}

describe("CertManager", () => {
    it("has the release of the chart", async () => {
        const resources = await create();
        assert.deepEqual(resources.childrenOf(COMPONENT), [RELEASE]);
        // With the component itself and the provider.
        assert.equal(resources.all.length, 1 + 2);
    });

    it("installs the chart into its namespace, which outlives it", async () => {
        const { inputs, options } = (await create()).resource(RELEASE);
        assert.deepEqual(inputs, {
            name: "cert-manager",
            namespace: "cert-manager",
            createNamespace: true,
            chart: "oci://quay.io/jetstack/charts/cert-manager",
            version: "v1.21.2",
            atomic: true,
            timeout: 600,
            values: certManagerValues(),
            // The SDK's own.
            compat: "true",
        });
        assert.deepEqual(options, {
            provider: "cluster",
            dependencies: [],
            ignoreChanges: [],
            retainOnDelete: false,
            protect: false,
            timeouts: { create: "", update: "", delete: "" },
        });
    });

    it("installs the chart that is asked for", async () => {
        const { chart, version } = (await create({ chart: "./chart.tgz" })).resource(
            RELEASE,
        ).inputs;
        assert.deepEqual([chart, version], ["./chart.tgz", "v1.21.2"]);
    });

    it("has two of each pod and keeps the CRDs", () => {
        const podDisruptionBudget = { enabled: true, maxUnavailable: 1 };
        assert.deepEqual(certManagerValues(), {
            crds: { enabled: true, keep: true },
            global: { leaderElection: { namespace: "cert-manager" } },
            replicaCount: 2,
            podDisruptionBudget,
            resources: {
                requests: { cpu: "50m", memory: "128Mi" },
                limits: { memory: "512Mi" },
            },
            webhook: {
                replicaCount: 2,
                podDisruptionBudget,
                resources: {
                    requests: { cpu: "20m", memory: "64Mi" },
                    limits: { memory: "128Mi" },
                },
            },
            cainjector: {
                replicaCount: 2,
                podDisruptionBudget,
                resources: {
                    requests: { cpu: "20m", memory: "128Mi" },
                    limits: { memory: "512Mi" },
                },
            },
            startupapicheck: {
                enabled: true,
                timeout: "5m",
                resources: {
                    requests: { cpu: "10m", memory: "32Mi" },
                    limits: { memory: "64Mi" },
                },
            },
        });
    });
});
