import { StrimziKafka } from "../components/strimzi/strimziKafka";
import { StrimziOperator } from "../components/strimzi/strimziOperator";
import type { StrimziConfig } from "../config/stackConfig";
import type { Deployed, Foundation } from "./foundation";
import { createNetworkPolicies } from "./networkPolicies";

/** Deploys Kafka run by the Strimzi operator. */
export function deployStrimzi(config: StrimziConfig, foundation: Foundation): Deployed {
    const { namespace, clusterDomain, kafka, users, authorization, strimzi } = config;
    const { cluster, data, live, owner, loadBalancers } = foundation;
    const closed = createNetworkPolicies(config, foundation);
    const operator =
        strimzi.operator &&
        new StrimziOperator(
            "strimzi",
            { ...strimzi.operator, namespace, clusterDomain, crdProvider: data, live, owner },
            { provider: cluster, dependsOn: closed },
        );
    const { version, metadataVersion, rackAwareness, config: properties, ...brokers } = kafka;
    const { listeners, ready } = new StrimziKafka(
        "kafka",
        {
            namespace,
            clusterDomain,
            version,
            metadataVersion,
            rackAwareness,
            config: properties,
            brokers,
            controllers: strimzi.controllers,
            overlay: strimzi.overlay,
            listeners: foundation.listeners,
            topics: config.topics,
            users,
            authorization,
            live,
            remembered: foundation.remembered,
            dataProvider: data,
            deleteDataOnDestroy: config.deleteDataOnDestroy,
            protect: config.protect,
        },
        {
            provider: cluster,
            dependsOn: [...(operator ? [operator] : closed), ...loadBalancers],
        },
    );
    return { listeners, ready: [ready] };
}
