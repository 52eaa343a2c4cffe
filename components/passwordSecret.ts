import { randomBytes } from "node:crypto";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

/** Key of the password in its Secret. */
export const PASSWORD_KEY = "password";

/** Arguments of {@link passwordSecret}. */
export interface PasswordSecretArgs {
    /** Namespace and name of the Secret, with whatever else is to stand there. */
    readonly metadata: k8s.types.input.meta.v1.ObjectMeta;
    /**
     * The password.
     *
     * @default - One is generated when the Secret is created, and kept from then on.
     */
    readonly password?: string;
}

/** A Secret with a password under the key `password`. In Pulumi's state the password is encrypted. */
export function passwordSecret(
    name: string,
    { metadata, password }: PasswordSecretArgs,
    opts: pulumi.CustomResourceOptions,
): k8s.core.v1.Secret {
    const generated = () => randomBytes(24).toString("base64url");
    return new k8s.core.v1.Secret(
        name,
        {
            metadata,
            // Not `stringData`: the provider turns that into this, and then sees a change where changes of it are ignored.
            data: pulumi.secret({
                [PASSWORD_KEY]: Buffer.from(password ?? generated()).toString("base64"),
            }),
        },
        {
            ...opts,
            // Every run of the program generates another one; the first is what everybody knows.
            ...(password === undefined && { ignoreChanges: ["data"] }),
        },
    );
}
