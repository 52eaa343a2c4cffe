import assert from "node:assert/strict";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { StrimziOperator, StrimziOperatorArgs } from "../../../components/strimzi/strimziOperator";
import { register, valueOf } from "../../support/mocks";

const COMPONENT = "kafka-eks:index:StrimziOperator strimzi";
const CRDS = "kubernetes:yaml/v2:ConfigFile strimzi-crds";
const RELEASE = "kubernetes:helm.sh/v3:Release strimzi-release";

async function create(args: Partial<StrimziOperatorArgs> = {}) {
    const { resources } = await register(
        () =>
            new StrimziOperator(
                "strimzi",
                {
                    namespace: "streams",
                    version: "1.2.0",
                    chart: "oci://example.com/strimzi",
                    crds: "https://example.com/crds.yaml",
                    watchNamespaces: ["team-a"],
                    resources: {
                        requests: { cpu: "200m", memory: "512Mi" },
                        limits: { memory: "512Mi" },
                    },
                    crdProvider: new k8s.Provider("data"),
                    ...args,
                },
                { provider: new k8s.Provider("cluster") },
            ),
    );
    return resources;
}

describe("StrimziOperator", () => {
    it("has the CRDs and the release of the chart", async () => {
        const resources = await create();
        assert.deepEqual(resources.childrenOf(COMPONENT).sort(), [RELEASE, CRDS]);
        // With the component itself and the two providers.
        assert.equal(resources.all.length, 2 + 3);
    });

    it("takes the CRDs from their file, by the provider that takes over those that are there", async () => {
        const { inputs, options } = (await create()).resource(CRDS);
        assert.deepEqual(inputs, { file: "https://example.com/crds.yaml" });
        assert.equal(options.provider, "data");
    });

    it("keeps every CRD on destroy, and with it every Kafka of the cluster", async () => {
        const [transform, ...more] = (await create()).resource(CRDS).transforms;
        assert.deepEqual(more, []);
        const props = { metadata: { name: "kafkas.kafka.strimzi.io" } };
        const result = await transform!({
            custom: true,
            type: "kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition",
            name: "crd",
            props,
            opts: { protect: true },
        });
        const { provider, ...opts } = result!.opts as pulumi.CustomResourceOptions;
        assert.deepEqual(result!.props, props);
        assert.deepEqual(opts, { protect: true, retainOnDelete: true });
        assert.match((await valueOf(provider!.urn))!, /::data$/);
    });

    it("installs the chart without its CRDs, after them", async () => {
        const { inputs, options } = (await create()).resource(RELEASE);
        assert.deepEqual(inputs, {
            name: "strimzi-kafka-operator",
            namespace: "streams",
            chart: "oci://example.com/strimzi",
            version: "1.2.0",
            skipCrds: true,
            atomic: true,
            timeout: 600,
            values: {
                watchNamespaces: ["team-a"],
                resources: {
                    requests: { cpu: "200m", memory: "512Mi" },
                    limits: { memory: "512Mi" },
                },
                securityContext: {
                    allowPrivilegeEscalation: false,
                    capabilities: { drop: ["ALL"] },
                    runAsNonRoot: true,
                    seccompProfile: { type: "RuntimeDefault" },
                },
                podDisruptionBudget: { enabled: true },
                replicas: 2,
                affinity: {
                    podAntiAffinity: {
                        preferredDuringSchedulingIgnoredDuringExecution: [
                            {
                                weight: 100,
                                podAffinityTerm: {
                                    labelSelector: {
                                        matchLabels: { "strimzi.io/kind": "cluster-operator" },
                                    },
                                    topologyKey: "kubernetes.io/hostname",
                                },
                            },
                        ],
                    },
                },
            },
            // The SDK's own.
            compat: "true",
        });
        assert.deepEqual(options, {
            provider: "cluster",
            dependencies: [CRDS],
            ignoreChanges: [],
            retainOnDelete: false,
            protect: false,
            timeouts: { create: "", update: "", delete: "" },
        });
    });

    it("installs the release that is asked for", async () => {
        const resources = await create({
            version: "1.1.0",
            chart: "./chart.tgz",
            crds: "./a.yaml",
        });
        const { version, chart } = resources.resource(RELEASE).inputs;
        assert.deepEqual([version, chart], ["1.1.0", "./chart.tgz"]);
        assert.deepEqual(resources.resource(CRDS).inputs, { file: "./a.yaml" });
    });
});
