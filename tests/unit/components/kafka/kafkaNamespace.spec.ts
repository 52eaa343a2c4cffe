import assert from "node:assert/strict";
import { KafkaNamespace } from "../../../../components/kafka/kafkaNamespace";
import { register } from "../../../support/mocks";

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
        const { labels } = resources.object("Namespace", "streams").inputs.metadata;
        assert.equal(labels["pod-security.kubernetes.io/enforce"], "restricted");
        assert.equal(labels["pod-security.kubernetes.io/warn"], "restricted");
    });

    it("has the labels of the program, and more where they are given", async () => {
        const own = {
            "app.kubernetes.io/part-of": "kafka-eks",
            "app.kubernetes.io/managed-by": "pulumi",
        };
        const labelLists: Record<string, string>[] = [{}, { "example.com/gate": "enabled" }];
        for (const more of labelLists) {
            const { resources } = await register(
                () => new KafkaNamespace("kafka", { namespace: "streams", labels: more }, {}),
            );
            const { labels } = resources.object("Namespace", "streams").inputs.metadata;
            const others = Object.entries(labels).filter(
                ([key]) => !key.startsWith("pod-security"),
            );
            assert.deepEqual(Object.fromEntries(others), { ...own, ...more });
        }
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
