import type { Group } from "../../bench/samples";
import type { Round } from "../campaign";

/** A round of the benchmarks. */
export interface BenchRound extends Round {
    readonly group: Group;
}

/**
 * All rounds, with the seconds that they take on two cores. What follows each other runs on the same deployment as far
 * as that goes; where it does not, the estimate has the change of deployments in it.
 */
export const ROUNDS: readonly BenchRound[] = [
    // Before anything else needs the lab.
    round("lab", "lab", 40, 300),
    // On bare manifests, like the three that follow.
    round("counter", "counter", 75, 600),
    ...rounds("roll-reference", "roll", 3, 60, 900),
    // On our deployment, until "security".
    round("roll-ours-1", "roll", 175, 1200),
    round("roll-ours-2", "roll", 75, 900),
    round("roll-ours-3", "roll", 75, 900),
    ...rounds("node", "node", 3, 85, 900),
    round("throughput", "throughput", 200, 900),
    round("preview", "preview", 75, 600),
    round("security-unencrypted", "security", 105, 900),
    round("security", "security", 450, 1500),
    ...rounds("deploy", "deploy", 3, 190, 1200),
];

function rounds(
    name: string,
    group: Group,
    count: number,
    estimate: number,
    limit: number,
): BenchRound[] {
    return Array.from({ length: count }, (_, index) =>
        round(`${name}-${index + 1}`, group, estimate, limit),
    );
}

function round(name: string, group: Group, estimate: number, limit: number): BenchRound {
    return { name, group, estimate, limit };
}
