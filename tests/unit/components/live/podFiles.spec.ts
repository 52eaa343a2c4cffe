import assert from "node:assert/strict";
import type { V1PodSpec } from "@kubernetes/client-node";
import { keyOf, neededFiles, podFiles } from "../../../../components/live/podFiles";

const POD: V1PodSpec = {
    initContainers: [
        { name: "prepare", envFrom: [{ configMapRef: { name: "a" } }, { prefix: "X_" }] },
    ],
    containers: [
        {
            name: "kafka",
            envFrom: [{ secretRef: { name: "b", optional: true } }],
            env: [
                { name: "C", valueFrom: { secretKeyRef: { name: "c", key: "k" } } },
                {
                    name: "D",
                    valueFrom: { configMapKeyRef: { name: "d", key: "k", optional: true } },
                },
                { name: "E", value: "1" },
            ],
        },
    ],
    volumes: [
        { name: "1", configMap: { name: "e" } },
        { name: "2", secret: { secretName: "f", optional: true } },
        {
            name: "3",
            projected: {
                sources: [
                    { secret: { name: "g" } },
                    { configMap: { name: "h", optional: true } },
                    { downwardAPI: {} },
                ],
            },
        },
        { name: "4", emptyDir: {} },
    ],
};

describe("files of a pod", () => {
    it("are ConfigMaps and Secrets that it mounts, and that its variables have", () => {
        assert.deepEqual(podFiles(POD).map(keyOf), [
            "ConfigMap e",
            "Secret f",
            "Secret g",
            "ConfigMap h",
            "ConfigMap a",
            "Secret b",
            "Secret c",
            "ConfigMap d",
        ]);
    });

    it("are needed unless they are optional", () => {
        assert.deepEqual(neededFiles(POD).map(keyOf), [
            "ConfigMap e",
            "Secret g",
            "ConfigMap a",
            "Secret c",
        ]);
    });

    it("are none where there is no pod", () => {
        assert.deepEqual(podFiles(undefined), []);
    });
});
