import { isObject, textAt, textsAt, valueAt } from "../fields";
import { type Judgement, judgeFields, LABELS, WAITING, removed } from "../judgement";
import { objectName, type State } from "../preview";
import { judgeUser, passwordChanged, userAdded, type UserDescription, userRemoved } from "./users";

/** Judges the resources of users, which the Strimzi operator turns into identities. */
export const judgeUserResource: Judgement = (change) => {
    const { action, old, new: now } = change;
    const name = objectName(change);
    switch (action) {
        case "create":
            return [userAdded(name)];
        case "delete":
        case "replace":
            return [userRemoved(name, removed(action))];
        case "update":
            return [
                ...judgeUser(name, describe(old), describe(now)),
                ...judgeFields(change, `user ${name}`, [
                    LABELS,
                    ...WAITING,
                    // Judged above, as a whole.
                    ...[["authentication", "type"], ["authorization"], ["quotas"]].map((field) => ({
                        path: ["spec", ...field],
                        judge: () => [],
                    })),
                    // A password of the stack's own instead of the operator's, or the other way round.
                    {
                        path: ["spec", "authentication"],
                        judge: () => [passwordChanged(name)],
                    },
                    {
                        path: ["metadata", "annotations", "kafka-eks/password"],
                        // With a Secret that comes or goes it is judged already.
                        judge: ({ from, to }) =>
                            from === undefined || to === undefined ? [] : [passwordChanged(name)],
                    },
                ]),
            ];
    }
};

function describe(state: State | undefined): UserDescription {
    const acls = valueAt(state?.inputs, "spec", "authorization", "acls");
    const rights = (Array.isArray(acls) ? acls : []).filter(isObject).flatMap((acl) => {
        const operations = Array.isArray(acl["operations"]) ? acl["operations"] : [];
        const { type, name, patternType } = isObject(acl["resource"]) ? acl["resource"] : {};
        const where = [
            type,
            ...(name === undefined ? [] : [name]),
            ...(patternType === "prefix" ? ["(prefix)"] : []),
            ...(acl["host"] === undefined || acl["host"] === "*" ? [] : ["from", acl["host"]]),
        ];
        return operations.map((operation) => ({
            isDenied: acl["type"] === "deny",
            text: [operation, "on", ...where].map(String).join(" "),
        }));
    });
    return {
        type: textAt(state?.inputs, "spec", "authentication", "type") ?? "",
        allowed: rights.filter(({ isDenied }) => !isDenied).map(({ text }) => text),
        denied: rights.filter(({ isDenied }) => isDenied).map(({ text }) => text),
        quotas: Object.entries(textsAt(state?.inputs, "spec", "quotas")).map(
            ([quota, value]) => `${quota} ${value}`,
        ),
    };
}
