import { type ConfigProblem, show } from "../problems";
import type { ParsedConfig } from "../schema";

/** Keys that mean something on one platform only. */
export function platformConflicts(config: ParsedConfig): ConfigProblem[] {
    switch (config.platform) {
        case "eks":
            return (["kubeconfig", "kubeContext"] as const)
                .filter((key) => config[key] !== undefined)
                .map((key) => ({
                    key,
                    expected: 'nothing with platform "eks": the stack makes the cluster',
                    given: show(config[key]),
                }));
        case "kubeconfig": {
            const expected = 'nothing with platform "kubeconfig": the cluster is there already';
            return config.given.has("eks") ? [{ key: "eks", expected, given: "an object" }] : [];
        }
        case undefined:
            return [];
    }
}
