import assert from "node:assert/strict";
import * as k8s from "@pulumi/kubernetes";
import {
    CertManager,
    CertManagerArgs,
} from "../../../../../components/statefulset/certificates/certManager";
import { certManagerValues } from "../../../../../components/statefulset/certificates/certManagerChart";
import { AnsweringCluster } from "../../../../support/answeringCluster";
import { register } from "../../../../support/mocks";

const COMPONENT = "kafka-eks:index:CertManager certificates";
const RELEASE = "kubernetes:helm.sh/v3:Release certificates-release";

async function create({ chart }: Pick<CertManagerArgs, "chart"> = {}) {
    const args = { chart, live: new AnsweringCluster(), owner: "kafka-eks/prod" };
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
        const { name, namespace, createNamespace, values } = inputs;
        // With another name its chart's objects have longer names.
        assert.deepEqual([name, namespace], ["cert-manager", "cert-manager"]);
        // Helm deletes no namespace that it made.
        assert.equal(createNamespace, true);
        assert.deepEqual(values, certManagerValues());
        assert.deepEqual(options, {
            provider: "cluster",
            dependencies: [],
            // An installed one has none, and is not to change for it.
            ignoreChanges: ["description"],
            retainOnDelete: false,
            deleteBeforeReplace: false,
            protect: false,
            gates: ["certificates-release-interrupted"],
            timeouts: { create: "", update: "", delete: "" },
        });
    });

    it("leaves the old one in place where a new one does not start within ten minutes", async () => {
        const { atomic, timeout } = (await create()).resource(RELEASE).inputs;
        assert.deepEqual([atomic, timeout], [true, 600]);
    });

    it("takes the project's own chart", async () => {
        const { chart, version } = (await create()).resource(RELEASE).inputs;
        assert.equal(chart, "oci://quay.io/jetstack/charts/cert-manager");
        assert.equal(version, "v1.21.2");
    });

    it("installs the chart that is asked for", async () => {
        const { chart, version } = (await create({ chart: "./chart.tgz" })).resource(
            RELEASE,
        ).inputs;
        assert.deepEqual([chart, version], ["./chart.tgz", "v1.21.2"]);
    });

    interface Values {
        readonly replicaCount: number;
        readonly podDisruptionBudget: unknown;
        readonly resources: { readonly requests: object; readonly limits: object };
    }
    interface ChartValues extends Values {
        readonly crds: unknown;
        readonly global: unknown;
        readonly webhook: Values;
        readonly cainjector: Values;
        readonly startupapicheck: Pick<Values, "resources"> & { readonly enabled: boolean };
    }
    const values = certManagerValues() as unknown as ChartValues;
    const { webhook, cainjector, startupapicheck } = values;

    it("has two of each pod, of which a drain takes one at a time", () => {
        for (const { replicaCount, podDisruptionBudget } of [values, webhook, cainjector]) {
            assert.equal(replicaCount, 2);
            assert.deepEqual(podDisruptionBudget, { enabled: true, maxUnavailable: 1 });
        }
    });

    it("keeps its CRDs, and with them all certificates of the cluster", () => {
        assert.deepEqual(values.crds, { enabled: true, keep: true });
    });

    it("needs no permissions in kube-system", () => {
        assert.deepEqual(values.global, { leaderElection: { namespace: "cert-manager" } });
    });

    it("is there when its webhook answers", () => {
        assert.equal(startupapicheck.enabled, true);
    });

    it("says what each pod needs, and limits its memory", () => {
        for (const { resources } of [values, webhook, cainjector, startupapicheck]) {
            assert.deepEqual(Object.keys(resources.requests), ["cpu", "memory"]);
            assert.deepEqual(Object.keys(resources.limits), ["memory"]);
        }
    });
});
