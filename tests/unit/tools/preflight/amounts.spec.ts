import assert from "node:assert/strict";
import { quantityOf, requestsOf, show } from "../../../../tools/preflight/amounts";
import { asking } from "./objects";

const MIB = 2 ** 20;

function container(cpu: string, memory: string, more: object = {}) {
    return { ...asking(cpu, memory).containers[0]!, ...more };
}

describe("quantities of an API server", () => {
    const CASES: readonly (readonly [string, number])[] = [
        ["3920m", 3.92],
        ["16370876Ki", 16370876 * 1024],
        ["1500000n", 0.0015],
        ["250u", 0.00025],
        ["1e3", 1000],
        ["2E", 2e18],
        ["1Ei", 2 ** 60],
        ["0", 0],
        ["lots", 0],
    ];
    for (const [text, value] of CASES) {
        it(`are numbers: ${text}`, () => assert.equal(quantityOf(text), value));
    }

    it("are shown in cores and GiB", () => {
        assert.equal(show("cpu", 1.25), "1.25 CPU");
        assert.equal(show("memory", 1536 * MIB), "1.5Gi");
    });
});

describe("what a pod asks of a node", () => {
    it("is the sum of its containers", () => {
        const spec = { containers: [container("500m", "1Gi"), container("1", "512Mi")] };
        assert.deepEqual(requestsOf(spec), {
            cpu: 1.5,
            memory: 1536 * MIB,
            "ephemeral-storage": 0,
        });
    });

    it("is that of an init container where that is more, resource by resource", () => {
        const spec = {
            initContainers: [container("2", "64Mi"), container("1", "128Mi")],
            containers: [container("500m", "1Gi")],
        };
        assert.deepEqual([requestsOf(spec).cpu, requestsOf(spec).memory], [2, 1024 * MIB]);
    });

    it("counts an init container that goes on running, also below those that come after it", () => {
        const sidecar = container("100m", "100Mi", { restartPolicy: "Always" });
        const spec = {
            initContainers: [sidecar, container("1", "64Mi")],
            containers: [container("500m", "1Gi")],
        };
        assert.deepEqual([requestsOf(spec).cpu, requestsOf(spec).memory], [1.1, 1124 * MIB]);
    });

    it("takes a limit for the request where there is none", () => {
        const spec = {
            containers: [{ name: "main", resources: { limits: { cpu: "2", memory: "1Gi" } } }],
        };
        assert.deepEqual([requestsOf(spec).cpu, requestsOf(spec).memory], [2, 1024 * MIB]);
    });

    it("is what the pod as a whole asks for, and what its runtime takes", () => {
        const spec = {
            containers: [container("500m", "1Gi")],
            resources: { requests: { cpu: "2" } },
            overhead: { memory: "64Mi" },
        };
        assert.deepEqual([requestsOf(spec).cpu, requestsOf(spec).memory], [2, 1088 * MIB]);
    });

    it("is nothing where nobody says anything", () =>
        assert.equal(requestsOf({ containers: [{ name: "main" }] }).cpu, 0));
});
