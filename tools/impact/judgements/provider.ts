import { show } from "../fields";
import type { Effect } from "../finding";
import { type JudgedChange, type Judgement, judgeFields } from "../judgement";

/** Judges the Kubernetes providers, which know the cluster that everything else goes to. */
export const judgeProvider: Judgement = (change) =>
    judge(
        change,
        "way to the Kubernetes cluster",
        "Pulumi takes the cluster for another one and makes everything anew",
    );

/** Judges the providers for AWS, which know the account and the region. */
export const judgeAwsProvider: Judgement = (change) =>
    judge(
        change,
        "way to AWS",
        "Pulumi takes account or region for another one and makes everything anew",
    );

function judge(change: JudgedChange, subject: string, replaced: string): readonly Effect[] {
    switch (change.action) {
        case "create":
        case "delete":
            return [{ subject, what: "only Pulumi uses it", severity: "nothing" }];
        case "replace":
            return [
                {
                    subject,
                    what: replaced,
                    severity: "cluster-stops",
                },
            ];
        case "update":
            return judgeFields(change, subject, [
                {
                    path: ["version"],
                    judge: ({ from, to }) => [
                        {
                            subject: `version of Pulumi's provider (${subject})`,
                            from: show(from),
                            to: show(to),
                            what: "only Pulumi uses it",
                            severity: "nothing",
                        },
                    ],
                },
            ]);
    }
}
