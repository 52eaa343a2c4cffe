import type { Campaign } from "../campaign";
import { DEPLOYED_ON_LAB } from "../subject";
import { CHANGES, ROUNDS } from "./plan";
import { TABLES, wrongIn } from "./tables";

/** What `impact` says of a change, against what the change does. */
export const IMPACT: Campaign = {
    name: "impact",
    title: "what impact says of a change, checked against what the change does on the lab",
    subject: [
        ...DEPLOYED_ON_LAB,
        "lab/campaign/impact",
        "lab/demo/labConfig.ts",
        "tools/client",
        "tools/impact",
    ],
    rounds: ROUNDS,
    // What finds wrong judgements has to find one first.
    needs: Object.fromEntries(CHANGES.map(({ group }) => [group, ["counter"]])),
    tables: TABLES,
    shown: ["results", "run"],
    faults: wrongIn,
    open: async (context) => {
        const { openImpact } = await import("./open.js");
        return openImpact(context);
    },
};
