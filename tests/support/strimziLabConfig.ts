import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { STRIMZI_API } from "../../components/strimzi/names";
import { topicResourceName } from "../../components/strimzi/topics";
import { PROJECT } from "../../config";
import { clusterConfig, External, externalListeners } from "../../lab/demo/labConfig";
import { LAB, labBinaries, labStrimziCrds } from "../../lab";
import { waitFor } from "../../lab/wait";
import { NODE_PORTS } from "./nodePorts";

const SMALL = { requests: { cpu: "50m", memory: "512Mi" } };

const SCRAM = { type: "scram-sha-512" };

/** Name of the health check of the one listener that the operator's stand-in does not serve. */
export const UNSERVED = "secure: round trip";

/** The operator's stand-in as its chart installs it. */
const INSTALLATION = async () => ({
    chart: join(__dirname, "standInChart"),
    crds: await labStrimziCrds(),
    resources: SMALL,
});

/**
 * The configuration of a Strimzi stack for the lab, by full key.
 *
 * @param options Whether the stack installs the stand-in of Strimzi's chart, which it does unless told otherwise.
 */
export async function strimziLabConfig(
    external: External,
    namespace: string,
    { installOperator = true } = {},
): Promise<Record<string, string>> {
    const values = {
        kafka: {
            version: LAB.strimzi.kafkaVersion,
            resources: { requests: { cpu: "100m", memory: "1Gi" } },
            // A consumer that is alone need not wait 3 s for others to join its group.
            config: { "group.initial.rebalance.delay.ms": "0" },
        },
        strimzi: {
            installOperator,
            ...(installOperator && (await INSTALLATION())),
            controllers: { resources: SMALL },
        },
        users: [{ name: "reader", authentication: SCRAM }],
        listeners: [
            { name: "internal", port: 9092, type: "internal", allowAnonymous: true },
            // The stand-in knows no encryption and no identities: nobody connects to this one.
            { name: "secure", port: 9093, type: "internal", tls: true, authentication: SCRAM },
            ...externalListeners(external, NODE_PORTS.strimzi).map((listener) => ({
                ...listener,
                tls: false,
                allowInsecure: true,
                allowAnonymous: true,
            })),
        ],
    };
    return {
        ...clusterConfig({ kubeconfig: LAB.kubeconfig, context: LAB.context, namespace }),
        [`${PROJECT}:kafkaDeploymentType`]: "strimzi",
        ...Object.fromEntries(
            Object.entries(values).map(([key, value]) => [
                `${PROJECT}:${key}`,
                JSON.stringify(value),
            ]),
        ),
    };
}

/** Installs Strimzi's CRDs, where no stack does, and waits until the API server serves all of them. */
export async function applyStrimziCrds(): Promise<void> {
    const kubectl = (...args: string[]) =>
        promisify(execFile)(labBinaries().kubectl, [`--kubeconfig=${LAB.kubeconfig}`, ...args]);
    const file = await labStrimziCrds();
    await kubectl("apply", "--server-side", "--force-conflicts", "-f", file);
    // Each CRD joins the list of its group by itself, some time after it is established.
    await waitFor("the API server to serve Strimzi's resources", 60, async () => {
        const { stdout } = await kubectl(
            "get",
            "--raw",
            `/apis/${STRIMZI_API.group}/${STRIMZI_API.version}`,
        );
        const { resources } = JSON.parse(stdout) as { resources: { kind: string }[] };
        const kinds = ["Kafka", "KafkaNodePool", "KafkaTopic", "KafkaUser"];
        return kinds.every((kind) => resources.some((resource) => resource.kind === kind));
    });
}

/**
 * What a Strimzi stack leaves in its namespace, `Kind/name`: the nodes' volumes, and what the next one needs to take them
 * back.
 *
 * @param topics Topics that were in its configuration at any time.
 */
export function strimziLeftovers(...topics: string[]): string[] {
    const claim = (pod: string) => `PersistentVolumeClaim/data-0-kafka-${pod}`;
    return [
        "KafkaNodePool/cluster-id",
        ...topics.map((topic) => `KafkaTopic/${topicResourceName(topic)}`),
        ...[0, 1, 2].map((id) => claim(`broker-${id}`)),
        ...[900, 901, 902].map((id) => claim(`controller-${id}`)),
    ].sort();
}
