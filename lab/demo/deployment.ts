import { existsSync } from "node:fs";
import { AppsV1Api, type KubernetesObject } from "@kubernetes/client-node";
import { PROJECT } from "../../config";
import { stackFile, stateDirectory } from "../pulumi/project";
import { forGitops } from "../../tools/render/gitops";
import { type RenderedStack, renderStack } from "../../tools/render/renderStack";
import { holdsUnknown } from "../../tools/render/unknown";
import { chooseEngine, type EngineChoice } from "./chooseEngine";
import type { Cluster, ClusterAccess } from "./cluster";
import { DemoError } from "./errors";
import { type Engine, type EngineName, engineOf } from "./engine";
import { findOrBuildEngine } from "./findOrBuildEngine";
import { kubectlFor } from "./kubectl";
import { kubectlEngine } from "./kubectlEngine";
import { clusterConfig, labConfig } from "./labConfig";
import { pulumiEngine } from "./pulumiEngine";

/** What the demo deploys. */
export interface DeploymentOptions {
    readonly namespace: string;
    /** Over the demo's own configuration, by full key. */
    readonly config: Readonly<Record<string, string>>;
    /** The engine that the user asked for. */
    readonly engine?: EngineName;
}

/** A Kafka of the demo on a cluster, there or not. */
export interface Deployment {
    readonly engine: Engine;
    readonly choice: EngineChoice;
    readonly stack: string;
    /** Directory of the stack's project, state and passphrase. */
    readonly directory: string;
    /** Whether something of it is there. */
    readonly exists: boolean;
}

const WITH_PULUMI = "deploy with Pulumi (npm run lab -- engine)";

/** The first consumer makes this topic, and 50 partitions of it take seconds on one machine. */
const FEW_OFFSET_PARTITIONS = { "offsets.topic.num.partitions": "3" };

/** The demo's configuration of a stack, by full key. */
export function demoConfig(
    cluster: ClusterAccess,
    engine: EngineName,
    { namespace, config }: DeploymentOptions,
): Record<string, string> {
    return {
        ...(cluster.isLab
            ? // Without Pulumi, the addresses of load balancers would have to be known before they exist.
              labConfig(engine === "pulumi" ? "loadBalancer" : "nodePort", {
                  namespace,
                  brokerConfig: FEW_OFFSET_PARTITIONS,
              })
            : {
                  ...clusterConfig({ ...cluster, namespace }),
                  // The default would install cert-manager, and a demo is to leave nothing outside of its namespace.
                  [`${PROJECT}:certificates`]: JSON.stringify({ source: "none" }),
              }),
        ...config,
    };
}

/**
 * Finds out what is there of a Kafka of the demo, and how to deploy it or take it away.
 *
 * @param purpose For taking away nothing, no engine is looked for.
 */
export async function openDeployment(
    cluster: Cluster,
    options: DeploymentOptions,
    purpose: "deploy" | "destroy",
): Promise<Deployment> {
    const { namespace } = options;
    const stack = namespace === "kafka" ? "demo" : `demo-${namespace}`;
    const directory = stateDirectory(cluster.id);
    const inCluster = await findEngine(cluster, namespace);
    const existing = inCluster ?? (existsSync(stackFile(directory, stack)) ? "pulumi" : undefined);
    const choice = await chooseEngine({
        forced: options.engine ?? (purpose === "destroy" ? (existing ?? "kubectl") : undefined),
        existing,
        findPulumi: findOrBuildEngine,
    });
    const config = demoConfig(cluster, choice.engine, options);
    const engine =
        choice.engine === "pulumi"
            ? pulumiEngine({
                  stack,
                  config,
                  directory,
                  engine: choice.pulumi,
                  kafkaExists: inCluster !== undefined,
              })
            : kubectlEngine({
                  kubectl: kubectlFor(cluster),
                  namespace,
                  render: async () =>
                      applicable(await renderStack({ stack, config, showSecrets: true })),
              });
    return { engine, choice, stack, directory, exists: existing !== undefined };
}

/**
 * The objects of a stack as kubectl applies them.
 *
 * @throws {@link DemoError} where the stack needs more than kubectl.
 */
export function applicable({ objects, releases, config }: RenderedStack): KubernetesObject[] {
    const [release] = releases;
    if (release !== undefined) {
        throw new DemoError(
            `Helm release ${release.name}: expected none, since kubectl deploys, got one`,
            `install ${release.name} by itself and say so in the configuration, or ${WITH_PULUMI}`,
        );
    }
    const staged = forGitops(objects, config).map(({ object }) => object);
    const unknown = staged.find(holdsUnknown);
    if (unknown !== undefined) {
        throw new DemoError(
            `${unknown.kind} ${unknown.metadata?.name}: expected addresses that are known, got those of load ` +
                "balancers, which kubectl does not wait for",
            `use a listener of type nodePort, or ${WITH_PULUMI}`,
        );
    }
    return staged;
}

/** The engine that deployed the StatefulSets of a namespace, if they are there. */
async function findEngine(
    { kubeConfig }: Cluster,
    namespace: string,
): Promise<EngineName | undefined> {
    const { items } = await kubeConfig
        .makeApiClient(AppsV1Api)
        .listNamespacedStatefulSet({ namespace });
    return items
        .filter(({ metadata }) => ["kafka", "zookeeper"].includes(metadata?.name ?? ""))
        .map(engineOf)
        .find((engine) => engine !== undefined);
}
