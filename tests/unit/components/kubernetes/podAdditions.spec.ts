import assert from "node:assert/strict";
import type { V1NodeSelectorRequirement } from "@kubernetes/client-node";
import {
    keptTo,
    selectorAsAffinity,
    startAdditions,
} from "../../../../components/kubernetes/podAdditions";
import { schedulingRules } from "../../../../components/kubernetes/pods";

const ALWAYS = "requiredDuringSchedulingIgnoredDuringExecution";
const IF_POSSIBLE = "preferredDuringSchedulingIgnoredDuringExecution";
const DISK = { key: "disk", operator: "Exists" };
const POOL = { key: "pool", operator: "In", values: ["kafka"] };

const nodes = (...terms: V1NodeSelectorRequirement[][]) => ({
    [ALWAYS]: { nodeSelectorTerms: terms.map((matchExpressions) => ({ matchExpressions })) },
});

describe("additions to pods", () => {
    it("keep to nodes that satisfy one of the terms and all requirements", () => {
        const preferred = { [IF_POSSIBLE]: [{ weight: 1, preference: {} }] };
        const affinity = { nodeAffinity: { ...nodes([DISK], []), ...preferred } };
        assert.deepEqual(keptTo(affinity, [POOL]), {
            nodeAffinity: { ...nodes([POOL, DISK], [POOL]), ...preferred },
        });
        assert.deepEqual(keptTo({}, [POOL]), { nodeAffinity: nodes([POOL]) });
        assert.equal(keptTo(affinity, []), affinity);
    });

    it("say what a node selector says where there is none", () => {
        const labels = { a: "b" };
        assert.deepEqual(selectorAsAffinity({ nodeSelector: { pool: "kafka" }, labels }), {
            labels,
            affinity: { nodeAffinity: nodes([POOL]) },
        });
        assert.deepEqual(selectorAsAffinity({}), {});
    });

    it("are for helpers what all images and the nodes of the first need", () => {
        const secrets = (...names: string[]) => ({
            imagePullSecrets: names.map((name) => ({ name })),
        });
        const first = { nodeSelector: { a: "b" }, priorityClassName: "p", ...secrets("x") };
        const second = { tolerations: [{ key: "a" }], ...secrets("x", "y") };
        assert.deepEqual(startAdditions({ pods: first }, { pods: second }), {
            ...secrets("x", "y"),
            nodeSelector: { a: "b" },
        });
        assert.deepEqual(startAdditions({ pods: second }), {
            ...secrets("x", "y"),
            tolerations: [{ key: "a" }],
        });
        assert.deepEqual(startAdditions({}, {}), {});
    });

    it("don't keep helpers to nodes that are the servers' alone", () => {
        const pods = { nodeSelector: { a: "b" }, tolerations: [{ key: "a" }] };
        const placement = { key: "dedicated", value: "kafka" };
        assert.deepEqual(startAdditions({ pods, placement }), { tolerations: [{ key: "a" }] });
    });

    it("come beside the terms that spread the pods, wherever those stand", () => {
        const labels = { app: "kafka" };
        const host = {
            labelSelector: { matchLabels: labels },
            topologyKey: "kubernetes.io/hostname",
        };
        const other = { labelSelector: {}, topologyKey: "rack" };
        const added = {
            podAffinity: { [ALWAYS]: [other] },
            podAntiAffinity: {
                [ALWAYS]: [other],
                [IF_POSSIBLE]: [{ weight: 3, podAffinityTerm: other }],
            },
        };
        const affinityOf = (spread: "required" | "preferred") =>
            schedulingRules(labels, { spread, pods: { affinity: added } }).affinity;
        assert.deepEqual(affinityOf("required"), {
            podAffinity: { [ALWAYS]: [other] },
            podAntiAffinity: {
                [ALWAYS]: [host, other],
                [IF_POSSIBLE]: [{ weight: 3, podAffinityTerm: other }],
            },
        });
        assert.deepEqual(affinityOf("preferred"), {
            podAffinity: { [ALWAYS]: [other] },
            podAntiAffinity: {
                [ALWAYS]: [other],
                [IF_POSSIBLE]: [
                    { weight: 100, podAffinityTerm: host },
                    { weight: 3, podAffinityTerm: other },
                ],
            },
        });
    });
});
