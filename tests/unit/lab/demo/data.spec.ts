import assert from "node:assert/strict";
import type { KubernetesObject } from "@kubernetes/client-node";
import { deleteData, findData } from "../../../../lab/demo/data";

const LABELS = { "app.kubernetes.io/part-of": "kafka-eks" };

/** The API server's namespaces and claims in memory, of which it lists those with the labels that are asked for. */
class FakeCore {
    readonly log: string[] = [];

    constructor(
        private namespaces: KubernetesObject[],
        private claims: KubernetesObject[],
    ) {}

    listNamespace({ labelSelector }: { labelSelector: string }) {
        return Promise.resolve({ items: this.namespaces.filter(hasLabel(labelSelector)) });
    }

    listNamespacedPersistentVolumeClaim({ labelSelector }: { labelSelector: string }) {
        return Promise.resolve({ items: this.claims.filter(hasLabel(labelSelector)) });
    }

    deleteNamespacedPersistentVolumeClaim({ name }: { name: string }) {
        this.log.push(`claim ${name}`);
        this.claims = this.claims.filter(({ metadata }) => metadata?.name !== name);
        return Promise.resolve();
    }

    deleteNamespace({ name }: { name: string }) {
        this.log.push(`namespace ${name}`);
        this.namespaces = [];
        return Promise.resolve();
    }
}

function hasLabel(selector: string) {
    return ({ metadata }: KubernetesObject) =>
        Object.entries(metadata?.labels ?? {}).some(
            ([key, value]) => `${key}=${value}` === selector,
        );
}

const ours = (name: string): KubernetesObject => ({ metadata: { name, labels: LABELS } });
const foreign = (name: string): KubernetesObject => ({ metadata: { name } });

describe("the data of a Kafka", () => {
    const core = (namespaces: KubernetesObject[], claims: KubernetesObject[]) =>
        new FakeCore(namespaces, claims) as FakeCore & Parameters<typeof deleteData>[0];

    it("are its claims and its namespace, but not one that was there before", async () => {
        const claims = [ours("data-kafka-0"), foreign("data-other-0")];
        assert.deepEqual(await findData(core([ours("kafka")], claims), "kafka"), {
            namespaceIsOurs: true,
            claims: ["data-kafka-0"],
        });
        assert.deepEqual(await findData(core([foreign("kafka")], claims), "kafka"), {
            namespaceIsOurs: false,
            claims: ["data-kafka-0"],
        });
    });

    it("are the claims of Strimzi's nodes, too, each once", async () => {
        const labels = { "strimzi.io/cluster": "kafka" };
        const claims = [
            { metadata: { name: "data-0-kafka-broker-0", labels } },
            { metadata: { name: "data-0-kafka-broker-1", labels: { ...LABELS, ...labels } } },
            { metadata: { name: "other", labels: { "strimzi.io/cluster": "other" } } },
        ];
        const found = await findData(core([], claims), "kafka");
        assert.deepEqual([...found!.claims].sort(), [
            "data-0-kafka-broker-0",
            "data-0-kafka-broker-1",
        ]);
    });

    it("are none where nothing is", async () => {
        assert.equal(await findData(core([], []), "kafka"), undefined);
        assert.equal(await findData(core([foreign("kafka")], []), "kafka"), undefined);
    });

    it("are deleted, and nothing else", async () => {
        const all = core([ours("kafka")], [ours("data-kafka-0"), foreign("data-other-0")]);
        await deleteData(all, "kafka", () => undefined);
        assert.deepEqual(all.log, ["claim data-kafka-0", "namespace kafka"]);
        const some = core([foreign("kafka")], [ours("data-kafka-0")]);
        await deleteData(some, "kafka", () => undefined);
        assert.deepEqual(some.log, ["claim data-kafka-0"]);
    });
});
