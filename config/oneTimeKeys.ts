import type { StackConfig } from "./stackConfig";

/** Warnings of the keys that lift a safeguard for one change: where they stay, the next fault meets none. */
export function oneTimeKeys(config: StackConfig): string[] {
    const { takeOverFrom } = config;
    return [
        ...(config.kafkaDeploymentType === "statefulset"
            ? [...acceptedLosses(config.kafka), ...degradedRestarts(config)]
            : []),
        ...(takeOverFrom === undefined
            ? []
            : [
                  `takeOverFrom is ${takeOverFrom}: a second state with this configuration would take over what runs, too. ` +
                      remove("takeOverFrom", "Once this stack is up"),
              ]),
    ];
}

/** Kubernetes makes a lost claim anew by itself, and nobody would notice what was lost. */
function acceptedLosses({
    acceptEmptyVolumes: ids,
}: {
    readonly acceptEmptyVolumes: readonly number[];
}): string[] {
    return ids.length === 0
        ? []
        : [
              `kafka.acceptEmptyVolumes is [${ids.join(", ")}]: such a broker starts with an empty volume, and what it alone ` +
                  `held is lost. ${remove("kafka.acceptEmptyVolumes", "Once it runs")}`,
          ];
}

function degradedRestarts({
    restartWhileDegraded,
}: {
    readonly restartWhileDegraded: boolean;
}): string[] {
    return restartWhileDegraded
        ? [
              "restartWhileDegraded is true: servers restart although Kafka is not whole. " +
                  remove("restartWhileDegraded", "Once it is"),
          ]
        : [];
}

function remove(key: string, when: string): string {
    const path = key.includes(".") ? "--path " : "";
    return `${when}: pulumi config rm ${path}kafka-eks:${key}`;
}
