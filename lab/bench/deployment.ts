import type { BrokerSet } from "./brokerSet";
import type { RunningKafka } from "./runningKafka";

/** A way to deploy a Kafka of three brokers to the lab. */
export interface KafkaDeployment {
    readonly kafka: RunningKafka;
    readonly brokers: BrokerSet;
    /** What comes before a deployment and is not measured: afterwards its namespace does not exist. */
    prepare(): Promise<void>;
    /** Deploys it. The brokers may need some more time when this is done. */
    deploy(): Promise<void>;
    /** Changes the brokers in a way that restarts all of them, one after the other. */
    change(): Promise<void>;
    /** Removes everything, data included. */
    destroy(): Promise<void>;
}
