import { isObject } from "../../../config/everyFault";
import { type Fields, textAt, textsAt, valueAt } from "../fields";
import { objectName, type State } from "../preview";
import type { Permission } from "./permissions";
import { judgeBy, LABELS, WAITING } from "./table";
import { judgeUser, passwordChanged, userAdded, userRemoved, type UserDescription } from "./users";

/** Judges the resources of users, which the Strimzi operator turns into identities. */
export const judgeUserResource = judgeBy((change) => {
    const name = objectName(change);
    return {
        subject: `user ${name}`,
        made: userAdded(name, describe(change.new)),
        gone: [userRemoved(name)],
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
    return {
        type: textAt(state?.inputs, "spec", "authentication", "type") ?? "",
        permissions: (Array.isArray(acls) ? acls : []).filter(isObject).flatMap(permissionsOf),
        quotas: Object.entries(textsAt(state?.inputs, "spec", "quotas")).map(
            ([quota, value]) => `${quota} ${value}`,
        ),
    };
}

function permissionsOf(acl: Fields): readonly Permission[] {
    const operations = Array.isArray(acl["operations"]) ? acl["operations"] : [];
    return operations.map((operation) => ({
        isDenied: acl["type"] === "deny",
        operation: String(operation),
        resource: textAt(acl, "resource", "type") ?? "",
        name: textAt(acl, "resource", "name"),
        isPrefix: textAt(acl, "resource", "patternType") === "prefix",
        host: textAt(acl, "host") ?? "*",
    }));
}
