import type { KubernetesObject } from "@kubernetes/client-node";
import { loadConfig, PROJECT } from "../../config";
import type { StackConfig } from "../../config/stackConfig";
import { RenderError } from "./errors";
import { type HelmRelease, helmReleases, isForHelm } from "./helmReleases";
import { recordProgram, type RegisteredResource } from "./recordProgram";
import { maskSecretObject, resolveSecrets } from "./secrets";

/** What {@link renderStack} renders. */
export interface RenderOptions {
    /** Name of the stack. */
    readonly stack: string;
    /** The stack's configuration by full key (`kafka-eks:namespace`); a value that is an object or a list is JSON. */
    readonly config: Readonly<Record<string, string>>;
    /**
     * Whether secret values are in clear.
     *
     * @default false
     */
    readonly showSecrets?: boolean;
}

/** What a stack registers. */
export interface RenderedStack {
    /** The Kubernetes objects, in the order of what they need. */
    readonly objects: readonly KubernetesObject[];
    /** What Helm installs. */
    readonly releases: readonly HelmRelease[];
    /** Resources that are neither, as those of AWS: `pulumi up` makes them. */
    readonly others: number;
    readonly config: StackConfig;
}

/**
 * What a stack registers, without a cluster and without Pulumi's CLI. Values that only a cloud can tell are stand-ins.
 *
 * @throws {@link ConfigError} when the configuration is wrong, {@link RenderError} when an object can't be known
 *     before it is deployed.
 */
export async function renderStack(options: RenderOptions): Promise<RenderedStack> {
    const { stack, showSecrets = false } = options;
    const values = withoutCloudQuestions(options.config);
    const config = loadConfig(values);
    // Loaded late: a wrong configuration is told of without it.
    const { deployStack } = await import("../../program/deploy.js");
    const resources = await recordProgram({ project: PROJECT, stack, config: values }, () =>
        // Nothing is made here, so there is nothing to ask or to wait for.
        deployStack(() => undefined),
    );
    const own = resources.filter((each) => !each.isComponent && !isOfPulumi(each.type));
    const objects = own.filter((each) => isObject(each) && !isForHelm(each));
    return {
        objects: objects.map((resource) => toObject(resource, showSecrets)),
        releases: helmReleases(resources),
        others: own.filter((each) => !isObject(each) && !isForHelm(each)).length,
        config,
    };
}

/** The configuration with an answer to what only concerns the API server in AWS. */
function withoutCloudQuestions(
    config: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
    const key = `${PROJECT}:eks`;
    if ((config[`${PROJECT}:platform`] ?? "eks") !== "eks") {
        return config;
    }
    let eks: unknown;
    try {
        eks = JSON.parse(config[key] ?? "{}");
    } catch {
        // The loader of the configuration has a sentence for it.
        return config;
    }
    return typeof eks === "object" && eks !== null && !Array.isArray(eks)
        ? { ...config, [key]: JSON.stringify({ publicAccessCidrs: [], ...eks }) }
        : config;
}

/** Whether a resource is an object of Kubernetes. */
function isObject({ type }: RegisteredResource): boolean {
    return type.startsWith("kubernetes:");
}

/** Whether a resource is only for Pulumi: a provider, or what the stack remembers. */
function isOfPulumi(type: string): boolean {
    return type.startsWith("pulumi:");
}

type ObjectMeta = Readonly<Record<string, unknown>>;

/** The object of a resource, with what identifies it first. */
function toObject({ type, name, inputs }: RegisteredResource, show: boolean): KubernetesObject {
    const { apiVersion, kind, metadata, ...rest } = inputs;
    const { name: objectName, namespace, ...otherMetadata } = (metadata ?? {}) as ObjectMeta;
    if (
        typeof apiVersion !== "string" ||
        typeof kind !== "string" ||
        typeof objectName !== "string"
    ) {
        throw new RenderError(
            `the resource ${name} of type ${type} is not a Kubernetes object`,
            "deploy this configuration with Pulumi",
        );
    }
    const object = resolveSecrets(
        {
            apiVersion,
            kind,
            metadata: {
                name: objectName,
                ...(namespace !== undefined && { namespace }),
                ...otherMetadata,
            },
            ...rest,
        },
        // A secret value makes a secret of all of them; which there are is none.
        show || kind === "Secret",
    ) as KubernetesObject;
    return show ? object : maskSecretObject(object);
}
