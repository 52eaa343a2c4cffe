import type { KubernetesObject } from "@kubernetes/client-node";

/** A kind of objects. */
export interface Kind {
    readonly apiVersion: string;
    readonly kind: string;
}

/** Which object of a cluster. */
export interface ObjectRef extends Kind {
    /** Absent for what belongs to no namespace. */
    readonly namespace?: string;
    readonly name: string;
}

/**
 * The objects of a cluster as they are now. Hooks and waits ask for them: Pulumi's engine knows only what it wrote.
 * Every method rejects with the API server's own words when it refuses, and after 30 s without an answer.
 */
export interface LiveObjects {
    /** One object; `undefined` when there is none. */
    read<T extends KubernetesObject>(ref: ObjectRef): Promise<T | undefined>;
    /**
     * All objects of a kind in a namespace; none where the API server does not know the kind.
     *
     * @param labels Label selector, e.g. `app.kubernetes.io/name=kafka`.
     */
    list<T extends KubernetesObject>(kind: Kind, namespace: string, labels?: string): Promise<T[]>;
    /** Makes an object, and returns it with what the API server added, such as a generated name. */
    create<T extends KubernetesObject>(object: T): Promise<T>;
    /** Changes some fields of an object by a JSON merge patch. */
    merge(ref: ObjectRef, patch: object): Promise<void>;
    /**
     * Deletes an object and what it owns; fine when there is none.
     *
     * @param only Its metadata as they were read: it is not deleted where they have changed, and where it is another one.
     * @default - It is deleted as it is.
     */
    remove(ref: ObjectRef, only?: KubernetesObject["metadata"]): Promise<void>;
    /** What the only container of a pod printed. */
    log(namespace: string, pod: string): Promise<string>;
}

export const NAMESPACE: Kind = { apiVersion: "v1", kind: "Namespace" };
export const POD: Kind = { apiVersion: "v1", kind: "Pod" };
export const NODE: Kind = { apiVersion: "v1", kind: "Node" };
export const EVENT: Kind = { apiVersion: "v1", kind: "Event" };
export const SERVICE: Kind = { apiVersion: "v1", kind: "Service" };
export const CLAIM: Kind = { apiVersion: "v1", kind: "PersistentVolumeClaim" };
export const SECRET: Kind = { apiVersion: "v1", kind: "Secret" };
export const CONFIG_MAP: Kind = { apiVersion: "v1", kind: "ConfigMap" };
export const JOB: Kind = { apiVersion: "batch/v1", kind: "Job" };
export const NETWORK_POLICY: Kind = { apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy" };
export const STATEFUL_SET: Kind = { apiVersion: "apps/v1", kind: "StatefulSet" };
export const CONTROLLER_REVISION: Kind = { apiVersion: "apps/v1", kind: "ControllerRevision" };
