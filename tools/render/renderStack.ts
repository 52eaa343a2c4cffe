import type { KubernetesObject } from "@kubernetes/client-node";
import { loadConfig, PROJECT } from "../../config";
import type { StackConfig } from "../../config/stackConfig";
import { RenderError } from "./errors";
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

/**
 * The Kubernetes objects that a stack registers, in that order, without a cluster and without Pulumi's CLI.
 *
 * @throws {@link ConfigError} when the configuration is wrong, {@link RenderError} when an object can't be known
 *     before it is deployed.
 */
export async function renderStack(options: RenderOptions): Promise<KubernetesObject[]> {
    const { stack, config, showSecrets = false } = options;
    const stackConfig = loadConfig(config);
    refuseCloud(stackConfig);
    requireKnownAddresses(stackConfig);
    refuseHelmRelease(stackConfig);
    // Loaded late: a wrong configuration is told of without it.
    const { deployStack } = await import("../../program/deploy.js");
    const resources = await recordProgram({ project: PROJECT, stack, config }, () =>
        // Nothing is made here, so there is nothing to ask or to wait for.
        deployStack(() => undefined),
    );
    const objects = resources.filter(({ isComponent, type }) => !isComponent && !isOfPulumi(type));
    return objects.map((resource) => toObject(resource, showSecrets));
}

/** Refuses stacks that make their own cluster: what is in AWS is no Kubernetes object. */
function refuseCloud({ platform }: StackConfig): void {
    if (platform === "eks") {
        throw new RenderError(
            'the stack makes an EKS cluster (platform "eks"), which Kubernetes objects can\'t describe',
            `set ${PROJECT}:platform to kubeconfig to render what runs in a cluster, or deploy with Pulumi`,
        );
    }
}

/** Refuses listeners whose addresses only a cloud can tell: the brokers' configuration holds them. */
function requireKnownAddresses({ listeners }: StackConfig): void {
    const unknown = listeners.find(
        (listener) => listener.type === "loadBalancer" && listener.domain === undefined,
    );
    if (unknown !== undefined) {
        throw new RenderError(
            `the addresses of listener ${JSON.stringify(unknown.name)} are not known before its ` +
                "load balancers exist, and the brokers' configuration holds them",
            `set its domain in ${PROJECT}:listeners, use a listener of type nodePort, or deploy with Pulumi`,
        );
    }
}

/** Refuses the installation of an operator or of cert-manager: only Helm knows what is in a chart. */
function refuseHelmRelease(config: StackConfig): void {
    if (config.kafkaDeploymentType === "strimzi" && config.strimzi.operator !== undefined) {
        throw new RenderError(
            "the Strimzi operator is installed by a Helm release, whose objects only Helm knows",
            `set strimzi.installOperator to false in ${PROJECT}:strimzi and install the operator by ` +
                "itself, or deploy with Pulumi",
        );
    }
    if (
        config.kafkaDeploymentType === "statefulset" &&
        config.certificates.source === "cert-manager" &&
        config.certificates.installCertManager
    ) {
        throw new RenderError(
            "cert-manager is installed by a Helm release, whose objects only Helm knows",
            `set certificates.installCertManager to false in ${PROJECT}:certificates and install ` +
                "cert-manager by itself, or deploy with Pulumi",
        );
    }
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
