import { GP3 } from "../../components/eks/storageClass";
import { parseQuantity } from "../../components/kubernetes/quantity";
import { type ConfigProblem, show } from "../problems";
import type { ParsedConfig } from "../schema";
import { readWholeNumber } from "./replication";
import { serversOf } from "./servers";

const SEGMENT = "log.segment.bytes";

/** Kafka's own default, in bytes. */
const DEFAULT_SEGMENT = 2 ** 30;

/**
 * The largest volumes of EBS, by the names that their classes usually have.
 *
 * @see https://docs.aws.amazon.com/ebs/latest/userguide/ebs-volume-types.html
 */
const MOST_ON_EBS = new Map([
    [GP3, "64Ti"],
    ["gp2", "16Ti"],
    ["io1", "16Ti"],
    ["io2", "64Ti"],
]);

/** Volumes that one log segment fills, and those that AWS does not make. */
export function volumeSizeConflicts(config: ParsedConfig): ConfigProblem[] {
    return [
        ...segmentConflicts(config),
        ...(config.platform === "eks" ? ebsConflicts(config) : []),
    ];
}

/** Kafka deletes whole segments, and never the one that it writes. */
function segmentConflicts({ kafka, topics = [] }: ParsedConfig): ConfigProblem[] {
    const { storage, config } = kafka;
    if (storage === undefined || config === undefined) {
        return [];
    }
    const properties: Readonly<Record<string, string>> = config;
    const size = parseQuantity(storage.size)!;
    const segment = readWholeNumber(properties[SEGMENT] ?? String(DEFAULT_SEGMENT));
    const larger = topics.flatMap((topic, index): ConfigProblem[] => {
        const own: string | undefined = topic?.config["segment.bytes"];
        const expected = `less than kafka.storage.size ${show(storage.size)}: one segment would fill a volume`;
        return readWholeNumber(own) >= size
            ? [{ key: `topics[${index}].config.segment.bytes`, expected, given: show(own) }]
            : [];
    });
    return segment >= size
        ? [
              {
                  key: "kafka.storage.size",
                  expected: `more than the ${segment} bytes of one log segment (${SEGMENT}), which would fill a volume`,
                  given: show(storage.size),
              },
              ...larger,
          ]
        : larger;
}

function ebsConflicts(config: ParsedConfig): ConfigProblem[] {
    return serversOf(config).flatMap(({ key, fields: { storage } }): ConfigProblem[] => {
        const { size, storageClass = GP3 } = storage ?? {};
        const most = MOST_ON_EBS.get(storageClass);
        return size !== undefined &&
            most !== undefined &&
            parseQuantity(size)! > parseQuantity(most)!
            ? [
                  {
                      key: `${key}.storage.size`,
                      expected: `at most ${show(most)}, the largest volume of ${storageClass}`,
                      given: show(size),
                  },
              ]
            : [];
    });
}
