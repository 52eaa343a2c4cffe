import type { Campaign } from "../campaign";
import { ROUNDS } from "./plan";
import { failuresIn, TABLES } from "./tables";

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
    rounds: ROUNDS,
    tables: TABLES,
    shown: ["results"],
    faults: (run) => failuresIn([run]),
    open: async (context) => {
        const { openKilled } = await import("./open.js");
        return openKilled(context);
    },
};
