import { isObject, textAt, textsAt, valueAt } from "../fields";
import { objectName, type State } from "../preview";
import { judgeBy, LABELS, WAITING } from "./table";
import { judgeUser, passwordChanged, USER_REMOVED, userAdded, type UserDescription } from "./users";

/** Judges the resources of users, which the Strimzi operator turns into identities. */
export const judgeUserResource = judgeBy((change) => {
    const name = objectName(change);
    return {
        subject: `user ${name}`,
        made: userAdded(name),
        gone: USER_REMOVED,
        together: () => judgeUser(name, describe(change.old), describe(change.new)),
        fields: {
            ...LABELS,
            ...WAITING,
            "spec.authentication.type": undefined,
            "spec.authorization": undefined,
            "spec.quotas": undefined,
            // A password of the stack's own instead of the operator's, or the other way round.
            "spec.authentication": [passwordChanged(name)],
            // With a Secret that comes or goes it is judged already.
            "metadata.annotations.kafka-eks/password": ({ from, to }) =>
                from === undefined || to === undefined ? undefined : [passwordChanged(name)],
        },
    };
});

function describe(state: State | undefined): UserDescription {
    const acls = valueAt(state?.inputs, "spec", "authorization", "acls");
    const permissions = (Array.isArray(acls) ? acls : []).filter(isObject).flatMap((acl) => {
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
        allowed: permissions.filter(({ isDenied }) => !isDenied).map(({ text }) => text),
        denied: permissions.filter(({ isDenied }) => isDenied).map(({ text }) => text),
        quotas: Object.entries(textsAt(state?.inputs, "spec", "quotas")).map(
            ([quota, value]) => `${quota} ${value}`,
        ),
    };
}
