import type { CoreV1Api, KubeConfig, KubernetesObjectApi } from "@kubernetes/client-node";
import type * as client from "@kubernetes/client-node";
import type { KubernetesObject } from "@kubernetes/client-node";
import { loadByRules } from "./kubeconfigFiles";
import type { Kind, LiveObjects, ObjectRef } from "./objects";

/** How to reach a cluster, as Pulumi's Kubernetes provider takes it. */
export interface Connection {
    /**
     * Path of a kubeconfig, or its text.
     *
     * @default - `KUBECONFIG`, then `~/.kube/config`.
     */
    readonly kubeconfig?: string;
    /**
     * Context of the kubeconfig.
     *
     * @default - Its current context.
     */
    readonly context?: string;
}

const NOT_FOUND = 404;
const ANSWER_MS = 30_000;
/** A connection that breaks says nothing about the cluster; the API server may just have restarted. */
const TRIES = 4;
const PAUSE_MS = 1_000;

/** A cluster that is asked over its API. It connects when it is first asked. */
export class LiveCluster implements LiveObjects {
    private clients?: Promise<Clients | undefined>;

    /** @param connection How to reach the cluster, asked for once; `undefined` while it is not there, and nothing in it. */
    constructor(private readonly connection: () => Promise<Connection | undefined>) {}

    read<T extends KubernetesObject>(ref: ObjectRef): Promise<T | undefined> {
        return this.ask(
            ({ objects }) => objects.read(headerOf(ref)) as Promise<unknown> as Promise<T>,
        );
    }

    async list<T extends KubernetesObject>(
        { apiVersion, kind }: Kind,
        namespace: string,
        labels?: string,
    ): Promise<T[]> {
        const list = await this.ask(({ objects }) =>
            objects.list<T>(
                apiVersion,
                kind,
                namespace,
                undefined,
                undefined,
                undefined,
                undefined,
                labels,
            ),
        );
        return list?.items ?? [];
    }

    async create<T extends KubernetesObject>(object: T): Promise<T> {
        // Not tried again: the first try may have made it, without a name that the second could find.
        const clients = await this.connect();
        if (clients === undefined) {
            throw new Error("the cluster is not there yet");
        }
        return withinLimit(clients.objects.create(object), "create");
    }

    async merge(ref: ObjectRef, patch: object): Promise<void> {
        await this.ask(({ objects, patchStrategy }) =>
            objects.patch(
                {
                    ...headerOf(ref),
                    ...patch,
                    metadata: { ...headerOf(ref).metadata, ...metadataOf(patch) },
                },
                undefined,
                undefined,
                undefined,
                undefined,
                patchStrategy,
            ),
        );
    }

    async remove(ref: ObjectRef, only?: KubernetesObject["metadata"]): Promise<void> {
        const { uid, resourceVersion } = only ?? {};
        await this.ask(({ objects }) =>
            objects.delete(
                headerOf(ref),
                undefined,
                undefined,
                undefined,
                undefined,
                "Background",
                only && { preconditions: { uid, resourceVersion } },
            ),
        );
    }

    async log(namespace: string, pod: string): Promise<string> {
        return (
            (await this.ask(({ core }) => core.readNamespacedPodLog({ namespace, name: pod }))) ??
            ""
        );
    }

    private connect(): Promise<Clients | undefined> {
        return (this.clients ??= this.connection().then(
            (connection) => connection && connectTo(connection),
        ));
    }

    /** `undefined` when there is no such object or kind. */
    private async ask<T>(question: (clients: Clients) => Promise<T>): Promise<T | undefined> {
        const clients = await this.connect();
        if (clients === undefined) {
            return undefined;
        }
        for (let tries = TRIES; ; tries--) {
            try {
                return await withinLimit(question(clients), "answer");
            } catch (error) {
                if (codeOf(error) === NOT_FOUND || isOfUnknownKind(error)) {
                    return undefined;
                }
                if (codeOf(error) !== undefined || tries <= 1) {
                    throw new Error(describe(error), { cause: error });
                }
                await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
            }
        }
    }
}

interface Clients {
    readonly objects: KubernetesObjectApi;
    readonly core: CoreV1Api;
    readonly patchStrategy: (typeof client.PatchStrategy)["MergePatch"];
}

/** The client takes as long to load as all the rest of a preview's program, so that whoever does not ask does not load it. */
async function connectTo({ kubeconfig, context }: Connection): Promise<Clients> {
    const { KubeConfig, KubernetesObjectApi, CoreV1Api, PatchStrategy } =
        await import("@kubernetes/client-node");
    const config = load(() => new KubeConfig(), kubeconfig);
    if (context !== undefined) {
        config.setCurrentContext(context);
    }
    return {
        objects: KubernetesObjectApi.makeApiClient(config),
        core: config.makeApiClient(CoreV1Api),
        patchStrategy: PatchStrategy.MergePatch,
    };
}

function load(make: () => KubeConfig, kubeconfig: string | undefined): KubeConfig {
    if (kubeconfig === undefined) {
        return loadByRules(make);
    }
    const config = make();
    if (/[{\n]/.test(kubeconfig)) {
        config.loadFromString(kubeconfig);
    } else {
        config.loadFromFile(kubeconfig);
    }
    return config;
}

function headerOf({ apiVersion, kind, name, namespace }: ObjectRef) {
    return { apiVersion, kind, metadata: { name, ...(namespace !== undefined && { namespace }) } };
}

function metadataOf(patch: object): object {
    return (patch as { metadata?: object }).metadata ?? {};
}

function codeOf(error: unknown): number | undefined {
    const { code } = error as { code?: unknown };
    return typeof code === "number" ? code : undefined;
}

/** The client's own words where the API server knows the group and its version, and not the kind. */
function isOfUnknownKind(error: unknown): boolean {
    return (error as Error).message.startsWith("Unrecognized API version and kind");
}

/** The API server's own sentence, without the rest of its answer. */
function describe(error: unknown): string {
    const { body, message } = error as { body?: unknown; message: string };
    const text = typeof body === "string" ? body : undefined;
    try {
        return (JSON.parse(text ?? "") as { message?: string }).message ?? message;
    } catch {
        return message;
    }
}

async function withinLimit<T>(promise: Promise<T>, what: string): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<never>((_, reject) => {
        timer = setTimeout(() => {
            reject(new Error(`the API server did not ${what} within ${ANSWER_MS / 1000} s`));
        }, ANSWER_MS);
    });
    try {
        return await Promise.race([promise, limit]);
    } finally {
        clearTimeout(timer);
    }
}
