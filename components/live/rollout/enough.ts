import type { Unfinished, Verdict } from "./judge";
import type { WantedStatefulSet } from "./state";

/** With how few pods of a StatefulSet others can go on. */
export interface Enough {
    /** Pods that have to be ready as wanted. */
    readonly pods: number;
    /** Called once, as soon as so many are. */
    readonly reached: () => Promise<void>;
    /** Called once, when so many are and waiting for the rest has met trouble. */
    readonly goOn: () => void;
}

/** Lets others go on with fewer pods, where waiting for the rest could keep them from what helps. */
export class EnoughPods {
    private isReached = false;
    private goesOn = false;

    /**
     * @param enough Without it all pods have to be there.
     * @param warn Takes why the rest is missing.
     */
    constructor(
        private readonly enough: Enough | undefined,
        private readonly wanted: WantedStatefulSet,
        private readonly warn: (text: string) => void,
    ) {}

    /** Has to see every verdict. */
    async see(verdict: Verdict): Promise<void> {
        const isThere = verdict.kind === "done" || this.isEnough(verdict);
        if (this.enough !== undefined && isThere && !this.isReached) {
            this.isReached = true;
            await this.enough.reached();
        }
    }

    /**
     * Waiting for the rest has met trouble.
     *
     * @returns Whether it has just warned of it.
     */
    meetTrouble(found: Unfinished): boolean {
        if (this.goesOn || !this.isEnough(found)) {
            return false;
        }
        this.goesOn = true;
        const end =
            found.kind === "blocked" ? "fails at its end if this stays so" : "fails at its end";
        const { name, sent } = this.wanted;
        this.warn(
            `${name}: ${found.reason}. pulumi up goes on with ${found.asWanted} of ${sent.replicas} pods, and ` +
                `${end}. Next: ${found.next}`,
        );
        this.enough!.goOn();
        return true;
    }

    private isEnough({ asWanted }: Unfinished): boolean {
        return asWanted >= (this.enough?.pods ?? Infinity);
    }
}
