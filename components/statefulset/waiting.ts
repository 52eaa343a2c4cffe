import type { LiveObjects } from "../live/objects";

/** How a component asks and waits for what it made. */
export interface Waiting {
    /**
     * The cluster as it is now.
     *
     * @default - Nothing is asked and nothing is waited for: the objects are made somewhere else, as by GitOps.
     */
    readonly live?: LiveObjects;
    /** Minutes that a pod may be kept from starting by what an autoscaler or a person can heal. */
    readonly waitMinutes: number;
    /** Whether servers may restart although Kafka or its ZooKeeper ensemble is not whole. */
    readonly restartWhileDegraded: boolean;
}
