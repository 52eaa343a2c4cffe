import assert from "node:assert/strict";
import { difference } from "../../../../../components/live/rollout/difference";

const SENT = {
    replicas: 3,
    template: {
        metadata: { annotations: { "kafka-eks/config-hash": "0123" } },
        spec: {
            containers: [
                {
                    name: "kafka",
                    image: "kafka:1",
                    command: ["bash", "start.sh"],
                    resources: { requests: { memory: "1024Mi" } },
                    volumeMounts: [
                        { name: "data", mountPath: "/data", subPath: "data" },
                        { name: "data", mountPath: "/log", subPath: "log" },
                    ],
                },
            ],
            tolerations: [{ key: "kafka", effect: "NoSchedule" }],
        },
    },
};

type Spec = typeof SENT;

/** What the API server made of it: with defaults, quantities as it writes them, and what admission changed. */
function accepted(change: (spec: Spec) => void = () => undefined): Spec {
    const spec = { ...structuredClone(SENT), revisionHistoryLimit: 10 };
    const [container] = spec.template.spec.containers;
    container!.resources.requests.memory = "1Gi";
    container!.image = "kafka:1@sha256:0123";
    change(spec);
    return spec;
}

function containerOf(spec: Spec) {
    return spec.template.spec.containers[0]!;
}

describe("difference between what was sent and what is live", () => {
    it("is none when nobody has changed what the API server accepted", () => {
        assert.equal(difference(SENT, accepted(), accepted()), undefined);
    });

    const changes: Readonly<Record<string, readonly [(spec: Spec) => void, unknown, unknown]>> = {
        replicas: [(spec) => (spec.replicas = 2), 3, 2],
        "template.metadata.annotations.kafka-eks/config-hash": [
            (spec) => (spec.template.metadata.annotations["kafka-eks/config-hash"] = "4567"),
            "0123",
            "4567",
        ],
        "template.spec.containers[kafka].image": [
            (spec) => (containerOf(spec).image = "kafka:1"),
            "kafka:1@sha256:0123",
            "kafka:1",
        ],
        "template.spec.containers[kafka].command": [
            (spec) => containerOf(spec).command.push("--debug"),
            ["bash", "start.sh"],
            ["bash", "start.sh", "--debug"],
        ],
        "template.spec.containers[kafka].resources.requests.memory": [
            (spec) => (containerOf(spec).resources.requests.memory = "2Gi"),
            "1Gi",
            "2Gi",
        ],
        "template.spec.containers[kafka].volumeMounts[/log].subPath": [
            (spec) => (containerOf(spec).volumeMounts[1]!.subPath = "data"),
            "log",
            "data",
        ],
        "template.spec.containers[kafka].name": [
            (spec) => (spec.template.spec.containers = []),
            "kafka",
            undefined,
        ],
        "template.spec.tolerations[0].effect": [
            (spec) => (spec.template.spec.tolerations[0]!.effect = "NoExecute"),
            "NoSchedule",
            "NoExecute",
        ],
    };
    for (const [path, [change, expected, got]] of Object.entries(changes)) {
        it(`is in ${path}`, () => {
            assert.deepEqual(difference(SENT, accepted(), accepted(change)), {
                path,
                expected,
                got,
            });
        });
    }

    it("is not what others have added, nor another order", () => {
        const live = accepted((spec) => {
            Object.assign(spec.template.metadata.annotations, { "kubectl/restartedAt": "now" });
            spec.template.spec.containers.unshift({ ...containerOf(spec), name: "mesh" });
            containerOf(spec).volumeMounts.reverse();
        });
        assert.equal(difference(SENT, accepted(), live), undefined);
    });

    it("is not in what was left open", () => {
        assert.equal(
            difference({ replicas: undefined }, { replicas: 1 }, { replicas: 2 }),
            undefined,
        );
    });
});
