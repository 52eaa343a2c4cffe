import type * as k8s from "@pulumi/kubernetes";

/** Where the data of servers lies and what becomes of it. */
export interface DataArgs {
    /**
     * Provider of the claims. It has to take back what is there already (`upsertExistingObjects`): the claims that an
     * earlier `destroy` left.
     */
    readonly dataProvider: k8s.Provider;
    /**
     * Whether `destroy` deletes the claims, and with them the data.
     *
     * @default false
     */
    readonly deleteDataOnDestroy?: boolean;
    /**
     * Whether Pulumi refuses to delete or replace what holds messages or keeps the cluster running.
     *
     * @default false
     */
    readonly protect?: boolean;
}
