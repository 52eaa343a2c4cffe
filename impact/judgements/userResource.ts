import { show, textAt } from "../fields";
import { type Judgement, judgeFields, LABELS, WAITING, removed } from "../judgement";

/** Judges the resources of users, which the Strimzi operator turns into identities. */
export const judgeUserResource: Judgement = (change) => {
    const subject = `user ${textAt((change.old ?? change.new)?.inputs, "metadata", "name") ?? ""}`;
    switch (change.action) {
        case "create":
            return [
                {
                    subject,
                    from: "-",
                    to: "new",
                    what: "gets its credentials",
                    severity: "dynamic",
                },
            ];
        case "delete":
        case "replace":
            return [
                {
                    subject,
                    from: "in the stack",
                    to: removed(change.action),
                    what: "its old credentials are refused from its next connection on",
                    severity: "dynamic",
                },
            ];
        case "update":
            return judgeFields(change, subject, [
                LABELS,
                ...WAITING,
                {
                    path: ["spec", "authentication"],
                    judge: ({ from, to }) => [
                        {
                            subject,
                            from: show(from),
                            to: show(to),
                            what: "gets other credentials; the old ones are refused from its next connection on",
                            severity: "dynamic",
                        },
                    ],
                },
            ]);
    }
};
