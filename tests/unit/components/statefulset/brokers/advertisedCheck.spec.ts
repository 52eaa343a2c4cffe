import assert from "node:assert/strict";
import type { KafkaFacts } from "../../../../../components/statefulset/admin/facts";
import { checkAdvertised } from "../../../../../components/statefulset/brokers/advertisedCheck";
import { AnsweringCluster } from "../../../../support/answeringCluster";
import { CRASHING, liveClaim, livePod, livePods, liveStatefulSet, NAMESPACE, WHOLE } from "../live";

const NAME = "kafka-advertised-0123";

/** What brokers advertise, as the API server has it and as it is sent. */
function advertised(brokers: number) {
    return {
        apiVersion: "v1" as const,
        kind: "ConfigMap" as const,
        metadata: { name: NAME, namespace: NAMESPACE },
        data: Object.fromEntries(
            Array.from({ length: brokers }, (_, id) => [`advertised-${id}`, `A://${id}:1`]),
        ),
    };
}

const NO_REPLICAS = { count: 0, examples: [], brokers: [] };
const REPLICAS = { count: 2, examples: ["orders-0", "orders-1"], brokers: [2] };
const RUNNING = [liveStatefulSet("kafka", 3), ...livePods("kafka", 3)];

interface Situation {
    /** Brokers in the ConfigMap as the state has it; `undefined` when it is about to be made. */
    readonly before?: number;
    readonly replicas: number;
    readonly objects: readonly object[];
    /** What Kafka says; an error where it is a text. */
    readonly facts?: KafkaFacts | string;
    readonly remembered?: object;
}

/** Runs the check, and returns what Kafka was asked. */
async function check({ before, replicas, objects, facts, remembered }: Situation) {
    const live = new AnsweringCluster(
        objects,
        facts === undefined
            ? {}
            : {
                  "kafka-check-":
                      typeof facts === "string" ? [1, facts] : [0, JSON.stringify(facts)],
              },
    );
    await checkAdvertised(
        {
            before: before === undefined ? undefined : advertised(before),
            after: advertised(replicas),
        },
        {
            live,
            namespace: NAMESPACE,
            clusterDomain: "cluster.local",
            adminTool: "kafka-admin-0123",
            remembered: { minInsyncReplicas: 1, ...remembered },
            // That it rises is the StatefulSet's to ask.
            minInsyncReplicas: 2,
            zookeeperImage: "zookeeper:1",
            restartWhileDegraded: false,
            warn: assert.fail,
        },
    );
    return live.jobs.map(({ spec }) => {
        const { image, env = [] } = spec!.template.spec!.containers[0]!;
        return `${image} ${env.find(({ name }) => name === "FACTS_OPTIONS")!.value}`;
    });
}

describe("checkAdvertised", () => {
    const SCALE_IN = { before: 3, replicas: 2, objects: [advertised(3), ...RUNNING] };
    const GO =
        /^Error: kafka\.replicas: expected no replicas on brokers that are to go, got 2 partitions on broker 2 /;

    it("refuses to take away the addresses of a broker that holds replicas", async () => {
        const facts = { ...WHOLE, replicasFrom: REPLICAS };
        await assert.rejects(check({ ...SCALE_IN, facts }), GO);
    });

    it("refuses it in a ConfigMap that the state does not know any more", async () => {
        const { before: _, ...kept } = SCALE_IN;
        await assert.rejects(check({ ...kept, facts: { ...WHOLE, replicasFrom: REPLICAS } }), GO);
    });

    it("refuses it while Kafka does not answer", async () => {
        await assert.rejects(
            check({ ...SCALE_IN, facts: "no broker answers" }),
            /^Error: kafka: no broker answers\. No broker was changed\. /,
        );
    });

    it("lets them go when the broker holds none, whatever else Kafka lacks: nothing restarts", async () => {
        const facts = {
            ...WHOLE,
            replicasFrom: NO_REPLICAS,
            underReplicated: { count: 1, examples: ["orders-0"], missing: [1] },
        };
        assert.deepEqual(await check({ ...SCALE_IN, facts }), ["kafka:1 --from 2"]);
    });

    it("asks those that run, where one that is to go can't start", async () => {
        const objects = [
            advertised(3),
            liveStatefulSet("kafka", 3),
            ...livePods("kafka", 2),
            livePod("kafka-2", CRASHING),
        ];
        assert.deepEqual(
            await check({ ...SCALE_IN, objects, facts: { ...WHOLE, replicasFrom: NO_REPLICAS } }),
            ["kafka:1 --without 2 --from 2"],
        );
    });

    const unasked: Readonly<Record<string, Situation>> = {
        "is made": { replicas: 3, objects: RUNNING },
        "is made for fewer, beside the one of the revision before": {
            replicas: 2,
            objects: RUNNING,
        },
        "stays as it is": { before: 3, replicas: 3, objects: [advertised(3), ...RUNNING] },
        "gets another broker": { before: 3, replicas: 4, objects: [advertised(3), ...RUNNING] },
        "comes back with a key of a broker that is long gone": {
            replicas: 3,
            objects: [advertised(4), ...RUNNING],
            remembered: { brokers: 3 },
        },
        "loses a broker of a first deployment that found no room": {
            before: 3,
            replicas: 2,
            objects: [
                advertised(3),
                liveStatefulSet("kafka", 3),
                livePod("kafka-0", { ready: false, waiting: "ImagePullBackOff" }),
                liveClaim("data-kafka-2"),
            ],
        },
    };
    for (const [what, situation] of Object.entries(unasked)) {
        it(`asks nobody where it ${what}`, async () => {
            assert.deepEqual(await check(situation), []);
        });
    }

    it("refuses that fewer brokers come back than ran last", async () => {
        const objects = [advertised(3)];
        await assert.rejects(
            check({ replicas: 2, objects, remembered: { brokers: 3 } }),
            /^Error: kafka\.replicas: expected 3, the brokers that ran last in namespace streams, got 2\./,
        );
        await assert.rejects(
            check({
                replicas: 2,
                objects: [...objects, liveClaim("data-kafka-2", "pv-2")],
                before: 3,
            }),
            /^Error: kafka\.replicas: expected 3, the brokers that ran last in namespace streams, got 2\./,
        );
    });
});
