import type { V1StatefulSet } from "@kubernetes/client-node";
import { KAFKA, ordinals, ZOOKEEPER } from "../../components/rendering/names";
import type { HealthContext } from "./check";

/** What a StatefulSet promises. */
export interface ExpectedSet {
    readonly name: string;
    readonly replicas: number;
    readonly pods: readonly string[];
    readonly claims: readonly string[];
}

/** The pods and claims that a StatefulSet should have. */
export function expectedOf({ metadata, spec }: V1StatefulSet): ExpectedSet {
    const name = metadata?.name ?? "";
    const replicas = spec?.replicas ?? 1;
    const pods = ordinals(replicas).map((ordinal) => `${name}-${ordinal}`);
    const templates = spec?.volumeClaimTemplates ?? [];
    return {
        name,
        replicas,
        pods,
        claims: templates.flatMap((template) =>
            pods.map((pod) => `${template.metadata?.name}-${pod}`),
        ),
    };
}

/** The StatefulSets of brokers and ZooKeeper; an operator may run Kafka without any. */
export async function fetchExpectedSets({
    apis,
    namespace,
}: HealthContext): Promise<ExpectedSet[]> {
    const { items } = await apis.apps.listNamespacedStatefulSet({ namespace });
    return items
        .filter(({ metadata }) => [KAFKA, ZOOKEEPER].includes(metadata?.name ?? ""))
        .map(expectedOf);
}
