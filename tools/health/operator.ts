import { KAFKA } from "../../components/kafka/names";
import { describeFault } from "../client/describeFault";
import { answerCode, FORBIDDEN } from "../client/kubernetes";
import type { Check, HealthContext } from "./check";
import type { ExpectedSet } from "./expected";
import { fetchOperators, judgeOperators, operatorLog } from "./strimzi/deployments";
import { judgeEntities } from "./strimzi/entities";
import { judgeKafka, judgeNodePools } from "./strimzi/kafka";
import { fetchKafka, fetchResources } from "./strimzi/resources";

/** Checks the operator and what it says of Kafka; nothing where Kafka runs without one. */
export async function checkOperator(
    context: HealthContext,
    expected: readonly ExpectedSet[],
): Promise<Check[]> {
    const { namespace } = context;
    let kafka;
    try {
        kafka = await fetchKafka(context);
    } catch (error) {
        if (answerCode(error) !== FORBIDDEN) {
            throw error;
        }
        // The API server refuses before it looks whether there is such a kind.
        const hasStatefulSet = expected.some(
            ({ kind, name }) => kind === "statefulset" && name === KAFKA,
        );
        return hasStatefulSet ? [] : [unseenKafka(error)];
    }
    if (kafka === undefined) {
        return [];
    }
    const [operators, pools, topics, users] = await Promise.all([
        fetchOperators(context),
        fetchResources(context, "kafkanodepools"),
        fetchResources(context, "kafkatopics"),
        fetchResources(context, "kafkausers"),
    ]);
    return [
        ...judgeOperators(operators, namespace),
        judgeKafka(kafka, operatorLog(operators), namespace),
        ...judgeNodePools(pools, namespace),
        ...judgeEntities("topic", topics, namespace),
        ...judgeEntities("user", users, namespace),
    ];
}

function unseenKafka(error: unknown): Check {
    return {
        area: "operator",
        name: `Kafka ${KAFKA}`,
        ok: true,
        skipped: true,
        detail: `not known whether an operator runs Kafka: ${describeFault(error).message}`,
    };
}
