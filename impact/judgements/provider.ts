import { show } from "../fields";
import { type Judgement, judgeFields } from "../judgement";

/** Judges the Kubernetes providers, which know the cluster that everything else goes to. */
export const judgeProvider: Judgement = (change) => {
    const subject = "way to the Kubernetes cluster";
    switch (change.action) {
        case "create":
        case "delete":
            return [{ subject, what: "only Pulumi uses it", severity: "nothing" }];
        case "replace":
            return [
                {
                    subject,
                    what: "Pulumi takes the cluster for another one and makes everything anew",
                    severity: "cluster-stops",
                },
            ];
        case "update":
            return judgeFields(change, subject, [
                {
                    path: ["version"],
                    judge: ({ from, to }) => [
                        {
                            subject: "version of Pulumi's Kubernetes provider",
                            from: show(from),
                            to: show(to),
                            what: "only Pulumi uses it",
                            severity: "nothing",
                        },
                    ],
                },
            ]);
    }
};
