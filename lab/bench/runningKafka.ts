import { createKafka, type KafkaClient, type KafkaOptions } from "../../tools/client/kafka";
import type { ClientSecurity } from "../../tools/client/tls";
import { describeCluster } from "../../tools/client/topics";
import { waitFor } from "../wait";
import { isOpen, labSocketFactory } from "./labNetwork";

const BROKERS = 3;
const PORT = 9092;
const LIMIT_SECONDS = 300;
/** For questions that are asked again and again. */
const IMPATIENT = { timeoutMs: 5_000, retries: 1 };

/** A Kafka in a namespace of the lab, as its clients see it. */
export class RunningKafka {
    /** Addresses of the brokers' internal listener. */
    readonly brokers: readonly { readonly host: string; readonly port: number }[];
    /** What its clients need there. Whoever deploys it says so, as passwords and CAs are made with it. */
    security: ClientSecurity = {};

    constructor(
        readonly namespace: string,
        brokers = BROKERS,
    ) {
        this.brokers = Array.from({ length: brokers }, (_, ordinal) => ({
            host: `kafka-${ordinal}.kafka-headless.${namespace}.svc.cluster.local`,
            port: PORT,
        }));
    }

    /** `bootstrap.servers` of a client. */
    get bootstrap(): string {
        return this.addresses.join();
    }

    /** The highest replication factor of its topics that is any use: three, or all brokers. */
    get mostReplicas(): number {
        return Math.min(BROKERS, this.brokers.length);
    }

    /** A new client. */
    client(patience: Pick<KafkaOptions, "timeoutMs" | "retries"> = {}): KafkaClient {
        return createKafka({
            ...patience,
            ...this.security,
            bootstrap: this.addresses,
            socketFactory: labSocketFactory,
        });
    }

    /** Waits until all brokers accept connections. */
    async waitForPorts(): Promise<void> {
        for (const { host, port } of this.brokers) {
            await waitFor(`the port of ${host}`, LIMIT_SECONDS, () => isOpen(host, port));
        }
    }

    /** Waits until every replica of every partition is in sync. */
    async waitForFullIsr(): Promise<void> {
        await waitFor("all replicas to be in sync", LIMIT_SECONDS, () => this.hasFullIsr());
    }

    /** Whether all brokers are there, or more of them by now, and every replica is in sync. */
    async hasFullIsr(): Promise<boolean> {
        const { brokers, topics } = await describeCluster(this.client(IMPATIENT));
        return (
            brokers.length >= this.brokers.length &&
            topics
                .flatMap(({ partitions }) => partitions)
                .every(({ replicas, isr }) => replicas.length === isr.length)
        );
    }

    private get addresses(): string[] {
        return this.brokers.map(({ host, port }) => `${host}:${port}`);
    }
}
