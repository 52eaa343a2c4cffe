import type { FaultGroup } from "../../faults/samples";
import type { Round } from "../campaign";

/** A round of the faults. */
export interface FaultRound extends Round {
    readonly group: FaultGroup;
}

/**
 * All rounds, with the seconds that they take on two cores. They run on one deployment until the volume of a broker is
 * changed for a small one; after that each first deployment makes a new one.
 */
export const ROUNDS: readonly FaultRound[] = [
    // With the deployment.
    ...rounds("counter", 1, 220, 900),
    ...rounds("broker", 6, 60, 900),
    ...rounds("zookeeper", 4, 50, 900),
    ...rounds("pause", 3, 45, 900),
    ...rounds("hang", 1, 400, 1200),
    ...rounds("node", 3, 95, 900),
    ...rounds("drain", 2, 120, 900),
    ...rounds("claim", 2, 100, 900),
    ...rounds("update", 5, 190, 1800),
    ...rounds("disk", 1, 220, 1200),
    ...rounds("startup", 1, 480, 1800),
    ...rounds("deploy", 5, 180, 2000),
];

function rounds(group: FaultGroup, count: number, estimate: number, limit: number): FaultRound[] {
    return Array.from({ length: count }, (_, index) => ({
        name: `${group}-${index + 1}`,
        group,
        estimate,
        limit,
    }));
}
