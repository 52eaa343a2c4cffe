import { type ConfigProblem, show } from "../problems";
import type { ParsedConfig } from "../schema";

/** Ids of brokers that there are not: whoever lists one means another one. */
export function unknownBrokers({
    replicas,
    acceptEmptyVolumes = [],
}: ParsedConfig["kafka"]): ConfigProblem[] {
    return acceptEmptyVolumes.flatMap((id, index): ConfigProblem[] =>
        typeof id === "number" && replicas !== undefined && id >= replicas
            ? [
                  {
                      key: `kafka.acceptEmptyVolumes[${index}]`,
                      expected: `the id of one of ${replicas} brokers, from 0 to ${replicas - 1}`,
                      given: show(id),
                  },
              ]
            : [],
    );
}
