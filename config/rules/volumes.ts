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
        ...quorumConflicts(config),
        ...(config.platform === "eks" ? [...ebsConflicts(config), ...iopsConflicts(config)] : []),
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

/** Members and controllers write logs and snapshots; ZooKeeper makes each log 64 MiB large at once. */
const LEAST_QUORUM_STORAGE = "128Mi";

function quorumConflicts(config: ParsedConfig): ConfigProblem[] {
    return serversOf(config).flatMap(({ key, what, fields: { storage } }): ConfigProblem[] =>
        what !== "brokers" &&
        storage !== undefined &&
        parseQuantity(storage.size)! < parseQuantity(LEAST_QUORUM_STORAGE)!
            ? [
                  {
                      key: `${key}.storage.size`,
                      expected: `at least ${show(LEAST_QUORUM_STORAGE)}, for logs and snapshots`,
                      given: show(storage.size),
                  },
              ]
            : [],
    );
}

const GIB = 2 ** 30;

/** Operations per second that every gp3 volume has, and the most for each of its GiB. */
const GP3_IOPS = { included: 3000, perGib: 500 };

/** A small volume of a broker that has not so many operations. */
function iopsConflicts({ eks, kafka: { storage } }: ParsedConfig): ConfigProblem[] {
    const iops = eks.volumes?.iops ?? 0;
    if (storage === undefined || (storage.storageClass ?? GP3) !== GP3) {
        return [];
    }
    // A volume has whole GiB.
    const ofSize = Math.ceil(parseQuantity(storage.size)! / GIB) * GP3_IOPS.perGib;
    const most = Math.max(GP3_IOPS.included, ofSize);
    return iops > most
        ? [
              {
                  key: "eks.volumes.iops",
                  expected: `at most ${most} with kafka.storage.size ${show(storage.size)}: gp3 has ${GP3_IOPS.perGib} for each GiB`,
                  given: show(iops),
                  next: `lower it, or raise kafka.storage.size to at least ${Math.ceil(iops / GP3_IOPS.perGib)}Gi`,
              },
          ]
        : [];
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
