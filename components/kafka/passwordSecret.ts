import { randomBytes } from "node:crypto";
import type { V1Job, V1Pod } from "@kubernetes/client-node";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { creationGate } from "../live/gate";
import { JOB, type LiveObjects, POD, SECRET } from "../live/objects";
import { podFiles } from "../live/podFiles";
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
    /** The objects of the cluster as they are now. */
    readonly live?: LiveObjects;
}

/** A Secret with a password under the key `password`. In Pulumi's state the password is encrypted. */
export function passwordSecret(
    name: string,
    { metadata, password, live }: PasswordSecretArgs,
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
            ...(isGenerated && {
                ignoreChanges: ["data"],
                hooks: creationGate<SecretInputs>(`${name}-unused`, live, (inputs, cluster) =>
                    refuseUsedPassword(cluster, inputs),
                ),
            }),
        },
    );
}

interface SecretInputs {
    readonly metadata: { readonly name: string; readonly namespace: string };
}

/**
 * Refuses to make a Secret in the place of one whose password is in use: a killed `up` leaves none such, and a lost state
 * does. The servers would go on with the old password, and everybody else would have the new one.
 *
 * @throws Error when a pod or a Job mounts the Secret that is there.
 */
export async function refuseUsedPassword(
    live: LiveObjects,
    { metadata: { name, namespace } }: SecretInputs,
): Promise<void> {
    if ((await live.read({ ...SECRET, namespace, name })) === undefined) {
        return;
    }
    const pods = (await live.list<V1Pod>(POD, namespace)).map(({ spec }) => spec);
    const jobs = (await live.list<V1Job>(JOB, namespace)).map(({ spec }) => spec?.template.spec);
    const used = [...pods, ...jobs].flatMap(podFiles);
    if (used.some((file) => file.kind === SECRET.kind && file.name === name)) {
        throw new Error(
            `Secret ${name}: expected none, as the stack's state has none, got one whose password is in use. ` +
                "Next: put the state back (pulumi stack import). If it is lost, delete the Secret, run up, and " +
                "restart all pods that mount it",
        );
    }
}
