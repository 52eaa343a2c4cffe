import assert from "node:assert/strict";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { operatorValues } from "../../../../components/strimzi/operatorChart";
import {
    StrimziOperator,
    StrimziOperatorArgs,
} from "../../../../components/strimzi/strimziOperator";
import { AnsweringCluster } from "../../../support/answeringCluster";
import { register, valueOf } from "../../../support/mocks";

const COMPONENT = "kafka-eks:index:StrimziOperator strimzi";
const CRDS = "kubernetes:yaml/v2:ConfigFile strimzi-crds";
const RELEASE = "kubernetes:helm.sh/v3:Release strimzi-release";

const ARGS: Omit<StrimziOperatorArgs, "crdProvider"> = {
    namespace: "streams",
    clusterDomain: "cluster.local",
    version: "1.2.0",
    chart: "oci://example.com/strimzi",
    crds: "https://example.com/crds.yaml",
    watchNamespaces: ["team-a"],
    resources: {
        requests: { cpu: "200m", memory: "512Mi" },
        limits: { memory: "512Mi" },
    },
    live: new AnsweringCluster(),
    owner: "kafka-eks/prod",
};

async function create(args: Partial<StrimziOperatorArgs> = {}) {
    const { resources } = await register(
        () =>
            new StrimziOperator(
                "strimzi",
                { crdProvider: new k8s.Provider("data"), ...ARGS, ...args },
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

    it("makes the CRDs by the provider that takes over those that are there", async () => {
        assert.equal((await create()).resource(CRDS).options.provider, "data");
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
        const { name, namespace, skipCrds, values } = inputs;
        // The chart's objects have fixed names.
        assert.deepEqual([name, namespace], ["strimzi-kafka-operator", "streams"]);
        assert.equal(skipCrds, true);
        assert.deepEqual(values, operatorValues(ARGS));
        assert.deepEqual(options, {
            provider: "cluster",
            dependencies: [CRDS],
            // An installed one has none, and is not to change for it.
            ignoreChanges: ["description"],
            retainOnDelete: false,
            deleteBeforeReplace: false,
            protect: false,
            gates: ["strimzi-release-interrupted"],
            timeouts: { create: "", update: "", delete: "" },
        });
    });

    it("leaves the old one in place where a new one does not start within ten minutes", async () => {
        const { atomic, timeout } = (await create()).resource(RELEASE).inputs;
        assert.deepEqual([atomic, timeout], [true, 600]);
    });

    it("installs the release that is asked for", async () => {
        for (const args of [
            { version: "1.2.0", chart: ARGS.chart, crds: ARGS.crds },
            { version: "1.1.0", chart: "./chart.tgz", crds: "./a.yaml" },
        ] as const) {
            const resources = await create(args);
            const { version, chart } = resources.resource(RELEASE).inputs;
            assert.deepEqual([version, chart], [args.version, args.chart]);
            assert.deepEqual(resources.resource(CRDS).inputs, { file: args.crds });
        }
    });
});
