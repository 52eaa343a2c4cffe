import { type ConfigProblem, show } from "../problems";
import type { ParsedConfig } from "../schema";

/** Brokers that may start with an empty volume, and that there are none of: another one was meant. */
export function emptyVolumeConflicts({ kafka }: ParsedConfig): ConfigProblem[] {
    const { acceptEmptyVolumes = [], replicas } = kafka;
    return acceptEmptyVolumes.flatMap((id, index): ConfigProblem[] =>
        replicas !== undefined && typeof id === "number" && id >= replicas
            ? [
                  {
                      key: `kafka.acceptEmptyVolumes[${index}]`,
                      expected: `the id of a broker, from 0 to ${replicas - 1}`,
                      given: show(id),
                  },
              ]
            : [],
    );
}
