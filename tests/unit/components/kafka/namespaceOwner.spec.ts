import assert from "node:assert/strict";
import { checkOwner } from "../../../../components/kafka/namespaceOwner";
import { AnsweringCluster } from "../../../support/answeringCluster";

const NAMESPACE = "kafka";
const OURS = { owner: "kafka-eks/prod" };

function namespace(owner?: string) {
    const annotations = owner === undefined ? {} : { "kafka-eks/owner": owner };
    return { apiVersion: "v1", kind: "Namespace", metadata: { name: NAMESPACE, annotations } };
}

function inNamespace(apiVersion: string, kind: string, name: string) {
    return { apiVersion, kind, metadata: { name, namespace: NAMESPACE } };
}

describe("the owner of a namespace", () => {
    const fine: Record<string, readonly object[]> = {
        "there is none yet": [],
        "it holds nothing": [namespace()],
        "it holds what an earlier destroy of this stack left": [namespace("kafka-eks/prod")],
        "it holds claims that an earlier program left": [
            namespace(),
            inNamespace("v1", "PersistentVolumeClaim", "data-kafka-0"),
        ],
        "it holds a database": [namespace(), inNamespace("apps/v1", "StatefulSet", "postgres")],
    };
    for (const [what, objects] of Object.entries(fine)) {
        it(`is this stack where ${what}`, async () => {
            await checkOwner(new AnsweringCluster(objects), NAMESPACE, OURS);
        });
    }

    it("is refused where it is another stack", async () => {
        await assert.rejects(
            checkOwner(new AnsweringCluster([namespace("kafka-eks/dev")]), NAMESPACE, OURS),
            {
                message:
                    "namespace: expected one without Kafka or with data of kafka-eks/prod, got kafka, which holds data of " +
                    "kafka-eks/dev. Next: choose another namespace; to go on with that data after kafka-eks/dev was " +
                    "destroyed, takeOverFrom: kafka-eks/dev",
            },
        );
    });

    it("is taken over where the configuration names it", async () => {
        const cluster = new AnsweringCluster([namespace("kafka-eks/dev")]);
        await checkOwner(cluster, NAMESPACE, { ...OURS, takeOverFrom: "kafka-eks/dev" });
    });

    it("is refused where the configuration names a third one", async () => {
        const cluster = new AnsweringCluster([namespace("kafka-eks/dev")]);
        await assert.rejects(
            checkOwner(cluster, NAMESPACE, { ...OURS, takeOverFrom: "kafka-eks/test" }),
            /holds data of kafka-eks\/dev/,
        );
    });

    const running: Record<string, object> = {
        "StatefulSet kafka": inNamespace("apps/v1", "StatefulSet", "kafka"),
        "StatefulSet zookeeper": inNamespace("apps/v1", "StatefulSet", "zookeeper"),
        "Kafka events": inNamespace("kafka.strimzi.io/v1", "Kafka", "events"),
    };
    for (const [what, object] of Object.entries(running)) {
        it(`is refused where nobody wrote it down and there is ${what}`, async () => {
            await assert.rejects(
                checkOwner(new AnsweringCluster([namespace(), object]), NAMESPACE, OURS),
                {
                    message:
                        "namespace: expected one without Kafka, got kafka, where another stack runs " +
                        `${what}. Next: choose another namespace`,
                },
            );
        });
    }
});
