import assert from "node:assert/strict";
import { schedulingRules } from "../../../../components/kubernetes/pods";
import { RESTRICTED } from "../../../../components/strimzi/nodePools";
import {
    operatorValues,
    strimziCrds,
    withoutEmptySchemas,
} from "../../../../components/strimzi/operatorChart";

/** The values that the chart of Strimzi 1.2.0 documents and a program might set. */
const DOCUMENTED_VALUES = [
    "replicas",
    "revisionHistoryLimit",
    "watchNamespaces",
    "watchAnyNamespace",
    "defaultImageRegistry",
    "defaultImageRepository",
    "defaultImageTag",
    "fullReconciliationIntervalMs",
    "kubernetesServiceDnsDomain",
    "operationTimeoutMs",
    "leaderElection.enable",
    "podSecurityContext",
    "securityContext",
    "podDisruptionBudget.enabled",
    "podDisruptionBudget.minAvailable",
    "podDisruptionBudget.maxUnavailable",
    "podDisruptionBudget.unhealthyPodEvictionPolicy",
    "extraEnvs",
    "resources.limits.memory",
    "resources.limits.cpu",
    "resources.requests.memory",
    "resources.requests.cpu",
    "priorityClassName",
    "featureGates",
    "tolerations",
    "topologySpreadConstraints",
    "affinity",
    "annotations",
    "labels",
    "nodeSelector",
    "createGlobalResources",
    "createAggregateRoles",
    "logLevel",
    "generateNetworkPolicy",
    "dashboards.enabled",
];

/** Names of all values in the chart's notation. */
function valueNames(values: object, prefix = ""): string[] {
    return Object.entries(values).flatMap(([key, value]: [string, unknown]) => {
        const name = prefix + key;
        const isLeaf =
            DOCUMENTED_VALUES.includes(name) || typeof value !== "object" || value === null;
        return isLeaf ? [name] : valueNames(value, `${name}.`);
    });
}

describe("operator", () => {
    const args = {
        resources: {
            requests: { cpu: "200m", memory: "512Mi" },
            limits: { cpu: "1", memory: "512Mi" },
        },
        watchNamespaces: ["team-a"],
        clusterDomain: "cluster.local",
    };
    const values = operatorValues(args);

    it("runs twice, on different nodes where there are some, and a drain takes one at a time", () => {
        assert.equal(values.replicas, 2);
        assert.deepEqual(values.podDisruptionBudget, { enabled: true });
        const labels = { "strimzi.io/kind": "cluster-operator" };
        assert.deepEqual(
            values.affinity,
            schedulingRules(labels, { spread: "preferred" }).affinity,
        );
    });

    it("runs under the restricted Pod Security Standard", () => {
        assert.deepEqual(values.securityContext, RESTRICTED);
    });

    it("has the resources that are given, and watches the namespaces beside its own", () => {
        assert.deepEqual(values.resources, {
            requests: { cpu: "200m", memory: "512Mi" },
            limits: { cpu: "1", memory: "512Mi" },
        });
        assert.deepEqual(values.watchNamespaces, ["team-a"]);
    });

    it("is told of a cluster's domain that is not the chart's own", () => {
        const corp = operatorValues({ ...args, clusterDomain: "corp.example" });
        assert.deepEqual(corp, { ...values, kubernetesServiceDnsDomain: "corp.example" });
        assert.ok(!("kubernetesServiceDnsDomain" in values));
    });

    it("gets values that its chart documents", () => {
        const all = operatorValues({ ...args, clusterDomain: "corp.example" });
        const unknown = valueNames(all).filter((name) => !DOCUMENTED_VALUES.includes(name));
        assert.deepEqual(unknown, []);
    });

    it("has CRDs without what the API server drops, and with all the rest", () => {
        const crd = (status: object) => ({
            kind: "CustomResourceDefinition",
            metadata: { labels: {} },
            spec: { versions: [{ schema: { properties: { spec: { type: "object" }, status } } }] },
        });
        assert.deepEqual(
            withoutEmptySchemas(crd({ type: "object", properties: {} })),
            crd({ type: "object" }),
        );
    });

    it("has the CRDs of its release", () => {
        assert.equal(
            strimziCrds("1.1.0"),
            "https://github.com/strimzi/strimzi-kafka-operator/releases/download/1.1.0/strimzi-crds-1.1.0.yaml",
        );
    });
});
