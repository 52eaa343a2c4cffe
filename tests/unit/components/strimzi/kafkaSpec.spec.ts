import assert from "node:assert/strict";
import type { Listener } from "../../../../components/kafka/listeners";
import { brokerConfig } from "../../../../components/strimzi/brokerConfig";
import { kafkaSpec, KafkaSpecArgs } from "../../../../components/strimzi/kafkaSpec";
import { strimziListeners } from "../../../../components/strimzi/listeners";
import {
    brokerPoolSpec,
    CONTAINER_TEMPLATE,
    controllerPoolSpec,
    NodesArgs,
} from "../../../../components/strimzi/nodePools";

const INTERNAL: Listener = { name: "internal", port: 9092, type: "internal", tls: false };
const EXTERNAL: Listener = { name: "external", port: 9094, type: "loadBalancer", tls: true };

const BROKERS: NodesArgs = {
    replicas: 3,
    storage: { size: "50Gi" },
    resources: { requests: { cpu: "500m", memory: "2Gi" }, limits: { memory: "2Gi" } },
    spread: "preferred",
};

describe("Kafka resource", () => {
    const args: KafkaSpecArgs = {
        version: "4.3.1",
        metadataVersion: "4.2",
        brokers: 3,
        listeners: [INTERNAL],
        authorization: false,
        rackAwareness: true,
        config: { "log.retention.hours": "24" },
        pools: [controllerPoolSpec({ ...BROKERS, replicas: 5 }), brokerPoolSpec(BROKERS, true)],
    };
    const hashOf = (changed: Partial<KafkaSpecArgs>) =>
        kafkaSpec({ ...args, ...changed }).kafka.template.bootstrapService.metadata.annotations[
            "kafka-eks/node-pools"
        ]!;

    it("pins the metadata version, which a newer Kafka must not raise", () => {
        const { version, metadataVersion } = kafkaSpec(args).kafka;
        assert.deepEqual([version, metadataVersion], ["4.3.1", "4.2"]);
    });

    it("has the listeners of the stack and the brokers' properties", () => {
        const { listeners, config } = kafkaSpec({ ...args, listeners: [INTERNAL, EXTERNAL] }).kafka;
        assert.deepEqual(listeners, strimziListeners([INTERNAL, EXTERNAL], 3));
        assert.deepEqual(config, brokerConfig(args));
    });

    it("lets one node be evicted at a time", () => {
        const { podDisruptionBudget } = kafkaSpec(args).kafka.template;
        assert.deepEqual(podDisruptionBudget, { maxUnavailable: 1 });
    });

    it("spreads replicas over zones, but for where racks are turned off", () => {
        assert.deepEqual(kafkaSpec(args).kafka.rack, {
            type: "topology-label",
            topologyKey: "topology.kubernetes.io/zone",
        });
        const { kafka } = kafkaSpec({ ...args, rackAwareness: false });
        assert.equal("rack" in kafka, false);
    });

    it("has operators of topics and users, with resources of their own", () => {
        const { topicOperator, userOperator } = kafkaSpec(args).entityOperator;
        for (const operator of [topicOperator, userOperator]) {
            assert.deepEqual(operator.resources, {
                requests: { cpu: "100m", memory: "384Mi" },
                limits: { memory: "384Mi" },
            });
        }
    });

    it("runs them under the restricted Pod Security Standard", () => {
        const { topicOperatorContainer, userOperatorContainer } =
            kafkaSpec(args).entityOperator.template;
        const { securityContext } = CONTAINER_TEMPLATE;
        assert.deepEqual(topicOperatorContainer.securityContext, securityContext);
        assert.deepEqual(userOperatorContainer, { securityContext });
    });

    it("puts no finalizers on topics: they outlive the operator, and the namespace could not go", () => {
        assert.deepEqual(kafkaSpec(args).entityOperator.template.topicOperatorContainer.env, [
            { name: "STRIMZI_USE_FINALIZERS", value: "false" },
        ]);
    });

    it("looks at permissions where there are any; clients without an identity have all of them only where that is said", () => {
        const authorization = (listener: Listener) =>
            kafkaSpec({ ...args, authorization: true, listeners: [listener] }).kafka.authorization;
        assert.equal("authorization" in kafkaSpec(args).kafka, false);
        assert.deepEqual(authorization(INTERNAL), { type: "simple" });
        assert.deepEqual(authorization({ ...INTERNAL, allowAnonymous: true }), {
            type: "simple",
            superUsers: ["ANONYMOUS"],
        });
    });

    it("changes with every node pool", () => {
        const [controllers, brokers] = args.pools;
        const hashes = [
            [controllers!, brokers!],
            [brokers!],
            [controllers!, brokerPoolSpec({ ...BROKERS, replicas: 4 }, true)],
            [controllers!, brokerPoolSpec({ ...BROKERS, storage: { size: "60Gi" } }, true)],
            [controllerPoolSpec({ ...BROKERS, replicas: 3 }), brokers!],
        ].map((pools) => hashOf({ pools }));
        assert.equal(new Set(hashes).size, hashes.length);
        hashes.forEach((hash) => assert.match(hash, /^[0-9a-f]{16}$/));
    });

    it("keeps its word on the node pools when anything else changes", () => {
        for (const changed of [
            {},
            { version: "4.2.0" },
            { metadataVersion: "4.3" },
            { listeners: [INTERNAL, EXTERNAL] },
            { rackAwareness: false },
            { config: {} },
        ]) {
            assert.equal(hashOf(changed), hashOf({}));
        }
    });
});
