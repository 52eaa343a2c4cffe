import type { V1Pod } from "@kubernetes/client-node";
import { brief } from "../brief";
import { type LiveObjects, POD } from "../objects";
import { abandonedPod } from "./abandoned";
import { partitionCommand, partitionOf, setPartition } from "./partition";
import { nameOf, uidOf } from "./pods";
import type { RolloutState, WantedStatefulSet } from "./state";

/** What a {@link Cure} acts with. */
export interface CureArgs {
    readonly live: LiveObjects;
    readonly wanted: WantedStatefulSet;
    readonly warn: (text: string) => void;
}

/** Has pods of an earlier revision that can't become ready made anew: the StatefulSet would wait for them. */
export class Cure {
    /** The pod that was deleted last. */
    private deleted?: V1Pod;
    /** The StatefulSet's partition as it was seen last, or as it was set since. */
    private partition?: number;

    constructor(private readonly args: CureArgs) {}

    /** Has to see every state, also those without anything to cure. */
    see({ set }: RolloutState): void {
        this.partition = partitionOf(set);
    }

    /**
     * One step: one pod at a time, and the next one only when the StatefulSet has made the last one anew.
     *
     * @param say Takes what happens.
     * @throws Error when Kubernetes refuses.
     */
    async step(state: RolloutState, say: (progress: string) => void): Promise<void> {
        const pod = abandonedPod(state);
        const { deleted } = this;
        const isMadeAnew =
            deleted === undefined ||
            state.pods.some(
                (each) => nameOf(each) === nameOf(deleted) && uidOf(each) !== uidOf(deleted),
            );
        if (pod === undefined || !isMadeAnew) {
            return;
        }
        const name = nameOf(pod);
        if (this.partition === undefined) {
            // The controller of StatefulSets has to see it before the pod goes.
            await this.setPartition(name);
            return;
        }
        say(`${name} is of an earlier revision and can't become ready: it is made anew`);
        await this.remove(name);
        this.deleted = pod;
    }

    /** Takes a partition of 0 away, also one that an earlier `up` left which was killed. Others are somebody's. */
    async end(): Promise<void> {
        const { live, wanted, warn } = this.args;
        if (this.partition !== 0) {
            return;
        }
        try {
            await setPartition(live, wanted, undefined);
        } catch (error) {
            warn(
                `${wanted.name}: expected updateStrategy.rollingUpdate to be taken away, got ` +
                    `"${brief((error as Error).message)}". Next: ${partitionCommand(wanted, undefined)}`,
            );
        }
    }

    private async setPartition(pod: string): Promise<void> {
        const { live, wanted } = this.args;
        try {
            await setPartition(live, wanted, 0);
        } catch (error) {
            throw new Error(
                `${wanted.name}: expected ${pod} to come back in the last revision, got ` +
                    `"${brief((error as Error).message)}". Next: ${partitionCommand(wanted, 0)}, and pulumi up`,
                { cause: error },
            );
        }
        this.partition = 0;
    }

    private async remove(name: string): Promise<void> {
        const { live, wanted } = this.args;
        try {
            await live.remove({ ...POD, namespace: wanted.namespace, name });
        } catch (error) {
            throw new Error(
                `${wanted.name}: expected ${name} to be deleted, because its revision is an earlier one that can't ` +
                    `start, got "${brief((error as Error).message)}". ` +
                    `Next: kubectl delete pod ${name} -n ${wanted.namespace}, and pulumi up`,
                { cause: error },
            );
        }
    }
}
