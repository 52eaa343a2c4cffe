import type { KubeConfig } from "@kubernetes/client-node";
import { connectTo } from "../../tools/client/connection";
import type { KafkaClient } from "../../tools/client/kafka";

/** A way to a Kafka from this machine. */
export interface Connection {
    readonly kafka: KafkaClient;
    /** The way in words. */
    readonly description: string;
    /** Bootstrap addresses for other clients on this machine; `undefined` when there is none but a tunnel. */
    readonly bootstrap?: string;
    /** Whether they need TLS. */
    readonly tls?: boolean;
    readonly close: () => void;
}

/** Connects to the Kafka in a namespace: through its external listener, else through the API server to the pods. */
export async function connect(kubeConfig: KubeConfig, namespace: string): Promise<Connection> {
    const { kafka, listener, close } = await connectTo({ kubeConfig, namespace });
    if (listener.type === "internal") {
        const description = "a tunnel through the Kubernetes API (no external listener)";
        return { kafka, description, close };
    }
    const { bootstrap } = listener;
    const description = `${bootstrap} (${listener.type}${listener.tls ? ", TLS" : ""})`;
    return { kafka, description, bootstrap, tls: listener.tls, close };
}
