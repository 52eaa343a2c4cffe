import { type Acl, type Quotas, type User, userSecretName } from "../kafka/users";
import { PASSWORD_KEY } from "../kafka/names";

/** Specification of a `KafkaUser`. */
export interface KafkaUserSpec {
    readonly authentication: {
        readonly type: User["authentication"]["type"];
        readonly password?: {
            readonly valueFrom: {
                readonly secretKeyRef: { readonly name: string; readonly key: string };
            };
        };
    };
    readonly authorization?: { readonly type: "simple"; readonly acls: readonly Acl[] };
    readonly quotas?: Quotas;
}

/**
 * The specification of a user's `KafkaUser`. A password that is configured is in a Secret.
 *
 * @param hasRights Whether the cluster looks at permissions; the operator refuses users with any where it does not.
 */
export function userSpec(
    { name, authentication: { type, password }, acls, quotas }: User,
    hasAuthorization: boolean,
): KafkaUserSpec {
    const secretKeyRef = { name: userSecretName(name), key: PASSWORD_KEY };
    return {
        authentication: {
            type,
            ...(password !== undefined && { password: { valueFrom: { secretKeyRef } } }),
        },
        ...(hasAuthorization && acls.length > 0 && { authorization: { type: "simple", acls } }),
        ...(Object.keys(quotas).length > 0 && { quotas }),
    };
}
