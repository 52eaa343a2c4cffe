import type { KubernetesObject } from "@kubernetes/client-node";
import { ZOOKEEPER_AUTH } from "../../components/kafka/names";
import { GENERATED } from "../../components/kafka/passwordSecret";
import { userSecretName } from "../../components/kafka/users";
import { BROKERS_TLS, CLIENTS_CA } from "../../components/statefulset/certificates/certificates";

/** What stands in a rendered object in place of a secret value. */
export const MASK = "<secret: set with --show-secrets>";

/** How Pulumi marks a secret among a resource's inputs: an object with this signature around the value. */
const SIGNATURE_KEY = "4dabf18193072939515e22adb298388d";
const SECRET_SIGNATURE = "1b47061264138c4ac30d75fd1eb44270";

function isMarked(value: object): value is { readonly value: unknown } {
    return (value as Record<string, unknown>)[SIGNATURE_KEY] === SECRET_SIGNATURE;
}

/** A value in which every part that Pulumi marks as a secret is in clear or masked. */
export function resolveSecrets(value: unknown, show: boolean): unknown {
    if (Array.isArray(value)) {
        return value.map((item) => resolveSecrets(item, show));
    }
    if (typeof value !== "object" || value === null) {
        return value;
    }
    if (isMarked(value)) {
        return show ? resolveSecrets(value.value, show) : MASK;
    }
    return Object.fromEntries(
        Object.entries(value).map(([key, inner]) => [key, resolveSecrets(inner, show)]),
    );
}

/** An object with the values of a Secret masked, whether or not Pulumi knows that they are secret. */
export function maskSecretObject(object: KubernetesObject): KubernetesObject {
    if (object.kind !== "Secret") {
        return object;
    }
    const masked = Object.entries(object).map(([key, value]): [string, unknown] => [
        key,
        key === "data" || key === "stringData" ? maskValues(value) : value,
    ]);
    return Object.fromEntries(masked);
}

function maskValues(values: unknown): unknown {
    return typeof values === "object" && values !== null
        ? Object.fromEntries(Object.keys(values).map((key) => [key, MASK]))
        : MASK;
}

/** Tells whether a Secret holds what was generated for it. Another rendering would generate something else. */
export function isGenerated({ kind, metadata }: KubernetesObject): boolean {
    return kind === "Secret" && metadata?.annotations?.[GENERATED] === "true";
}

/** Tells whether an object is one that nobody may apply as it is rendered: a Secret with masks, or with what was generated. */
export function isNotApplicable(object: KubernetesObject): boolean {
    return (
        isGenerated(object) ||
        (object.kind === "Secret" && valuesOf(object).some(([, value]) => value === MASK))
    );
}

/** A Secret that is not written: its name and keys, what it is for, and how to make it by hand. */
export function needOf(secret: KubernetesObject): string {
    const keys = valuesOf(secret)
        .map(([key]) => key)
        .join(", ");
    return `Secret ${secret.metadata?.name} (${keys}): ${purposeOf(secret)}. Make it: ${creationOf(secret)}`;
}

const PURPOSES: Readonly<Record<string, string>> = {
    [ZOOKEEPER_AUTH]: "the password with which brokers log in at ZooKeeper",
    [BROKERS_TLS]: "the brokers' certificate, its key, and the CA that clients trust",
    [CLIENTS_CA]: "the CA that signs the certificates of clients",
};

function purposeOf({ metadata }: KubernetesObject): string {
    const { name = "" } = metadata ?? {};
    return PURPOSES[name] ?? `the password of user ${name.slice(userSecretName("").length)}`;
}

/** How to make a Secret by hand. No value stands on a command line, where others could read it. */
function creationOf(secret: KubernetesObject): string {
    const { name = "", namespace } = secret.metadata ?? {};
    const create = `kubectl${namespace === undefined ? "" : ` --namespace ${namespace}`} create secret generic ${name}`;
    const keys = valuesOf(secret).map(([key]) => key);
    return isGenerated(secret)
        ? `openssl rand -hex 24 | tr -d '\\n' | ${create} --from-file=${keys.join()}=/dev/stdin`
        : [create, ...keys.map((key) => `--from-file=${key}=FILE`)].join(" ");
}

function valuesOf(secret: KubernetesObject): [string, unknown][] {
    const { data, stringData } = secret as { data?: object; stringData?: object };
    return Object.entries({ ...data, ...stringData });
}
