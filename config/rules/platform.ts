import { DEFAULT_CLUSTER_DOMAIN } from "../../components/kafka/names";
import { type ConfigProblem, show } from "../problems";
import type { ParsedConfig } from "../schema";

/** Another domain than that of all clusters of EKS. */
function domainConflicts({ clusterDomain }: ParsedConfig): ConfigProblem[] {
    return clusterDomain === undefined || clusterDomain === DEFAULT_CLUSTER_DOMAIN
        ? []
        : [
              {
                  key: "clusterDomain",
                  expected: `${show(DEFAULT_CLUSTER_DOMAIN)} with platform "eks", which has no other`,
                  given: show(clusterDomain),
              },
          ];
}

/** Keys that mean something on one platform only. */
export const ONLY_ON_PLATFORM = {
    eks: ["eks"],
    kubeconfig: ["kubeconfig", "kubeContext"],
} as const;

/** What the platform does not have. */
export function platformConflicts(config: ParsedConfig): ConfigProblem[] {
    switch (config.platform) {
        case "eks":
            return [
                ...ONLY_ON_PLATFORM.kubeconfig
                    .filter((key) => config[key] !== undefined)
                    .map((key) => ({
                        key,
                        expected: 'nothing with platform "eks": the stack makes the cluster',
                        given: show(config[key]),
                    })),
                ...domainConflicts(config),
            ];
        case "kubeconfig": {
            const expected = 'nothing with platform "kubeconfig": the cluster is there already';
            return ONLY_ON_PLATFORM.eks
                .filter((key) => config.given.has(key))
                .map((key) => ({ key, expected, given: "an object" }));
        }
        case undefined:
            return [];
    }
}
