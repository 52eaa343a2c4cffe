import type { KubernetesObject, V1APIGroup, VersionInfo } from "@kubernetes/client-node";
import { compareVersions, releaseLine } from "../../components/kafka/versions";
import { STRIMZI_RELEASES, type StrimziRelease } from "../../components/strimzi/versions";
import type { StackConfig } from "../../config/stackConfig";
import { fails, type Judgement, listOf, ok, warning } from "./finding";
import { judgeKnown, type Known } from "./known";

const KUBERNETES = "Kubernetes";
/** From here on Kubernetes gives pods the zone of their node as a label. */
const ZONES_OF_PODS = "1.35";

/** The version of a server, such as `1.35` of `v1.35.2-eks-1a2b3c4`. */
export function lineOf({ gitVersion }: Pick<VersionInfo, "gitVersion">): string {
    return releaseLine(gitVersion.replace(/^v/, "").replace(/[-+].*$/, ""));
}

/** Judges the version of Kubernetes: whether it is known to run what the stack deploys. */
export function judgeVersion(config: StackConfig, version: Known<VersionInfo>): Judgement[] {
    return judgeKnown(version, KUBERNETES, (found) => {
        const line = lineOf(found);
        const own = [...ofStrimzi(config, line), ...zonesOfPods(config, line)];
        return [
            ...(own.length === 0 ? [ok(KUBERNETES, found.gitVersion)] : own),
            ...contradiction(config, line),
        ];
    });
}

function ofStrimzi(config: StackConfig, line: string): Judgement[] {
    if (config.kafkaDeploymentType !== "strimzi" || config.strimzi.operator === undefined) {
        return [];
    }
    const { version } = config.strimzi.operator;
    const { kubernetes, testedKubernetes }: StrimziRelease = STRIMZI_RELEASES[version];
    if (compareVersions(line, kubernetes) < 0) {
        return [
            fails(KUBERNETES, {
                expected: `${kubernetes} or newer, which Strimzi ${version} needs`,
                got: line,
                next: "upgrade the Kubernetes cluster",
            }),
        ];
    }
    return compareVersions(line, testedKubernetes) > 0
        ? [
              warning(KUBERNETES, {
                  expected: `at most ${testedKubernetes}, the newest that Strimzi ${version} is tested with`,
                  got: line,
                  next: `see whether a newer Strimzi is there: strimzi.version`,
              }),
          ]
        : [];
}

function zonesOfPods({ kafkaDeploymentType, kafka }: StackConfig, line: string): Judgement[] {
    return kafkaDeploymentType === "statefulset" &&
        kafka.rackAwareness &&
        compareVersions(line, ZONES_OF_PODS) < 0
        ? [
              warning("kafka.rackAwareness", {
                  expected: `Kubernetes ${ZONES_OF_PODS} or newer, which tells pods their zone`,
                  got: `${line}: brokers will have no broker.rack`,
                  next: "upgrade the Kubernetes cluster, or set kafka.rackAwareness to false",
              }),
          ]
        : [];
}

function contradiction({ kubernetesVersion }: StackConfig, line: string): Judgement[] {
    return kubernetesVersion === undefined || releaseLine(kubernetesVersion) === line
        ? []
        : [
              warning("kubernetesVersion", {
                  expected: `${line}, which the cluster runs`,
                  got: kubernetesVersion,
                  next: `set kubernetesVersion to "${line}"`,
              }),
          ];
}

/** Judges whether the API server serves each version of an API in which the stack has objects. CRDs are not asked for here. */
export function judgeApis(
    objects: readonly KubernetesObject[],
    groups: Known<readonly V1APIGroup[]>,
): Judgement[] {
    return judgeKnown(groups, "APIs", (served) => {
        const versions = new Set(
            served.flatMap((group) => group.versions.map(({ groupVersion }) => groupVersion)),
        );
        const wanted = new Set(objects.map(({ apiVersion }) => apiVersion!).filter(isOfKubernetes));
        const missing = [...wanted].filter((version) => !versions.has(version)).sort();
        return missing.length === 0
            ? [ok("APIs", `the cluster serves all that the objects need (${wanted.size})`)]
            : [
                  fails("APIs", {
                      expected: `an API server with ${listOf(missing)}`,
                      got: "one without",
                      next: "upgrade the Kubernetes cluster",
                  }),
              ];
    });
}

/** The core has no group, and groups of CRDs have a domain of others. */
function isOfKubernetes(apiVersion: string): boolean {
    const [group, version] = apiVersion.split("/");
    return version !== undefined && (!group!.includes(".") || group!.endsWith(".k8s.io"));
}
