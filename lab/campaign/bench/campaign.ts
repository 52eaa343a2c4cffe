import { lostMessages } from "../../bench/measurements";
import type { Campaign } from "../campaign";
import { DEPLOYED_ON_LAB } from "../subject";
import { ROUNDS } from "./plan";
import { samplesOf, TABLES } from "./tables";

/** This project against what else there is, as ratios of one run. */
export const BENCH: Campaign = {
    name: "bench",
    title: "this project on the lab, as ratios where there is something to compare with",
    subject: [...DEPLOYED_ON_LAB, "lab/campaign/bench"],
    rounds: ROUNDS,
    // What counts losses has to find one first.
    needs: { roll: ["counter"], node: ["counter"] },
    tables: TABLES,
    shown: ["results", "security", "run"],
    faults: (run) => {
        const lost = lostMessages(samplesOf([run]));
        return lost === 0 ? [] : [`acknowledged messages lost: expected 0, got ${lost}`];
    },
    open: async (context) => {
        const { openBench } = await import("./open.js");
        return openBench(context);
    },
};
