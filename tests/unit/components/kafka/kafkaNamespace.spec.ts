import assert from "node:assert/strict";
import { KafkaNamespace } from "../../../../components/kafka/kafkaNamespace";
import { AnsweringCluster } from "../../../support/answeringCluster";
import { register } from "../../../support/mocks";

const ARGS = { namespace: "streams", owner: "kafka-eks/prod" };

describe("KafkaNamespace", () => {
    it("is one namespace that admits pods of the restricted standard only", async () => {
        const { resources } = await register(
            () => new KafkaNamespace("kafka", ARGS, { retainOnDelete: true }),
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
                () => new KafkaNamespace("kafka", { ...ARGS, labels: more }, {}),
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
                () => new KafkaNamespace("kafka", { ...ARGS, protect }, {}),
            );
            const { options } = resources.object("Namespace", "streams");
            assert.equal(options.protect, protect === true);
        }
    });

    it("asks whose the namespace is before it is made, and never again", async () => {
        const annotations = { "kafka-eks/owner": "kafka-eks/dev" };
        const live = new AnsweringCluster([
            { apiVersion: "v1", kind: "Namespace", metadata: { name: "streams", annotations } },
        ]);
        const { resources } = await register(
            () => new KafkaNamespace("kafka", { ...ARGS, live }, {}),
            {
                hooks: true,
                preview: true,
            },
        );
        const { inputs, hooks } = resources.object("Namespace", "streams");
        assert.equal(hooks.beforeUpdate.length, 0);
        await assert.rejects(
            hooks.beforeCreate[0]!.callback({ newInputs: inputs }),
            /^Error: namespace: expected one without Kafka or with data of kafka-eks\/prod, got streams/,
        );
    });

    it("writes down whose it is, in an annotation that is no input", async () => {
        const object = { apiVersion: "v1", kind: "Namespace", metadata: { name: "streams" } };
        const live = new AnsweringCluster([
            { ...object, metadata: { ...object.metadata, annotations: {} } },
        ]);
        const { resources } = await register(
            () => new KafkaNamespace("kafka", { ...ARGS, live }, {}),
            {
                hooks: true,
            },
        );
        assert.equal(
            resources.object("Namespace", "streams").inputs.metadata.annotations,
            undefined,
        );
        assert.deepEqual(live.objects, [
            {
                ...object,
                metadata: { name: "streams", annotations: { "kafka-eks/owner": "kafka-eks/prod" } },
            },
        ]);
    });

    it("writes nothing down in a preview", async () => {
        const live = new AnsweringCluster();
        await register(() => new KafkaNamespace("kafka", { ...ARGS, live }, {}), {
            hooks: true,
            preview: true,
        });
        assert.deepEqual(live.done, []);
    });
});
