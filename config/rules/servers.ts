import { objectLabels } from "../../components/kubernetes/labels";
import type { Resources, Spread } from "../../components/kubernetes/pods";
import {
    BROKER_POOL,
    CLUSTER,
    CLUSTER_LABEL,
    CONTROLLER_POOL,
    POOL_LABEL,
} from "../../components/strimzi/names";
import { DEFAULT_REQUESTS } from "../resources";
import { CONTROLLERS, type ParsedConfig } from "../schema";

/** Servers of one kind, as far as they could be read. */
export interface Servers {
    /** Key of their fields. */
    readonly key: "kafka" | "zookeeper" | "strimzi.controllers";
    readonly what: "brokers" | "members" | "controllers";
    readonly fields: Partial<Omit<ParsedConfig["zookeeper"], "image" | "authentication">>;
    readonly spread: Spread;
    /** Labels of their pods, by which selectors find them. */
    readonly labels: Readonly<Record<string, string>>;
    /** What they ask for unless they are told otherwise. */
    readonly defaults: Required<Resources["requests"]>;
}

/** All servers that a stack makes. */
export function serversOf(config: ParsedConfig): readonly Servers[] {
    const { platform, kafkaDeploymentType, kafka, zookeeper, strimzi } = config;
    const of = (
        { key, what, defaults }: Pick<Servers, "key" | "what" | "defaults">,
        fields: Servers["fields"],
        labels: Servers["labels"],
    ): Servers => ({
        key,
        what,
        fields,
        spread: fields.spread ?? (platform === "eks" ? "required" : "preferred"),
        labels: { ...fields.podLabels, ...labels },
        defaults,
    });
    const brokers = { key: "kafka", what: "brokers", defaults: DEFAULT_REQUESTS.brokers } as const;
    if (kafkaDeploymentType === "statefulset") {
        return [
            of(brokers, kafka, objectLabels("kafka")),
            of(
                { key: "zookeeper", what: "members", defaults: DEFAULT_REQUESTS.zookeeper },
                zookeeper,
                objectLabels("zookeeper"),
            ),
        ];
    }
    return [
        of(brokers, kafka, poolLabels(BROKER_POOL)),
        ...(strimzi.dualRole === true
            ? []
            : [
                  of(
                      {
                          key: "strimzi.controllers",
                          what: "controllers",
                          defaults: DEFAULT_REQUESTS.controllers,
                      },
                      strimzi.controllers ?? CONTROLLERS.parse({}),
                      poolLabels(CONTROLLER_POOL),
                  ),
              ]),
    ];
}

/** Labels that the operator gives the pods of a node pool. */
function poolLabels(pool: string): Record<string, string> {
    return {
        [CLUSTER_LABEL]: CLUSTER,
        [POOL_LABEL]: pool,
        "strimzi.io/kind": "Kafka",
        "strimzi.io/name": `${CLUSTER}-kafka`,
        "strimzi.io/component-type": "kafka",
        "app.kubernetes.io/name": "kafka",
        "app.kubernetes.io/instance": CLUSTER,
        "app.kubernetes.io/part-of": `strimzi-${CLUSTER}`,
        "app.kubernetes.io/managed-by": "strimzi-cluster-operator",
    };
}
