import assert from "node:assert/strict";
import { heapMib, schedulingRules } from "../../../../components/kubernetes/pods";
import { heapOptions } from "../../../../components/kafka/jvmOptions";

describe("scheduling of pods", () => {
    const labels = { app: "kafka" };
    const labelSelector = { matchLabels: labels };
    const host = { labelSelector, topologyKey: "kubernetes.io/hostname" };
    const zones = (whenUnsatisfiable: string) => [
        {
            labelSelector,
            maxSkew: 1,
            topologyKey: "topology.kubernetes.io/zone",
            whenUnsatisfiable,
        },
    ];

    it("prefers other hosts and zones, and starts them where those can't be had", () => {
        assert.deepEqual(schedulingRules(labels, { spread: "preferred" }), {
            affinity: {
                podAntiAffinity: {
                    preferredDuringSchedulingIgnoredDuringExecution: [
                        { weight: 100, podAffinityTerm: host },
                    ],
                },
            },
            topologySpreadConstraints: zones("ScheduleAnyway"),
        });
    });

    it("leaves them pending where a spread is required and can't be had", () => {
        assert.deepEqual(schedulingRules(labels, { spread: "required" }), {
            affinity: {
                podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [host] },
            },
            topologySpreadConstraints: zones("DoNotSchedule"),
        });
    });

    it("keeps them to the nodes that are theirs, whose taint they tolerate", () => {
        const placement = { key: "dedicated", value: "kafka" };
        const { affinity, tolerations } = schedulingRules(labels, {
            spread: "preferred",
            placement,
        });
        const { nodeAffinity } = affinity as { nodeAffinity: unknown };
        const expression = { key: "dedicated", operator: "In", values: ["kafka"] };
        assert.deepEqual(nodeAffinity, {
            requiredDuringSchedulingIgnoredDuringExecution: {
                nodeSelectorTerms: [{ matchExpressions: [expression] }],
            },
        });
        assert.deepEqual(tolerations, [
            { key: "dedicated", value: "kafka", operator: "Equal", effect: "NoSchedule" },
        ]);
    });
});

describe("heap of a JVM", () => {
    it("is half of the memory limit, up to 6 GiB", () => {
        for (const [memory, heap] of [
            ["1Gi", 512],
            ["3G", 1430],
            ["12Gi", 6144],
            ["64Gi", 6144],
        ] as const) {
            const resources = { requests: { cpu: "1", memory: "1Gi" }, limits: { memory } };
            assert.equal(heapMib(resources), heap);
            // The same from the beginning on: it never grows.
            assert.equal(heapOptions(resources), `-Xms${heap}m -Xmx${heap}m`);
        }
    });
});
