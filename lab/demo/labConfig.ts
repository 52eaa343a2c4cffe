import { PROJECT } from "../../config";
import { LAB } from "..";

/** How clients outside the lab reach its Kafka. */
export type External = "loadBalancer" | "nodePort" | "none";

/** What differs between deployments in one lab. */
export interface LabConfigOptions {
    /** @default "kafka" */
    readonly namespace?: string;
    /**
     * First of the four node ports of a `nodePort` listener.
     *
     * @default 30090
     */
    readonly basePort?: number;
    /** More broker properties. */
    readonly brokerConfig?: Readonly<Record<string, string>>;
}

/**
 * The configuration of a stack for the lab, by full key: images that are there already and resources that fit on one
 * machine.
 */
export function labConfig(
    external: External,
    { namespace = "kafka", basePort = 30090, brokerConfig = {} }: LabConfigOptions = {},
): Record<string, string> {
    const kafka = {
        image: LAB.image,
        version: LAB.kafkaVersion,
        resources: { requests: { cpu: "100m", memory: "1Gi" } },
        // A consumer that is alone need not wait 3 s for others to join its group.
        config: { "group.initial.rebalance.delay.ms": "0", ...brokerConfig },
    };
    const zookeeper = {
        image: LAB.image,
        resources: { requests: { cpu: "50m", memory: "384Mi" } },
    };
    return {
        ...clusterConfig({ kubeconfig: LAB.kubeconfig, context: LAB.context, namespace }),
        [`${PROJECT}:kafka`]: JSON.stringify(kafka),
        [`${PROJECT}:zookeeper`]: JSON.stringify(zookeeper),
        // It is there already.
        [`${PROJECT}:certificates`]: JSON.stringify({ installCertManager: false }),
        [`${PROJECT}:listeners`]: JSON.stringify([
            { name: "internal", port: 9092, type: "internal" },
            ...externalListeners(external, basePort),
        ]),
    };
}

/** The configuration of a stack for any cluster, by full key; the rest are the program's defaults. */
export function clusterConfig(cluster: {
    readonly kubeconfig?: string;
    readonly context?: string;
    readonly namespace: string;
}): Record<string, string> {
    const { kubeconfig, context, namespace } = cluster;
    return {
        [`${PROJECT}:platform`]: "kubeconfig",
        [`${PROJECT}:kafkaDeploymentType`]: "statefulset",
        [`${PROJECT}:namespace`]: namespace,
        ...(kubeconfig !== undefined && { [`${PROJECT}:kubeconfig`]: kubeconfig }),
        ...(context !== undefined && { [`${PROJECT}:kubeContext`]: context }),
    };
}

/** The external listeners of a stack in the lab. */
export function externalListeners(external: External, basePort: number): object[] {
    const common = { name: "external", port: 9094 };
    switch (external) {
        case "loadBalancer":
            return [{ ...common, type: "loadBalancer" }];
        case "nodePort":
            return [
                {
                    ...common,
                    type: "nodePort",
                    basePort,
                    advertisedHosts: LAB.nodes.map(({ address }) => address),
                },
            ];
        case "none":
            return [];
    }
}
