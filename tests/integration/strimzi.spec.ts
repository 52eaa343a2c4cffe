import assert from "node:assert/strict";
import { LAB } from "../../lab";
import { skipAfterFailure } from "../support/skipAfterFailure";
import { StackUnderTest } from "../support/stackUnderTest";
import { StandInOperator } from "../support/standInOperator";
import {
    applyStrimziCrds,
    strimziLabConfig,
    strimziLeftovers,
    UNSERVED,
} from "../support/strimziLabConfig";
import {
    changesTopics,
    deletesItsData,
    servesMessages,
    survivesDestroy,
    TOPIC,
    TOPICS,
} from "./contract";

const NAMESPACE = "kafka-test-strimzi";
const CRD = "kafkatopics.kafka.strimzi.io";

/**
 * The real program, engine, provider, Helm, API server with Strimzi's CRDs, and real brokers of Kafka 4. In the operator's
 * place is a stand-in, and so is its chart: what Strimzi itself does with the resources is not proven here.
 */
describe("a Strimzi stack on the lab, by the Pulumi engine, with a stand-in for the operator", function () {
    skipAfterFailure();

    let test: StackUnderTest;
    let operator: StandInOperator;

    before(async () => {
        test = await StackUnderTest.open(NAMESPACE, () =>
            strimziLabConfig("loadBalancer", NAMESPACE),
        );
        await applyStrimziCrds();
        operator = new StandInOperator(test.cluster.kubeConfig, NAMESPACE, LAB.strimzi.kafkaImage);
        operator.start();
    });

    after(async () => {
        await test?.close();
        await operator?.stop();
    });

    it("comes up when the operator says that Kafka is ready, and brings the CRDs of an older release up to date", async () => {
        const columns = await test.cluster.printerColumns(CRD);
        assert.ok(columns.length > 1);
        await test.cluster.printerColumns(CRD, columns.slice(1));
        await test.configureTopics(...TOPICS);
        const { summary } = await test.up();
        assert.equal(summary.result, "succeeded");
        assert.deepEqual(await test.cluster.printerColumns(CRD), columns);
    });

    servesMessages(() => test, { faults: [UNSERVED] });

    changesTopics(() => test);

    it("does not come up as long as the operator says that it keeps brokers which were to go", async () => {
        const message = "Reverting scale-down of KafkaNodePool broker";
        await operator.keepBrokers(message);
        await assert.rejects(test.deploy({ refresh: true }), (error: Error) =>
            error.message.includes(`the operator keeps them: ${message}`),
        );
        const { stdout } = await test.stack.preview();
        assert.ok(stdout.includes(`the operator warns: ScaleDownPreventionCheck: ${message}`));
        await operator.keepBrokers(undefined);
        const { summary } = await test.up({ refresh: true });
        assert.equal(summary.result, "succeeded");
    });

    survivesDestroy(() => test, {
        ordered: [
            "kafka-user-reader",
            "kafka-kafka",
            "kafka-broker-pool",
            "kafka-controller-pool",
            "strimzi-release",
        ],
        leftovers: strimziLeftovers(TOPIC, "Audit_log", "third"),
    });

    deletesItsData(() => test);

    it("leaves Strimzi's CRDs, with which every Kafka of the cluster would go", async () => {
        assert.equal((await test.cluster.strimziCrds()).length, 10);
    });
});
