import assert from "node:assert/strict";
import { labConfig } from "../../demo/labConfig";
import { describeCluster } from "../../client/topics";
import { startLoad } from "../support/ackedLoad";
import { lost, readTopic } from "../support/readTopic";
import { StackUnderTest } from "../support/stackUnderTest";

const NAMESPACE = "kafka-test-scale-in";
const TOPIC = "messages";

/**
 * What keeps a plain `pulumi up` from losing brokers that are needed: the real program, engine and provider, a real API
 * server and real brokers. The tests build on each other in the order in which they stand.
 */
describe("the guards of a StatefulSet stack on the lab, by the Pulumi engine", function () {
    this.bail(true);

    let test: StackUnderTest;

    before(async function () {
        const opened = await StackUnderTest.open(NAMESPACE, () =>
            labConfig("loadBalancer", { namespace: NAMESPACE }),
        );
        if (opened === undefined) {
            return this.skip();
        }
        test = opened;
        await test.configureFields("kafka", { replicas: 4 });
        await test.configureFields("zookeeper", { replicas: 1 });
        await test.configureTopics({ name: TOPIC, partitions: 4, replicationFactor: 3 });
    });

    after(() => process.env.KEEP ? undefined : test?.close());

    it("come up with four brokers, of which the check knows nothing", async () => {
        await test.up();
    });
});
