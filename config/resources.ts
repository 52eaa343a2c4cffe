import type { Resources } from "../components/kubernetes/pods";
import type { ValidConfig } from "./schema";

/** What a server asks for unless it is told otherwise. */
export const DEFAULT_REQUESTS = {
    brokers: { cpu: "500m", memory: "2Gi" },
    zookeeper: { cpu: "250m", memory: "512Mi" },
    controllers: { cpu: "250m", memory: "1Gi" },
    operator: { cpu: "200m", memory: "512Mi" },
} as const;

/** The memory limit equals the request unless it is given: a pod that may not exceed its request is evicted last. */
export function applyResourceDefaults(
    { requests, limits }: ValidConfig["kafka"]["resources"],
    defaults: Required<Resources["requests"]>,
): Resources {
    const memory = requests.memory ?? limits.memory ?? defaults.memory;
    return {
        requests: { cpu: requests.cpu ?? limits.cpu ?? defaults.cpu, memory },
        limits: { ...limits, memory: limits.memory ?? memory },
    };
}
