import type { V1Container, V1PodSpec, V1Volume } from "@kubernetes/client-node";
import { CONFIG_MAP, SECRET } from "./objects";

/** A ConfigMap or a Secret that a pod reads. */
export interface PodFile {
    readonly apiVersion: string;
    readonly kind: string;
    readonly name: string;
    /** Whether the pod starts without it. */
    readonly optional: boolean;
}

/** The ConfigMaps and Secrets that a pod mounts, or has in its variables, in the order of its volumes. */
export function podFiles(spec: V1PodSpec | undefined): PodFile[] {
    const containers = [...(spec?.initContainers ?? []), ...(spec?.containers ?? [])];
    return [...mountedFiles(spec), ...containers.flatMap(variablesOf)];
}

/** Those that it mounts. */
export function mountedFiles(spec: V1PodSpec | undefined): PodFile[] {
    return (spec?.volumes ?? []).flatMap(mountedIn);
}

/** Those without which a pod can't start. */
export function neededFiles(spec: V1PodSpec | undefined): PodFile[] {
    return podFiles(spec).filter(({ optional }) => !optional);
}

/** Kind and name. */
export function keyOf({ kind, name }: PodFile): string {
    return `${kind} ${name}`;
}

interface Reference {
    readonly name?: string;
    readonly optional?: boolean;
}

function mountedIn({ configMap, secret, projected }: V1Volume): PodFile[] {
    return [
        ...files(configMap, secret && { name: secret.secretName, optional: secret.optional }),
        ...(projected?.sources ?? []).flatMap((source) => files(source.configMap, source.secret)),
    ];
}

function variablesOf({ env = [], envFrom = [] }: V1Container): PodFile[] {
    return [
        ...envFrom.flatMap(({ configMapRef, secretRef }) => files(configMapRef, secretRef)),
        ...env.flatMap(({ valueFrom }) =>
            files(valueFrom?.configMapKeyRef, valueFrom?.secretKeyRef),
        ),
    ];
}

function files(configMap: Reference | undefined, secret: Reference | undefined): PodFile[] {
    return (
        [
            [CONFIG_MAP, configMap],
            [SECRET, secret],
        ] as const
    ).flatMap(([kind, reference]) =>
        reference?.name === undefined
            ? []
            : [{ ...kind, name: reference.name, optional: reference.optional === true }],
    );
}
