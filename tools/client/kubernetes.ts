import {
    AppsV1Api,
    CoreV1Api,
    CustomObjectsApi,
    DiscoveryV1Api,
    KubeConfig,
    PolicyV1Api,
} from "@kubernetes/client-node";
import { loadByRules } from "../../components/live/kubeconfigFiles";
import { withDeadline } from "../cli/deadline";
import { userPath } from "../cli/userPath";
import { KubernetesAccessError } from "./errors";
import { describeFault } from "./describeFault";

/** Which cluster to talk to. */
export interface KubernetesOptions {
    /**
     * Kubeconfig file, from where the user stands.
     *
     * @default - KUBECONFIG, then ~/.kube/config, then the pod's own service account.
     */
    readonly kubeconfig?: string;
    /**
     * Context of the kubeconfig.
     *
     * @default - Its current context.
     */
    readonly context?: string;
}

/** The parts of the Kubernetes API that the health check reads. */
export interface KubernetesApis {
    readonly core: CoreV1Api;
    readonly apps: AppsV1Api;
    readonly discovery: DiscoveryV1Api;
    readonly policy: PolicyV1Api;
    /** For the resources of operators. */
    readonly custom: CustomObjectsApi;
}

/** Name of the context that the library makes up when it finds no configuration. */
const MADE_UP_CONTEXT = "loaded-context";
const UNAUTHORIZED = 401;
/** Answer to a request for what this user may not see. */
export const FORBIDDEN = 403;
/** Answer to a request for an object, or a kind of objects, that does not exist. */
export const NOT_FOUND = 404;
const API_TIMEOUT_MS = 15_000;

/**
 * Loads a kubeconfig.
 *
 * @throws {@link KubernetesAccessError} when there is none or it has no such context.
 */
export function loadKubeConfig({ kubeconfig, context }: KubernetesOptions): KubeConfig {
    let config: KubeConfig;
    try {
        config = loadFiles(kubeconfig);
    } catch (error) {
        throw new KubernetesAccessError(
            `cannot read the kubeconfig ${kubeconfig ?? process.env.KUBECONFIG ?? ""}: ` +
                describeFault(error).message,
            "check --kubeconfig or KUBECONFIG",
            { cause: error },
        );
    }
    if (context !== undefined) {
        const known = config.getContexts().map(({ name }) => name);
        if (!known.includes(context)) {
            throw new KubernetesAccessError(
                `the kubeconfig has no context ${JSON.stringify(context)} (it has: ${known.join(", ") || "none"})`,
                "correct --context",
            );
        }
        config.setCurrentContext(context);
    }
    const madeUp =
        config.getCurrentContext() === MADE_UP_CONTEXT &&
        config.getCurrentCluster()?.server === "http://localhost:8080";
    if (madeUp || !config.getCurrentCluster()) {
        throw new KubernetesAccessError(
            madeUp
                ? "there is no kubeconfig"
                : "the kubeconfig has no current context with a cluster",
            "give one with --kubeconfig or KUBECONFIG, and its context with --context",
        );
    }
    return config;
}

function loadFiles(kubeconfig: string | undefined): KubeConfig {
    if (kubeconfig === undefined) {
        return loadByRules(() => new KubeConfig(), userPath);
    }
    const config = new KubeConfig();
    config.loadFromFile(userPath(kubeconfig));
    return config;
}

/**
 * Makes sure that the API server answers and accepts the credentials.
 *
 * @throws {@link KubernetesAccessError} when it doesn't.
 */
export async function requireApiServer(config: KubeConfig, namespace: string): Promise<void> {
    // Not the server's version: that is for everyone to read, so it says nothing about the credentials.
    const request = config
        .makeApiClient(CoreV1Api)
        .listNamespacedConfigMap({ namespace, limit: 1 });
    try {
        await withDeadline(request, API_TIMEOUT_MS, "the API server");
    } catch (error) {
        const code = answerCode(error);
        if (code !== undefined && code !== UNAUTHORIZED) {
            // Known, but not allowed to do this: each check reports what it may not see.
            return;
        }
        const server = config.getCurrentCluster()?.server ?? "";
        throw new KubernetesAccessError(
            `cannot talk to the Kubernetes API server ${server}: ${describeFault(error).message}`,
            "try it with kubectl version, and check the kubeconfig's server and credentials",
            { cause: error },
        );
    }
}

/** The HTTP status with which the API server refused a request; `undefined` when the error is none of its answers. */
export function answerCode(error: unknown): number | undefined {
    const { code } = error as { code?: unknown };
    return typeof code === "number" ? code : undefined;
}

/** Clients of the parts of the API. */
export function kubernetesApis(config: KubeConfig): KubernetesApis {
    return {
        core: config.makeApiClient(CoreV1Api),
        apps: config.makeApiClient(AppsV1Api),
        discovery: config.makeApiClient(DiscoveryV1Api),
        policy: config.makeApiClient(PolicyV1Api),
        custom: config.makeApiClient(CustomObjectsApi),
    };
}

/** What a request found, or something in its place where there is no such object, or no such kind. */
export async function orIfMissing<Found, Missing>(
    request: Promise<Found>,
    missing: Missing,
): Promise<Found | Missing> {
    try {
        return await request;
    } catch (error) {
        if (answerCode(error) !== NOT_FOUND) {
            throw error;
        }
        return missing;
    }
}
