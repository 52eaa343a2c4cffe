import { createKafka, type KafkaClient } from "../kafka";
import type { ListenerEntry } from "../listenerDirectory";
import type { Tunnel } from "../tunnel";

const REQUEST_TIMEOUT_MS = 10_000;

/** Whether the health check can talk to a listener: it has no certificates and no users. */
export function isOpen({ tls, authentication }: ListenerEntry): boolean {
    return !tls && authentication === undefined;
}

/** What a listener asks for that the health check does not have. */
export function wantsOf({ tls, authentication }: ListenerEntry): string {
    return [...(tls ? ["TLS"] : []), ...(authentication ? ["credentials"] : [])].join(" and ");
}

/** A client for an open listener: through the tunnel for addresses that only exist inside the cluster. */
export function kafkaOf({ type, bootstrap, brokers }: ListenerEntry, tunnel: Tunnel): KafkaClient {
    return type === "internal"
        ? createKafka({
              // The bootstrap is a Service, and a tunnel leads to pods.
              bootstrap: brokers,
              socketFactory: tunnel.socketFactory,
              timeoutMs: REQUEST_TIMEOUT_MS,
          })
        : createKafka({ bootstrap, timeoutMs: REQUEST_TIMEOUT_MS });
}
