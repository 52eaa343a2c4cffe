import assert from "node:assert/strict";
import type { V1Namespace, V1Service } from "@kubernetes/client-node";
import {
    judgeClusterRoles,
    judgeNodePorts,
    judgePriorities,
    judgeTermination,
} from "../../../../tools/preflight/names";
import { ownershipOf } from "../../../../tools/preflight/ownership";
import type { HelmRelease } from "../../../../tools/render/helmReleases";
import { ClosedCluster } from "../../../support/closedCluster";
import { FakeCluster } from "../../../support/fakeCluster";
import { asking, configOf, group, outcomes } from "./objects";

const OPERATOR = { name: "strimzi-kafka-operator", namespace: "kafka" } as HelmRelease;

describe("whose a namespace is", () => {
    const namespace = (annotations: Record<string, string>) => ({
        apiVersion: "v1",
        kind: "Namespace",
        metadata: { name: "kafka", annotations },
    });
    const RUNNING = {
        apiVersion: "apps/v1",
        kind: "StatefulSet",
        metadata: { name: "kafka", namespace: "kafka" },
        spec: { template: { spec: { containers: [] } } },
    };
    const ask = (live: FakeCluster, takeOverFrom?: string) =>
        ownershipOf(live, configOf({ ...(takeOverFrom && { takeOverFrom }) }), "kafka-eks/prod");

    it("is nobody's where it is not there, or holds no Kafka", async () => {
        for (const live of [new FakeCluster(), new FakeCluster(namespace({}))]) {
            assert.deepEqual(await ask(live), {
                isOwn: false,
                judgements: [
                    {
                        key: "namespace",
                        outcome: "ok",
                        found: "kafka, without another stack's data",
                    },
                ],
            });
            assert.deepEqual(live.actions, []);
        }
    });

    it("is this stack's, in an organization, too, also while Kafka runs", async () => {
        for (const owner of ["kafka-eks/prod", "acme/kafka-eks/prod"]) {
            const live = new FakeCluster(namespace({ "kafka-eks/owner": owner }), RUNNING);
            const { isOwn, judgements } = await ask(live);
            assert.equal(isOwn, true);
            assert.deepEqual(outcomes(judgements), ["namespace: ok"]);
        }
    });

    it("is another stack's, with the words of up", async () => {
        const live = new FakeCluster(namespace({ "kafka-eks/owner": "kafka-eks/old" }));
        const { isOwn, judgements } = await ask(live);
        assert.equal(isOwn, false);
        assert.deepEqual(judgements, [
            {
                key: "namespace",
                outcome: "fails",
                found: "expected one without Kafka or with data of kafka-eks/prod, got kafka, which holds data of kafka-eks/old",
                next: "choose another namespace; to go on with that data after kafka-eks/old was destroyed, takeOverFrom: kafka-eks/old",
            },
        ]);
        assert.deepEqual(outcomes((await ask(live, "kafka-eks/old")).judgements), [
            "namespace: ok",
        ]);
    });

    it("is somebody's where Kafka runs that names no owner, or one that was not destroyed", async () => {
        const nameless = new FakeCluster(namespace({}), RUNNING);
        assert.deepEqual(outcomes((await ask(nameless)).judgements), ["namespace: fails"]);
        const old = new FakeCluster(namespace({ "kafka-eks/owner": "kafka-eks/old" }), RUNNING);
        assert.deepEqual(outcomes((await ask(old, "kafka-eks/old")).judgements), [
            "takeOverFrom: fails",
        ]);
    });

    it("holds data that the configuration has to fit, with the words of up", async () => {
        const live = new FakeCluster(
            namespace({ "kafka-eks/owner": "kafka-eks/prod", "kafka-eks/zookeeper-members": "3" }),
        );
        const { judgements } = await ask(live);
        assert.deepEqual(outcomes(judgements), ["namespace: ok", "kafkaDeploymentType: fails"]);
        assert.match(
            judgements[1]!.found,
            /^expected statefulset, whose data is in namespace kafka, got strimzi/,
        );
        const config = configOf({ kafkaDeploymentType: "statefulset", zookeeper: { replicas: 5 } });
        const other = await ownershipOf(live, config, "kafka-eks/prod");
        assert.deepEqual(outcomes(other.judgements), [
            "namespace: ok",
            "zookeeper.replicas: fails",
        ]);
    });

    it("is not known where it may not be read", async () => {
        const live = new FakeCluster(namespace({}));
        live.refused.set("Namespace", 'namespaces "kafka" is forbidden');
        assert.deepEqual((await ask(live)).judgements, [
            { key: "namespace", outcome: "unknown", found: 'namespaces "kafka" is forbidden' },
        ]);
        const closed = new ClosedCluster("apps/v1", []);
        const { judgements } = await ownershipOf(closed, configOf({}), "kafka-eks/prod");
        assert.deepEqual(outcomes(judgements), ["namespace: unknown"]);
    });
});

describe("a namespace that is being deleted", () => {
    it("is a failure, and any other is none", () => {
        const leaving: V1Namespace = { metadata: { deletionTimestamp: new Date() } };
        assert.match(
            judgeTermination("kafka", { value: leaving })[0]!.found,
            /, got kafka, which is being deleted$/,
        );
        assert.equal(
            judgeTermination("kafka", { value: { status: { phase: "Terminating" } } }).length,
            1,
        );
        for (const other of [{ value: undefined }, { value: {} }, { unknown: "no" }]) {
            assert.deepEqual(judgeTermination("kafka", other), []);
        }
    });
});

describe("node ports", () => {
    const config = configOf({});
    const service = (namespace: string, name: string, ...nodePorts: number[]): V1Service => ({
        metadata: { namespace, name },
        spec: { ports: nodePorts.map((nodePort) => ({ port: 1, nodePort })) },
    });
    const KAFKA = {
        kind: "Kafka",
        metadata: { name: "kafka" },
        spec: {
            kafka: {
                listeners: [
                    { configuration: { useServiceDnsDomain: true } },
                    {
                        configuration: {
                            bootstrap: { nodePort: 31000 },
                            brokers: [{ broker: 0, nodePort: 31001 }],
                        },
                    },
                ],
            },
        },
    };
    const judge = (object: object, ...services: V1Service[]) =>
        judgeNodePorts({ objects: [object], config }, { value: services });

    it("are asked for by none but listeners on node ports", () => {
        assert.deepEqual(judge({ ...service("kafka", "kafka-bootstrap"), kind: "Service" }), []);
    });

    it("are free, or the stack's own, as StatefulSets and with Strimzi", () => {
        const own = service("kafka", "kafka-nodes-0", 31001);
        assert.deepEqual(judge({ ...own, kind: "Service" }, own, service("a", "b", 31002)), [
            { key: "node ports", outcome: "ok", found: "31001 to 31001 are free" },
        ]);
        const strimzis = service("kafka", "kafka-broker-nodes-0", 31001);
        strimzis.metadata!.labels = { "strimzi.io/cluster": "kafka" };
        assert.equal(judge(KAFKA, strimzis)[0]!.found, "31000 to 31001 are free");
    });

    it("fail where others have them, also for checks of their health", () => {
        const balancer: V1Service = {
            metadata: { namespace: "web", name: "lb" },
            spec: { healthCheckNodePort: 31000 },
        };
        assert.deepEqual(judge(KAFKA, balancer, service("web", "b", 31001)), [
            {
                key: "node ports",
                outcome: "fails",
                found: "expected free ones, got 31000 of web/lb, 31001 of web/b",
                next: "choose another basePort of the listener",
            },
        ]);
        // The same name in another namespace is another Service.
        const own = { ...service("kafka", "nodes", 31001), kind: "Service" };
        assert.equal(judge(own, service("kafka-2", "nodes", 31001))[0]!.outcome, "fails");
    });

    it("are not known where Services may not be read", () =>
        assert.deepEqual(
            outcomes(judgeNodePorts({ objects: [KAFKA], config }, { unknown: "no" })),
            ["node ports: unknown"],
        ));
});

describe("ClusterRoles of charts", () => {
    const role = (name: string, namespace?: string) => ({
        metadata: {
            name,
            ...(namespace !== undefined && {
                annotations: {
                    "meta.helm.sh/release-name": "strimzi-kafka-operator",
                    "meta.helm.sh/release-namespace": namespace,
                },
            }),
        },
    });
    const judge = (...roles: object[]) => judgeClusterRoles([OPERATOR], { value: roles });

    it("are free, or of the release", () => {
        const found = judge(
            role("view"),
            role("strimzi-admin"),
            role("strimzi-kafka-broker", "kafka"),
        );
        assert.deepEqual(outcomes(found), ["ClusterRoles of strimzi-kafka-operator: ok"]);
        assert.deepEqual(judgeClusterRoles([], { unknown: "no" }), []);
    });

    it("fail where they are another release's, or nobody's that Helm knows", () => {
        const [other] = judge(role("strimzi-cluster-operator-global", "a"));
        assert.equal(other!.outcome, "fails");
        assert.match(
            other!.found,
            /got strimzi-cluster-operator-global \(Helm release strimzi-kafka-operator in a\)$/,
        );
        assert.equal(judge(role("strimzi-entity-operator"))[0]!.outcome, "fails");
    });
});

describe("priority classes", () => {
    const brokers = group(1, { ...asking("1", "1Gi"), priorityClassName: "important" });

    it("are asked for by pods that name one", () => {
        assert.deepEqual(judgePriorities([group(1, asking("1", "1Gi"))], { unknown: "no" }), []);
        assert.deepEqual(
            judgePriorities([brokers], { value: [{ metadata: { name: "important" }, value: 1 }] }),
            [{ key: "kafka.priorityClassName", outcome: "ok", found: "important" }],
        );
    });

    it("fail where they are not there", () => {
        const found = judgePriorities([brokers], {
            value: [{ metadata: { name: "low" }, value: 1 }],
        });
        assert.equal(found[0]!.outcome, "fails");
        assert.equal(found[0]!.found, "expected a PriorityClass important, got low");
    });
});
