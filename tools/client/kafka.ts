import { Kafka, logLevel, type ISocketFactory } from "kafkajs";
import { registerCodecs } from "./codecs";
import { type ClientSecurity, tlsOptions } from "./tls";
import { hideNegativeTimeoutWarning } from "./warnings";

/** How Kafka is reached, and who the client is. */
export interface KafkaOptions extends ClientSecurity {
    /** Addresses `host:port` of some brokers; the others are learned from them. */
    readonly bootstrap: readonly string[];
    /**
     * Makes the connections, e.g. those of a tunnel.
     *
     * @default - Plain TCP connections.
     */
    readonly socketFactory?: ISocketFactory;
    /**
     * How long one request may take, in milliseconds.
     *
     * @default 30000
     */
    readonly timeoutMs?: number;
    /**
     * How often a failed request is tried again.
     *
     * @default 5
     */
    readonly retries?: number;
    /**
     * How long a port may take to show what it speaks, once time was up, in milliseconds.
     *
     * @default 2000
     */
    readonly silenceMs?: number;
}

/** kafkajs waits one second by default, less than a TLS handshake or a cold load balancer may take. */
const CONNECTION_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 30_000;
const SILENCE_MS = 2_000;
/** About seven seconds in all: longer than the election of a leader, short enough for someone who waits. */
const RETRY = { initialRetryTime: 200, maxRetryTime: 3_000, retries: 5 };

/** By how much kafkajs makes a pause longer or shorter than the one that is its turn. */
const RETRY_FACTOR = 0.2;
/** Share of a time limit that the pauses between attempts may take. */
const SHARE_FOR_PAUSES = 0.8;

/** How often a failed request can be tried again within a time limit. Too many retries would hide why it failed. */
export function retriesWithin(timeoutMs: number): number {
    let pauses = 0;
    for (let retries = 0; retries < RETRY.retries; retries += 1) {
        const pause = Math.min(RETRY.initialRetryTime * 2 ** retries, RETRY.maxRetryTime);
        pauses += pause * (1 + RETRY_FACTOR);
        if (pauses > timeoutMs * SHARE_FOR_PAUSES) {
            return retries;
        }
    }
    return RETRY.retries;
}

/** A kafkajs client that remembers how it was made, so that a failure can be traced to an address. */
export class KafkaClient extends Kafka {
    readonly bootstrap: readonly string[];
    readonly socketFactory?: ISocketFactory;
    readonly security: ClientSecurity;
    readonly silenceMs: number;

    constructor(options: KafkaOptions) {
        const { bootstrap, socketFactory, tls, sasl } = options;
        super({
            clientId: "kafka-eks",
            brokers: [...bootstrap],
            connectionTimeout: CONNECTION_TIMEOUT_MS,
            requestTimeout: options.timeoutMs ?? REQUEST_TIMEOUT_MS,
            retry: { ...RETRY, retries: options.retries ?? RETRY.retries },
            // Its messages are JSON with stack traces; what matters of them is in the errors.
            logLevel: logLevel.NOTHING,
            ...(socketFactory && { socketFactory }),
            ...(tls && { ssl: tlsOptions(tls) }),
            ...(sasl && { sasl: { mechanism: "scram-sha-512", ...sasl } }),
        });
        this.bootstrap = bootstrap;
        this.socketFactory = socketFactory;
        this.silenceMs = options.silenceMs ?? SILENCE_MS;
        this.security = { ...(tls && { tls }), ...(sasl && { sasl }) };
    }
}

/** Makes a client for a cluster; it connects when it is used. */
export function createKafka(options: KafkaOptions): KafkaClient {
    hideNegativeTimeoutWarning();
    registerCodecs();
    return new KafkaClient(options);
}
