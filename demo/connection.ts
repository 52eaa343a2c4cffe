import { CoreV1Api, type KubeConfig } from "@kubernetes/client-node";
import { createKafka, type KafkaClient } from "../client/kafka";
import { fetchListeners } from "../client/listenerDirectory";
import { openTunnel } from "../client/tunnel";
import { DemoError } from "./errors";

/** A way to a Kafka from this machine. */
export interface Connection {
    readonly kafka: KafkaClient;
    /** The way in words. */
    readonly description: string;
    /** Bootstrap addresses for other clients on this machine; `undefined` when there is none but a tunnel. */
    readonly bootstrap?: string;
    close(): void;
}

/** Connects to the Kafka in a namespace: through its external listener, else through the API server to the pods. */
export async function connect(kubeConfig: KubeConfig, namespace: string): Promise<Connection> {
    const listeners = await fetchListeners(kubeConfig.makeApiClient(CoreV1Api), namespace);
    const external = listeners.find(({ type }) => type !== "internal");
    if (external !== undefined) {
        const bootstrap = external.bootstrap.join();
        return {
            kafka: createKafka({ bootstrap: external.bootstrap }),
            description: `${bootstrap} (${external.type})`,
            bootstrap,
            close: () => undefined,
        };
    }
    const internal = listeners.find(({ type }) => type === "internal");
    if (internal === undefined) {
        throw new DemoError("Kafka has no listener", "configure one in kafka-eks:listeners");
    }
    const tunnel = openTunnel({ kubeConfig, namespace });
    return {
        // The brokers' own names: a tunnel leads to pods, and not to the bootstrap Service.
        kafka: createKafka({ bootstrap: internal.brokers, socketFactory: tunnel.socketFactory }),
        description: "a tunnel through the Kubernetes API (no external listener)",
        close: () => tunnel.close(),
    };
}
