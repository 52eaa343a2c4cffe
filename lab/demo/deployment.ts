import { existsSync } from "node:fs";
import type { KubernetesObject } from "@kubernetes/client-node";
import { loadConfig, PROJECT } from "../../config";
import { projectDirectory, stackFile, stateDirectory } from "../pulumi/project";
import { REPOSITORY } from "../../tools/cli/repository";
import { readStackConfig, withValues } from "../../tools/cli/stackFile";
import { forGitops } from "../../tools/render/gitops";
import { type RenderedStack, renderStack } from "../../tools/render/renderStack";
import { holdsUnknown } from "../../tools/render/unknown";
import { BUILD_PULUMI, chooseEngine, type EngineChoice } from "./chooseEngine";
import type { Cluster, ClusterAccess } from "./cluster";
import { chooseType, type DeploymentType } from "./deploymentType";
import { DemoError } from "./errors";
import type { Engine, EngineName } from "./engine";
import { findKafka } from "./findKafka";
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
    /** The deployment type that the user asked for. */
    readonly type?: DeploymentType;
    /** Image of Kafka and ZooKeeper in StatefulSets. */
    readonly image?: string;
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
    readonly type: DeploymentType;
    /** The whole configuration, by full key. */
    readonly config: Readonly<Record<string, string>>;
}

/** The stack file whose configuration the demo deploys on clusters other than the lab. */
const SMALL_STACK = "kind";

const WITH_PULUMI = `deploy with Pulumi (${BUILD_PULUMI})`;

/** The first consumer makes this topic, and 50 partitions of it take seconds on one machine. */
const FEW_OFFSET_PARTITIONS = { "offsets.topic.num.partitions": "3" };

/** The demo's configuration of a stack, by full key. */
export function demoConfig(
    cluster: ClusterAccess,
    engine: EngineName,
    type: DeploymentType,
    { namespace, image, config }: Pick<DeploymentOptions, "namespace" | "image" | "config">,
): Record<string, string> {
    const key = (path: string) => `${PROJECT}:${path}`;
    const base =
        cluster.isLab && type === "statefulset"
            ? // Without Pulumi, the addresses of load balancers would have to be known before they exist.
              labConfig(engine === "pulumi" ? "loadBalancer" : "nodePort", {
                  namespace,
                  brokerConfig: FEW_OFFSET_PARTITIONS,
              })
            : {
                  ...readStackConfig(REPOSITORY, SMALL_STACK, {}),
                  ...clusterConfig({ ...cluster, namespace }),
                  [key("kafkaDeploymentType")]: type,
              };
    return withValues(base, {
        ...(image !== undefined && {
            [key("kafka.image")]: image,
            [key("zookeeper.image")]: image,
        }),
        ...config,
    });
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
    const found = await findKafka(cluster.live, namespace);
    const hasStack = existsSync(stackFile(directory, stack));
    const existing = found.engine ?? (hasStack ? "pulumi" : undefined);
    const type = chooseType(
        { ...options, isLab: cluster.isLab },
        found.type ?? (hasStack ? typeOfStack(directory, stack) : undefined),
    );
    if (purpose === "deploy") {
        // A wrong configuration is found before a program is downloaded or built.
        loadConfig(demoConfig(cluster, "kubectl", type, options));
    }
    const choice = await chooseEngine({
        forced: options.engine ?? (purpose === "destroy" ? (existing ?? "kubectl") : undefined),
        existing,
        findPulumi: findOrBuildEngine,
    });
    if (purpose === "deploy") {
        requireEngineOf(type, choice);
    }
    const config = demoConfig(cluster, choice.engine, type, options);
    const engine =
        choice.engine === "pulumi"
            ? pulumiEngine({
                  stack,
                  config,
                  directory,
                  engine: choice.pulumi,
                  kafkaExists: found.engine !== undefined,
              })
            : kubectlEngine({
                  kubectl: kubectlFor(cluster),
                  namespace,
                  render: async () =>
                      applicable(await renderStack({ stack, config, showSecrets: true })),
              });
    return { engine, choice, stack, directory, exists: existing !== undefined, type, config };
}

/** The type of a stack that may have failed before anything was in its namespace. */
function typeOfStack(directory: string, stack: string): DeploymentType {
    const values = readStackConfig(projectDirectory(directory), stack, {});
    return values[`${PROJECT}:kafkaDeploymentType`] === "strimzi" ? "strimzi" : "statefulset";
}

/**
 * Checks that an engine can deploy a type.
 *
 * @throws {@link DemoError} for Strimzi without Pulumi: nobody would install the operator, or wait for it.
 */
export function requireEngineOf(type: DeploymentType, { engine, why }: EngineChoice): void {
    if (type === "strimzi" && engine === "kubectl") {
        throw new DemoError(
            `--type strimzi: expected Pulumi's CLI, which installs the operator and waits for it, got kubectl, because ${why}`,
            `put pulumi on PATH or build it (${BUILD_PULUMI}); or use --type statefulset, which kubectl deploys`,
        );
    }
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
