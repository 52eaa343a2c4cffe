import type { Severity } from "./severity";

/** Pods that a change restarts. */
export interface Restart {
    /** What the pods are, in the plural. */
    readonly of: "brokers" | "controllers" | "ZooKeeper members";
    /** How many; `undefined` where the preview does not say. */
    readonly count: number | undefined;
    /** Who restarts them, and with that in which order. */
    readonly by: "StatefulSet" | "operator" | "drain";
}

/** What is known of the effect of a change. */
export interface Effect {
    /** What changes, in Kafka's terms, such as `volume of broker 2`. */
    readonly subject: string;
    readonly from?: string;
    readonly to?: string;
    /** What happens to Kafka and its clients. */
    readonly what: string;
    /** `not judged` when the tool does not know what the change does. */
    readonly severity: Severity | "not judged";
    /** The pods that it restarts, if any. */
    readonly restarts?: readonly Restart[];
}

/** An {@link Effect} with the resource that has it. */
export interface Finding extends Effect {
    readonly urn: string;
}
