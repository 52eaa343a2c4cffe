import { createKafka, type KafkaClient, type KafkaOptions } from "../../tools/client/kafka";
import { describeCluster } from "../../tools/client/topics";
import { waitFor } from "../wait";
import { isOpen, labSocketFactory } from "./labNetwork";

const BROKERS = 3;
const PORT = 9092;
const LIMIT_SECONDS = 300;
/** For questions that are asked again and again. */
const IMPATIENT = { timeoutMs: 5_000, retries: 1 };

/** A Kafka of three brokers in a namespace of the lab, as its clients see it. */
export class RunningKafka {
    /** Addresses of the brokers' internal listener. */
    readonly brokers: readonly { readonly host: string; readonly port: number }[];

    constructor(readonly namespace: string) {
        this.brokers = Array.from({ length: BROKERS }, (_, ordinal) => ({
            host: `kafka-${ordinal}.kafka-headless.${namespace}.svc.cluster.local`,
            port: PORT,
        }));
    }

    /** `bootstrap.servers` of a client. */
    get bootstrap(): string {
        return this.addresses.join();
    }

    /** A new client. */
    client(patience: Pick<KafkaOptions, "timeoutMs" | "retries"> = {}): KafkaClient {
        return createKafka({
            ...patience,
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

    /** Whether all brokers are there and every replica is in sync. */
    async hasFullIsr(): Promise<boolean> {
        const { brokers, topics } = await describeCluster(this.client(IMPATIENT));
        return (
            brokers.length === BROKERS &&
            topics
                .flatMap(({ partitions }) => partitions)
                .every(({ replicas, isr }) => replicas.length === isr.length)
        );
    }

    private get addresses(): string[] {
        return this.brokers.map(({ host, port }) => `${host}:${port}`);
    }
}
