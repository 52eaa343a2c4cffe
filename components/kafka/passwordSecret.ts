import { randomBytes } from "node:crypto";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { PASSWORD_KEY } from "./names";

/** Annotation of a Secret whose password was generated: what is there is kept, and nobody writes it again. */
export const GENERATED = "kafka-eks/generated";

/** Arguments of {@link passwordSecret}. */
export interface PasswordSecretArgs {
    /** Namespace, name and labels of the Secret. */
    readonly metadata: Omit<k8s.types.input.meta.v1.ObjectMeta, "annotations">;
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
    const isGenerated = password === undefined;
    const value = password ?? randomBytes(24).toString("base64url");
    return new k8s.core.v1.Secret(
        name,
        {
            metadata: isGenerated
                ? { ...metadata, annotations: { [GENERATED]: "true" } }
                : metadata,
            // Not `stringData`: the provider turns that into this, and then sees a change where changes of it are ignored.
            data: pulumi.secret({
                [PASSWORD_KEY]: Buffer.from(value).toString("base64"),
            }),
        },
        {
            ...opts,
            // Every run of the program generates another one; the first is what everybody knows.
            ...(isGenerated && { ignoreChanges: ["data"] }),
        },
    );
}
