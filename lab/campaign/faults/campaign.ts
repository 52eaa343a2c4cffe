import { violationsOf } from "../../faults/results";
import { INJECTED } from "../../faults/samples";
import type { Campaign } from "../campaign";
import { DEPLOYED_ON_LAB } from "../subject";
import { ROUNDS } from "./plan";
import { faultsIn, TABLES } from "./tables";

/** Faults of one thing at a time, and what becomes of acknowledged messages. */
export const FAULTS: Campaign = {
    name: "faults",
    title: "faults of a deployment by this project on the lab, and what is lost by them",
    subject: [...DEPLOYED_ON_LAB, "lab/campaign/faults", "lab/faults"],
    rounds: ROUNDS,
    // What counts losses has to find one first.
    needs: Object.fromEntries(INJECTED.map((group) => [group, ["counter"]])),
    tables: TABLES,
    shown: ["results", "reactions", "up", "run"],
    faults: (run) => violationsOf(faultsIn([run])),
    open: async (context) => {
        const { openFaults } = await import("./open.js");
        return openFaults(context);
    },
};
