import type { Judgement } from "../judgement";
import { judgeBy } from "./table";

const ONLY_PULUMI = { what: "only Pulumi uses it", severity: "nothing" } as const;

/** How Pulumi takes back what is there already. */
const TAKING_BACK = { upsertExistingObjects: undefined, enablePatchForce: undefined };

/** Judges the Kubernetes providers, which know the cluster that everything else goes to. */
export const judgeProvider = judgeWay(
    "way to the Kubernetes cluster",
    "Pulumi takes the cluster for another one and makes everything anew",
);

/** Judges the providers for AWS, which know the account and the region. */
export const judgeAwsProvider = judgeWay(
    "way to AWS",
    "Pulumi takes account or region for another one and makes everything anew",
);

function judgeWay(subject: string, replaced: string): Judgement {
    return judgeBy({
        subject,
        made: [{ subject, ...ONLY_PULUMI }],
        gone: [{ subject, ...ONLY_PULUMI }],
        replaced: [{ subject, what: replaced, severity: "cluster-stops" }],
        fields: {
            version: { subject: `version of Pulumi's provider (${subject})`, ...ONLY_PULUMI },
            ...TAKING_BACK,
        },
    });
}

/** Judges what the stack remembers, which is worth no line: what follows from it is judged. */
export const judgeMemory = judgeBy({ subject: "memory", made: [], gone: [], updated: [] });
