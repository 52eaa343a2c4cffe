import type { Campaign, Round } from "../campaign";
import { failuresIn, TABLES } from "./tables";

const MINUTE = 60;

/** A provider for Kubernetes that the rounds run with. */
export type ProviderGroup = "built" | "newer";

/** One round for each provider. */
export interface KilledRound extends Round {
    readonly group: ProviderGroup;
}

const round = (group: ProviderGroup): KilledRound => ({
    name: group,
    group,
    estimate: 5 * MINUTE,
    limit: 15 * MINUTE,
});

/** What becomes of an `up` that comes after a killed one, by kind of object and by provider. */
export const KILLED: Campaign = {
    name: "killed",
    title: "an up after a killed one, for each kind of object, by provider",
    subject: [
        "components/live",
        "components/kafka/passwordSecret.ts",
        "components/statefulset/repeatableJob.ts",
        "lab/campaign/killed",
        "lab/pulumi",
        "program/providers.ts",
        "tests/integration/killedUp.spec.ts",
    ],
    rounds: [round("built"), round("newer")],
    tables: TABLES,
    shown: ["results"],
    faults: (run) => failuresIn([run]),
    open: async (context) => {
        const { openKilled } = await import("./open.js");
        return openKilled(context);
    },
};
