import assert from "node:assert/strict";
import { checkOwner } from "../../../../components/kafka/namespaceOwner";
import { ClosedCluster } from "../../../support/closedCluster";
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
        "it holds what an earlier destroy of this stack left": [
            namespace("kafka-eks/prod"),
            inNamespace("v1", "PersistentVolumeClaim", "data-kafka-0"),
            inNamespace("kafka.strimzi.io/v1", "KafkaNodePool", "cluster-id"),
        ],
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

    it("is refused where it has the same name in another organization", async () => {
        await assert.rejects(
            checkOwner(new AnsweringCluster([namespace("acme/kafka-eks/prod")]), NAMESPACE, {
                owner: "globex/kafka-eks/prod",
            }),
            /which holds data of acme\/kafka-eks\/prod\. /,
        );
    });

    it("is this stack where only one of both names has the organization", async () => {
        for (const [found, owner] of [
            ["kafka-eks/prod", "acme/kafka-eks/prod"],
            ["acme/kafka-eks/prod", "kafka-eks/prod"],
        ] as const) {
            await checkOwner(new AnsweringCluster([namespace(found)]), NAMESPACE, { owner });
        }
    });

    it("is taken over where the configuration names it, with or without the organization", async () => {
        for (const [found, takeOverFrom] of [
            ["kafka-eks/dev", "kafka-eks/dev"],
            ["kafka-eks/dev", "acme/kafka-eks/dev"],
            ["acme/kafka-eks/dev", "kafka-eks/dev"],
        ] as const) {
            await checkOwner(new AnsweringCluster([namespace(found)]), NAMESPACE, {
                ...OURS,
                takeOverFrom,
            });
        }
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
    const named = { undefined: "a stack", "kafka-eks/prod": "a stack named kafka-eks/prod" };
    for (const [what, object] of Object.entries(running)) {
        for (const [owner, who] of Object.entries(named)) {
            const objects = [namespace(owner === "undefined" ? undefined : owner), object];

            it(`is refused where ${who} runs ${what}, which the state does not know`, async () => {
                await assert.rejects(checkOwner(new AnsweringCluster(objects), NAMESPACE, OURS), {
                    message:
                        `namespace: expected one where no Kafka runs, got kafka, where ${who} runs ${what}, which this ` +
                        "state does not know. Next: choose another namespace; only where this stack's own state was " +
                        "lost, takeOverFrom: kafka-eks/prod takes it back",
                });
            });

            it(`is this stack where its state was lost, and ${who} runs ${what}`, async () => {
                await checkOwner(new AnsweringCluster(objects), NAMESPACE, {
                    ...OURS,
                    takeOverFrom: "kafka-eks/prod",
                });
            });
        }

        it(`is not taken over from a stack that runs ${what}`, async () => {
            const cluster = new AnsweringCluster([namespace("kafka-eks/dev"), object]);
            await assert.rejects(
                checkOwner(cluster, NAMESPACE, { ...OURS, takeOverFrom: "kafka-eks/dev" }),
                {
                    message:
                        "takeOverFrom: expected a stack that was destroyed, got kafka-eks/dev, which runs " +
                        `${what} in namespace kafka. Next: destroy it there first`,
                },
            );
        });
    }

    it("is not taken over while it runs where a name without the organization fits both", async () => {
        const cluster = new AnsweringCluster([
            namespace("acme/kafka-eks/prod"),
            running["StatefulSet kafka"]!,
        ]);
        await assert.rejects(
            checkOwner(cluster, NAMESPACE, {
                owner: "globex/kafka-eks/prod",
                takeOverFrom: "kafka-eks/prod",
            }),
            /^Error: takeOverFrom: expected a stack that was destroyed, got acme\/kafka-eks\/prod, /,
        );
    });

    it("keeps its data where the own name is to be taken over and another one holds it", async () => {
        await assert.rejects(
            checkOwner(new AnsweringCluster([namespace("kafka-eks/dev")]), NAMESPACE, {
                ...OURS,
                takeOverFrom: "kafka-eks/prod",
            }),
            /holds data of kafka-eks\/dev/,
        );
    });

    it("is this stack where it may not ask for Strimzi's objects, and runs none", async () => {
        await checkOwner(new ClosedCluster("kafka.strimzi.io/v1", [namespace()]), NAMESPACE, OURS);
    });

    it("is refused where it may not ask for StatefulSets", async () => {
        await assert.rejects(
            checkOwner(new ClosedCluster("apps/v1", [namespace()]), NAMESPACE, OURS),
            { message: "StatefulSet is closed" },
        );
    });
});
