import assert from "node:assert/strict";
import { KafkaNamespace } from "../../../components/kafka/kafkaNamespace";
import { register } from "../../support/mocks";

describe("KafkaNamespace", () => {
    it("is one namespace that admits pods of the restricted standard only", async () => {
        const { resources } = await register(
            () => new KafkaNamespace("kafka", { namespace: "streams" }, { retainOnDelete: true }),
        );
        assert.deepEqual(resources.childrenOf(undefined), ["kafka-eks:index:KafkaNamespace kafka"]);
        assert.deepEqual(resources.childrenOf("kafka-eks:index:KafkaNamespace kafka"), [
            "kubernetes:core/v1:Namespace kafka-namespace",
        ]);
        assert.equal(resources.all.length, 2);
        assert.deepEqual(resources.object("Namespace", "streams").inputs, {
            apiVersion: "v1",
            kind: "Namespace",
            metadata: {
                name: "streams",
                labels: {
                    "app.kubernetes.io/part-of": "kafka-eks",
                    "app.kubernetes.io/managed-by": "pulumi",
                    "pod-security.kubernetes.io/enforce": "restricted",
                    "pod-security.kubernetes.io/warn": "restricted",
                },
            },
        });
    });

    it("is protected where it is asked to be", async () => {
        for (const protect of [undefined, false, true]) {
            const { resources } = await register(
                () => new KafkaNamespace("kafka", { namespace: "streams", protect }, {}),
            );
            const { options } = resources.object("Namespace", "streams");
            assert.equal(options.protect, protect === true);
        }
    });
});
