import type { KubeConfig, KubernetesObject } from "@kubernetes/client-node";
import { LiveCluster } from "../../components/live/cluster";
import { STRIMZI_API } from "../../components/strimzi/names";
import { CERT_MANAGER } from "../../components/statefulset/certificates/certManagerChart";
import { PROJECT } from "../../config";
import { withDeadline } from "../cli/deadline";
import { describeFault } from "../client/describeFault";
import { requireApiServer } from "../client/kubernetes";
import { type RenderedStack, renderStack } from "../render/renderStack";
import { judgeCapacity, judgeZones } from "./capacity";
import { judgeCertManager } from "./certManager";
import { askCluster, askDefinition, type ClusterFacts, unresolvedOf } from "./facts";
import { type Area, AREAS, type Finding, type Judgement, notKnown } from "./finding";
import { judgeDomain, judgeExternalNames, judgeNameServers, externalNames } from "./nameResolution";
import { valueOr } from "./known";
import { judgeClusterRoles, judgeNodePorts, judgePriorities, judgeTermination } from "./names";
import { type Definitions, judgeStrimzi } from "./operators";
import { ownershipOf } from "./ownership";
import {
    EVERYTHING,
    GRANTING,
    judgeGranting,
    judgePermissions,
    neededPermissions,
    resourceOf,
} from "./permissions";
import { plannedClaims, plannedPods } from "./plannedPods";
import { judgePodSecurity } from "./podSecurity";
import { judgeQuotas } from "./quotas";
import { reviewAll, reviewer } from "./review";
import { judgeStorage } from "./storage";
import { judgeApis, judgeVersion } from "./versions";
import { volumesOfClaims } from "./volumes";

/** What is checked, and where. */
export interface PreflightOptions {
    /** Name of the stack. */
    readonly stack: string;
    /** The stack's configuration by full key (`kafka-eks:namespace`); a value that is an object or a list is JSON. */
    readonly config: Readonly<Record<string, string>>;
    /** The cluster on which it is to run. */
    readonly kubeConfig: KubeConfig;
    /**
     * Called with the areas that are still being checked whenever one is done.
     *
     * @default - Nobody is told.
     */
    readonly onProgress?: (waitingFor: readonly Area[]) => void;
}

const AREA_TIMEOUT_MS = 60_000;

/**
 * Checks whether a cluster can take what a stack asks for, before anything is made. It only reads. What it may not read is a
 * finding, too.
 *
 * @returns Findings in the order of their areas.
 * @throws `ConfigError` when the configuration is wrong, `KubernetesAccessError` when the cluster itself can't be asked.
 */
export async function preflight(options: PreflightOptions): Promise<Finding[]> {
    const { kubeConfig, onProgress } = options;
    const stack = await renderStack(options);
    const { config } = stack;
    const { namespace } = config;
    await requireApiServer(kubeConfig, namespace);
    const facts = askCluster(kubeConfig, namespace);
    const groups = plannedPods(stack);
    const claims = plannedClaims(stack);
    const live = new LiveCluster(() => Promise.resolve({ kubeconfig: kubeConfig.exportConfig() }));
    const ownership = ownershipOf(live, config, `${PROJECT}/${options.stack}`);
    const waitingFor = new Set<Area>(AREAS);

    /** Judges one area; an error becomes a finding, so that the other areas are still reported. */
    async function area(of: Area, judge: () => Promise<Judgement[]>): Promise<Finding[]> {
        let judgements: Judgement[];
        try {
            judgements = await withDeadline(judge(), AREA_TIMEOUT_MS, `the check of ${of}`);
        } catch (error) {
            judgements = [notKnown(of, describeFault(error).message)];
        }
        waitingFor.delete(of);
        onProgress?.([...waitingFor]);
        return judgements.map((judgement) => ({ area: of, ...judgement }));
    }

    const found = await Promise.all([
        area("versions", async () => [
            ...judgeVersion(config, await facts.version),
            ...judgeApis(stack.objects, await facts.groups),
        ]),
        area("capacity", async () => {
            const nodes = await facts.nodes;
            const volumes = volumesOfClaims(await facts.claims, await facts.volumes);
            return [
                ...judgeCapacity(groups, { nodes, pods: await facts.pods, volumes }),
                ...judgeZones(config.kafka.rackAwareness, nodes),
            ];
        }),
        area("storage", async () =>
            judgeStorage(claims, {
                classes: await facts.classes,
                drivers: await facts.drivers,
                claims: await facts.claims,
            }),
        ),
        area("pod security", async () =>
            judgePodSecurity(namespace, groups, {
                namespace: await facts.namespace,
                pods: await facts.pods,
            }),
        ),
        area("operators", async () =>
            judgeOperators(stack, facts, kubeConfig, (await ownership).isOwn),
        ),
        area("names", async () => [
            ...(await ownership).judgements,
            ...judgeTermination(namespace, await facts.namespace),
            ...judgeNodePorts(stack, await facts.services),
            ...judgeClusterRoles(stack.releases, await facts.roles),
            ...judgePriorities(groups, await facts.priorities),
        ]),
        area("permissions", async () =>
            askPermissions(
                stack,
                kubeConfig,
                valueOr(await facts.namespace, undefined) !== undefined,
            ),
        ),
        area("quotas", async () => {
            const present = await facts.claims;
            return judgeQuotas(
                namespace,
                { groups, claims, objects: stack.objects },
                {
                    quotas: await facts.quotas,
                    ranges: await facts.ranges,
                    pods: await facts.pods,
                    services: await facts.services,
                    claims:
                        "unknown" in present
                            ? present
                            : { value: new Set(present.value.map((each) => each.metadata!.name!)) },
                },
            );
        }),
        area("name resolution", async () => {
            const names = externalNames(config);
            return [
                ...judgeNameServers(await facts.nameServers, await facts.nameServerSlices),
                ...judgeDomain(config, await facts.domain),
                ...judgeExternalNames(names, await unresolvedOf(names.hosts), await facts.pods),
            ];
        }),
    ]);
    return found.flat();
}

/** Judges the operators that the stack needs. */
async function judgeOperators(
    { config, objects, releases }: RenderedStack,
    facts: ClusterFacts,
    kubeConfig: KubeConfig,
    isDeployed: boolean,
): Promise<Judgement[]> {
    const deployments = await facts.deployments;
    if (config.kafkaDeploymentType === "strimzi") {
        const definitions = await definitionsOf(objects, STRIMZI_API.group, kubeConfig);
        return judgeStrimzi(config, { definitions, deployments });
    }
    const definitions = await definitionsOf(objects, "cert-manager.io", kubeConfig);
    const installs = releases.some((release) => release.name === CERT_MANAGER);
    return definitions.length === 0
        ? []
        : judgeCertManager(installs, { definitions, deployments, isDeployed });
}

/** The CRDs of a group whose objects a stack has. */
function definitionsOf(
    objects: readonly KubernetesObject[],
    group: string,
    kubeConfig: KubeConfig,
): Promise<Definitions> {
    const own = objects.map(resourceOf).filter((each) => each.group === group);
    const names = [...new Set(own.map(({ resource }) => `${resource}.${group}`))];
    return Promise.all(
        names.map(async (name) => [name, await askDefinition(kubeConfig, name)] as const),
    );
}

/** Asks for what `up` needs. Whoever may do everything is asked no more. */
async function askPermissions(
    stack: RenderedStack,
    kubeConfig: KubeConfig,
    hasNamespace: boolean,
): Promise<Judgement[]> {
    const review = reviewer(kubeConfig);
    const needs = neededPermissions(stack, hasNamespace);
    const everything = await review(EVERYTHING);
    if ("value" in everything && everything.value) {
        return judgePermissions(needs.map((need) => ({ ...need, allowed: everything })));
    }
    const answers = await reviewAll(needs, ({ permission }) => review(permission));
    const granting = stack.releases.length === 0 ? [] : await reviewAll(GRANTING, review);
    return [
        ...judgePermissions(answers.map(([need, allowed]) => ({ ...need, allowed }))),
        ...judgeGranting(granting.map(([, allowed]) => allowed)),
    ];
}
