/** Image of brokers with ZooKeeper, unless the configuration names another one. */
export const DEFAULT_KAFKA_IMAGE = "confluentinc/cp-kafka:7.5.0";

/** First and last release line that this program runs with ZooKeeper. */
export const ZOOKEEPER_KAFKA_LINES = { first: "3.5", last: "3.9" } as const;

/**
 * Inter-broker protocol of a cluster whose configuration names none. Every Kafka that the program runs speaks it; it does
 * not follow from the image, because a newer image must not raise it in the same step.
 */
export const DEFAULT_PROTOCOL_LINE = ZOOKEEPER_KAFKA_LINES.first;

/** A Kafka version as `major.minor` or `major.minor.patch`. */
export const KAFKA_VERSION = /^\d+\.\d+(\.\d+)?$/;

/**
 * An image as Kubernetes takes it: with a tag, a digest or both, so that it never is whatever is the latest. Of both the digest
 * decides, and the tag is for people.
 *
 * @see https://pkg.go.dev/github.com/distribution/reference#pkg-overview
 */
export const IMAGE_REFERENCE = new RegExp(
    // The registry, which a dot, a port or the name localhost tells from the first part of a path.
    "^((?:[A-Za-z0-9-]+\\.)+[A-Za-z0-9-]+(?::\\d+)?/|[A-Za-z0-9-]+:\\d+/|localhost/)?" +
        // The path.
        "[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*" +
        // The tag, the digest, or both.
        "(?::\\w[\\w.-]{0,127}(?:@sha256:[0-9a-f]{64})?|@sha256:[0-9a-f]{64})$",
);

/**
 * Kafka version that an image is known to contain, from its name and tag: a release line (`3.5`) for
 * `confluentinc/cp-kafka`, the exact version for `apache/kafka`, `undefined` for any other image.
 */
export function kafkaVersionOfImage(image: string): string | undefined {
    const match = /(?:^|\/)(confluentinc\/cp-kafka|apache\/kafka):(\d+)\.(\d+)(\.\d+)?/.exec(image);
    if (match === null) {
        return undefined;
    }
    const [, repository, major, minor, patch = ""] = match;
    // Since version 7 (Kafka 3) the Confluent Platform counts four ahead of Kafka.
    return repository === "apache/kafka"
        ? `${major}.${minor}${patch}`
        : `${Number(major) - 4}.${minor}`;
}

/** Last minor version of each major one of which there will be no more. */
const LAST_MINORS: Readonly<Record<string, number>> = { 0: 11, 1: 1, 2: 8, 3: 9 };

/** Tells whether Kafka has a release line of that name, or may have one at some time. */
export function isReleaseLine(line: string): boolean {
    const [major = "", minor] = line.split(".");
    return Number(minor) <= (LAST_MINORS[major] ?? Infinity);
}

/** Release line (`major.minor`) of a version. */
export function releaseLine(version: string): string {
    return version.split(".").slice(0, 2).join(".");
}

/** Negative, zero or positive as version `a` is older than, the same as or newer than `b`; a missing part counts as 0. */
export function compareVersions(a: string, b: string): number {
    const [left, right] = [a, b].map((version) => version.split(".").map(Number));
    for (let part = 0; part < 3; part++) {
        const difference = (left?.[part] ?? 0) - (right?.[part] ?? 0);
        if (difference !== 0) {
            return difference;
        }
    }
    return 0;
}
